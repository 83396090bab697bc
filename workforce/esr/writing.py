"""Write many records at once, each with its history row (who and when) and its audit row (verb and id, no values).

`workforce.services.keep` does the same for one record. Row by row, 5,000 lines would hold the database for minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from audit.services import record_each
from core import clock
from workforce.belonging import keys_to
from workforce.models import Absence, Recorded

BATCH = 200
ADDED, CHANGED, REMOVED = "+", "~", "-"
VERBS = {ADDED: "workforce.added_record", CHANGED: "workforce.changed_record", REMOVED: "workforce.took_back_record"}


class Writer:
    """Writes for one person, and with one reason in the history. Call inside a transaction."""

    def __init__(self, *, by: Any, reason: str) -> None:
        self.by, self.reason = by, reason

    def add(self, records: Sequence[Recorded]) -> None:
        if records:
            type(records[0])._base_manager.bulk_create(records, batch_size=BATCH)
            self._note(records, ADDED)

    def change(self, records: Sequence[Recorded], fields: Iterable[str]) -> None:
        if records:
            type(records[0])._base_manager.bulk_update(records, sorted(set(fields)), batch_size=BATCH)
            self._note(records, CHANGED)

    def remove(self, records: Sequence[Recorded]) -> None:
        """Take back rows that an import made, and that nothing else leans on (see `leaned_on`)."""
        for some in _in_batches(records):
            rows = type(some[0])._base_manager.filter(pk__in=[record.pk for record in some])
            self._note(some, REMOVED)
            rows._raw_delete(rows.db)  # the history library would write the row of a removal without who did it

    def _note(self, records: Sequence[Recorded], how: str) -> None:
        states: Any = type(records[0]).history  # type: ignore[attr-defined] # each kind of record has its own
        fields = states.model.tracked_fields
        more = {"history_user": self.by, "history_date": clock.now(), "history_change_reason": self.reason}
        states.model.objects.bulk_create(
            (
                states.model(**{f.attname: getattr(record, f.attname) for f in fields}, history_type=how, **more)
                for record in records
            ),
            batch_size=BATCH,
        )
        record_each(actor=self.by, verb=VERBS[how], about=records)


def leaned_on(model: type[models.Model], pks: Sequence[int], *, but: dict[type[models.Model], set[int]]) -> set[int]:
    """Those of `pks` that another row points to, marks of absence and the rows in `but` aside."""
    found: set[int] = set()
    for field in keys_to(model):
        if field.model is Absence:
            continue
        for some in _in_batches(pks):
            rows = field.model._base_manager.filter(**{f"{field.name}__in": some})
            pairs = rows.values_list("pk", field.attname)
            found |= {target for pk, target in pairs if pk not in but.get(field.model, set())}
    return found


def _in_batches(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
