"""Begin an empty installation: invite its first person, to be the Steering Group's secretary."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser

from accounts.invitations import normal_address
from core.errors import Refused
from network.services.first import invite_first_secretary


class Command(BaseCommand):
    help = "Make the Steering Group and the Network, and invite the first person to be secretary."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].strip()
        try:
            address = normal_address(options["email"])
        except ValidationError:
            raise CommandError(f"This is not an email address: {options['email']}") from None
        if not name:
            raise CommandError("Give the person's name too.")
        try:
            invitation = invite_first_secretary(address=address, name=name)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"An invitation for {name} is on its way to {invitation.address}.")
        self.stdout.write(f"It is good for {settings.INVITATION_DAYS} days. Run this again for a new one.")
        self.stdout.write(f"Whoever says yes becomes secretary of the {settings.WORDS['steering']}.")
