"""Give somebody a role from the command line: how an installation gets its first platform administrator."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from accounts.models import Person, Role
from accounts.services.people import give_role
from core.errors import Refused


class Command(BaseCommand):
    help = "Give somebody who can log in a role across the Trust."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=options["email"].strip()).first()
        if person is None:
            raise CommandError("Nobody here has this email address.")
        try:
            held = give_role(by=None, system="give_role", person=person, role=Role(options["role"]))
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"{person.name} is now: {held.get_role_display()}.")
