"""What the Network's pages need to know of rooms above, and may not ask: they register the answers here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Coming:
    """A meeting that somebody is asked to come to: when, and what they said, in words. Not which, nor where."""

    starts_at: dt.datetime
    words: str


#: Gives, for ids of people, their meetings to come, soonest first.
FindComing = Callable[[Iterable[int]], dict[int, list[Coming]]]

_finders: list[FindComing] = []


def register_coming(find: FindComing) -> None:
    """Called once, at start-up, by the room that knows meetings."""
    if find not in _finders:
        _finders.append(find)


def coming_of(person_ids: Iterable[int]) -> dict[int, list[Coming]]:
    """The meetings to come of those people, by id; no query when there are none. Ask for who shares it, only."""
    wanted = list(person_ids)
    found: dict[int, list[Coming]] = {pk: [] for pk in wanted}
    for find in _finders if wanted else ():
        for pk, meetings in find(wanted).items():
            found[pk] += meetings
    return found
