"""How a person likes to be reached."""

from __future__ import annotations

import json

from django.db import models

from accounts.models.people import Person
from core.secrets import Unreadable, seal, unseal


class ContactChoice(models.Model):
    """How we may reach somebody, and what is safe to say. What they write about it is sealed.

    The phone number is the one on the person's own record: one truth.
    """

    class Way(models.TextChoices):
        EMAIL = "email", "Email"
        TEXT = "text", "Text message"
        PHONE = "phone", "Phone call"
        POST = "post", "Post"
        SPONSOR = "sponsor", "Through my staff sponsor"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="contact_choice")
    way = models.CharField(max_length=7, choices=Way)
    may_leave_message = models.BooleanField(default=False)
    may_show_name = models.BooleanField("safe to show the name of this service", default=False)
    sealed = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"contact choice {self.pk}"

    @staticmethod
    def seal(*, post: str, times: str) -> str:
        """What is stored of a postal address and of the best times."""
        return seal(json.dumps({"post": post, "times": times})) if post or times else ""

    @property
    def private(self) -> dict[str, str]:
        """`post` and `times`, opened; empty where nothing was written or no key opens it."""
        empty = {"post": "", "times": ""}
        try:
            return empty | (json.loads(unseal(self.sealed)) if self.sealed else {})
        except Unreadable:
            return empty
