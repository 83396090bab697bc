"""How long one stays logged in: two hours without a click, twelve hours in all."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from core import clock

STARTED, LAST_SEEN, RAN_OUT = "started", "last_seen", "ran_out"

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
    """Count from now: somebody has just logged in."""
    for name in (STARTED, LAST_SEEN, RAN_OUT):
        request.session.pop(name, None)


def _end_or_note(request: HttpRequest) -> None:
    now = int(clock.now().timestamp())
    started = request.session.get(STARTED, now)
    last_seen = request.session.get(LAST_SEEN, now)
    if now - started >= settings.SESSION_HOURS * 3600 or now - last_seen >= settings.SESSION_IDLE_MINUTES * 60:
        logout(request)
        request.session[RAN_OUT] = True
        return
    if STARTED not in request.session:
        request.session[STARTED] = started
    if LAST_SEEN not in request.session or now - last_seen >= WRITE_EVERY_SECONDS:
        request.session[LAST_SEEN] = now
