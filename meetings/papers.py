"""What a paper on an agenda is, and where it is read: a room above knows, and registers the answer here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Paper:
    """A version that may be put before a meeting: what to call it, and the path of the page where it is read."""

    title: str
    path: str


#: Gives, for a person and the ids of versions, those that the person may read.
FindPapers = Callable[[Any, Iterable[UUID]], dict[UUID, Paper]]

_finders: list[FindPapers] = []


def register_papers(find: FindPapers) -> None:
    """Called once, at start-up, by each room whose versions are put before meetings."""
    if find not in _finders:
        _finders.append(find)


def papers_for(person: Any, version_ids: Iterable[UUID]) -> dict[UUID, Paper]:
    """Those of the versions that `person` may read, by id. No query when there are none."""
    wanted = set(version_ids)
    found: dict[UUID, Paper] = {}
    for find in _finders if wanted else ():
        found |= find(person, wanted)
    return found
