"""Keeping a record of any kind: its history, its audit row, and plain words for what the database refuses."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from audit.services import record as record_act
from core.errors import Refused
from core.said import nhs_date
from workforce.belonging import belongs_by
from workforce.models import Occupancy, Recorded

#: The database's own name for the rule that a worker is not twice in one position on one day.
NEVER_TWICE = "occupancy_never_overlaps_itself"


@transaction.atomic
def keep(*, by: Any, record: Recorded) -> None:
    """Save a new or changed record, with its history row (who and when) and its audit row (verb and id, no values).

    Raises `Refused` for what the database will not hold, such as a number that somebody else has just used.
    """
    verb = "workforce.added_record" if record._state.adding else "workforce.changed_record"
    if isinstance(record, Occupancy):
        _refuse_twice(record)
    keep_state(by=by, record=record)
    record_act(actor=by, verb=verb, about=record)


def keep_state(*, by: Any, record: Recorded) -> None:
    """Save a record and its history row alone, for a service that writes an audit row of its own."""
    _hold(record)
    record._history_user = by  # type: ignore[attr-defined] # the history library reads it from the row
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        if NEVER_TWICE in str(error):
            raise _twice("This worker is in this position on some of these days already") from None
        raise Refused("Somebody has just saved a record with this number. Look for it before you try again.") from None


def _hold(record: Recorded) -> None:
    """Take the row, or for a new one the rows it is to belong to, so that nobody strikes them out meanwhile.

    Raises `Refused` when somebody has: a row that is saved once more would come back.
    """
    if not record._state.adding:
        if not _taken(type(record), record.pk):
            raise Refused("This record is no longer here, so nothing was saved.")
        return
    for field in record._meta.concrete_fields:
        if belongs_by(field) and not _taken(field.related_model, getattr(record, field.attname)):
            raise Refused(f"This {field.verbose_name} is no longer here.", field=field.name)


def _taken(model: Any, pk: Any) -> bool:
    return bool(model._base_manager.select_for_update(no_key=True).filter(pk=pk).values_list("pk", flat=True))


def version_of(record: Recorded) -> str:
    """Names the newest kept state of a record, for a form to bring back; "" for one that is not saved."""
    if record._state.adding:
        return ""
    states: Any = type(record).history  # type: ignore[attr-defined] # each kind of record has its own
    newest = states.filter(id=record.pk).order_by("-history_id").values_list("history_id", flat=True).first()
    return str(newest or "")


def _refuse_twice(occupancy: Occupancy) -> None:
    """Say on which days the worker is there already. The database holds the rule; this only finds the words for it."""
    same = Occupancy.objects.filter(position=occupancy.position_id, worker=occupancy.worker_id)
    others = same.exclude(pk=occupancy.pk).filter(Q(ended_on=None) | Q(ended_on__gte=occupancy.starts_on))
    if occupancy.ended_on is not None:
        others = others.filter(starts_on__lte=occupancy.ended_on)
    other = others.first()
    if other is not None:
        until = f" to {nhs_date(other.ended_on)}" if other.ended_on else ""
        raise _twice(f"This worker is in this position already, from {nhs_date(other.starts_on)}{until}")


def _twice(words: str) -> Refused:
    return Refused(f"{words}. Change the days, or end the other first.", field="starts_on")
