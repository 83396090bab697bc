"""People, roles, bodies, seats, offices and partnerships of the demo Trust."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.management import CommandError

from accounts.models import Person, Role, RoleHeld
from core import clock
from governance.models import Body, Office, Side
from governance.services.offices import appoint
from governance.services.seats import open_seat, seat_person, usual_end
from helplines.models import HelpContact
from network.models import Partnership
from oxleas_coprod.demo import seats
from oxleas_coprod.demo.bodies import BODIES, PAID, PARTNERSHIPS, TIME_ASKED, DemoBody
from oxleas_coprod.demo.people import PEOPLE
from taskgroups.models import Remit

STARTED_DAYS_AGO = 300

ROLES = {
    "owen": (Role.GOVERNANCE_LEAD,),
    "yetunde": (Role.EQUALITY_LEAD,),
    "nadia": (Role.HR_EDITOR, Role.HR_SENSITIVE, Role.HR_EXPORTER),
    "robin": (Role.PLATFORM_ADMIN,),
}


@dataclass
class DemoTrust:
    """The people and the bodies, each by its key."""

    people: dict[str, Person]
    bodies: dict[str, Body]


def make_structure() -> DemoTrust:
    """Everyone, seated about ten months ago. Raises `CommandError` if somebody exists already."""
    if Person.objects.exists():
        raise CommandError("The demo Trust goes into an empty database only.")
    with clock.set_to(clock.now() - dt.timedelta(days=STARTED_DAYS_AGO)):
        people = {
            person.key: Person.objects.create_person(email=person.email, name=person.name, phone=person.phone)
            for person in PEOPLE
        }
        trust = DemoTrust(people, {})
        _give_roles(trust)
        for body in BODIES:
            trust.bodies[body.key] = _make_body(trust, body)
        grace = people["grace"]
        appoint(by=grace, body=trust.bodies["steering"], person=grace, kind=Office.Kind.SECRETARY, side=Side.STAFF)
        for body in sorted(BODIES, key=lambda body: body.kind != Body.Kind.NETWORK):  # who sits elsewhere is in it
            _seat_everyone(trust, body)
        _pair(trust)
    _name_the_person_to_call(trust)
    seats.add(trust)
    return trust


def _give_roles(trust: DemoTrust) -> None:
    for key, roles in ROLES.items():
        for role in roles:
            RoleHeld.objects.create(
                person=trust.people[key], role=role, from_at=clock.now(), given_by=trust.people["grace"]
            )


def _make_body(trust: DemoTrust, body: DemoBody) -> Body:
    total, peers, staff = body.quorum
    made = Body.objects.create(
        kind=body.kind,
        name=body.name,
        state=Body.State.ACTIVE,
        reports_to=trust.bodies.get("steering"),
        quorum_total=total,
        quorum_peer=peers,
        quorum_staff=staff,
        review_on=clock.today() + dt.timedelta(days=730),
    )
    if body.does:
        Remit.objects.create(body=made, stage_key=body.stage_key, does=body.does, time_asked=TIME_ASKED, paid=PAID)
    return made


def _seat_everyone(trust: DemoTrust, body: DemoBody) -> None:
    grace = trust.people["grace"]
    made = trust.bodies[body.key]
    today = clock.today()
    for constituency, function, key in body.seats:
        seat = open_seat(by=grace, body=made, constituency=constituency, function=function)
        if key:
            seat_person(by=grace, seat=seat, person=trust.people[key], starts_on=today, ends_on=usual_end(today))
    for key, side in zip(body.co_leads, (Side.PEER, Side.STAFF), strict=True):
        if key:
            appoint(by=grace, body=made, person=trust.people[key], kind=Office.Kind.CO_LEAD, side=side)


def _pair(trust: DemoTrust) -> None:
    for peer, sponsor in PARTNERSHIPS:
        Partnership.objects.create(peer=trust.people[peer], sponsor=trust.people[sponsor], from_on=clock.today())


def _name_the_person_to_call(trust: DemoTrust) -> None:
    """The named person for ordinary questions, on every page."""
    today = clock.today()
    HelpContact.objects.update_or_create(
        kind=HelpContact.Kind.PERSON,
        defaults={
            "name": "Grace Hollowbank",
            "how": "Call 020 7946 0101 and leave a message if I am out.",
            "phone": "020 7946 0101",
            "hours": "Monday to Wednesday, 9am to 4pm",
            "rank": 90,
            "owner": trust.people["grace"],
            "checked_on": today,
            "review_on": today + dt.timedelta(days=180),
        },
    )
