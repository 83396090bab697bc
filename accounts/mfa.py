"""The second factor: an app on a phone that shows a new number every half minute, or a recovery code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.models import Person


def proofs_of(request: HttpRequest) -> list[dict[str, Any]]:
    """By what, and when, the person proved who they are in this session: allauth's records; none for nobody."""
    person = request.user
    return get_authentication_records(request, person) if isinstance(person, Person) else []


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session may do what needs a second factor: it was given, or the installation asks for none."""
    return not settings.MFA_REQUIRED or did_second_factor(request)


def did_second_factor(request: HttpRequest) -> bool:
    """Whether the second factor was given in this session."""
    return any(proof["method"] == "mfa" for proof in proofs_of(request))


def has_set_up_second_factor(person: Any) -> bool:
    """Whether the person has an app set up. One query."""
    return Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).exists()


def open_before_second_factor(view: Callable) -> Callable:
    """Mark a view that one must reach in order to set the second factor up, or to leave."""
    view.open_before_second_factor = True  # type: ignore[attr-defined]
    return view
