"""From each state, each move: those written here go, every other is refused and changes nothing."""

from __future__ import annotations

import uuid

import pytest

from core import clock
from core.errors import Refused
from governance.models import Seat, Term
from network.models import Handover, Nomination, SponsorRequest
from network.workflows import HANDOVER, NOMINATION, REQUEST
from tests.network.acting import ishanis

ALLOWED = {
    "handover": {
        ("proposed", "accept"): "accepted",
        ("proposed", "decline"): "declined",
        ("proposed", "withdraw"): "withdrawn",
        ("proposed", "overtake"): "overtaken",
        ("accepted", "agree"): "done",
        ("accepted", "refuse"): "refused",
        ("accepted", "withdraw"): "withdrawn",
        ("accepted", "overtake"): "overtaken",
    },
    "request": {
        ("asked", "settle"): "settled",
        ("asked", "talk"): "talked",
        ("asked", "take_back"): "taken_back",
    },
    "nomination": {
        ("nominated", "confirm"): "confirmed",
        ("nominated", "decline"): "declined",
        ("nominated", "take_back"): "taken_back",
    },
}
FLOWS = {"handover": HANDOVER, "request": REQUEST, "nomination": NOMINATION}
PAIRS = [(noun, str(state), move.name) for noun, flow in FLOWS.items() for state in flow.states for move in flow]
WAITING = {"proposed", "accepted"}


def a_row(cast, noun, state):
    """One in that state, with what the database asks of it."""
    done = {"answered_at": clock.now(), "answered_by": cast.grace}
    if noun == "request":
        more = done if state in ("settled", "talked") else {}
        return SponsorRequest.objects.create(peer=cast.ishani, state=state, asked_at=clock.now(), **more)
    if noun == "nomination":
        term = Term.objects.filter(person=cast.nadia).get()
        more = done if state in ("confirmed", "declined") else {}
        return Nomination.objects.create(
            seat=Seat.objects.get(pk=term.seat_id),
            email="colm@x.example",
            state=state,
            nominated_at=clock.now(),
            nominated_by=cast.nadia,
            term=term if state == "confirmed" else None,
            **more,
        )
    return Handover.objects.create(
        peer=cast.ishani,
        old=ishanis(cast),
        new_sponsor=cast.priya,
        is_private=False,
        state=state,
        proposed_at=clock.now(),
        proposed_by=cast.samuel,
        new=ishanis(cast) if state == "done" else None,
        form_key=uuid.uuid4(),
        **({} if state in ("proposed", "declined") else {"accepted_at": clock.now(), "accepted_by": cast.priya}),
        **({} if state in WAITING else {"ended_at": clock.now(), "ended_by": cast.ishani}),
    )


def with_the_move(cast, noun, move):
    """What goes with a move, as the services send it."""
    if noun == "nomination":
        more = {} if move == "take_back" else {"answered_at": clock.now(), "answered_by": cast.grace}
        return more | ({"term": Term.objects.get(person=cast.nadia)} if move == "confirm" else {})
    if noun == "request":
        return {} if move == "take_back" else {"answered_at": clock.now(), "answered_by": cast.grace}
    if move == "accept":
        return {"accepted_at": clock.now(), "accepted_by": cast.priya}
    ended = {"ended_at": clock.now(), "ended_by": cast.ishani}
    return ended | ({"new": ishanis(cast)} if move == "agree" else {})


@pytest.mark.parametrize(("noun", "state", "move"), PAIRS)
def test_each_move_from_each_state(cast, noun, state, move):
    row, flow, target = a_row(cast, noun, state), FLOWS[noun], ALLOWED[noun].get((state, move))
    assert flow.allows(row, move) == (target is not None)
    if target is None:
        with pytest.raises(Refused):
            flow.move(row, move, **with_the_move(cast, noun, move))
    else:
        flow.move(row, move, **with_the_move(cast, noun, move))
    row.refresh_from_db()
    assert row.state == (target or state)


def test_every_pair_is_here():
    assert len(PAIRS) == 7 * 6 + 4 * 3 + 4 * 3
