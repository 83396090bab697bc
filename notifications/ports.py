"""What this room needs to know about people, and may not know how to find. `accounts` registers the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Addressee:
    """Someone a message can go to. `greeting` is what they like to be called."""

    person_id: int
    greeting: str
    email: str
    is_active: bool


@dataclass(frozen=True)
class LinkWanted:
    """A link to make for one message: whom it logs in, and the path it leads to."""

    message_id: UUID
    person_id: int
    path: str


class AddressBook(Protocol):
    """Answers in batches: a drain asks once for many messages."""

    def addressees(self, person_ids: Iterable[int]) -> dict[int, Addressee]:
        """Those of the people that exist, by id."""
        ...

    def links(self, wanted: Iterable[LinkWanted]) -> dict[UUID, str]:
        """A full web address for each message id. The same message always gets the same link."""
        ...


_address_book: AddressBook | None = None


def register_address_book(book: AddressBook) -> None:
    """Called once, at start-up, by the room that knows people."""
    global _address_book
    _address_book = book


def address_book() -> AddressBook:
    """The registered address book. Raises `ImproperlyConfigured` when no room registered one."""
    if _address_book is None:
        raise ImproperlyConfigured("No room has registered an address book.")
    return _address_book
