"""The list that co-leads answer from: comments under their paragraphs, and how they are balanced."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.permissions import can
from documents.reading import blocks_of
from governance.models import Side
from steering import permissions as may
from steering.models import Policy
from steering.presenters import draft as drawing
from steering.workflows import PolicyState

#: With fewer comments than this from one side, saying how many would tell which side a comment came from.
FEWEST_TO_TELL = 3


def answer_list(policy: Policy, person: Any, *, show_all: bool) -> dict[str, Any]:
    """What the page of comments to answer shows. The same number of queries for any number of comments."""
    said = drawing.said_about(policy)
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
        "balance": balance(everything),
        "listed": drawing.draft_html([block for block in blocks if block.block_id in said], said, reader),
        "gone": drawing.gone_html(blocks, said, reader),
    }


def balance(said: list[drawing.Said]) -> dict[str, int] | None:
    """How many comments came from each side; None when so few came from one that it would tell who wrote them."""
    counts = {str(side): sum(one.side == side for one in said) for side in Side}
    return counts if all(number >= FEWEST_TO_TELL for number in counts.values()) else None
