"""What HR's pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from core.said import nhs_date
from workforce.models import ReferenceValue

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
    named = [field.name for field in record._meta.concrete_fields if field.related_model is ReferenceValue]
    rows = record.history.select_related("history_user", *named)  # type: ignore[attr-defined]
    states = list(rows.order_by("history_date", "history_id"))
    saved = [
        Saved(state.history_date, person_said(state), before is None, _changes(before, state, record))
        for before, state in zip([None, *states], states, strict=False)
    ]
    return saved[::-1]


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


def _compared(before: Any, after: Any, fields: Iterable[models.Field]) -> Iterable[Change]:
    for field in fields:
        is_of_a_list = field.related_model is ReferenceValue
        if field.is_relation and not is_of_a_list and field.name != "occupancy":
            continue  # whose record it is never changes, and who moved it on stands beside the change
        name = field.name if is_of_a_list else field.attname
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            label = str(field.verbose_name)
            said = _occupancy_said if field.name == "occupancy" else value_said
            yield Change(label[:1].upper() + label[1:], said(field, old), said(field, new))


def _occupancy_said(field: models.Field, number: int | None) -> str:
    """Its number: the page of the vacancy leads to it by name."""
    return f"occupancy {number}" if number else NOT_SET
