"""How long one stays logged in: two hours without a click, twelve hours in all; and where one is logged in now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from accounts.devices import device_named
from accounts.models import LoginSession, Person
from accounts.models.sessions import SessionStore
from core import clock

STARTED, LAST_SEEN, RAN_OUT, DEVICE = "started", "last_seen", "ran_out", "device"

#: The last click is written down at most this often, so that reading costs no write at every page.
WRITE_EVERY_SECONDS = 60


class SessionLimits:
    """Middleware, after authentication: ends a session that has run out and goes on as somebody not logged in.

    The new, empty session remembers that the old one ran out, so that the log-in page can say why one sees it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _end_or_note(request)
        return self.get_response(request)


def start_anew(request: HttpRequest) -> None:
    """Count from now: somebody has just logged in. Sessions whose cookie has run out are cleared away."""
    now = clock.now()
    request.session.pop(RAN_OUT, None)
    request.session[STARTED] = request.session[LAST_SEEN] = int(now.timestamp())
    request.session[DEVICE] = device_named(request.META.get("HTTP_USER_AGENT", ""))
    SessionStore.clear_expired()  # by the clock that wrote when each runs out, which is not ours


@dataclass(frozen=True)
class Device:
    """Where somebody is logged in: the device in plain words, since when, when last seen, whether it is this one.

    `handle` names it in a form.
    """

    handle: str
    name: str
    since: dt.datetime
    seen: dt.datetime
    is_this: bool


def devices_of(person: Person, *, session_key: str | None) -> list[Device]:
    """Where `person` is logged in now, this one first, then the last seen. One query."""
    found = [
        _device(row, data, session_key)
        for row in LoginSession.objects.filter(person=person)
        if _still_opens(data := row.get_decoded(), person)
    ]
    return sorted(found, key=lambda device: (not device.is_this, -device.seen.timestamp()))


def end_device(person: Person, *, handle: str) -> bool:
    """End the one session of `person` with that handle. Its next request is refused. Says whether there was one."""
    rows = LoginSession.objects.filter(person=person)
    keys = [row.session_key for row in rows if constant_time_compare(row.handle, handle)]
    return bool(LoginSession.objects.filter(person=person, session_key__in=keys).delete()[0])


def _device(row: LoginSession, data: dict[str, Any], session_key: str | None) -> Device:
    now = clock.now().timestamp()
    return Device(
        handle=row.handle,
        name=data.get(DEVICE, "A phone or computer"),
        since=dt.datetime.fromtimestamp(data.get(STARTED, now), dt.UTC),
        seen=dt.datetime.fromtimestamp(data.get(LAST_SEEN, now), dt.UTC),
        is_this=row.session_key == session_key,
    )


def _still_opens(data: dict[str, Any], person: Person) -> bool:
    """Whether a request with this session would still be logged in: it was not ended, and has not run out."""
    is_its_own = constant_time_compare(data.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    return is_its_own and not _has_run_out(data, int(clock.now().timestamp()))


def _has_run_out(data: Any, now: int) -> bool:
    """`data` is a session, or what is in one."""
    too_long = now - data.get(STARTED, now) >= settings.SESSION_HOURS * 3600
    return too_long or now - data.get(LAST_SEEN, now) >= settings.SESSION_IDLE_MINUTES * 60


def _end_or_note(request: HttpRequest) -> None:
    now = int(clock.now().timestamp())
    last_seen = request.session.get(LAST_SEEN, now)
    if _has_run_out(request.session, now):
        logout(request)
        request.session[RAN_OUT] = True
        return
    if STARTED not in request.session:
        request.session[STARTED] = now
    if LAST_SEEN not in request.session or now - last_seen >= WRITE_EVERY_SECONDS:
        request.session[LAST_SEEN] = now
