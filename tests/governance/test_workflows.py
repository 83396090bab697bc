"""Every pair of state and move, for bodies and for terms of reference."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from governance.workflows import BODY, CHARTER, BodyState, CharterState

BODY_MOVES = {
    ("forming", "start"): "active",
    ("forming", "close"): "closed",
    ("forming", "merge"): "merged",
    ("active", "pause"): "paused",
    ("active", "close"): "closed",
    ("active", "merge"): "merged",
    ("paused", "resume"): "active",
    ("paused", "close"): "closed",
    ("paused", "merge"): "merged",
}
CHARTER_MOVES = {
    ("writing", "propose"): "proposed",
    ("proposed", "approve"): "approved",
    ("proposed", "give_back"): "returned",
}


@pytest.mark.parametrize(
    ("workflow", "states", "moves"), [(BODY, BodyState, BODY_MOVES), (CHARTER, CharterState, CHARTER_MOVES)]
)
def test_all_pairs(workflow, states, moves):
    found = {
        (state.value, each.name): each.target
        for state in states
        for each in workflow
        if workflow.allows(SimpleNamespace(state=state.value), each.name)
    }
    assert found == moves
