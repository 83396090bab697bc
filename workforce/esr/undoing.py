"""Take an import back: what still holds its values is as it was before, what somebody has changed since stays."""

from __future__ import annotations

from typing import Any

from workforce.esr.applying import BATCH, by_record
from workforce.esr.held import MODELS, held_value, put
from workforce.esr.writing import Writer, leaned_on
from workforce.models import Absence, Difference, EsrImport, Occupancy, Position, Recorded, Worker

State, START = Difference.State, Difference.Kind.START


def take_back(run: EsrImport, *, by: Any) -> int:
    """Undo every accepted difference, and say how many could not be. Call inside a transaction."""
    writer = Writer(by=by, reason=f"ESR import {run.pk} undone")
    accepted = list(run.differences.filter(state__in=[State.ACCEPTED, State.STRUCK]))
    _remove(writer, [each for each in accepted if each.kind == START])
    for kind in MODELS:
        _restore(writer, kind, [each for each in accepted if each.kind == kind])
    Difference.objects.bulk_update(accepted, ["state"], batch_size=BATCH)
    return sum(each.state == State.KEPT for each in accepted)


def _restore(writer: Writer, kind: str, differences: list[Difference]) -> None:
    grouped = by_record(differences)
    records = MODELS[kind]._base_manager.select_for_update().in_bulk(list(grouped))
    changed = []
    for pk, some in grouped.items():
        record = records.get(pk)
        ours = [each for each in some if record is not None and held_value(record, each.field) == each.after]
        for each in ours:
            put(record, each.field, each.before)  # type: ignore[arg-type] # there is none of ours without a record
        if not _is_sound(record):
            ours = []
        for each in some:
            each.state = State.UNDONE if each in ours else State.KEPT
        if record is not None and ours:
            changed.append(record)
    writer.change(changed, {each.field for each in differences})


def _is_sound(record: Any) -> bool:
    """Whether the dates still follow each other, when one was restored and another had been changed since."""
    if not isinstance(record, Occupancy):
        return True
    return all(end is None or end >= record.starts_on for end in (record.ended_on, record.expected_end_on))


def _remove(writer: Writer, starts: list[Difference]) -> None:
    """Remove what the import added and nobody has touched since: who holds what first, then posts and workers."""
    gone: dict[Any, set[int]] = {}
    for model, name in ((Occupancy, "occupancy"), (Position, "position"), (Worker, "worker")):
        pks = [each.made[name] for each in starts if name in each.made]
        records = list(model._base_manager.select_for_update().filter(pk__in=pks))
        stays = _changed_since(model, pks) | leaned_on(model, pks, but=gone)
        going = [record for record in records if record.pk not in stays]
        gone[model] = {record.pk for record in going}
        if model is Occupancy:
            Absence.objects.filter(occupancy__in=gone[model]).delete()
        writer.remove(going)
        for each in starts:
            if each.made.get(name) in stays and each.state != State.STRUCK:
                each.state = State.KEPT
    for each in starts:
        if each.state == State.ACCEPTED:
            each.state = State.UNDONE


def _changed_since(model: type[Recorded], pks: list[int]) -> set[int]:
    """Those with more than the one kept state of their making."""
    states: Any = model.history  # type: ignore[attr-defined] # each kind of record has its own
    found: set[int] = set()
    seen: set[int] = set()
    for pk in states.filter(id__in=pks).order_by().values_list("id", flat=True):
        (found if pk in seen else seen).add(pk)
    return found
