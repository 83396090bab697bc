"""The Network's row is the one that changes of its membership take turns at."""

from __future__ import annotations

from core.errors import Refused
from governance.models import Body
from governance.services.bodies import locked


def lock_network() -> Body:
    """The Network, its row ours until the transaction ends. Raises `Refused` where there is none, or it has closed."""
    network = Body.objects.filter(kind=Body.Kind.NETWORK).first()
    if network is None:
        raise Refused("There is no network yet. Ask whoever looks after the software to set it up.")
    return locked(network)


def take_turn() -> None:
    """The same turn, for what must also go on where the Network has closed or is not there."""
    Body.objects.select_for_update().filter(kind=Body.Kind.NETWORK).first()
