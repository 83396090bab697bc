"""Terms of reference: written and proposed by a body, approved or sent back by the one above it."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.db import transaction

from accounts.models import Person, Role
from audit.services import record
from core import clock
from core.errors import Refused, Stale
from documents import services as documents
from documents.models import Block, Placing, Version
from documents.reading import blocks_of
from governance.charter_words import Part, block_of, parts_of, words_of
from governance.models import Body, Charter, CharterDraft
from governance.notifications import charters as told
from governance.people import co_leads_of, secretaries_of
from governance.rules import charter_office
from governance.services.bodies import locked
from governance.workflows import CHARTER, CharterState
from notifications.services import post

OPEN = (CharterState.WRITING, CharterState.PROPOSED)
CHANGED = (
    "Someone else changed these words while you were changing them. Read theirs below, then save the words you want."
)


@transaction.atomic
def write_charter(*, by: Person, body: Body, words: str, seen: str) -> CharterDraft:
    """Save `words` as the draft of a body's terms of reference; `seen` is the fingerprint of what they were made from.

    A repeat changes nothing. Raises `Refused` for no words, for the words that stand already, and while a draft waits
    for its answer; `Stale` when someone else saved other words meanwhile.
    """
    body = locked(body)
    parts = parts_of(words)
    if not parts:
        raise Refused("Write what the group is for and how it works.", field="words")
    charter = Charter.objects.select_related("document").filter(body=body).first()
    if charter is None:
        return _first_draft(by, body, parts, seen)
    draft = charter.drafts.filter(state__in=OPEN).first()
    if draft and draft.state == CharterState.PROPOSED:
        raise Refused("A draft waits for its answer, so the words cannot be changed now.")
    newest = newest_version(charter)
    if parts == parts_of(words_of(blocks_of(newest))):
        if draft is None:
            raise Refused("These are the words that stand now. Change something, or go back.", field="words")
        return draft
    if documents.fingerprint(newest) != seen:
        raise Stale(CHANGED, theirs=words_of(blocks_of(newest)), yours=words)
    if draft is None:
        draft = _draft(by, charter, documents.open_next_version(by=by, document=charter.document))
    _put_words(by, draft.version, parts)
    return draft


@transaction.atomic
def propose_charter(*, by: Person, body: Body) -> CharterDraft:
    """Send the draft to the body above, and tell those who answer. Its words are fixed from now on.

    A repeat changes nothing. Raises `Refused` when there is no draft, and when no body above has been named.
    """
    body = locked(body)
    draft = CharterDraft.objects.select_related("version").filter(charter__body=body, state__in=OPEN).first()
    if draft is None:
        raise Refused("There is no draft to send. Write one first.")
    if draft.state == CharterState.PROPOSED:
        return draft
    if body.kind != Body.Kind.STEERING and body.reports_to is None:
        raise Refused("Nobody can approve this yet. Ask the secretary to say which group this one reports to.")
    documents.freeze(by=by, version=draft.version)
    CHARTER.move(draft, "propose", proposed_at=clock.now(), proposed_by=by)
    record(actor=by, verb="governance.proposed_charter", about=draft, version=draft.version.number)
    post(kind=told.PROPOSED, recipients=_who_answers(body), occasion=f"charter {draft.pk}", about=draft)
    return draft


@transaction.atomic
def approve_charter(*, by: Person, draft: CharterDraft) -> CharterDraft:
    """Approve a draft, word for word: it becomes version 1.0, 2.0 and so on. Tells who proposed it.

    A repeat by the same person changes nothing. Raises `Refused` for who holds no office that answers, who proposed it
    themselves, and when it has an answer.
    """
    draft, office = _answering(by, draft)
    if draft.state == CharterState.APPROVED and draft.answered_by_id == by.pk:
        return draft
    last = newest_version(draft.charter)
    final = documents.finalise(by=by, version=draft.version, major=last.major + 1)
    return _answer(by, draft, "approve", office, final=final)


@transaction.atomic
def give_back_charter(*, by: Person, draft: CharterDraft, reason: str) -> CharterDraft:
    """Send a draft back with a reason. Raises `Refused` as `approve_charter` does, and without a reason."""
    draft, office = _answering(by, draft)
    if draft.state == CharterState.RETURNED and draft.answered_by_id == by.pk:
        return draft
    if not reason.strip():
        raise Refused("Say what should change. Those who wrote it will read this.", field="reason")
    return _answer(by, draft, "give_back", office, reason=reason.strip())


def newest_version(charter: Charter) -> Version:
    """The version with the highest number, open or not. One query."""
    return charter.document.versions.order_by("-major", "-minor")[0]


def _first_draft(by: Person, body: Body, parts: list[Part], seen: str) -> CharterDraft:
    if seen:
        raise Refused("This page is out of date. Open it again.")
    title = f"Terms of reference: {body.name}"
    document = documents.start_document_from_blocks(by=by, title=title, blocks=map(block_of, parts))
    charter = Charter.objects.create(body=body, document=document)
    return _draft(by, charter, document.versions.get())


def _draft(by: Person, charter: Charter, version: Version) -> CharterDraft:
    draft = CharterDraft.objects.create(charter=charter, version=version, made_at=clock.now(), made_by=by)
    record(actor=by, verb="governance.began_charter", about=draft, version=str(version.pk))
    return draft


def _put_words(by: Person, version: Version, parts: list[Part]) -> None:
    """Turn the blocks of `version` into `parts`. A paragraph that was reworded stays the same paragraph."""
    placed = list(Placing.objects.filter(version=version).select_related("block", "text"))
    old = [(placing.text.kind, placing.text.text) for placing in placed]
    after: Block | None = None
    for how, i1, i2, j1, j2 in SequenceMatcher(None, old, parts, autojunk=False).get_opcodes():
        if how == "equal":
            after = placed[i2 - 1].block
            continue
        after = _put_stretch(by, version, placed[i1:i2], parts[j1:j2], after)


def _put_stretch(
    by: Person, version: Version, was: list[Placing], now: list[Part], after: Block | None
) -> Block | None:
    """Reword, add, and only then remove: a version never stands empty in between."""
    gone = []
    for placing, part in zip(was, now, strict=False):
        if placing.text.kind == part[0]:
            documents.edit_block(by=by, version=version, block=placing.block, seen=placing.text, text=part[1])
            after = placing.block
        else:
            after = documents.add_block_after(by=by, version=version, after=after, **block_of(part))  # type: ignore[arg-type]
            gone.append(placing)
    for part in now[len(was) :]:
        after = documents.add_block_after(by=by, version=version, after=after, **block_of(part))  # type: ignore[arg-type]
    for placing in [*gone, *was[len(now) :]]:
        documents.remove_block(by=by, version=version, block=placing.block, seen=placing.text)
    return after


def _answering(by: Person, draft: CharterDraft) -> tuple[CharterDraft, str]:
    """The draft as it stands, once the body's row is ours, and the office from which `by` answers."""
    body = locked(draft.charter.body)
    draft = CharterDraft.objects.select_related("version", "charter__document", "charter__body").get(pk=draft.pk)
    office = charter_office(by, body)
    if office is None:
        raise Refused("Only the co-chairs and the secretary of the group above can answer this.")
    if draft.proposed_by_id == by.pk:
        raise Refused("You proposed these words yourself, so somebody else must answer.")
    is_repeat = draft.answered_by_id == by.pk
    if draft.state != CharterState.PROPOSED and not is_repeat:
        raise Refused("This has an answer already. Open the page again to see it.")
    return draft, office


def _answer(by: Person, draft: CharterDraft, move: str, office: str, **also: object) -> CharterDraft:
    above = None if office == CharterDraft.As.GOVERNANCE_LEAD else draft.charter.body.reports_to
    CHARTER.move(draft, move, answered_at=clock.now(), answered_by=by, answered_as=office, answered_for=above, **also)
    record(actor=by, verb="governance.answered_charter", about=draft, answer=str(draft.state), answered_as=str(office))
    proposer = draft.proposed_by
    proposed = [proposer] if proposer and proposer.is_active else []
    wrote = [person for person in (*proposed, *co_leads_of(draft.charter.body)) if person.pk != by.pk]
    post(kind=told.ANSWERED, recipients=wrote, occasion=f"charter {draft.pk}", about=draft)
    return draft


def _who_answers(body: Body) -> list[Person]:
    """Who holds an office that answers for this body now."""
    if body.kind == Body.Kind.STEERING:
        leads = Person.objects.filter(is_active=True, roles__role=Role.GOVERNANCE_LEAD, roles__until_at=None)
        return list(leads.distinct())
    above = body.reports_to
    return [*secretaries_of(above), *co_leads_of(above)] if above else []
