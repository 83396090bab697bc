"""Ten times the demo Trust: more people, seats, policies, meetings, requests and posts, so that a page that costs by
the row shows it."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from accounts.models import Person
from bench.draft_page import fill
from core import clock
from governance.models import Body, Constituency, Seat, Term
from meetings.models import AgendaItem
from meetings.services import call_meeting
from taskgroups.models import JoinRequest
from workforce.models import Occupancy, Position, Worker

PEOPLE = 150
POLICIES = 45
MEETINGS = 30
POSITIONS = 60


def grow() -> None:
    """Add rows until every list is about ten times as long."""
    grace = Person.objects.get(email="grace@anytown-riverside.example")
    bodies = list(Body.objects.order_by("pk"))
    _seat_people(bodies)
    _call_meetings(grace)
    for number in range(POLICIES):
        fill(grace, bodies[number % len(bodies)], comments=6)
    _add_positions()


def _seat_people(bodies: list[Body]) -> None:
    today = clock.today()
    network = Body.objects.get(kind=Body.Kind.NETWORK)
    people = [
        Person.objects.create_person(email=f"member{number}@anytown-riverside.example", name=f"Member {number}")
        for number in range(PEOPLE)
    ]
    for number, person in enumerate(people):
        constituency = Constituency.PEER if number % 2 else Constituency.SPONSOR
        for body in {network, bodies[number % len(bodies)]}:
            seat = Seat.objects.create(body=body, constituency=constituency, opened_on=today)
            Term.objects.create(
                seat=seat, body=body, person=person, starts_on=today, ends_on=today + dt.timedelta(days=700)
            )
        asked = Body.objects.filter(kind=Body.Kind.TASK_GROUP).exclude(terms__person=person).first()
        JoinRequest.objects.create(body=asked, person=person, constituency=constituency, asked_at=clock.now())


def _call_meetings(grace: Person) -> None:
    steering = Body.objects.get(kind=Body.Kind.STEERING)
    for number in range(MEETINGS):
        starts = clock.now() + dt.timedelta(days=number + 1)
        call_meeting(
            by=grace,
            body=steering,
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=2),
            place="Garden Room",
            link="",
            phone_in="",
            items=[("What we do next", AgendaItem.Purpose.DISCUSS, None)],
            form_key=uuid.uuid4(),
        )


def _add_positions() -> None:
    today = clock.today()
    for number in range(POSITIONS):
        position = Position.objects.create(
            number=f"4{number:07}",
            title="Peer Support Worker",
            band="3",
            directorate="Community mental health",
            team="Southfold Recovery Team",
            borough="Southfold",
            funded_hours=Decimal("22.5"),
        )
        worker = Worker.objects.create(employee_number=f"3{number:07}", first_name="Fern", last_name=f"Dell{number}")
        Occupancy.objects.create(
            position=position, worker=worker, contract="permanent", hours=Decimal("22.5"), starts_on=today
        )
