"""What someone is to the Network, from where they stand: asked by rows as well as by rules."""

from __future__ import annotations

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
