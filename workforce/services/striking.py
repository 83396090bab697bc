"""Striking out an entry that was made in error, and reading what is left of one.

Nothing else removes a record: posts are closed, people leave. What should never have been here goes from every table
that HR's pages read, history included, and stands sealed in a trace that only the governance lead opens.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, models, transaction

from audit.services import record as record_act
from audit.services import record_look
from core import clock
from core.errors import Refused
from core.secrets import Unreadable, seal, unseal
from core.turns import take_turn_at
from workforce.belonging import by_table, goes_with, in_the_way, let_go_of, mark_of, told
from workforce.esr.struck import forget
from workforce.models import Check, Recorded, StruckOut, Vacancy
from workforce.presenters import as_it_stood
from workforce.services.records import keep_state
from workforce.workflows import VacancyState

CHANGED = "Something here has changed since you opened this page. Look at what goes now, before you strike it out."
TAKEN = "Somebody is saving a part of this just now. Wait a moment, then try again."
UNREADABLE = "None of the keys that we have opens this. Tell the IT service desk that a key is missing."


@transaction.atomic
def strike_out(*, by: Any, record: Recorded, reason: str, seen: str) -> StruckOut:
    """Remove an entry with all that belongs to it, and keep a sealed trace. `seen` is the `mark_of` what was told.

    Raises `Refused` when it is gone already or has changed, when somebody is saving a part of it, when another row
    holds it, and for no reason given.
    """
    if not reason.strip():
        raise Refused("Say what was wrong with it.", field="reason")
    take_turn_at(StruckOut)  # a file that was compared with this entry is written down first: see `esr.working`
    locked: Any = type(record)._base_manager.select_for_update().filter(pk=record.pk).first()
    if locked is None:
        raise Refused("This entry is no longer here.")
    again = _in_its_place(locked)
    try:
        rows = goes_with(locked)
        _refuse_what_differs(rows, seen)
        contents = {"rows": [as_it_stood(row) for row in reversed(rows)], "esr": forget(rows)}
    except OperationalError:
        raise Refused(TAKEN) from None
    struck = StruckOut.objects.create(
        kind=locked._meta.model_name,
        record=locked.pk,
        at=clock.now(),
        by=by,
        sealed_reason=seal(reason.strip()),
        sealed=seal(json.dumps(contents, cls=DjangoJSONEncoder)),
    )
    let_go_of(rows)
    for model, some in by_table(rows).items():
        _remove(model, [row.pk for row in some])
    if again is not None:
        keep_state(by=by, record=again)
    record_act(actor=by, verb="workforce.struck_out", about=struck, kind=struck.kind, rows=len(rows))
    return struck


@transaction.atomic
def read_struck_out(*, by: Any, struck: StruckOut, reason: str) -> dict[str, Any]:
    """What stood there, for whoever wrote down why they need it. The look is logged first. Raises `Refused`."""
    if not reason.strip():
        raise Refused("Say why you need to read it.", field="reason")
    record_look(actor=by, what="workforce.read_struck_out", about=struck, reason=reason.strip())
    try:
        contents: dict[str, Any] = json.loads(unseal(struck.sealed))
    except Unreadable:
        raise Refused(UNREADABLE) from None
    return contents


def _in_its_place(record: Recorded) -> Check | None:
    """A check is one of six: a new one stands where it stood. Raises `Refused` once its vacancy is over."""
    if not isinstance(record, Check):
        return None
    vacancy = Vacancy.objects.select_for_update().get(pk=record.vacancy_id)
    if vacancy.state != VacancyState.CHECKS:
        raise Refused(f"The vacancy is {vacancy.get_state_display().lower()}, so its checks stay as they are.")
    return Check(vacancy=vacancy, kind=record.kind)


def _refuse_what_differs(rows: list[models.Model], seen: str) -> None:
    for model, count in in_the_way(rows).items():
        name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
        raise Refused(f"This is still used by {count} {name}. Change that first.")
    if mark_of(told(rows)) != seen:
        raise Refused(CHANGED)


def _remove(model: Any, pks: list[int]) -> None:
    """Past the signals: the history library would write down that, and when, each row went."""
    if issubclass(model, Recorded):
        states = model.history.filter(id__in=pks)  # type: ignore[attr-defined] # each kind of record has its own
        states._raw_delete(states.db)
    rows = model._base_manager.filter(pk__in=pks)
    rows._raw_delete(rows.db)
