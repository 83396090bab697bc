"""What is held now, read at once for comparing: posts, workers, who holds what, the lists, and each record's state."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Max

from core import clock
from workforce.models import Occupancy, Position, Recorded, ReferenceValue, Worker

#: The records that a file can change, by the kind of a difference.
MODELS: dict[str, type[Recorded]] = {"position": Position, "worker": Worker, "occupancy": Occupancy}
LISTS = tuple(ReferenceValue.Kind.values)


def stored(value: Any) -> Any:
    """A value as it is put into a difference."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, dt.date) else value


def field_of(kind: str, name: str) -> models.Field:
    field = MODELS[kind]._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 -- for the types: no relation from elsewhere is ever named
    return field


def held_value(record: models.Model, name: str) -> Any:
    """What a record holds in a field now, as a difference would store it."""
    field: Any = record._meta.get_field(name)
    return stored(field.to_python(getattr(record, field.attname)))


def put(record: models.Model, name: str, value: Any) -> None:
    """Set a field from what a difference stores."""
    field: Any = record._meta.get_field(name)
    setattr(record, field.attname, None if value is None else field.to_python(value))


def versions(kind: str, pks: list[int] | None = None) -> dict[int, str]:
    """The newest kept state of each record, as `services.version_of` names it. One query."""
    states: Any = MODELS[kind].history  # type: ignore[attr-defined] # each kind of record has its own
    rows = states.all() if pks is None else states.filter(id__in=pks)
    return {pk: str(newest) for pk, newest in rows.order_by().values_list("id").annotate(Max("history_id"))}


class Held:
    """Everything that the lines of a file are compared with. Seven queries, however many lines."""

    def __init__(self) -> None:
        self.positions = {position.number: position for position in Position.objects.all()}
        self.workers = {worker.employee_number: worker for worker in Worker.objects.all()}
        self.by_assignment: dict[str, Occupancy] = {}
        self.by_post: dict[str, list[Occupancy]] = defaultdict(list)
        for occupancy in Occupancy.objects.select_related("position", "worker").order_by("id"):
            if occupancy.assignment_number:
                self.by_assignment[occupancy.assignment_number] = occupancy
            self.by_post[occupancy.position.number].append(occupancy)
        self.seen = {kind: versions(kind) for kind in MODELS}
        self.lists: dict[str, dict[str, int]] = defaultdict(dict)
        for entry in ReferenceValue.objects.filter(is_current=True):
            for words in filter(None, (entry.code, entry.words)):
                self.lists[entry.kind][words.casefold()] = entry.pk
        self.today = clock.today()

    def is_all_here(self) -> bool:
        """Whether every record that was read is held still. Three queries."""
        read = {
            "position": {each.pk for each in self.positions.values()},
            "worker": {each.pk for each in self.workers.values()},
            "occupancy": {each.pk for rows in self.by_post.values() for each in rows},
        }
        now = {kind: set(model._base_manager.values_list("pk", flat=True)) for kind, model in MODELS.items()}
        return all(read[kind] <= now[kind] for kind in MODELS)

    def in_post(self) -> set[int]:
        """Those who are in a post today."""
        return {each.pk for rows in self.by_post.values() for each in rows if self.is_in_post(each)}

    def is_in_post(self, occupancy: Occupancy) -> bool:
        return occupancy.starts_on <= self.today and (occupancy.ended_on or self.today) >= self.today

    def match(self, values: dict[str, Any]) -> Occupancy | None:
        """Whom a line is about: by the assignment number, and then by the position number.

        By the position number it is whoever is in the post without an assignment number yet; if the line has an
        employee number, theirs must be the same; and if two people could be meant, it is neither.
        """
        by_assignment = self.by_assignment.get(values.get("assignment_number", ""))
        if by_assignment:
            return by_assignment
        fitting = [
            each
            for each in self.by_post.get(values.get("position_number", ""), ())
            if self.is_in_post(each)
            and not each.assignment_number
            and values.get("employee_number") in (None, each.worker.employee_number)
        ]
        return fitting[0] if len(fitting) == 1 else None
