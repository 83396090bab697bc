"""The list that co-leads answer from: comments under their paragraphs, and how they are balanced."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core import clock
from core.permissions import can
from documents.reading import blocks_of
from governance.models import Side
from governance.shown import ShownAs
from steering import permissions as may
from steering.models import Consultation, Policy
from steering.presenters import draft as drawing
from steering.workflows import PolicyState

#: With fewer people than this of one side behind the comments, saying how many would tell who wrote them.
FEWEST_TO_TELL = 3


def answer_list(policy: Policy, person: Any, *, show_all: bool) -> dict[str, Any]:
    """What the page of comments to answer shows. The same number of queries for any number of comments."""
    consultations = list(policy.consultations.all())
    said = drawing.said_in(consultations)
    everything = [comment for comments in said.values() for comment in comments]
    if not show_all:
        said = {block: [one for one in comments if not one.outcome] for block, comments in said.items()}
        said = {block: comments for block, comments in said.items() if comments}
    blocks = blocks_of(policy.newest_shared) if policy.newest_shared else []
    reader = drawing.Reader.of(
        person,
        reverse("steering:policy", args=[policy.pk]),
        policy.document.versions.all(),
        may_answer=policy.state == PolicyState.CONSULTING and can(person, may.ANSWER_COMMENT, policy),
        may_edit=policy.open_version is not None and can(person, may.EDIT_DRAFT, policy),
        folds=False,
    )
    return {
        "policy": policy,
        "show_all": show_all,
        "total": len(everything),
        "unanswered": sum(not comment.outcome for comment in everything),
        "balance": balance(everything) if _all_closed(consultations) else None,
        "listed": drawing.draft_html([block for block in blocks if block.block_id in said], said, reader),
        "gone": drawing.gone_html(blocks, said, reader),
    }


def balance(said: list[drawing.Said]) -> dict[str, int] | None:
    """How many comments came from each side; None when that would tell more than their authors chose to show.

    Whoever takes away those that show their side knows how many came "from a member" of each. So of each side there
    must be several who chose that, or nobody at all did.
    """
    hidden = {str(side): _authors(said, str(side)) for side in Side}
    if any(hidden.values()) and any(number < FEWEST_TO_TELL for number in hidden.values()):
        return None
    return {str(side): sum(one.side == side for one in said) for side in Side} if said else None


def _authors(said: list[drawing.Said], side: str) -> int:
    """How many people of a side chose to be shown as a member."""
    return len({one.author_id for one in said if one.side == side and one.shown_as == ShownAs.MEMBER})


def _all_closed(consultations: list[Consultation]) -> bool:
    """While more comments may come, the count before and after one would tell from which side it came."""
    now = clock.now()
    return all(consultation.has_closed(now) for consultation in consultations)
