"""Who is what to whom in the Network."""

from __future__ import annotations

from typing import Any

import rules

from governance import standing
from governance.models import Body, Constituency
from network.keepers import keeps_the_network
from network.models import FunctionLead, Handover, Nomination, Partnership, SponsorRequest


def _sits_as(person: Any, constituency: Constituency) -> bool:
    seats = standing.of(person).seats.values()
    return any(seat.body_kind == Body.Kind.NETWORK and seat.constituency == constituency for seat in seats)


def _is(person: Any, person_id: int) -> bool:
    return person.is_authenticated and person.is_active and person.pk == person_id


@rules.predicate
def is_peer_of_network(person: Any) -> bool:
    return _sits_as(person, Constituency.PEER)


@rules.predicate
def is_sponsor_of_network(person: Any) -> bool:
    return _sits_as(person, Constituency.SPONSOR)


@rules.predicate
def is_its_peer(person: Any, partnership: Partnership | None) -> bool:
    return partnership is not None and _is(person, partnership.peer_id)


@rules.predicate
def is_its_sponsor(person: Any, partnership: Partnership | None) -> bool:
    return partnership is not None and _is(person, partnership.sponsor_id)


@rules.predicate
def is_asked_for_a_yes(person: Any, handover: Handover | None) -> bool:
    """The new sponsor; and the peer, once the new sponsor has said yes."""
    if handover is None:
        return False
    return _is(person, handover.new_sponsor_id) or bool(handover.accepted_at and _is(person, handover.peer_id))


@rules.predicate
def may_call_it_off(person: Any, handover: Handover | None) -> bool:
    """Whoever proposed it, the new sponsor after a yes, a secretary who may know of it. The peer says no instead."""
    if handover is None or _is(person, handover.peer_id):
        return False
    if _is(person, handover.proposed_by_id) or (handover.accepted_at and _is(person, handover.new_sponsor_id)):
        return True
    is_secretary = standing.of(person).is_steering_secretary
    return is_secretary and Handover.objects.visible_to(person).filter(pk=handover.pk).exists()


@rules.predicate
def asked_for_it(person: Any, request: SponsorRequest | None) -> bool:
    return request is not None and _is(person, request.peer_id)


@rules.predicate
def answers_it(person: Any, request: SponsorRequest | None) -> bool:
    """A secretary, or in their place the governance lead, who never was this peer's sponsor."""
    return request is not None and SponsorRequest.objects.to_answer_by(person).filter(pk=request.pk).exists()


@rules.predicate
def speaks_for_a_function(person: Any) -> bool:
    if not person.is_authenticated or not person.is_active:
        return False
    return FunctionLead.objects.current().filter(person=person).exists()


@rules.predicate
def speaks_for_its_function(person: Any, nomination: Nomination | None) -> bool:
    if nomination is None or not person.is_authenticated or not person.is_active:
        return False
    return FunctionLead.objects.current().filter(person=person, function=nomination.seat.function or "").exists()


@rules.predicate
def is_secretary_of_its_body(person: Any, nomination: Nomination | None) -> bool:
    stands = standing.of(person)
    return nomination is not None and (stands.is_steering_secretary or stands.is_secretary_of(nomination.seat.body_id))


@rules.predicate
def is_network_keeper(person: Any) -> bool:
    return keeps_the_network(standing.of(person))


@rules.predicate
def invited_them(person: Any, offer: Any) -> bool:
    """Made this invitation."""
    is_here = person.is_authenticated and person.is_active
    return is_here and offer is not None and offer.invitation.made_by_id == person.pk
