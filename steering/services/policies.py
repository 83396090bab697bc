"""A draft, from the Word file to the Steering Group's table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from documents import services as documents
from documents.models import Block, BlockText, Upload, Version
from governance import standing
from governance.models import Body, Side
from governance.people import members_of, secretaries_of, speakers_of
from notifications.services import post
from steering.models import Comment, Policy, Ready
from steering.notifications.drafting import DRAFT_READY, LOOK_AT_DRAFT, NEW_DRAFT, REVIEW_ASKED
from steering.workflows import POLICY, PolicyState

#: While a policy is in one of these, its Task Group may change its words.
WRITABLE = frozenset({PolicyState.DRAFTING, PolicyState.CONSULTING})


def locked(policy: Policy) -> Policy:
    """The policy's row, read again and locked until the transaction ends."""
    return Policy.objects.select_for_update(no_key=True).get(pk=policy.pk)


@transaction.atomic
def start_policy(*, by: Person, body: Body, title: str, upload: Upload, form_key: UUID) -> Policy:
    """Save what was read from a Word file as draft 0.1 of a new policy of a Task Group.

    A repeat with the same `form_key` gets the first result.
    Raises `Refused` for a body that is not a living Task Group.
    """
    Upload.objects.select_for_update().filter(pk=upload.pk).first()  # the second press waits here for the first
    first = first_result(Policy.objects, form_key, made_by=by)
    if first:
        return first
    if body.kind != Body.Kind.TASK_GROUP or body.has_ended:
        raise Refused("Choose one of the Task Groups.", field="body")
    document = documents.start_document(by=by, title=title, upload=upload)
    policy = Policy.objects.create(document=document, body=body, made_at=clock.now(), made_by=by, form_key=form_key)
    record(actor=by, verb="steering.started_policy", about=policy, body=str(body.pk), document=str(document.pk))
    return policy


@transaction.atomic
def edit_paragraph(*, by: Person, policy: Policy, block: Block, seen: BlockText, text: str) -> BlockText:
    """Change one paragraph of the open draft. Any "ready" said of it before is withdrawn.

    Raises `Stale` when someone else changed it since `seen`, and `Refused` when no draft is open.
    """
    policy = locked(policy)
    version = _open_draft(policy)
    now_says = documents.edit_block(by=by, version=version, block=block, seen=seen, text=text)
    if now_says.pk != seen.pk:
        _withdraw_readies(by=by, policy=policy, version=version)
    return now_says


@transaction.atomic
def remove_paragraph(*, by: Person, policy: Policy, block: Block, seen: BlockText) -> None:
    """Take one paragraph out of the open draft; its comments stay and are shown as being about words that have gone.

    Raises `Stale` when someone else changed it since `seen`, and `Refused` when no draft is open.
    """
    policy = locked(policy)
    version = _open_draft(policy)
    documents.remove_block(by=by, version=version, block=block, seen=seen)
    _withdraw_readies(by=by, policy=policy, version=version)


@transaction.atomic
def add_paragraph(*, by: Person, policy: Policy, after: Block | None, kind: str, level: int, text: str) -> Block:
    """Add a paragraph to the open draft after another, or at the top.

    Raises `Refused` when no draft is open or the words cannot be used.
    """
    policy = locked(policy)
    version = _open_draft(policy)
    added = documents.add_block_after(by=by, version=version, after=after, kind=kind, level=level, text=text)
    _withdraw_readies(by=by, policy=policy, version=version)
    return added


@transaction.atomic
def say_ready(*, by: Person, policy: Policy) -> Ready:
    """A co-lead says, for their side, that the open draft is ready to go out. The other side's co-lead is told.

    For a co-lead on a break their deputy says it: never the other side's co-lead.
    Saying it twice changes nothing. Raises `Refused` for whoever speaks for no side, or when no draft is open.
    """
    policy = locked(policy)
    standing.forget(by)
    side = standing.of(by).speaks_for(policy.body_id)
    if side is None:
        raise Refused("Only a co-lead of the group can say that its draft is ready.")
    version = _open_draft(policy)
    ready, is_new = Ready.objects.get_or_create(
        version=version, side=side, defaults={"policy": policy, "person": by, "at": clock.now()}
    )
    if is_new:
        record(actor=by, verb="steering.said_ready", about=policy, version=str(version.pk), side=str(side))
        _tell_of_ready(by=by, policy=policy, ready=ready)
    return ready


@transaction.atomic
def start_next_draft(*, by: Person, policy: Policy) -> Version:
    """Open the next draft, with the words of the newest one in it.

    Raises `Refused` when one is open already, or the policy has gone on to the Steering Group.
    """
    policy = locked(policy)
    _check_writable(policy)
    version = documents.open_next_version(by=by, document=policy.document)
    record(actor=by, verb="steering.started_next_draft", about=policy, version=str(version.pk))
    return version


@transaction.atomic
def share_draft(*, by: Person, policy: Policy) -> Version:
    """Fix the open draft's words and let everyone who takes part read it. Whoever commented is told.

    Raises `Refused` unless both co-leads have said that it is ready, and while no consultation was ever opened.
    """
    policy = locked(policy)
    if policy.state != PolicyState.CONSULTING:
        raise Refused("A new draft can be shared once people have been asked for comments.")
    version = require_both_ready(policy)
    version = documents.freeze(by=by, version=version)
    record(actor=by, verb="steering.shared_draft", about=policy, version=str(version.pk), sha256=version.sha256)
    post(
        kind=NEW_DRAFT,
        recipients=Person.objects.filter(pk__in=_comments_of(policy).values("author"), is_active=True),
        occasion=f"version {version.pk} shared",
        about=policy,
    )
    return version


@transaction.atomic
def submit_for_review(*, by: Person, policy: Policy) -> Policy:
    """Send the newest shared draft to the Steering Group, and tell its members.

    Raises `Refused` while comments are open, while one has no answer, or while a draft is still being written.
    """
    policy = locked(policy)
    _check_comments_are_done(policy)
    if policy.open_version:
        raise Refused(f"Draft {policy.open_version.number} is still being written. Share it first.")
    version = policy.newest_shared
    if version is None:
        raise Refused("There is no shared draft to send. Share one first.")
    POLICY.move(policy, "submit_for_review", under_review=version)
    record(actor=by, verb="steering.submitted_for_review", about=policy, version=str(version.pk), sha256=version.sha256)
    steering = Body.objects.filter(kind=Body.Kind.STEERING).values_list("pk", flat=True)
    post(
        kind=REVIEW_ASKED,
        recipients=[person for person, _ in members_of(steering)],
        occasion=f"version {version.pk} for review",
        about=policy,
    )
    return policy


def require_both_ready(policy: Policy) -> Version:
    """The open draft, when a co-lead of each side has said that it is ready. Raises `Refused` naming who has not."""
    version = _open_draft(policy)
    said = set(Ready.objects.filter(version=version).values_list("side", flat=True))
    waiting = [NOUN[side] for side in Side if side not in said]
    if waiting:
        raise Refused(f"Draft {version.number} must wait. The {' and the '.join(waiting)} must first say it is ready.")
    return version


NOUN = {Side.PEER: "peer co-lead", Side.STAFF: "staff co-lead"}


def _check_writable(policy: Policy) -> None:
    if policy.state not in WRITABLE:
        raise Refused(f"The words cannot be changed now: this is {policy.get_state_display().lower()}.")


def _open_draft(policy: Policy) -> Version:
    _check_writable(policy)
    version = policy.open_version
    if version is None:
        raise Refused("No draft is being written now. Start the next draft first.")
    return version


def _comments_of(policy: Policy) -> Any:
    return Comment.objects.filter(consultation__policy=policy)


def _check_comments_are_done(policy: Policy) -> None:
    consultation = policy.latest_consultation
    if policy.state != PolicyState.CONSULTING or consultation is None:
        raise Refused("People must be asked for comments first.")
    if not consultation.has_closed(clock.now()):
        raise Refused("People can still comment. Wait until comments have closed.")
    left = _comments_of(policy).unanswered().count()
    if left:
        many = "1 comment still needs" if left == 1 else f"{left} comments still need"
        raise Refused(f"{many} an answer. Answer every comment first.")


def _withdraw_readies(*, by: Person, policy: Policy, version: Version) -> None:
    """The words are no longer those that a co-lead called ready: their saying so is withdrawn, and they are told."""
    for ready in Ready.objects.filter(version=version).select_related("person"):
        occasion = f"ready {ready.pk} withdrawn"
        record(actor=by, verb="steering.withdrew_ready", about=policy, version=str(version.pk), side=ready.side)
        ready.delete()
        if ready.person.pk != by.pk:
            _tell_to_look([ready.person], policy, occasion)


def _tell_of_ready(*, by: Person, policy: Policy, ready: Ready) -> None:
    said = Ready.objects.filter(version=ready.version).count()
    if said < len(Side):
        others = [person for person in speakers_of(policy.body) if person.pk != by.pk]
        _tell_to_look(others, policy, f"ready {ready.pk}")
    elif policy.state == PolicyState.DRAFTING:
        steering = Body.objects.filter(kind=Body.Kind.STEERING)
        post(
            kind=DRAFT_READY,
            recipients=[person for body in steering for person in secretaries_of(body)],
            occasion=f"version {ready.version_id} ready {ready.pk}",
            about=policy,
        )


def _tell_to_look(people: list[Person], policy: Policy, occasion: str) -> None:
    post(kind=LOOK_AT_DRAFT, recipients=people, occasion=occasion, about=policy)
