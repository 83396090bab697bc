"""Begin an empty installation: its first person is the Steering Group's secretary."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Person
from accounts.services.people import add_person
from audit.services import record
from core import clock
from core.errors import Refused
from governance.models import Body, Office, Side

SYSTEM = "invite_secretary"


class Command(BaseCommand):
    help = "Add the first person, make them secretary of the Steering Group, and send them a link to log in with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        email, name = options["email"].strip(), options["name"].strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"This is not an email address: {email}") from None
        if not name:
            raise CommandError("Give the person's name too.")
        try:
            person = invite_secretary(email=email, name=name)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"Added {person.name}, and made them secretary of the {settings.WORDS['steering']}.")
        self.stdout.write(f"A link is on its way to {person.email}. It works once, for {settings.LINK_HOURS} hours.")
        self.stdout.write(f"They can also log in at {settings.BASE_URL} with a code that goes to that address.")


@transaction.atomic
def invite_secretary(*, email: str, name: str) -> Person:
    """Add somebody and make them secretary. Raises `Refused` when there is one, or the address is taken.

    The office is written here and not by `governance.services.appoint`, which wants a person who appoints: there is
    nobody yet.
    """
    body, _ = Body.objects.get_or_create(
        kind=Body.Kind.STEERING, defaults={"name": settings.WORDS["steering"], "state": Body.State.ACTIVE}
    )
    body = Body.objects.select_for_update().get(pk=body.pk)
    if Office.objects.filter(body=body, kind=Office.Kind.SECRETARY, until_on=None).exists():
        raise Refused("There is a secretary already. They can add people themselves.")
    person = add_person(by=None, system=SYSTEM, email=email, name=name)
    office = Office.objects.create(
        body=body, person=person, kind=Office.Kind.SECRETARY, side=Side.STAFF, from_on=clock.today()
    )
    record(
        actor=None, system=SYSTEM, verb="governance.appointed", about=office, body=str(body.pk), kind=str(office.kind)
    )
    return person
