"""Who must give a second factor before anything else: whoever holds a role, and the Steering Group's secretary.

It stands here because it asks two rooms: roles are in `accounts`, offices in `governance`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.mfa import has_second_factor
from accounts.models import Person
from governance import standing

#: Where the set-up leads back to, kept in the session.
AFTER = "after_second_factor"


def needs_second_factor(person: Person) -> bool:
    """Whether this person must give one: they can see or decide more than their own part."""
    return bool(person.role_names) or standing.of(person).is_steering_secretary


class SecondFactorFirst:
    """Middleware, after authentication: leads those who need a second factor, and have not given it, to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        if _is_open(view) or not request.user.is_authenticated or has_second_factor(request):
            return None
        if not needs_second_factor(request.user):  # type: ignore[arg-type]
            return None
        request.session[AFTER] = request.path if request.method == "GET" else "/"
        return redirect(f"{reverse('mfa_activate_totp')}?{urlencode({'next': request.session[AFTER]})}")


def _is_open(view: Callable) -> bool:
    return not getattr(view, "login_required", True) or getattr(view, "open_before_second_factor", False)
