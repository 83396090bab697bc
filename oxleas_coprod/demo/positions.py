"""The demo Trust's posts, who holds them, and one post that is being filled.

No one in the records logs in: HR's people and the product's never meet.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from accounts.models import Person
from core import clock
from workforce import services
from workforce.models import (
    Adjustments,
    Competence,
    Dbs,
    Occupancy,
    PeerTraining,
    Position,
    Vacancy,
    WellbeingPlan,
    Worker,
    WorkHealth,
)

#: number, title, family, band, directorate, team, borough, hours
POSITIONS = (
    (
        "30412210",
        "Peer Support Worker",
        "psw",
        "3",
        "Adult acute and crisis",
        "Northbrook Home Treatment Team",
        "Northbrook",
        "22.50",
    ),
    (
        "30412211",
        "Peer Support Worker",
        "psw",
        "3",
        "Community mental health",
        "Eastmere Early Intervention in Psychosis",
        "Eastmere",
        "15.00",
    ),
    (
        "30412212",
        "Peer Support Worker",
        "psw",
        "3",
        "Community mental health",
        "Southfold Recovery Team",
        "Southfold",
        "37.50",
    ),
    (
        "30412213",
        "Senior Peer Support Worker",
        "senior",
        "4",
        "Adult acute and crisis",
        "Willow Ward",
        "Northbrook",
        "30.00",
    ),
    (
        "30412214",
        "Carer Peer Support Worker",
        "carer",
        "3",
        "Community mental health",
        "Older Adults Community",
        "Southfold",
        "18.75",
    ),
    ("30412215", "Peer Support Lead", "lead", "6", "Corporate", "Volunteering Services", "", "37.50"),
)

#: position, employee number, first name, last name, contract, started days ago, expected end in days, review in days
HELD = (
    ("30412210", "20088101", "Alder", "Winterbrook", "permanent", 400, None, 45),
    ("30412211", "20088102", "Sorrel", "Greenhalghton", "fixed", 470, 70, 20),
    ("30412213", "20088103", "Rowan", "Marlingford", "permanent", 900, None, -10),
    ("30412215", "20088104", "Juniper", "Hathersedge", "permanent", 1200, None, 120),
    ("30412212", "20088105", "Linden", "Oakhollow", "permanent", 90, None, 90),
)


def make_positions(by: Person) -> None:
    """Posts, one of them empty and being filled, and a person in each of the others."""
    today = clock.today()
    for number, title, family, band, directorate, team, borough, hours in POSITIONS:
        Position.objects.create(
            number=number,
            title=title,
            family=family,
            band=band,
            directorate=directorate,
            team=team,
            base=f"{team.split()[0]} House",
            borough=borough,
            lived_experience="carer" if family == "carer" else "mental_health",
            funded_hours=Decimal(hours),
            review_on=today + dt.timedelta(days=200),
        )
    for number, employee, first, last, contract, ago, end, review in HELD:
        position = Position.objects.get(number=number)
        Occupancy.objects.create(
            position=position,
            worker=Worker.objects.create(employee_number=employee, first_name=first, last_name=last),
            contract=contract,
            hours=position.funded_hours,
            starts_on=today - dt.timedelta(days=ago),
            expected_end_on=today + dt.timedelta(days=end) if end else None,
            peer_supervisor="" if number == "30412211" else "Juniper Hathersedge",
            review_on=today + dt.timedelta(days=review),
            line_manager="Hazel Thornbury",
            line_supervision_weeks=4,
            line_supervised_on=today - dt.timedelta(days=13),
            peer_supervision_weeks=4,
            peer_supervised_on=today - dt.timedelta(days=40 if number == "30412213" else 20),
            probation_starts_on=today - dt.timedelta(days=ago),
            probation_ends_on=today - dt.timedelta(days=ago - 182),
            probation_outcome="passed" if ago > 182 else "",
        )
    _learn_and_clear(Worker.objects.get(employee_number="20088101"))
    _fill(by, Position.objects.get(number="30412214"))


def _learn_and_clear(worker: Worker) -> None:
    """One worker's course, domains, and the four statuses that few may see."""
    today = clock.today()
    PeerTraining.objects.create(
        worker=worker,
        provider="Anytown Recovery College",
        course="Peer support in practice",
        starts_on=today - dt.timedelta(days=330),
        ended_on=today - dt.timedelta(days=246),
        result=PeerTraining.Result.FINISHED,
    )
    Competence.objects.create(worker=worker, values="signed", relating="signed", self_care="working")
    started = today - dt.timedelta(days=420)
    WorkHealth.objects.create(worker=worker, status=WorkHealth.Status.CLEARED, on=started)
    Dbs.objects.create(worker=worker, level=Dbs.Level.ADULTS, is_cleared=True, on=started)
    Adjustments.objects.create(worker=worker, in_place=True, review_on=today + dt.timedelta(days=60))
    WellbeingPlan.objects.create(worker=worker, status=WellbeingPlan.Status.OFFERED, on=started)


def _fill(by: Person, position: Position) -> None:
    """A vacancy whose checks have gone on for five weeks."""
    now = clock.now()
    with clock.set_to(now - dt.timedelta(days=60)):
        vacancy = Vacancy(position=position, reference="277-PSW-2214", advertised_on=clock.today())
        vacancy.support_open, vacancy.support_open_on = True, clock.today()
        services.open_vacancy(by=by, vacancy=vacancy)
    with clock.set_to(now - dt.timedelta(days=36)):
        services.move(by=by, vacancy=vacancy, name="make_offer")
    with clock.set_to(now - dt.timedelta(days=35)):
        vacancy = services.move(by=by, vacancy=vacancy, name="start_checks")
        for kind in ("identity", "right"):
            check = vacancy.checks.get(kind=kind)
            check.status, check.on, check.checked_by = "cleared", clock.today(), "Hazel Thornbury"
            services.keep_check(by=by, check=check)
        check = vacancy.checks.get(kind="history")
        check.status, check.on = "asked", clock.today()
        services.keep_check(by=by, check=check)
