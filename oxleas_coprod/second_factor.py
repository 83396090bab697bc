"""Who must give a second factor before anything else: staff, whoever holds a role, and who runs the Steering Group.

Staff are those with a seat or an office on the staff side. A peer is never made to: losing a phone must not shut them
out. It stands here because it asks two rooms: roles are in `accounts`, seats and offices in `governance`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.mfa import has_second_factor, needs_second_factor
from accounts.models import Person
from governance import standing

#: Where the set-up leads back to, kept in the session.
AFTER = "after_second_factor"

#: Open to people who are not logged in, and a page of one's own to those who are.
GREETS_BY_NAME = frozenset({"home"})


def has_a_part_that_needs_one(person: Person) -> bool:
    """Whether this person must give one: they are staff, or can see or decide more than their own part.

    Costs what every page reads anyway: roles and standing, kept on the person for the length of a request.
    """
    stands = standing.of(person)
    return bool(person.role_names) or stands.is_on_staff_side or stands.is_steering_secretary


class SecondFactorFirst:
    """Middleware, after authentication: leads those who need a second factor, and have not given it, to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or _is_open(request, view) or has_second_factor(request):
            return None
        if not needs_second_factor(request.user):  # type: ignore[arg-type]
            return None
        request.session[AFTER] = request.path if request.method == "GET" else "/"
        return redirect(f"{reverse('mfa_activate_totp')}?{urlencode({'next': request.session[AFTER]})}")


def _is_open(request: HttpRequest, view: Callable) -> bool:
    if getattr(view, "open_before_second_factor", False):
        return True
    is_public = not getattr(view, "login_required", True)
    return is_public and getattr(request.resolver_match, "view_name", "") not in GREETS_BY_NAME
