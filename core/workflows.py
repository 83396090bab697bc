"""States and the moves between them, as data. A room writes its table; this module walks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from core.errors import Refused


@dataclass(frozen=True)
class Transition:
    """One move: its name (a verb), the states it may start from, the state it ends in."""

    name: str
    sources: frozenset[str]
    target: str


class Workflow:
    """The transition table of one model's state field.

    `states` is a Django `TextChoices`; `transitions` is rows of (verb, sources, target).
    """

    def __init__(
        self, states: type[models.TextChoices], rows: Iterable[tuple[str, Iterable[str], str]], *, field: str = "state"
    ) -> None:
        self.states = states
        self.field = field
        self.transitions = {
            name: Transition(name, frozenset(str(s) for s in sources), str(target)) for name, sources, target in rows
        }

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions.values())

    def allows(self, row: models.Model, name: str) -> bool:
        """Whether `row` may make the move `name` from the state it is in."""
        return str(getattr(row, self.field)) in self.transitions[name].sources

    def move(self, row: models.Model, name: str, **also: object) -> None:
        """Move `row` by an UPDATE that matches only the state it was read in, and set the fields in `also`.

        Raises `Refused` if the table has no such move from there, or someone else moved it first.
        """
        transition = self.transitions[name]
        before = str(getattr(row, self.field))
        if before not in transition.sources:
            raise Refused(f"This cannot be done now: it is {self.states(before).label.lower()}.")
        changed = (
            type(row)
            ._default_manager.filter(pk=row.pk, **{self.field: before})
            .update(**{self.field: transition.target}, **also)
        )
        if not changed:
            raise Refused("Someone else has just moved this on. Open the page again to see where it stands.")
        setattr(row, self.field, transition.target)
        for name_, value in also.items():
            setattr(row, name_, value)
