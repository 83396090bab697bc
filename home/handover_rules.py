"""Who may read what is handed over with a part: who plays it, who runs the group, and who takes it over later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rules
from django.db import models
from django.db.models import Q

from accounts.models import Person
from core import clock
from governance import standing
from governance.models import Body, Constituency, Office, Term
from governance.workflows import ENDED
from taskgroups.rules import runs_the_body


class Part(models.TextChoices):
    """What somebody does for a body. The value stands in the address."""

    MEMBER = "member", "Member"
    CO_LEAD = "co-lead", "Co-lead"
    SECRETARY = "secretary", "Secretary"
    DEPUTY = "deputy", "Deputy secretary"
    SPONSOR = "sponsor", "Staff sponsor"


OFFICES = {
    Part.CO_LEAD: Office.Kind.CO_LEAD,
    Part.SECRETARY: Office.Kind.SECRETARY,
    Part.DEPUTY: Office.Kind.DEPUTY,
}


@dataclass(frozen=True)
class Handover:
    """A part on a body: what the permission is asked about."""

    body: Body
    part: Part

    @property
    def runs(self) -> bool:
        """The part answers for the group, and not only for a seat in it."""
        return self.part in OFFICES


@rules.predicate
def may_take_over(person: Any, about: Handover | None) -> bool:
    """No query beyond their standing, but for someone who does not play the part nor runs the body: then two."""
    if about is None or not person.is_authenticated or not person.is_active:
        return False
    return plays(person, about) or runs_the_body.test(person, about.body) or _will_play(person, about)


def plays(person: Any, about: Handover) -> bool:
    """Plays the part today."""
    stands = standing.of(person)
    if about.runs:
        return stands.holds(about.body.pk, OFFICES[about.part])
    seat = stands.seats.get(about.body.pk)
    return seat is not None and (about.part == Part.MEMBER or seat.constituency == Constituency.SPONSOR)


def _will_play(person: Person, about: Handover) -> bool:
    offices, terms = to_come(person)
    if about.runs:
        return offices.filter(body=about.body, kind=OFFICES[about.part]).exists()
    mine = terms.filter(body=about.body)
    return (mine.filter(seat__constituency=Constituency.SPONSOR) if about.part == Part.SPONSOR else mine).exists()


def to_come(person: Person) -> tuple[models.QuerySet[Office], models.QuerySet[Term]]:
    """Offices and terms of `person` that begin on a later day."""
    today = clock.today()
    living = ~Q(body__state__in=ENDED)
    offices = Office.objects.filter(living, person=person, from_on__gt=today, until_on=None)
    return offices, Term.objects.filter(living, person=person, starts_on__gt=today)
