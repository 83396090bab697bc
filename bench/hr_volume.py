"""15,000 positions with who holds and held them, how they are being filled, and all that is kept beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.models import Person
from core import clock
from workforce.models import (
    Absence,
    Adjustments,
    Check,
    Competence,
    Dbs,
    EsrImport,
    Occupancy,
    PeerTraining,
    Position,
    Vacancy,
    WellbeingPlan,
    Worker,
    WorkHealth,
)

POSITIONS = 15_000
BATCH = 2_000
BANDS = ("2", "3", "3", "3", "4", "5", "6")
BOROUGHS = ("Northbrook", "Southfold", "Eastmere", "Westlow", "")
TITLES = ("Peer Support Worker", "Senior Peer Support Worker", "Carer Peer Worker", "Peer Support Lead")
SURNAMES = ("Ashgrove", "Birchwood", "Cedarholm", "Dellbrook", "Elmsworth", "Fernhollow", "Gorsefield", "Hazelmere")
CONTRACTS = ("permanent", "permanent", "permanent", "fixed", "bank", "secondment")
STATES = ("open", "offer", "checks", "filled", "withdrawn")


def load(positions: int = POSITIONS, *, first: int = 0) -> None:
    """All in bulk: every tenth post is vacant, every fourth had a holder before, every eighth is being filled.

    Numbers count from `first`, so that more can be added.
    """
    made = _make(Position(**_post(first + n)) for n in range(positions))
    _note(made)
    held = [post for n, post in enumerate(made) if n % 10]
    workers = _make(_worker(first + n) for n in range(len(held)))
    _note(workers)
    occupancies = _make(_holds(first + n, post, workers[n]) for n, post in enumerate(held))
    _note(occupancies)
    _make(_held(n, post, workers[n]) for n, post in enumerate(made[: len(workers)]) if n % 4 == 0)
    _make(_course(n, worker) for n, worker in enumerate(workers) if n % 3)
    _make(Competence(worker=worker, values="signed") for n, worker in enumerate(workers) if n % 2)
    _beside(workers)
    _filling(made)
    _absent(occupancies)


def _make(rows: Iterable[Any]) -> list[Any]:
    rows = list(rows)
    return type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH) if rows else []


def _note(rows: Sequence[models.Model]) -> None:
    """The first kept state of each, of a year ago: what was never held counts from there."""
    if not rows:
        return
    states: Any = type(rows[0]).history.model  # type: ignore[attr-defined] # made by the history library
    at = clock.now() - dt.timedelta(days=365)
    names = [each.attname for each in states.tracked_fields]
    more = {"history_date": at, "history_type": "+"}
    _make(states(**{name: getattr(row, name) for name in names}, **more) for row in rows)


def _day(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def _post(n: int) -> dict[str, Any]:
    return {
        "number": f"7{n:07}",
        "title": TITLES[n % len(TITLES)],
        "band": BANDS[n % len(BANDS)],
        "directorate": f"Directorate {n % 12}",
        "team": f"Team {n % 240}",
        "borough": BOROUGHS[n % len(BOROUGHS)],
        "funded_hours": Decimal("22.5") if n % 2 else Decimal("37.5"),
        "review_on": _day(n % 700 - 200) if n % 7 else None,
        "closed_on": _day(-n % 90) if n % 50 == 0 else None,
    }


def _worker(n: int) -> Worker:
    name = SURNAMES[n % len(SURNAMES)]
    return Worker(employee_number=f"8{n:07}", first_name="Fern", last_name=f"{name}{n % 900}")


def _holds(n: int, post: Position, worker: Worker) -> Occupancy:
    contract = CONTRACTS[n % len(CONTRACTS)]
    return Occupancy(
        position=post,
        worker=worker,
        contract=contract,
        assignment_number=f"8{n:07}-1",
        hours=Decimal("22.5"),
        starts_on=_day(-400 - n % 900),
        expected_end_on=_day(n % 720 - 60) if contract == "fixed" else None,
        ended_on=_day(-(n % 300) - 1) if n % 12 == 0 else None,
        peer_supervisor="Juniper Hathersedge" if n % 3 else "",
        line_supervision_weeks=4 if n % 5 else None,
        line_supervised_on=_day(-(n % 60)),
        peer_supervision_weeks=6,
        peer_supervised_on=_day(-(n % 50)),
        review_on=_day(n % 500 - 100),
    )


def _held(n: int, post: Position, worker: Worker) -> Occupancy:
    """Whoever was there before; under another post's worker, long ago."""
    days = {"starts_on": _day(-3000), "ended_on": _day(-2000)}
    return Occupancy(position=post, worker=worker, contract="permanent", hours=Decimal("22.5"), **days)


def _course(n: int, worker: Worker) -> PeerTraining:
    ended, result = (_day(-100), "finished") if n % 2 else (None, "doing")
    where = {"provider": f"College {n % 9}", "course": "Peer support in practice"}
    return PeerTraining(worker=worker, starts_on=_day(-300), ended_on=ended, result=result, **where)


def _beside(workers: Sequence[Worker]) -> None:
    """What stands behind the permission of its own."""
    _make(WorkHealth(worker=worker, status="cleared", on=_day(-300)) for worker in workers)
    _make(Dbs(worker=worker, level="enhanced", is_cleared=True, on=_day(-300)) for worker in workers)
    _make(Adjustments(worker=worker, in_place=False) for worker in workers)
    _make(WellbeingPlan(worker=worker, status="offered", on=_day(-300)) for worker in workers)


def _filling(posts: Sequence[Position]) -> None:
    by = Person.objects.order_by("pk")[0]
    vacancies = _make(_vacancy(n, post, by) for n, post in enumerate(posts) if n % 8 == 0)
    checked = [vacancy for vacancy in vacancies if vacancy.checks_at]
    done = {"status": "cleared", "on": _day(-9), "checked_by": "Vera Readinglamp"}
    _make(Check(vacancy=vacancy, kind=kind, **done) for vacancy in checked for kind in Check.Kind.values)


def _vacancy(n: int, post: Position, by: Person) -> Vacancy:
    state = STATES[n // 8 % len(STATES)]
    at = clock.now() - dt.timedelta(days=n % 80)
    moments = {"opened": True, "offered": state not in ("open",), "checks": state in ("checks", "filled")}
    moments |= {"filled": state == "filled", "withdrawn": state == "withdrawn"}
    come = {f"{name}_{what}": value for name, yes in moments.items() if yes for what, value in (("at", at), ("by", by))}
    return Vacancy(position=post, state=state, reference=f"277-PSW-{n}", **come)


def _absent(occupancies: Sequence[Occupancy]) -> None:
    by, at = Person.objects.order_by("pk")[0], clock.now()
    more = {"uploaded_at": at, "uploaded_by": by, "accepted_at": at, "accepted_by": by}
    run = EsrImport.objects.create(file_name="staff.csv", state="done", **more)
    _make(Absence(run=run, occupancy=occupancy) for occupancy in occupancies[::40])
