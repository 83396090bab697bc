"""What the Network's page shows: counts of everyone, and the names only of those one is paired with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from governance.balance import Balance, balances
from governance.models import Body
from network.models import Partnership
from network.presenters.front import Place, places


@dataclass(frozen=True)
class NetworkPage:
    """`sponsors` and `peers` are the names of the reader's own; `places` the pages that are theirs."""

    name: str
    balance: Balance
    sponsors: list[str]
    peers: list[str]
    places: list[Place]


def network_page(network: Body, person: Any) -> NetworkPage:
    """The Network as `person` may know it. Four queries."""
    mine = Partnership.objects.of(person).live().select_related("peer", "sponsor").order_by("from_on", "pk")
    pairs = list(mine)
    return NetworkPage(
        name=network.name,
        balance=balances([network])[network.pk],
        sponsors=[pair.sponsor.name for pair in pairs if pair.peer_id == person.pk],
        peers=[pair.peer.name for pair in pairs if pair.sponsor_id == person.pk],
        places=places(person),
    )
