"""What HR's pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.text import capfirst

from accounts.models import Person
from core.said import nhs_date, nhs_when
from workforce.models import Occupancy, PeerTraining, Recorded, ReferenceValue, Vacancy, Worker
from workforce.policies import is_policy

NOT_SET = "not set"


@dataclass(frozen=True)
class Change:
    """One field, before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Saved:
    """One time that somebody saved a record. The first time, `changes` is empty and `is_first` is true."""

    at: dt.datetime
    who: str
    is_first: bool
    changes: tuple[Change, ...]


def history_of(record: models.Model) -> list[Saved]:
    """Every time the record was saved, newest first. One query."""
    named = [field.name for field in record._meta.concrete_fields if _is_said(field)]
    rows = record.history.select_related("history_user", *named)  # type: ignore[attr-defined]
    states = list(rows.order_by("history_date", "history_id"))
    saved = [
        Saved(state.history_date, person_said(state), before is None, _changes(before, state, record))
        for before, state in zip([None, *states], states, strict=False)
    ]
    return saved[::-1]


def as_it_stood(row: models.Model) -> dict[str, Any]:
    """All that is held of a row, to be sealed: in words for whoever reads it later, and as it is in the tables."""
    is_recorded = isinstance(row, Recorded)
    states = row.history.order_by("history_id").values() if is_recorded else []  # type: ignore[attr-defined]
    return {
        "kind": row._meta.model_name,
        "is": capfirst(str(row._meta.verbose_name)),
        "fields": [
            [capfirst(str(field.verbose_name)), _said_of(row, field)]
            for field in row._meta.concrete_fields
            if not field.primary_key
        ],
        "saved": [
            {
                "at": nhs_when(each.at),
                "who": each.who,
                "is_first": each.is_first,
                "changes": [[change.field, change.before, change.after] for change in each.changes],
            }
            for each in (history_of(row) if is_recorded else [])
        ],
        "row": {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields},
        "states": list(states),
    }


def _said_of(row: models.Model, field: models.Field) -> str:
    if not field.is_relation:
        return value_said(field, getattr(row, field.attname))
    return named(getattr(row, field.name))


def named(row: models.Model | None) -> str:
    """Another row, by the name that HR knows it by."""
    if isinstance(row, Worker):
        return f"{row.full_name} (employee number {row.employee_number})"
    if isinstance(row, Person):
        return row.name
    return NOT_SET if row is None else str(row)


def one_line_of(row: models.Model) -> str:
    """A record in a list of what belongs to another, for a page that HR reads. Nothing of health is ever in it."""
    if isinstance(row, Occupancy):
        return f"{named(row.worker)} in {row.position}, from {nhs_date(row.starts_on)}"
    if isinstance(row, Vacancy):
        return f"Opened on {nhs_date(row.opened_at)}, {row.get_state_display().lower()}"
    if isinstance(row, PeerTraining):
        return f"{row.course}, {row.provider}"
    return ""


def person_said(state: Any) -> str:
    """Who saved a kept state."""
    return state.history_user.name if state.history_user else "Loaded when the records began"


def value_said(field: models.Field, value: Any) -> str:
    """A value in words: the label of a choice, a date as it is spoken, "not set" for nothing."""
    if value is None or value == "":
        return NOT_SET
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return nhs_date(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _changes(before: Any, after: Any, record: models.Model) -> tuple[Change, ...]:
    if before is None:
        return ()
    return tuple(_compared(before, after, record._meta.concrete_fields))


def _is_said(field: models.Field) -> bool:
    """Whether a field names a row that is said by its words: an entry of a list, or a policy."""
    return field.related_model is ReferenceValue or is_policy(field)


def _compared(before: Any, after: Any, fields: Iterable[models.Field]) -> Iterable[Change]:
    for field in fields:
        if field.is_relation and not _is_said(field) and field.name != "occupancy":
            continue  # whose record it is never changes, and who moved it on stands beside the change
        name = field.name if _is_said(field) else field.attname
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            said = _occupancy_said if field.name == "occupancy" else value_said
            yield Change(capfirst(str(field.verbose_name)), said(field, old), said(field, new))


def _occupancy_said(field: models.Field, number: int | None) -> str:
    """Its number: the page of the vacancy leads to it by name."""
    return f"occupancy {number}" if number else NOT_SET
