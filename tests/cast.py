"""One cast of invented people, the same in every test. Load it with the `cast` fixture.

Ishani   peer, in the Network only; phone, low confidence
Tunde    peer co-lead of Task Group 1; Network; Steering Group peer seat
Priya    staff sponsor, staff co-lead of Task Group 1; Network
Samuel   staff sponsor, Ishani's; Network; Steering Group staff seat
Cass     peer, Task Group 1 member; Network; Steering Group peer seat
Morgan   peer, Network and Task Group 2 only: an outsider to Task Group 1
Nadia    HR; corporate seat on Task Group 1; may edit HR records
Yetunde  Equality lead; corporate seat on the Steering Group
Grace    Steering Group secretary, staff side; no seat
Owen     governance lead; no seat
Robin    platform administrator; no seat
Leyla    left: deactivated, her Network term has ended
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from accounts.models import Person, Role, RoleHeld
from core import clock
from governance.models import Body, Constituency, Function, Office, Seat, Side, Term
from network.models import Partnership


@dataclass
class Cast:
    """The bodies by short name, and everyone as an attribute."""

    network: Body
    group: Body
    other_group: Body
    steering: Body
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def everyone(self) -> list[Person]:
        return list(self.people.values())


NAMES = {
    "ishani": "Ishani Marrowby",
    "tunde": "Tunde Osterfield",
    "priya": "Priya Copperdale",
    "samuel": "Samuel Thistlemoor",
    "cass": "Cass Tinderly",
    "morgan": "Morgan Quillfeather",
    "nadia": "Nadia Ferrowick",
    "yetunde": "Yetunde Larchmere",
    "grace": "Grace Hollowbank",
    "owen": "Owen Bramblecote",
    "robin": "Robin Alderfield",
    "leyla": "Leyla Hartwhistle",
}


def seat(body: Body, person: Person | None, constituency: Constituency, function: Function | None = None) -> Seat:
    """Open a seat a year ago and, if a person is given, seat them for three years."""
    opened = clock.today() - dt.timedelta(days=365)
    chair = Seat.objects.create(body=body, constituency=constituency, function=function, opened_on=opened)
    if person:
        Term.objects.create(
            seat=chair, body=body, person=person, starts_on=opened, ends_on=opened + dt.timedelta(days=3 * 365)
        )
    return chair


def office(body: Body, person: Person, kind: Office.Kind, side: Side) -> Office:
    return Office.objects.create(
        body=body, person=person, kind=kind, side=side, from_on=clock.today() - dt.timedelta(days=300)
    )


def make_cast() -> Cast:
    """Create everyone, their seats and offices. Costs about 60 inserts."""
    body = Body.objects.create
    active = Body.State.ACTIVE
    steering = body(
        kind=Body.Kind.STEERING,
        name="Peer Support Steering Group",
        state=active,
        quorum_total=4,
        quorum_peer=2,
        quorum_staff=2,
    )
    network = body(kind=Body.Kind.NETWORK, name="Peers and Sponsors Network", state=active, reports_to=steering)
    group = body(
        kind=Body.Kind.TASK_GROUP,
        name="Role design and job description",
        state=active,
        reports_to=steering,
        quorum_total=2,
        quorum_peer=1,
        quorum_staff=1,
    )
    other = body(kind=Body.Kind.TASK_GROUP, name="Recruitment and selection", state=active, reports_to=steering)
    cast = Cast(network=network, group=group, other_group=other, steering=steering)
    for short, name in NAMES.items():
        cast.people[short] = Person.objects.create_person(email=f"{short}@anytown-riverside.example", name=name)

    peer, sponsor, corporate = Constituency.PEER, Constituency.SPONSOR, Constituency.CORPORATE
    for who in ("ishani", "tunde", "cass", "morgan"):
        seat(network, cast.people[who], peer)
    for who in ("priya", "samuel"):
        seat(network, cast.people[who], sponsor)
    seat(group, cast.tunde, peer)
    seat(group, cast.cass, peer)
    seat(group, None, peer)
    seat(group, cast.priya, sponsor)
    seat(group, None, sponsor)
    seat(group, cast.nadia, corporate, Function.HR)
    seat(group, None, corporate, Function.COMMUNICATIONS)
    seat(other, cast.morgan, peer)
    seat(steering, cast.tunde, peer)
    seat(steering, cast.cass, peer)
    seat(steering, cast.samuel, sponsor)
    seat(steering, cast.yetunde, corporate, Function.EQUALITY)
    office(group, cast.tunde, Office.Kind.CO_LEAD, Side.PEER)
    office(group, cast.priya, Office.Kind.CO_LEAD, Side.STAFF)
    office(steering, cast.grace, Office.Kind.SECRETARY, Side.STAFF)
    Partnership.objects.create(peer=cast.ishani, sponsor=cast.samuel, from_on=clock.today() - dt.timedelta(days=200))

    for who, role in (
        ("owen", Role.GOVERNANCE_LEAD),
        ("yetunde", Role.EQUALITY_LEAD),
        ("nadia", Role.HR_EDITOR),
        ("robin", Role.PLATFORM_ADMIN),
    ):
        RoleHeld.objects.create(person=cast.people[who], role=role, from_at=clock.now(), given_by=cast.grace)

    left = seat(network, None, peer)
    Term.objects.create(
        seat=left,
        body=network,
        person=cast.leyla,
        starts_on=left.opened_on,
        ends_on=clock.today() - dt.timedelta(days=30),
    )
    cast.leyla.is_active = False
    cast.leyla.save()
    return cast
