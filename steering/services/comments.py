"""What people say about a paragraph, and what they are answered."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from documents.models import Block, BlockText, Placing, Version
from notifications.services import post
from steering.models import Answer, Asked, Comment, CommentDraft, Consultation
from steering.notifications.drafting import ANSWER_GIVEN
from steering.workflows import PolicyState

LOST_PLACE = "We could not find the words you were reading. Open the draft and choose the paragraph again."


@transaction.atomic
def save_words(
    *, by: Person, consultation: Consultation, version: Version, text_seen: BlockText, words: str, shown_as: str
) -> CommentDraft:
    """Keep what someone has written so far about one paragraph, for them alone, until they send it.

    `version` and `text_seen` are what they were reading. Raises `Refused` after closing, for someone who was not
    asked, and for words that never stood in that version.
    """
    consultation = _locked_and_open(consultation)
    _side_of(by, consultation)
    _check_place(consultation, version, text_seen)
    draft, _ = CommentDraft.objects.update_or_create(
        consultation=consultation,
        person=by,
        block_id=text_seen.block_id,
        defaults={
            "version": version,
            "text_seen": text_seen,
            "words": words,
            "shown_as": shown_as,
            "saved_at": clock.now(),
        },
    )
    return draft


@transaction.atomic
def send_comment(*, by: Person, consultation: Consultation, block: Block, form_key: UUID) -> Comment:
    """Send the words that were kept for this paragraph. A repeat with the same `form_key` gets the first result.

    Raises `Refused` after closing, for someone who was not asked, and when there is nothing to send.
    """
    sent = Comment.objects.filter(form_key=form_key, author=by, consultation=consultation).first()
    if sent:
        return sent
    consultation = _locked_and_open(consultation)
    side = _side_of(by, consultation)
    draft = (
        CommentDraft.objects.select_for_update()
        .filter(consultation=consultation, person=by, block=block, form_key=form_key)
        .first()
    )
    if draft is None:
        return _sent_meanwhile(by, form_key)
    if not draft.words.strip():
        raise Refused("Write your comment first.", field="words")
    comment = Comment.objects.create(
        consultation=consultation,
        block=block,
        version=draft.version,
        text_seen=draft.text_seen,
        author=by,
        side=side,
        shown_as=draft.shown_as,
        words=draft.words,
        sent_at=clock.now(),
        form_key=form_key,
    )
    draft.delete()
    record(actor=by, verb="steering.sent_comment", about=comment, consultation=str(consultation.pk))
    return comment


@transaction.atomic
def answer_comment(
    *, by: Person, comment: Comment, outcome: str, reason: str, changed_in: Version | None = None
) -> Answer:
    """Answer a comment, with the reason, and tell its author. `changed_in` is the draft whose words it changed.

    The same answer sent twice is one. Raises `Refused` when it has another answer already, when the policy has gone
    on, and when that draft left the paragraph as it was.
    """
    comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    policy = comment.consultation.policy
    before = Answer.objects.filter(comment=comment).first()
    if before:
        if (before.by_id, before.outcome, before.reason) == (by.pk, outcome, reason):
            return before
        raise Refused("Someone has already answered this comment. Open the list again to read the answer.")
    if policy.state != PolicyState.CONSULTING:
        raise Refused(f"This comment cannot be answered now: the draft is {policy.get_state_display().lower()}.")
    if changed_in is not None:
        _check_changed(comment, changed_in)
    answer = Answer.objects.create(
        comment=comment, outcome=outcome, reason=reason, changed_in=changed_in, by=by, at=clock.now()
    )
    record(actor=by, verb="steering.answered_comment", about=comment, outcome=outcome)
    post(
        kind=ANSWER_GIVEN,
        recipients=[comment.author],
        occasion=f"comment {comment.pk} answered",
        about=comment,
        facts={"policy": str(policy.pk)},
    )
    return answer


def text_now(block_id: UUID, version: Version) -> BlockText | None:
    """What a paragraph says in a version; None when it has no place there."""
    placing = Placing.objects.filter(block_id=block_id, version=version).select_related("text").first()
    return placing.text if placing else None


def has_changed(comment: Comment, version: Version) -> bool:
    """Whether the paragraph reads otherwise in `version` than it did to the person who commented."""
    now_says = text_now(comment.block_id, version)
    seen = comment.text_seen
    return now_says is None or (now_says.text, now_says.label) != (seen.text, seen.label)


def _locked_and_open(consultation: Consultation) -> Consultation:
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    now = clock.now()
    if consultation.has_closed(now):
        raise Refused(
            "Comments have closed, so this was not saved. Your words are still here for you to copy. "
            f"You can call {consultation.contact_name} on {consultation.contact_phone}."
        )
    if not consultation.is_open(now) or consultation.policy.state != PolicyState.CONSULTING:
        raise Refused("Comments are not open now, so this was not saved. Your words are still here for you to copy.")
    return consultation


def _side_of(person: Person, consultation: Consultation) -> str:
    asked = Asked.objects.filter(consultation=consultation, person=person).first()
    if asked is None:
        raise Refused("You are not one of the people who were asked about this draft.")
    return asked.side


def _check_place(consultation: Consultation, version: Version, text_seen: BlockText) -> None:
    """The words must have stood in a shared draft of this policy, at that paragraph."""
    stood = Placing.objects.filter(
        version=version,
        text=text_seen,
        version__frozen_at__isnull=False,
        version__document__policy=consultation.policy_id,
    )
    if not stood.exists():
        raise Refused(LOST_PLACE)


def _sent_meanwhile(person: Person, form_key: UUID) -> Comment:
    """The double press that waited for the lock finds what the first one sent."""
    sent = Comment.objects.filter(form_key=form_key, author=person).first()
    if sent is None:
        raise Refused("There is nothing to send yet. Go back and write your comment.")
    return sent


def _check_changed(comment: Comment, version: Version) -> None:
    if version.document_id != comment.version.document_id or not has_changed(comment, version):
        raise Refused(f"That paragraph has not changed in draft {version.number}.", field="changed_in")
