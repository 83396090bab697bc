"""Verbs of this room."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from audit.services import record as record_act
from core.errors import Refused
from workforce.models import Occupancy, Position, Recorded, ReferenceValue, Worker

Record = Position | Worker | Occupancy | ReferenceValue


@transaction.atomic
def keep(*, by: Any, record: Record) -> None:
    """Save a new or changed record, with its history row (who and when) and its audit row (verb and id, no values).

    Raises `Refused` for what the database will not hold, such as a number that somebody else has just used.
    """
    verb = "workforce.added_record" if record._state.adding else "workforce.changed_record"
    record._history_user = by  # type: ignore[union-attr] # the history library reads it from the row
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        raise Refused("Somebody has just saved a record with this number. Look for it before you try again.") from None
    record_act(actor=by, verb=verb, about=record)


def version_of(record: Recorded) -> str:
    """Names the newest kept state of a record, for a form to bring back; "" for one that is not saved."""
    if record._state.adding:
        return ""
    states: Any = type(record).history  # type: ignore[attr-defined] # each kind of record has its own
    newest = states.filter(id=record.pk).order_by("-history_id").values_list("history_id", flat=True).first()
    return str(newest or "")
