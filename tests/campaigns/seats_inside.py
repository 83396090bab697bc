"""The part of the seats campaign that reads and writes the tables; it runs with their installation's settings.

`python -m tests.campaigns.seats_inside PROCESSES ROUNDS` prints one JSON object. Each racer is this module once more,
started with `race`: it reads one line for each round and answers with one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import django
from django.apps import apps
from django.db import DatabaseError, connection, transaction

django.setup()

from accounts.models import Person  # noqa: E402 -- models can be read once Django is set up
from core import clock  # noqa: E402
from core.errors import Refused  # noqa: E402
from governance.models import Body, Constituency, Seat, Term  # noqa: E402
from governance.services.seats import seat_person  # noqa: E402
from taskgroups.seating import Chair, empty_seat  # noqa: E402

SEATS = 4
PLANTED_ROUNDS = 10
#: Slow hands: between looking for an empty seat and taking it, so that all have looked before the first has taken.
NAP = 0.02
FIFTH = 5


# -- one racer ---------------------------------------------------------------------------------------------------------


def race(place: int) -> None:
    """Answer each line ("mode body start", start on the machine's own clock) until there are no more."""
    secretary = Person.objects.get(email="secretary@anytown-riverside.example")
    me = Person.objects.get(email=f"racer{place}@anytown-riverside.example")
    print("ready", flush=True)
    for line in sys.stdin:
        mode, body, start = line.split()
        while time.monotonic() < float(start):
            pass
        began = time.monotonic()
        said = _try(mode, Body.objects.get(pk=body), me, secretary)
        print(json.dumps({"began": began, "ended": time.monotonic(), **said}), flush=True)


def _try(mode: str, body: Body, me: Person, secretary: Person) -> dict[str, Any]:
    today, until = clock.today(), clock.today() + dt.timedelta(days=730)
    try:
        seat = Seat.objects.filter(body=body).order_by("-pk")[0]
        if mode == "any":
            seat = empty_seat(body, Chair(Constituency.PEER), today, until)
        if seat is None:
            return {"outcome": "refused"}
        if mode in ("planted", "past"):
            return _take_past_the_services(seat, body, me, look=mode == "planted")
        seat_person(by=secretary, seat=seat, person=me, starts_on=today, ends_on=until)
    except Refused:
        return {"outcome": "refused"}
    except Exception as error:  # noqa: BLE001 -- whatever a person would get a broken page for is what is looked for
        return {"outcome": "error", "error": f"{type(error).__name__}: {error}"}
    return {"outcome": "seated"}


def _take_past_the_services(seat: Seat, body: Body, me: Person, *, look: bool) -> dict[str, Any]:
    """What an import would do, or a service without a lock: look, perhaps, and then take."""
    is_free = not look or not Term.objects.filter(seat=seat).exists()
    time.sleep(NAP)
    days = {"starts_on": clock.today(), "ends_on": clock.today() + dt.timedelta(days=730)}
    try:
        if is_free:
            Term.objects.create(seat=seat, body=body, person=me, **days)
    except DatabaseError:
        is_free = False
    return {"outcome": "seated" if is_free else "refused"}


# -- all of them -------------------------------------------------------------------------------------------------------


class Racers:
    """So many processes, each with its own connection."""

    def __init__(self, count: int) -> None:
        command = [sys.executable, "-m", "tests.campaigns.seats_inside", "race"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.all = [subprocess.Popen([*command, str(place)], **pipes) for place in range(count)]
        for racer in self.all:
            assert racer.stdout.readline().strip() == "ready"

    def go(self, mode: str, body: Body) -> list[dict[str, Any]]:
        """Send all of them off at one moment, and wait for their answers."""
        start = time.monotonic() + 0.01
        for racer in self.all:
            racer.stdin.write(f"{mode} {body.pk} {start}\n")
            racer.stdin.flush()
        return [json.loads(racer.stdout.readline()) for racer in self.all]

    def stop(self) -> None:
        for racer in self.all:
            racer.stdin.close()
            racer.wait(timeout=10)


def main(processes: int, rounds: int) -> dict[str, Any]:
    sitting = _people(processes)
    racers = Racers(processes)
    fifth = rounds // FIFTH
    try:
        with _without_the_rules_of_the_database():
            planted = sum(_round(racers, "planted", sitting)["over_filled"] for _ in range(PLANTED_ROUNDS))
            _clear()
            by_lock = _rounds(racers, sitting, ["named", "any"], fifth)
            over_filled = {"lock": _total(by_lock, "over_filled")}
            if over_filled["lock"]:
                _clear()
        by_database = _rounds(racers, sitting, ["past"], fifth)
        by_both = _rounds(racers, sitting, ["named", "any"], rounds - 2 * fifth)
    finally:
        racers.stop()
    over_filled |= {"database": _total(by_database, "over_filled"), "both": _total(by_both, "over_filled")}
    found = by_lock + by_database + by_both
    totals = {key: _total(found, key) for key in ("left_empty", "untrue", "refused", "tries", "together")}
    errors = [error for each in found for error in each["errors"]]
    return {"planted": planted, "rounds": len(found), "errors": errors, "over_filled": over_filled, **totals}


def _rounds(racers: Racers, sitting: list[Person], modes: list[str], count: int) -> list[dict[str, Any]]:
    return [_round(racers, modes[number % len(modes)], sitting) for number in range(count)]


def _total(found: list[dict[str, Any]], key: str) -> int:
    return sum(each[key] for each in found)


def _clear() -> None:
    """What was over-filled goes, or the rules could not be put up again."""
    Term.objects.filter(person__email__startswith="racer", body__kind=Body.Kind.TASK_GROUP).delete()


@contextlib.contextmanager
def _without_the_rules_of_the_database() -> Iterator[None]:
    """No term that overlaps another is refused by the database meanwhile."""
    rules = import_module("governance.migrations.0002_terms_never_overlap")
    with connection.schema_editor() as editor:
        rules.backwards(apps, editor)
    yield
    with connection.schema_editor() as editor:
        rules.forwards(apps, editor)


def _people(processes: int) -> list[Person]:
    """The secretary, the racers, who are peers of the Network, and three who have the other seats."""
    make = Person.objects.create_person
    make(email="secretary@anytown-riverside.example", name="The secretary")
    network = Body.objects.create(kind=Body.Kind.NETWORK, name="Network", state=Body.State.ACTIVE)
    for place in range(processes):
        _sit(network, make(email=f"racer{place}@anytown-riverside.example", name=f"Racer {place}"))
    return [make(email=f"sitting{n}@anytown-riverside.example", name=f"Sitting {n}") for n in range(SEATS - 1)]


def _sit(body: Body, person: Person | None) -> None:
    opened = clock.today() - dt.timedelta(days=30)
    seat = Seat.objects.create(body=body, constituency=Constituency.PEER, opened_on=opened)
    if person:
        ends_on = opened + dt.timedelta(days=730)
        Term.objects.create(seat=seat, body=body, person=person, starts_on=opened, ends_on=ends_on)


@transaction.atomic
def _body(sitting: list[Person]) -> Body:
    """A group with four seats for peers, of which the last is empty."""
    name = f"Group {uuid.uuid4()}"
    body = Body.objects.create(kind=Body.Kind.TASK_GROUP, name=name, state=Body.State.ACTIVE)
    for person in (*sitting, None):
        _sit(body, person)
    return body


def _round(racers: Racers, mode: str, sitting: list[Person]) -> dict[str, Any]:
    body = _body(sitting)
    answers = racers.go(mode, body)
    terms = Term.objects.filter(body=body)
    last = Seat.objects.filter(body=body).order_by("-pk")[0]
    in_last = terms.filter(seat=last).count()
    said_yes = sum(answer["outcome"] == "seated" for answer in answers)
    first_end = min(answer["ended"] for answer in answers)
    return {
        "over_filled": int(terms.count() > SEATS or in_last > 1),
        "left_empty": int(in_last == 0),
        "untrue": abs(said_yes - in_last),
        "refused": sum(answer["outcome"] == "refused" for answer in answers),
        "tries": len(answers),
        "together": sum(answer["began"] <= first_end for answer in answers),
        "errors": [answer["error"] for answer in answers if answer["outcome"] == "error"],
    }


if __name__ == "__main__":
    if sys.argv[1] == "race":
        race(int(sys.argv[2]))
    else:
        print(json.dumps(main(*map(int, sys.argv[1:]))))
