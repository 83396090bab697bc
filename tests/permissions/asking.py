"""Ask an address as one person, and see what came back and what was written."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from tests.permissions.notation import LOG_IN
from tests.permissions.world import World

WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE)
#: What a look may write: the session, the cache, and the log of looks.
MAY_BE_WRITTEN_BY_A_LOOK = frozenset({"accounts_loginsession", "cache", "audit_look"})
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Answer:
    """What came back. `status` is LOG_IN for the way to the log-in; `wrote` names the tables that were written."""

    status: int | str
    content: bytes
    wrote: frozenset[str]
    headers: tuple[str, ...] = ()
    error: str = ""
    seen: Any = None

    @property
    def wrote_something(self) -> frozenset[str]:
        return self.wrote - MAY_BE_WRITTEN_BY_A_LOOK


@dataclass
class Askers:
    """A browser for everybody of the world. Whatever an answer wrote is undone before the next is asked for."""

    world: World
    clients: dict[str, Client] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> Askers:
        """Log everybody in who can, and Leyla too: her session is from before she was deactivated."""
        askers = cls(world)
        for name, person in world.people.items():
            askers.clients[name] = _logged_in(person) if person else Client()
        return askers

    def ask(
        self, name: str, method: str, path: str, data: dict[str, Any] | None = None, then: Callable | None = None
    ) -> Answer:
        """Ask, and undo. What `then` gives when called in between is what was `seen`."""
        client = self.clients[name]
        cookies = client.cookies.output()
        kept = client.cookies.get(settings.SESSION_COOKIE_NAME)
        with _undone(), _writes() as wrote:
            try:
                response = client.get(path) if method == "GET" else client.post(path, data or {})
                content = b"".join(response) if response.streaming else response.content
                seen = then() if then else None
                answer = Answer(_status(response), content, frozenset(wrote), _headers(response), seen=seen)
            except Exception as error:  # noqa: BLE001 -- any at all is what is looked for
                answer = Answer(500, b"", frozenset(wrote), error=f"{type(error).__name__}: {error}")
        if client.cookies.output() != cookies:
            client.cookies.clear()
            if kept is not None:
                client.cookies[settings.SESSION_COOKIE_NAME] = kept.value
        return answer


def _logged_in(person: Person) -> Client:
    client = Client()
    was_active = person.is_active
    person.is_active = True
    client.force_login(person, backend=BACKEND)
    client.get(reverse("me"))  # the session notes when it began, once and for all the askings
    person.is_active = was_active
    return client


def _headers(response: Any) -> tuple[str, ...]:
    """Their names, and their values where those do not differ from one answer to the next."""
    same = sorted((name, value) for name, value in response.items() if name != "Content-Security-Policy")
    return tuple(f"{name}: {value}" for name, value in same)


def _status(response: Any) -> int | str:
    if response.status_code == 302 and response["Location"].startswith("/account/log-in/?"):
        return LOG_IN
    return response.status_code


@contextlib.contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextlib.contextmanager
def _writes() -> Iterator[set[str]]:
    """The tables written to meanwhile, also by what was rolled back again."""
    tables: set[str] = set()

    def note(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        found = WRITE.match(sql)
        if found:
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables
