"""Where figures go when HR hands them over. This room knows nobody else's: the joining room registers the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured

from core.rounded import Row


@dataclass(frozen=True)
class HandedOver:
    """What the Steering Group reads now: figures of which day, handed over when."""

    as_of: dt.date
    at: dt.datetime


class Desk(Protocol):
    """Takes numbers, and a day; nothing of a person."""

    def receive(self, *, by: Any, as_of: dt.date, numbers: Mapping[str, int | None]) -> None:
        """From now on these are read, instead of those before, which are kept."""
        ...

    def take_back(self, *, by: Any) -> None:
        """From now on none are read. Raises `Refused` when none are."""
        ...

    def standing(self) -> HandedOver | None:
        """What is read now, or None."""
        ...

    def shown(self, numbers: Mapping[str, int | None]) -> list[Row]:
        """These numbers as they would be read there."""
        ...


_desk: Desk | None = None


def register_desk(desk: Desk) -> None:
    """Called once, at start-up."""
    global _desk
    _desk = desk


def desk() -> Desk:
    """The registered desk. Raises `ImproperlyConfigured` when no room registered one."""
    if _desk is None:
        raise ImproperlyConfigured("No room has registered where figures go.")
    return _desk
