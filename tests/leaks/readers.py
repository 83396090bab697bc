"""Who looks: every kind of person, one of each, and what of HR's records they may read, written by hand."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Person, Role, RoleHeld
from core import clock
from governance.models import Constituency, Function, Seat, Term
from tests.cast import Cast
from tests.leaks.fields import GOVERNANCE, HR, IMPORT, SENSITIVE

#: What a role opens by itself, and what it adds for somebody who is of HR.
OPENS = {Role.HR_VIEWER: {HR}, Role.HR_EDITOR: {HR, IMPORT}, Role.GOVERNANCE_LEAD: {GOVERNANCE}}
ADDS = {Role.HR_SENSITIVE: {SENSITIVE}}


@dataclass(frozen=True)
class Reader:
    """`person` is None for somebody who is not logged in."""

    name: str
    person: Person | None
    may: frozenset[str] = frozenset()

    @property
    def is_of_hr(self) -> bool:
        return HR in self.may


def everybody(cast: Cast) -> list[Reader]:
    """The cast; somebody of another department; one person for each role alone; HR's people, with and without."""
    people: dict[str, Person | None] = {"nobody": None, **cast.people, "communications": of_another_department(cast)}
    for role in Role:
        people[f"only {role.value}"] = holding(cast, f"only-{role.value}", role)
        if role not in OPENS:
            people[f"HR viewer and {role.value}"] = holding(cast, f"viewer-{role.value}", Role.HR_VIEWER, role)
            people[f"HR editor and {role.value}"] = holding(cast, f"editor-{role.value}", Role.HR_EDITOR, role)
    return [Reader(name, person, _may(person)) for name, person in people.items()]


def _may(person: Person | None) -> frozenset[str]:
    if person is None or not person.is_active:
        return frozenset()
    roles = set(person.roles.filter(until_at=None).values_list("role", flat=True))
    opened = set().union(*(OPENS.get(role, set()) for role in roles))
    added = set().union(*(ADDS.get(role, set()) for role in roles)) if HR in opened else set()
    return frozenset(opened | added)


def holding(cast: Cast, short: str, *roles: Role) -> Person:
    """A new person who holds those roles."""
    person = Person.objects.create_person(email=f"{short}@anytown-riverside.example", name=f"Of {short}")
    for role in roles:
        RoleHeld.objects.create(person=person, role=role, from_at=clock.now(), given_by=cast.grace)
    return person


def of_another_department(cast: Cast) -> Person:
    """Corporate Services, from Communications: in the empty seat of our group."""
    person = holding(cast, "communications")
    chair = Seat.objects.get(body=cast.group, constituency=Constituency.CORPORATE, function=Function.COMMUNICATIONS)
    if not Term.objects.filter(seat=chair).exists():
        until = clock.today().replace(year=clock.today().year + 2)
        Term.objects.create(seat=chair, body=cast.group, person=person, starts_on=chair.opened_on, ends_on=until)
    return person
