"""One handover, as each of those who take part may know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.permissions import can
from governance import standing
from network.models import Handover
from network.permissions import WITHDRAW_HANDOVER
from network.workflows import HandoverState

#: How it ended, for those who proposed it or were asked: not who said no.
NO_MORE = "This did not go ahead. Nothing has changed."


@dataclass(frozen=True)
class HandoverPage:
    """`peer` is empty for a new sponsor until the peer has said yes: their name is told with their yes, and not before.

    `waits_for_me` is "sponsor", "peer" or "". `old_sponsor` is named to those who know of the partnership.
    """

    handover: Handover
    peer: str
    old_sponsor: str
    asked_by: str
    waits_for_me: str
    may_call_off: bool
    how_it_stands: str


def handover_page(handover: Handover, person: Any) -> HandoverPage:
    """The page of `handover` for `person`, who may see it."""
    is_peer = handover.peer_id == person.pk
    is_new = handover.new_sponsor_id == person.pk
    is_done = handover.state == HandoverState.DONE
    is_secretary = standing.of(person).is_steering_secretary
    knows_peer = is_peer or is_done or is_secretary or handover.proposed_by_id == person.pk
    return HandoverPage(
        handover=handover,
        peer=handover.peer.name if knows_peer else "",
        old_sponsor=handover.old.sponsor.name if handover.old and (is_peer or is_secretary) else "",
        asked_by=handover.proposed_by.name,
        waits_for_me=_waits_for(handover, is_new=is_new, is_peer=is_peer),
        may_call_off=handover.is_waiting and can(person, WITHDRAW_HANDOVER, handover),
        how_it_stands=handover.get_state_display() if is_secretary or handover.is_waiting or is_done else NO_MORE,
    )


def _waits_for(handover: Handover, *, is_new: bool, is_peer: bool) -> str:
    if is_new and handover.state == HandoverState.PROPOSED:
        return "sponsor"
    return "peer" if is_peer and handover.state == HandoverState.ACCEPTED else ""
