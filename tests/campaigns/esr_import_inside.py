"""The part of the ESR campaign that reads and writes the tables; it runs with their installation's settings.

`python -m tests.campaigns.esr_import_inside ROWS FAULTS` prints one JSON object. What every line should have done is
worked out here, and not by the import.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django
from django.core.files.uploadedfile import SimpleUploadedFile

django.setup()

from accounts.models import Person  # noqa: E402 -- models can be read once Django is set up
from tests.factories.esr import table, xlsx_bytes  # noqa: E402
from workforce.esr import comparing, services, working  # noqa: E402
from workforce.models import EsrImport, Occupancy, Position, Worker  # noqa: E402

BEGAN = dt.date(2024, 4, 1)
ABSENT = 25
BANDS = ("2", "3", "4", "5", "6", "7", "8a")
WRITTEN: tuple[Callable[[dt.date], str], ...] = (
    lambda day: day.isoformat(),
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d-%b-%Y}".upper(),
    lambda day: str((day - dt.date(1899, 12, 30)).days),
)
#: Each takes a good line, and the good line before it, and spoils the first.
SPOIL: dict[str, Callable[[dict[str, str], dict[str, str]], dict[str, str]]] = {
    "number used twice": lambda line, before: line | {"assignment_number": before["assignment_number"]},
    "band that does not exist": lambda line, before: line | {"band": "XR11|NHS|XR11"},
    "WTE above 1": lambda line, before: line | {"wte": "1.2"},
    "overlap": lambda line, before: before | {"assignment_number": line["assignment_number"] + "0"},
    "end before start": lambda line, before: line | {"ended_on": "1999-12-31"},
    "a date that is none": lambda line, before: line | {"starts_on": "31/02/2025"},
    "no assignment number": lambda line, before: line | {"assignment_number": ""},
    "a formula": lambda line, before: line | {"hours": "=20+2.5"},
}


def line_for(n: int) -> dict[str, str]:
    """What the file says of the person with this number."""
    starts = BEGAN + dt.timedelta(days=n % 300)
    hours = Decimal(15 + n % 20)
    return {
        "position_number": f"5{n:07}",
        "title": "Peer Support Worker",
        "employee_number": f"6{n:07}",
        "assignment_number": f"6{n:07}-1",
        "last_name": f"Ashgrove{n}",
        "first_name": "Hazel",
        "contract": "Permanent" if n % 3 else "Fixed Term Temp",
        "band": f"XR0{BANDS[n % 6]}|NHS|XR0{BANDS[n % 6]}",
        "wte": "",
        "hours": str(hours),
        "starts_on": WRITTEN[n % 4](starts),
        "ended_on": "",
        "directorate": "Community mental health",
        "team": f"Team {n % 40}",
    }


def should_be(n: int) -> tuple[Any, ...]:
    """The same, as the records should hold it."""
    starts = BEGAN + dt.timedelta(days=n % 300)
    contract = "permanent" if n % 3 else "fixed"
    return (f"Ashgrove{n}", BANDS[n % 6], f"Team {n % 40}", contract, Decimal(15 + n % 20), starts)


def held() -> dict[str, tuple[Any, ...]]:
    """Who is held, by assignment number."""
    fields = ("worker__last_name", "position__band", "position__team", "contract", "hours", "starts_on")
    return {number: tuple(rest) for number, *rest in Occupancy.objects.values_list("assignment_number", *fields)}


def make_held(rows: int) -> None:
    """Every other person of the file, half of them with another band or other hours; and some who are not in it."""
    people = [*range(0, rows, 2), *range(rows, rows + ABSENT)]
    make, more = Position.objects.bulk_create, {"batch_size": 500}
    positions = make([_position(n) for n in people], **more)
    workers = Worker.objects.bulk_create(
        [Worker(employee_number=f"6{n:07}", first_name="Hazel", last_name=f"Ashgrove{n}") for n in people], **more
    )
    Occupancy.objects.bulk_create(
        [_occupancy(n, *pair) for n, pair in zip(people, zip(positions, workers, strict=True), strict=True)], **more
    )


def _position(n: int) -> Position:
    band = BANDS[(n + (n % 4 == 0)) % 6]
    where = {"directorate": "Community mental health", "team": f"Team {n % 40}"}
    title = "Peer Support Worker"
    return Position(number=f"5{n:07}", title=title, band=band, funded_hours=Decimal(15 + n % 20), **where)


def _occupancy(n: int, position: Position, worker: Worker) -> Occupancy:
    _, _, _, contract, hours, starts = should_be(n)
    hours += 1 if n % 6 == 0 else 0
    number = f"6{n:07}-1" if n % 10 else None
    more = {"contract": contract, "hours": hours, "starts_on": starts, "assignment_number": number}
    return Occupancy(position=position, worker=worker, **more)


def everything() -> list[tuple[str, dict[str, Any]]]:
    kinds = (Position, Worker, Occupancy)
    return [(kind.__name__, row) for kind in kinds for row in kind.objects.order_by("pk").values()]


def unlike(before: list[Any], after: list[Any]) -> int:
    """How many records are in one and not in the other, or not the same."""
    one, two = {repr(row) for row in before}, {repr(row) for row in after}
    return len(one ^ two)


def timed(act: Callable[[], Any]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def main(rows: int, faults: int) -> dict[str, Any]:
    nadia = Person.objects.create_person(email="nadia@anytown-riverside.example", name="Nadia")
    make_held(rows)
    lines = [line_for(n) for n in range(rows)]
    kinds = list(SPOIL)
    #: Places of the faults: odd, so that each is somebody new, and the line before it is good.
    spoilt = {2 * (number * rows // faults // 2) + 51: kinds[number % len(kinds)] for number in range(faults)}
    for place, kind in spoilt.items():
        lines[place] = SPOIL[kind](lines[place], lines[place - 1])
    before, told = everything(), []
    planted = _planted(nadia, lines)
    content = xlsx_bytes(table(lines))
    runs: list[EsrImport] = []
    tell = comparing.DryRun.go
    comparing.DryRun.go = lambda self, rows, say: tell(self, rows, lambda done: (told.append(done), say(done)))
    read = timed(lambda: runs.append(_uploaded(nadia, content)))
    run = runs[0]
    services.choose_columns(by=nadia, run=run, columns=run.columns)
    check = timed(working.work)
    named = list(run.problems.values_list("line", flat=True))
    changed_by_dry_run = unlike(before, everything())
    half_saved = _clash(nadia, run)
    services.accept_all(by=nadia, run=_fresh(run))
    save = timed(working.work)
    good = [n for n in range(rows) if n not in spoilt]
    now = held()
    right = sum(now.get(f"6{n:07}-1") == should_be(n) for n in good)
    expected = {f"6{n:07}-1" for n in (*good, *range(rows, rows + ABSENT)) if n < rows or n % 10} | {None}
    extra = len(set(now) - expected)
    marked = set(services.latest().absences.values_list("occupancy__position__number", flat=True))
    without_who = sum(
        kind.history.filter(history_user=None).count() + kind.history.exclude(history_user=nadia).count()
        for kind in (Position, Worker, Occupancy)
    )
    services.undo(by=nadia, run=_fresh(run))
    undo = timed(working.work)
    return {
        "kinds": len(kinds),
        "planted": planted,
        "named": len(named),
        "wrongly_named": len(set(named) ^ {place + 2 for place in spoilt}) + len(named) - len(set(named)),
        "changed_by_dry_run": changed_by_dry_run,
        "half_saved": half_saved,
        "right": right,
        "wrong": len(good) - right + extra,
        "not_marked": len({f"5{n:07}" for n in range(rows, rows + ABSENT)} ^ marked),
        "without_who": without_who,
        "told": len(told),
        "not_undone": unlike(before, everything()),
        "read": read,
        "check": check,
        "save": save,
        "undo": undo,
    }


def _uploaded(by: Person, content: bytes) -> EsrImport:
    return services.upload(by=by, file=SimpleUploadedFile("staff.xlsx", content))


def _fresh(run: EsrImport) -> EsrImport:
    return EsrImport.objects.get(pk=run.pk)


def _planted(by: Person, lines: list[dict[str, str]]) -> int:
    """One fault that nobody noted, in the first lines: the campaign must see a line too many."""
    some = [*lines[:20], SPOIL["WTE above 1"](lines[20], lines[19])]
    run = _uploaded(by, xlsx_bytes(table(some)))
    services.choose_columns(by=by, run=run, columns=run.columns)
    working.work()
    found = run.problems.count()
    services.stop(by=by, run=_fresh(run))
    return found


def _clash(by: Person, run: EsrImport) -> int:
    """Somebody takes a number of the file meanwhile: how much of it is saved all the same?"""
    last = run.differences.filter(kind="start").order_by("-line")[0]
    other = Occupancy.objects.order_by("-pk")[0]
    was = other.assignment_number
    Occupancy.objects.filter(pk=other.pk).update(assignment_number=last.assignment)
    stands = everything()
    services.accept_all(by=by, run=_fresh(run))
    working.work()
    half_saved = unlike(stands, everything()) + (_fresh(run).state != "ready")
    Occupancy.objects.filter(pk=other.pk).update(assignment_number=was)
    return half_saved


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
