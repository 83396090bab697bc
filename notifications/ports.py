"""What this room needs to know, and may not know how to find. Rooms above, or beside, register the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model


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


class Recorder(Protocol):
    """Writes the audit row of an act."""

    def __call__(self, *, actor: Any, verb: str, about: Model, **facts: Any) -> Any: ...


_address_book: AddressBook | None = None
_recorder: Recorder | None = None
_common_words: list[Callable[[], dict[str, Any]]] = []


def register_address_book(book: AddressBook) -> None:
    """Called once, at start-up, by the room that knows people."""
    global _address_book
    _address_book = book


def address_book() -> AddressBook:
    """The registered address book. Raises `ImproperlyConfigured` when no room registered one."""
    if _address_book is None:
        raise ImproperlyConfigured("No room has registered an address book.")
    return _address_book


def register_recorder(recorder: Recorder) -> None:
    """Called once, at start-up: where the acts of this room are recorded."""
    global _recorder
    _recorder = recorder


def record(*, actor: Any, verb: str, about: Model, **facts: Any) -> None:
    """Record an act of this room. Raises `ImproperlyConfigured` when nothing records."""
    if _recorder is None:
        raise ImproperlyConfigured("Nothing has been registered to record acts.")
    _recorder(actor=actor, verb=verb, about=about, **facts)


def register_common_words(words: Callable[[], dict[str, Any]]) -> None:
    """Called at start-up: words that every message may use, such as the person to call. Read once a batch."""
    _common_words.append(words)


def common_words() -> dict[str, Any]:
    """All registered common words together. What is given as a function is called here, once."""
    found = {name: value for words in _common_words for name, value in words().items()}
    return {name: value() if callable(value) else value for name, value in found.items()}
