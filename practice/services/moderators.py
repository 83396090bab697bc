"""The Steering Group's secretary names who looks at reports."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body
from notifications.services import post
from practice.models import Moderator
from practice.notifications import sharing as told

NOT_FOUND = "Nobody who sits on a group has this email address. Check it, or give the person a seat first."


@transaction.atomic
def name_moderator(*, by: Person, email: str) -> Moderator:
    """Name the person with this address a moderator from today, and tell them.

    Raises `Refused` unless somebody who sits on a body or holds an office there has it, and if they are one already.
    """
    _lock()
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None or not standing.of(person).body_ids:
        raise Refused(NOT_FOUND, field="email")
    try:
        with transaction.atomic():
            named = Moderator.objects.create(person=person, from_on=clock.today())
    except IntegrityError:
        raise Refused("This person is a moderator already.", field="email") from None
    record(actor=by, verb="practice.named_moderator", about=named, person=person.pk)
    post(kind=told.NAMED, recipients=[person], occasion=f"moderator {named.pk}", about=named)
    return named


@transaction.atomic
def end_moderator(*, by: Person, moderator: Moderator) -> Moderator:
    """End it today: from now on they see no report. Raises `Refused` when it has ended."""
    _lock()
    moderator = Moderator.objects.get(pk=moderator.pk)
    if moderator.until_on is not None:
        raise Refused("This has ended already.")
    moderator.until_on = clock.today()
    moderator.save(update_fields=["until_on"])
    record(actor=by, verb="practice.ended_moderator", about=moderator, person=moderator.person_id)
    return moderator


def _lock() -> None:
    """The Steering Group's row is the one that these take turns at."""
    Body.objects.select_for_update().filter(kind=Body.Kind.STEERING).first()
