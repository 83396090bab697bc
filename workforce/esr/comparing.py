"""The dry run: each line of a file against what is held. Reads, and changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from workforce.esr.columns import LABELS
from workforce.esr.held import LISTS, Held, held_value, stored
from workforce.esr.values import FULL_TIME, read_line
from workforce.models import Difference, Occupancy, Position, Problem

OF_POSITION = ("title", "band", "directorate", "team", *LISTS)
OF_WORKER = ("first_name", "last_name")
OF_OCCUPANCY = ("assignment_number", "contract", "hours", "starts_on", "expected_end_on", "ended_on")
#: What every line says alike: of what, by which number it is known, and the field.
SAID_ONCE = (
    *(("post", "position_number", name) for name in OF_POSITION),
    *(("worker", "employee_number", name) for name in OF_WORKER),
)
#: What a start cannot do without: a new post, a new worker, and who holds it.
NEEDED = {
    "position": ("title", "band", "directorate", "team"),
    "worker": ("first_name", "last_name"),
    "occupancy": ("contract", "hours", "starts_on"),
}
FAMILIES = ("carer", "senior", "supervisor", "lead", "trainer")
TELL_EVERY = 250
#: As far as a WTE of two places may be from the hours it was made of.
ROUNDED = Decimal("0.005")
START = Difference.Kind.START


class Wrong(Exception):
    """Why a line cannot be used, in words."""


class DryRun:
    """Compares the lines in order. Afterwards `differences` and `problems` hold unsaved rows, `absent` row numbers."""

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns
        self.held = Held()
        self.differences: list[Difference] = []
        self.problems: list[Problem] = []
        self.present: set[int] = set()
        self.taken: dict[int, int] = {}
        self.line_of: dict[str, int] = {}
        self.said: dict[tuple[str, str, str], tuple[Any, int]] = {}
        self.spans: dict[tuple[str, str], list[tuple[dt.date, dt.date | None, int]]] = {}

    def go(self, rows: Iterable[list[Any]], tell: Callable[[int], object]) -> None:
        """Compare every row; `tell` is told now and then how many are done."""
        for done, (line, *cells) in enumerate(rows, 1):
            self._line(line, cells)
            if done % TELL_EVERY == 0:
                tell(done)

    @property
    def absent(self) -> list[int]:
        """Who is in post today, and on no line of the file."""
        return sorted(self.held.in_post() - self.present)

    def _line(self, line: int, cells: list[str]) -> None:
        values, wrong = read_line(cells, self.columns)
        occupancy = self.held.match(values)
        if occupancy:
            self.present.add(occupancy.pk)
        if not wrong:
            try:
                self.differences += self._compare(line, values, occupancy)
            except Wrong as problem:
                wrong = [str(problem)]
        if wrong:
            words = " ".join(wrong)[:300]
            self.problems.append(Problem(line=line, assignment=values.get("assignment_number", ""), words=words))

    def _compare(self, line: int, values: dict[str, Any], occupancy: Occupancy | None) -> list[Difference]:
        """What one line would change. Raises Wrong; then nothing of the line is remembered, bar its number."""
        number = values["assignment_number"]
        if number in self.line_of:
            raise Wrong(f"The same assignment number is on line {self.line_of[number]}.")
        self.line_of[number] = line
        self._read_lists(values)
        position = self.held.positions.get(values["position_number"])
        found = self._changed(line, values, occupancy) if occupancy else self._start(line, values, position)
        if position:
            found = self._fields(line, values, "position", position, OF_POSITION) + found
        self._must_agree(line, values)
        return found

    def _read_lists(self, values: dict[str, Any]) -> None:
        for name in LISTS:
            if name in values:
                entry = self.held.lists[name].get(values[name].casefold())
                if entry is None:
                    said = values[name][:60]
                    raise Wrong(f"{LABELS[name]}: “{said}” is not on our list. Add it there, or correct it.")
                values[name] = entry

    def _must_agree(self, line: int, values: dict[str, Any]) -> None:
        """Two lines about one post, or one worker, say the same of it."""
        fresh: dict[tuple[str, str, str], tuple[Any, int]] = {}
        for kind, owner, name in SAID_ONCE:
            if owner not in values or name not in values:
                continue
            key = (kind, values[owner], name)
            before, at = self.said.get(key, (values[name], line))
            if before != values[name]:
                raise Wrong(f"{LABELS[name]}: line {at} says another one for the same {kind}.")
            fresh[key] = (before, at)
        self.said |= fresh

    # -- somebody who is held --------------------------------------------------------------------------------------

    def _changed(self, line: int, values: dict[str, Any], occupancy: Occupancy) -> list[Difference]:
        if occupancy.position.number != values["position_number"]:
            raise Wrong(
                f"This assignment is in post {occupancy.position.number} here, and in another in the file. "
                "Give it a last day here first."
            )
        employee = values.get("employee_number", occupancy.worker.employee_number)
        if employee != occupancy.worker.employee_number:
            raise Wrong("This assignment belongs to another employee number here.")
        if occupancy.pk in self.taken:
            raise Wrong(f"Line {self.taken[occupancy.pk]} is about the same person in the same post.")
        self.taken[occupancy.pk] = line
        self._fill_hours(values, occupancy)
        starts = values.get("starts_on", occupancy.starts_on)
        for name in ("ended_on", "expected_end_on"):
            end = values.get(name, getattr(occupancy, name))
            if end and end < starts:
                raise Wrong(f"{LABELS[name]} would be before the first day.")
        ends = values.get("ended_on", occupancy.ended_on)
        self._must_not_overlap(line, occupancy.position.number, employee, starts, ends, occupancy)
        return [
            *self._fields(line, values, "worker", occupancy.worker, OF_WORKER),
            *self._fields(line, values, "occupancy", occupancy, OF_OCCUPANCY),
        ]

    def _fill_hours(self, values: dict[str, Any], occupancy: Occupancy | None) -> None:
        """Hours from WTE, where the file has no hours. WTE is rounded: hours that give the same WTE stay."""
        wte = values.get("wte")
        if wte is None or "hours" in values:
            return
        if occupancy and abs(occupancy.hours / FULL_TIME - wte) <= ROUNDED:
            return
        values["hours"] = (wte * FULL_TIME).quantize(Decimal("0.01"))

    def _fields(
        self, line: int, values: dict[str, Any], kind: str, record: Any, names: Iterable[str]
    ) -> list[Difference]:
        """The fields of a record that the line says otherwise. Capital letters alone are no difference."""
        number, assignment = values["position_number"], values["assignment_number"]
        owner = {"position": ("post", number), "worker": ("worker", values.get("employee_number", ""))}.get(kind)
        found = []
        for name in names:
            if name not in values or (owner and (*owner, name) in self.said):
                continue
            before, after = held_value(record, name), stored(values[name])
            if _same(before, after):
                continue
            more = {"line": line, "kind": kind, "number": number, "assignment": assignment, "field": name}
            seen = self.held.seen[kind].get(record.pk, "")
            found.append(Difference(record=record.pk, before=before, after=after, seen=seen, **more))
        return found

    # -- somebody new -----------------------------------------------------------------------------------------------

    def _start(self, line: int, values: dict[str, Any], position: Position | None) -> list[Difference]:
        employee = values.get("employee_number")
        if not employee:
            raise Wrong("We do not hold this assignment number, and there is no employee number to start somebody new.")
        worker = self.held.workers.get(employee)
        self._fill_hours(values, None)
        missing = [
            LABELS[name].lower()
            for kind, record in (("position", position), ("worker", worker), ("occupancy", None))
            for name in NEEDED[kind]
            if record is None and name not in values
        ]
        if missing:
            raise Wrong(f"This person is not in a post here yet. To add them we need: {', '.join(missing)}.")
        number = values["position_number"]
        self._must_not_overlap(line, number, employee, values["starts_on"], values.get("ended_on"), None)
        after = {
            "position": None if position else _new_position(values),
            "worker": None if worker else {"employee_number": employee, **_picked(values, OF_WORKER)},
            "occupancy": _picked(values, OF_OCCUPANCY),
            "numbers": [number, employee],
        }
        own = [] if worker is None else self._fields(line, values, "worker", worker, OF_WORKER)
        start = Difference(line=line, kind=START, number=number, assignment=values["assignment_number"], after=after)
        return [*own, start]

    def _must_not_overlap(
        self, line: int, number: str, employee: str, starts: dt.date, ends: dt.date | None, itself: Occupancy | None
    ) -> None:
        """One worker holds one post once at a time: here, and in the file."""
        for other in self.held.by_post.get(number, ()):
            is_other = other is not itself and other.worker.employee_number == employee
            if is_other and _overlap(starts, ends, other.starts_on, other.ended_on):
                raise Wrong("This worker is in this post already on some of these days, under another entry.")
        spans = self.spans.setdefault((number, employee), [])
        for other_starts, other_ends, at in spans:
            if _overlap(starts, ends, other_starts, other_ends):
                raise Wrong(f"This worker is in this post on line {at} as well, on some of the same days.")
        spans.append((starts, ends, line))


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, str) and isinstance(after, str):
        return before.casefold() == after.casefold()
    return before == after


def _overlap(starts: dt.date, ends: dt.date | None, other_starts: dt.date, other_ends: dt.date | None) -> bool:
    return starts <= (other_ends or dt.date.max) and other_starts <= (ends or dt.date.max)


def _picked(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: stored(values[name]) for name in names if name in values}


def _new_position(values: dict[str, Any]) -> dict[str, Any]:
    """A post as the file tells of it. Its family is guessed from its title, and its hours are those worked in it."""
    title = values["title"].casefold()
    family = next((word for word in FAMILIES if word in title), Position.Family.PSW.value)
    more = {"number": values["position_number"], "family": family, "funded_hours": stored(values["hours"])}
    return {**_picked(values, OF_POSITION), **more}
