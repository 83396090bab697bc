"""Say who one can log in as, in a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from accounts.models import Person
from oxleas_coprod.demo.people import PEOPLE


class Command(BaseCommand):
    help = "Print the demonstration's people, what each is for, and how to log in."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            return
        present = set(Person.objects.values_list("email", flat=True))
        self.stdout.write(
            "\nLog in as any of these invented people: give the address, the code comes to the mailbox page."
        )
        for person in PEOPLE:
            if person.email in present:
                self.stdout.write(f"  {person.email:<42} {person.name:<22} {person.does}")
        if settings.KEEP_MAIL:
            self.stdout.write(f"What each person was sent: {settings.BASE_URL}/mailbox/")
