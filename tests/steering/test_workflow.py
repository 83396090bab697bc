"""Every move of a policy from every state: those in the table are made, and no other."""

from __future__ import annotations

import pytest

from core.errors import Refused
from steering.models import Policy
from steering.workflows import POLICY, PolicyState
from tests.factories.drafting import drafted

ALLOWED = {
    ("drafting", "open_consultation"): "consulting",
    ("drafting", "withdraw"): "withdrawn",
    ("consulting", "submit_for_review"): "review",
    ("consulting", "withdraw"): "withdrawn",
    ("review", "return_to_group"): "drafting",
    ("review", "recommend"): "recommended",
    ("review", "withdraw"): "withdrawn",
    ("recommended", "ratify"): "ratified",
    ("recommended", "withdraw"): "withdrawn",
    ("ratified", "publish"): "published",
    ("ratified", "withdraw"): "withdrawn",
}
PAIRS = [(str(state), move.name) for state in PolicyState for move in POLICY]


@pytest.mark.parametrize(("state", "move"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_all_pairs(cast, state, move):
    policy = drafted(cast)
    Policy.objects.update(state=state, under_review=policy.open_version)
    policy.refresh_from_db()
    ends = ALLOWED.get((state, move))
    assert POLICY.allows(policy, move) == (ends is not None)
    if ends is None:
        with pytest.raises(Refused, match="cannot be done now"):
            POLICY.move(policy, move)
    else:
        POLICY.move(policy, move)
    assert (policy.state, Policy.objects.get().state) == ((ends or state),) * 2


def test_of_two_who_move_at_once_one_is_refused(cast):
    mine = drafted(cast)
    theirs = Policy.objects.get()
    POLICY.move(theirs, "withdraw")
    with pytest.raises(Refused, match="just moved this on"):
        POLICY.move(mine, "open_consultation")
    assert Policy.objects.get().state == "withdrawn"
