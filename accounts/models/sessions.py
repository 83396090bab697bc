"""The sessions of people who have logged in, each with whose it is, so that its owner can see and end it.

This module is also `SESSION_ENGINE`: Django's own sessions in the database, in a table that knows the person.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac

from accounts.models.people import Person


class LoginSession(AbstractBaseSession):
    """A session. `person` is nobody until somebody has logged in; it is written whenever the session is.

    No address of a computer is kept. The name of the device stands in the session's data, in plain words.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"session of person {self.person_id}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore

    @property
    def handle(self) -> str:
        """What stands in a form for this session: it does not tell the key, which would log one in."""
        return salted_hmac("accounts.sessions", self.session_key, algorithm="sha256").hexdigest()[:32]


class SessionStore(DatabaseStore):
    """Writes whose session it is beside the session."""

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        row = cast("LoginSession", super().create_model_instance(data))
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
