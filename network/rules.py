"""Who may invite, and who keeps the Network."""

from __future__ import annotations

from typing import Any

import rules

from governance import standing
from governance.models import Body, Constituency, Office
from governance.standing import Standing

KEEPERS = (Office.Kind.SECRETARY, Office.Kind.DEPUTY)
KEPT_FROM = (Body.Kind.NETWORK, Body.Kind.STEERING)


def keeps_the_network(stands: Standing) -> bool:
    """Secretary or deputy secretary of the Network or of the Steering Group."""
    return any(kind in KEPT_FROM and office in KEEPERS for _, kind, office, _ in stands.offices)


def is_sponsor_today(stands: Standing) -> bool:
    """Sits in the Network as a staff sponsor."""
    return any(
        seat.body_kind == Body.Kind.NETWORK and seat.constituency == Constituency.SPONSOR
        for seat in stands.seats.values()
    )


@rules.predicate
def is_network_keeper(person: Any) -> bool:
    return keeps_the_network(standing.of(person))


@rules.predicate
def is_network_sponsor(person: Any) -> bool:
    return is_sponsor_today(standing.of(person))


@rules.predicate
def invited_them(person: Any, offer: Any) -> bool:
    """Made this invitation."""
    is_here = person.is_authenticated and person.is_active
    return is_here and offer is not None and offer.invitation.made_by_id == person.pk
