"""Put accepted differences into the records. All or nothing: call inside a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from workforce.esr.held import MODELS, held_value, put, versions
from workforce.esr.writing import Writer
from workforce.models import Difference, EsrImport, Occupancy, Position, Worker

State, START = Difference.State, Difference.Kind.START
BATCH = 500


def apply(run: EsrImport, differences: Sequence[Difference], *, by: Any) -> int:
    """Write them and say how many were written. One whose record has changed since the check becomes stale instead."""
    writer = Writer(by=by, reason=f"ESR import {run.pk}")
    _Starts(run, writer).write([each for each in differences if each.kind == START])
    for kind in MODELS:
        _change(writer, kind, [each for each in differences if each.kind == kind])
    Difference.objects.bulk_update(differences, ["state", "made"], batch_size=BATCH)
    _see_again(run, differences)
    return sum(each.state == State.ACCEPTED for each in differences)


def by_record(differences: Iterable[Difference]) -> dict[int, list[Difference]]:
    found: dict[int, list[Difference]] = defaultdict(list)
    for each in differences:
        found[each.record or 0].append(each)
    return found


def _change(writer: Writer, kind: str, differences: list[Difference]) -> None:
    grouped = by_record(differences)
    records = MODELS[kind]._base_manager.select_for_update().in_bulk(list(grouped))
    now = versions(kind, list(grouped))
    changed = []
    for pk, some in grouped.items():
        record = records.get(pk)
        is_as_seen = record is not None and all(
            now.get(pk, "") == each.seen and held_value(record, each.field) == each.before for each in some
        )
        for each in some:
            each.state = State.ACCEPTED if is_as_seen else State.STALE
            if record is not None and is_as_seen:
                put(record, each.field, each.after)
        if record is not None and is_as_seen:
            changed.append(record)
    writer.change(changed, {each.field for each in differences})


def _see_again(run: EsrImport, differences: Sequence[Difference]) -> None:
    """What we have just saved ourselves makes no other difference of this import stale."""
    still_open = run.differences.filter(state=State.OPEN)
    for kind in MODELS:
        pks = {each.record for each in differences if each.kind == kind and each.state == State.ACCEPTED}
        waiting = list(still_open.filter(kind=kind, record__in=pks)) if pks else []
        now = versions(kind, [each.record or 0 for each in waiting]) if waiting else {}
        for each in waiting:
            each.seen = now.get(each.record or 0, "")
        Difference.objects.bulk_update(waiting, ["seen"], batch_size=BATCH)


class _Starts:
    """People who start: their post and their own row where those are new, and who holds what."""

    def __init__(self, run: EsrImport, writer: Writer) -> None:
        self.run, self.writer = run, writer

    def write(self, starts: list[Difference]) -> None:
        if not starts:
            return
        self.positions = self._known(Position, "number", starts, 0)
        self.workers = self._known(Worker, "employee_number", starts, 1)
        self.ours = self._made_before()
        new_positions: dict[str, Position] = {}
        new_workers: dict[str, Worker] = {}
        going = []
        for each in starts:
            number, employee = _told(each)["numbers"]
            is_as_seen = self._is_as_seen(each, "position", self.positions.get(number)) and self._is_as_seen(
                each, "worker", self.workers.get(employee)
            )
            if not is_as_seen or self._holds_it_meanwhile(each):
                each.state = State.STALE
                continue
            if number not in self.positions and number not in new_positions:
                new_positions[number] = _filled(Position(), _told(each)["position"])
                each.made["position"] = number
            if employee not in self.workers and employee not in new_workers:
                new_workers[employee] = _filled(Worker(), _told(each)["worker"])
                each.made["worker"] = employee
            going.append(each)
        self.writer.add(list(new_positions.values()))
        self.writer.add(list(new_workers.values()))
        self.positions |= new_positions
        self.workers |= new_workers
        self._hold(going)

    def _hold(self, going: list[Difference]) -> None:
        made = []
        for each in going:
            number, employee = _told(each)["numbers"]
            occupancy = Occupancy(position=self.positions[number], worker=self.workers[employee])
            made.append(_filled(occupancy, _told(each)["occupancy"]))
        self.writer.add(made)
        for each, occupancy in zip(going, made, strict=True):
            each.state = State.ACCEPTED
            numbers = {"position": self.positions, "worker": self.workers}
            each.made = {name: numbers[name][number].pk for name, number in each.made.items()}
            each.made["occupancy"] = occupancy.pk

    def _known(self, model: Any, name: str, starts: list[Difference], place: int) -> dict[str, Any]:
        numbers = list({_told(each)["numbers"][place] for each in starts})
        rows = model.objects.select_for_update(no_key=True).filter(**{f"{name}__in": numbers})
        return {getattr(row, name): row for row in rows}

    def _made_before(self) -> dict[str, set[int]]:
        """Posts and workers that this import has made already, one accepted line after another."""
        done = [State.ACCEPTED, State.STRUCK]
        rows = self.run.differences.filter(kind=START, state__in=done).values_list("made", flat=True)
        found: dict[str, set[int]] = {"position": set(), "worker": set()}
        for made in rows:
            for name, pks in found.items():
                if name in made:
                    pks.add(made[name])
        return found

    def _is_as_seen(self, each: Difference, name: str, record: Any) -> bool:
        """Known then is known now; new then is new now, unless this same import made it."""
        was_new = _told(each)[name] is not None
        return (record is None or record.pk in self.ours[name]) if was_new else record is not None

    def _holds_it_meanwhile(self, each: Difference) -> bool:
        number, employee = _told(each)["numbers"]
        if _told(each)["position"] is not None or _told(each)["worker"] is not None:
            return False
        starts, ends = _told(each)["occupancy"]["starts_on"], _told(each)["occupancy"].get("ended_on")
        rows = Occupancy.objects.filter(position=self.positions[number], worker=self.workers[employee])
        if ends:
            rows = rows.filter(starts_on__lte=ends)
        return rows.exclude(ended_on__lt=starts).exists()


def _filled(record: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        put(record, name, value)
    return record


def _told(start: Difference) -> dict[str, Any]:
    """What the file tells of somebody who starts."""
    return start.after or {}
