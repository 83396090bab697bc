"""What this room needs of another and may not know how to find: somebody who sends a message.

The room that joins all rooms registers it at start-up, so that HR's room has no door to the outbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured

from accounts.models import Person
from workforce.models import Digest


class Teller(Protocol):
    """Puts one message to each of `people` into the outbox, in the transaction that is open. It says a count only."""

    def __call__(self, *, people: Sequence[Person], digest: Digest) -> None: ...


_teller: Teller | None = None


def register_teller(teller: Teller) -> None:
    """Called once, at start-up."""
    global _teller
    _teller = teller


def teller() -> Teller:
    """Who sends. Raises `ImproperlyConfigured` when nobody was registered."""
    if _teller is None:
        raise ImproperlyConfigured("Nobody has been registered to tell HR what is due.")
    return _teller
