"""A mark in every field of HR's records that can hold one: a word, a year or a number of hours found nowhere else.

Each record is saved twice through its service, so that marks stand in its history too. Choices are given one more,
so that a mark is also what a page says. What can hold no mark (a yes or no, a relation) is hunted by `twins`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.models import Person
from tests.factories import workforce as make
from tests.factories.esr import csv_bytes, file_of, line_of, table, worked
from tests.factories.figures import released
from tests.leaks.fields import GOVERNANCE, HR, IMPORT, NO_ONE, WITHOUT_A_MARK, fields_of, level_of
from workforce import services
from workforce.belonging import mark_of, told_with
from workforce.esr import services as esr
from workforce.export.services import take_away
from workforce.models import Check, EsrImport, Occupancy, ReferenceValue, Vacancy
from workforce.models.snapshots import Export
from workforce.reminders import remind

#: How a mark looks, whichever it is. Its neighbours are neither letters nor digits, or it is part of something else.
LOOKS = re.compile(
    r"zq[0-9a-z]{5}|(?<![0-9a-z.])1[3-7][0-9]{2}(?![0-9a-z])|(?<![0-9a-z.])[1-3][0-9]\.[0-9]{2}(?![0-9])"
)
#: Made up anew for each page or file, and so by chance like a mark now and then.
BY_CHANCE = re.compile(
    r"""nonce=(["'])[^"']*\1|name="csrfmiddlewaretoken"\s+value="[^"]*"|name="kept_for"\s+value="[^"]*"|"""
    r"""<dcterms:(?:created|modified)[^<]*|"""
    r"""[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"""
)


@dataclass(frozen=True)
class Mark:
    """What to look for, the field that holds it, and who may read that. `is_old` ones stand in the history alone."""

    word: str
    field: str
    level: str
    is_old: bool = False

    @property
    def model(self) -> str:
        return self.field.partition(".")[0]


@dataclass
class Marks:
    by_word: dict[str, Mark] = field(default_factory=dict)
    choices: list[tuple[Any, Any]] = field(default_factory=list)
    count: int = 0

    def __iter__(self) -> Iterator[Mark]:
        return iter(self.by_word.values())

    def found_in(self, text: str) -> set[Mark]:
        words = set(LOOKS.findall(BY_CHANCE.sub("", text.lower())))
        return {self.by_word[word] for word in words if word in self.by_word}

    def word(self, where: str, level: str, *, is_old: bool = False) -> str:
        """A new word."""
        self.count += 1
        return self._keep(f"zq{_letters(self.count)}", where, level, is_old)

    def day(self, where: str, level: str, *, is_old: bool = False) -> dt.date:
        """A day of a year of its own. Years go up, so that what ends ends later."""
        self.count += 1
        year = self._keep(str(1300 + self.count), where, level, is_old)
        return dt.date(int(year), 3, 9)

    def hours(self, where: str, level: str, *, is_old: bool = False) -> Decimal:
        self.count += 1
        return Decimal(self._keep(f"{11 + self.count % 26}.{self.count % 89 + 11}", where, level, is_old))

    def value(self, where: str, of: models.Field, level: str, *, is_old: bool) -> Any:
        """A marked value for a field; None where none fits."""
        kind = of.get_internal_type()
        if of.choices and level == NO_ONE:  # forms offer every choice, so a mark of one would be on all of them
            return None
        if kind in ("CharField", "TextField") and where not in WITHOUT_A_MARK:
            word = self.word(where, level, is_old=is_old)
            if of.choices:
                self._offer(of, word)
            return word
        if kind == "DateField":
            return self.day(where, level, is_old=is_old)
        return self.hours(where, level, is_old=is_old) if kind == "DecimalField" else None

    def _keep(self, word: str, where: str, level: str, is_old: bool) -> str:
        assert word not in self.by_word, "two fields would have one mark"
        assert LOOKS.fullmatch(word), "a mark that the hunt would not see"
        self.by_word[word] = Mark(word, where, level, is_old)
        return word

    def _offer(self, of: Any, word: str) -> None:
        self.choices.append((of, list(of.choices)))
        of.choices = [*of.choices, (word, word.title())]

    def take_back_choices(self) -> None:
        for of, choices in reversed(self.choices):
            of.choices = choices


def _letters(number: int) -> str:
    """Five characters, far apart for neighbouring numbers."""
    digits, left = "", number * 15_485_863 % 36**5
    for _ in range(5):
        left, digit = divmod(left, 36)
        digits += "0123456789abcdefghijklmnopqrstuvwxyz"[digit]
    return digits


@dataclass
class Planted:
    """The marks, and the records that hold them."""

    marks: Marks
    rows: list[models.Model] = field(default_factory=list)
    runs: list[EsrImport] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def worker(self) -> Any:
        return next(row for row in self.rows if type(row).__name__ == "Worker")

    def of(self, name: str) -> list[Any]:
        return [row for row in self.rows if type(row).__name__ == name]

    @property
    def models(self) -> set[str]:
        return {type(row).__name__ for row in self.rows}


@contextlib.contextmanager
def planted(by: Person) -> Iterator[Planted]:
    """HR's records, all marked, for the length of a `with` block. The rows stay: run it in a transaction of a test."""
    here = Planted(Marks())
    try:
        _records(here, by)
        _files(here, by)
        _struck_out(here, by)
        _acts(here, by)
        yield here
    finally:
        here.marks.take_back_choices()


def _records(here: Planted, by: Person) -> None:
    post, closed = make.PositionFactory(), make.PositionFactory()
    worker = make.WorkerFactory()
    support = {f"support_{step}": True for step in Vacancy.STEPS}
    support |= {f"support_{step}_on": make.days(-3) for step in Vacancy.STEPS}
    vacancy = make.VacancyFactory(position=post, in_checks=True, **support)
    other_post, other_worker = make.PositionFactory(), make.WorkerFactory()
    kept = {"ended_on": None, "leaving_reason": "", "contract": Occupancy.Contract.COVER}
    rows: list[tuple[Any, dict[str, Any]]] = [
        (ReferenceValue.objects.create(kind="job_role", words="A role to mark", code="1"), {}),
        (post, {"closed_on": None}),
        (closed, {}),
        (worker, {}),
        (make.OccupancyFactory(position=post, worker=worker), kept),
        (make.OccupancyFactory(position=closed, worker=worker, ended=True), {"covers": ""}),
        # Not in the files below, so there is a mark of absence.
        (other_post, {"closed_on": None}),
        (other_worker, {}),
        (make.OccupancyFactory(position=other_post, worker=other_worker), kept),
        (make.PeerTrainingFactory(worker=worker), {}),
        (make.CompetenceFactory(worker=worker), {}),
        (make.WorkHealthFactory(worker=worker), {}),
        (make.DbsFactory(worker=worker), {}),
        (make.AdjustmentsFactory(worker=worker), {}),
        (make.WellbeingPlanFactory(worker=worker), {}),
        (vacancy, {}),
        *((make.CheckFactory(vacancy=vacancy, kind=kind), {"status": "cleared"}) for kind in Check.Kind.values),
    ]
    for row, fixed in rows:
        for is_old in (True, False):
            _mark(here.marks, row, fixed, is_old)
            services.keep(by=by, record=row)
        here.rows.append(row)


def _struck_out(here: Planted, by: Person) -> None:
    """Entries made in error, with all that belongs to them: of these nobody learns anything any more."""
    post, worker = make.PositionFactory(), make.WorkerFactory()
    kept = {"ended_on": None, "leaving_reason": "", "contract": Occupancy.Contract.COVER}
    rows: list[tuple[Any, dict[str, Any]]] = [
        (post, {"closed_on": None}),
        (worker, {}),
        (make.OccupancyFactory(position=post, worker=worker), kept),
        (make.DbsFactory(worker=worker), {}),
        (make.PeerTrainingFactory(worker=worker), {}),
    ]
    for row, fixed in rows:
        for is_old in (True, False):
            _mark(here.marks, row, fixed, is_old, level=NO_ONE)
            services.keep(by=by, record=row)
    for row in (worker, post):
        seen = mark_of(told_with(type(row)._base_manager.get(pk=row.pk)))
        reason = here.marks.word("StruckOut.sealed_reason", GOVERNANCE)
        services.strike_out(by=by, record=row, reason=reason, seen=seen)


def _acts(here: Planted, by: Person) -> None:
    """What leaves HR's room: a reminder, the figures of a quarter, and files. Of a file the words are kept here."""
    remind()
    released(by=by, day=dt.date(2026, 3, 31))
    for what in Export.What:
        for file_format in Export.Format:
            file, _ = take_away(by=by, what=what, file_format=file_format, reason="The board asks.")
            with file:
                here.files[f"{what}.{file_format}"] = file.read()


def _mark(marks: Marks, row: models.Model, fixed: dict[str, Any], is_old: bool, *, level: str = "") -> None:
    for each in fields_of(type(row)):
        if each.name in fixed:
            setattr(row, each.name, fixed[each.name])
            continue
        where = f"{type(row).__name__}.{each.name}"
        value = marks.value(where, each, level or level_of(row, each.name), is_old=is_old)
        if value is not None:
            setattr(row, each.name, value)


def _files(here: Planted, by: Person) -> None:
    """Files of ESR in each state: its columns not chosen yet, checked, saved, saved and undone, thrown away."""
    marks = here.marks
    some = here.of("Occupancy")[0]
    here.runs.append(esr.upload(by=by, file=_file(marks, [_new(marks, NO_ONE, "1")], heading=IMPORT)))
    ready = [_new(marks, IMPORT, "2"), line_of(some) | _held(marks, some), *_wrong(marks)]
    here.runs.append(_checked(by, _file(marks, ready)))
    for number, state in (("3", "saved"), ("4", "undone"), ("5", "stopped")):
        level = HR if state == "saved" else IMPORT
        run = _checked(by, _file(marks, [_new(marks, level, number)]))
        if state == "stopped":
            esr.stop(by=by, run=run)
        else:
            esr.accept_all(by=by, run=run)
            run = worked(run)
            assert run.state == "done", run.says
        if state == "undone":
            esr.undo(by=by, run=run)
            run = worked(run)
        here.runs.append(run)


def _new(marks: Marks, level: str, number: str) -> dict[str, str]:
    """A line that brings somebody new."""
    becomes = ("Position.title", "Position.team", "Worker.last_name", "Worker.first_name")
    words = {field.partition(".")[2]: marks.word(field, level) for field in becomes}
    return {
        "position_number": f"77{number}",
        "employee_number": f"88{number}",
        "assignment_number": f"88{number}-1",
        "contract": "Permanent",
        "band": "XR03|NHS|XR03",
        "hours": str(marks.hours("Occupancy.hours", level)),
        "starts_on": "01/02/2024",
        "directorate": marks.word("Position.directorate", level),
        **words,
    }


def _held(marks: Marks, some: Occupancy) -> dict[str, str]:
    """What the file says otherwise of somebody who is held."""
    days = {"starts_on": "01/02/2024", "expected_end_on": "01/02/2030"}
    return {"last_name": marks.word("Difference.after", IMPORT), "contract": "Permanent", **days}


def _wrong(marks: Marks) -> Iterable[dict[str, str]]:
    """Lines that are left out, each with what stands in the file in its reason."""
    for number, name in ((6, "band"), (7, "contract"), (8, "starts_on")):
        line = _new(marks, NO_ONE, str(number))
        yield line | {name: marks.word("Problem.words", IMPORT)}


def _file(marks: Marks, lines: list[dict[str, str]], heading: str = NO_ONE) -> Any:
    """The lines with one more column, which nobody chooses: of health, as a report of another kind may have."""
    rows = table(lines)
    rows[0].append(marks.word("EsrImport.headings", heading))
    for row in rows[1:]:
        row.append(marks.word("FileRows.sealed", NO_ONE))
    made = file_of()
    made.file.truncate(0)
    made.file.seek(0)
    made.file.write(csv_bytes(rows))
    made.file.seek(0)
    made.name, made.size = f"{marks.word('EsrImport.file_name', IMPORT)}.csv", made.file.getbuffer().nbytes
    return made


def _checked(by: Person, file: Any) -> EsrImport:
    run = esr.upload(by=by, file=file)
    esr.choose_columns(by=by, run=run, columns=run.columns)
    run = worked(run)
    assert run.state == "ready", run.says
    return run
