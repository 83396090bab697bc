"""Once a working day, tell HR that something has become due: how much, and never what or of whom.

A thing is told of once for its day. The row of the day's digest, those of what it counted and the messages are
written together or not at all, so a run that is killed, late or doubled changes nothing.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import Person, Role
from audit.services import record
from core import clock
from core.permissions import can
from workforce import due, ports
from workforce.models import Digest, Reminded
from workforce.permissions import READ_ROLE_RECORDS

#: Nobody is written to before work begins.
EARLIEST_HOUR = 9
FIRST_DAY_OF_WEEKEND = 5


def remind() -> int:
    """Post today's digest, if it is time, something new is due and somebody is there to read it.

    Gives how many things it counted; 0 when there is no digest to post, or another worker has just posted it.
    """
    if not _is_time() or Digest.objects.filter(day=clock.today()).exists():
        return 0
    people, news = readers(), _news()
    if not people or not news:
        return 0
    with transaction.atomic():
        digest, is_ours = Digest.objects.get_or_create(day=clock.today(), defaults={"count": len(news)})
        if not is_ours:
            return 0
        Reminded.objects.bulk_create(
            (Reminded(kind=kind, about_id=number, due_on=day, digest=digest) for kind, number, day in news),
            batch_size=500,
        )
        ports.teller()(people=people, digest=digest)
        record(actor=None, system="HR's reminders", verb="workforce.reminded", about=digest, count=len(news))
    return len(news)


def readers() -> list[Person]:
    """Whoever may read role records now, of those who ever had a role of HR."""
    ever = Person.objects.filter(roles__role__in=(Role.HR_EDITOR, Role.HR_VIEWER)).distinct()
    return [person for person in ever.order_by("pk") if can(person, READ_ROLE_RECORDS)]


def why_not_any_more(*, person_id: int, digest_id: int) -> str:
    """ "" if a digest is still worth sending to that person, or the plain reason why it is not."""
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None or not can(person, READ_ROLE_RECORDS):
        return "They do not look after these records any more."
    counted = set(Reminded.objects.filter(digest=digest_id).values_list("kind", "about_id", "due_on"))
    waits = due.found({kind for kind, _, _ in counted})
    return "" if any(thing in counted for thing in waits) else "Nothing of it waits any more."


def _is_time() -> bool:
    now = timezone.localtime(clock.now())
    return now.weekday() < FIRST_DAY_OF_WEEKEND and now.hour >= EARLIEST_HOUR


def _news() -> list[tuple[Reminded.Kind, int, dt.date]]:
    found = list(due.found())
    days = {day for _, _, day in found}
    told = set(Reminded.objects.filter(due_on__in=days).values_list("kind", "about_id", "due_on"))
    return [thing for thing in found if thing not in told]
