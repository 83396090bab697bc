"""What the pages of terms of reference show: who approved them is said by office, not by name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core.permissions import can
from documents.models import Version
from documents.reading import Change, PlacedBlock, blocks_of, redline
from documents.services import fingerprint
from governance.charter_words import words_of
from governance.models import Body, Charter, CharterDraft
from governance.permissions import ANSWER_CHARTER, PROPOSE_CHARTER, SEE_CHARTER_DRAFT
from governance.services.charters import OPEN, newest_version
from governance.workflows import CharterState


@dataclass(frozen=True)
class Approved:
    """One approved version, and by which office."""

    version: Version
    on: dt.datetime
    by: str

    @property
    def number(self) -> str:
        return self.version.number


@dataclass(frozen=True)
class CharterPage:
    """`shown` is None before the first approval. `earlier` are the approved versions before it, newest first."""

    body: Body
    shown: Approved | None
    blocks: list[PlacedBlock]
    is_newest: bool
    earlier: list[Approved]
    draft: CharterDraft | None
    sent_back: CharterDraft | None
    may_write: bool
    may_answer: bool


def charter_page(body: Body, person: Any, major: int | None = None) -> CharterPage | None:
    """The terms of reference of `body`, the newest approved or the one numbered `major`; None if there is no such."""
    drafts = list(_drafts(body))
    approved = [_approved(each) for each in reversed(drafts) if each.final]
    shown = next((each for each in approved if major in (None, each.version.major)), None)
    if major is not None and shown is None:
        return None
    sees_drafts = can(person, SEE_CHARTER_DRAFT, body)
    newest = drafts[-1] if drafts else None
    return CharterPage(
        body=body,
        shown=shown,
        blocks=blocks_of(shown.version) if shown else [],
        is_newest=shown is None or shown == approved[0],
        earlier=[each for each in approved if shown and each.version.major < shown.version.major],
        draft=newest if newest and sees_drafts and newest.state in OPEN else None,
        sent_back=newest if newest and sees_drafts and newest.state == CharterState.RETURNED else None,
        may_write=can(person, PROPOSE_CHARTER, body) and not body.has_ended,
        may_answer=can(person, ANSWER_CHARTER, body),
    )


def approved_charter(body: Body) -> Approved | None:
    """The terms of reference that hold now, for the page of the group. One query."""
    newest = _drafts(body).filter(state=CharterState.APPROVED).last()
    return _approved(newest) if newest else None


@dataclass(frozen=True)
class Changes:
    """What one version changed of another."""

    old: Version
    new: Version
    changes: list[Change]


def charter_changes(body: Body, major: int) -> Changes | None:
    """What approved version `major` changed of the one before it; None if there are not both."""
    finals = {draft.final.major: draft.final for draft in _drafts(body) if draft.final}
    if major not in finals or major - 1 not in finals:
        return None
    old, new = finals[major - 1], finals[major]
    return Changes(old, new, redline(old, new))


@dataclass(frozen=True)
class DraftPage:
    """The draft that is open; what it changes of the approved version, if there is one, else its words."""

    body: Body
    draft: CharterDraft
    blocks: list[PlacedBlock]
    changes: Changes | None
    may_write: bool
    may_answer: bool


def draft_page(body: Body, person: Any) -> DraftPage | None:
    """The open draft of `body`, or None."""
    drafts = list(_drafts(body))
    draft = next((each for each in drafts if each.state in OPEN), None)
    if draft is None:
        return None
    before = next((each.final for each in reversed(drafts) if each.final), None)
    return DraftPage(
        body=body,
        draft=draft,
        blocks=[] if before else blocks_of(draft.version),
        changes=Changes(before, draft.version, redline(before, draft.version)) if before else None,
        may_write=can(person, PROPOSE_CHARTER, body),
        may_answer=can(person, ANSWER_CHARTER, body) and draft.proposed_by_id != person.pk,
    )


def words_to_change(body: Body) -> dict[str, str]:
    """What the box starts from: the newest words and their fingerprint; the outline for a body that has none yet."""
    charter = Charter.objects.select_related("document").filter(body=body).first()
    if charter is None:
        return {"words": OUTLINE, "seen": ""}
    newest = newest_version(charter)
    return {"words": words_of(blocks_of(newest)), "seen": fingerprint(newest)}


#: The headings that terms of reference usually have.
OUTLINE = "\n\n".join(
    f"# {heading}\n\n{words}"
    for heading, words in (
        ("What this group is for", "Write what the group works on, and what it does not."),
        ("Who sits here", "Write how many seats there are for each side, and how long people sit."),
        ("How we work together", "Write how people treat each other, and what stays in the group."),
        ("How we decide", "Write how many must come, and how the group agrees."),
        ("When we look at this again", "Write the date."),
    )
)


def _drafts(body: Body) -> Any:
    drafts = CharterDraft.objects.filter(charter__body=body)
    return drafts.select_related("version", "final", "answered_for").order_by("version__major", "version__minor")


def _approved(draft: CharterDraft) -> Approved:
    by, above = CharterDraft.As(draft.answered_as).label, draft.answered_for
    if above:
        by = f"{by} of {'the ' if above.kind == Body.Kind.STEERING else ''}{above.name}"
    return Approved(draft.final, draft.answered_at, by)
