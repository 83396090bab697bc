"""The second factor: a passkey, an app that shows a new number every half minute, or a recovery code.

A passkey asks for a finger, a face or a PIN before it answers, so it is two factors in one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest

from accounts.models import Person

TOTP, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN


def _nobody(person: Person) -> bool:
    return False


_rule: list[Callable[[Person], bool]] = [_nobody]


def register_who_needs_one(rule: Callable[[Person], bool]) -> None:
    """Say who must have a second factor. Offices and seats are known above this room, so the rule comes from there."""
    _rule[:] = [rule]


def needs_second_factor(person: Person) -> bool:
    """Whether the part this person has in the service asks for one, in this installation."""
    return settings.MFA_REQUIRED and _rule[0](person)


def proofs_of(request: HttpRequest) -> list[dict[str, Any]]:
    """By what, and when, the person proved who they are in this session: allauth's records; none for nobody."""
    person = request.user
    return get_authentication_records(request, person) if isinstance(person, Person) else []


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session may do what needs a second factor: it was given, or the installation asks for none."""
    return not settings.MFA_REQUIRED or did_second_factor(request)


def did_second_factor(request: HttpRequest) -> bool:
    """Whether the second factor was given in this session."""
    return _is_given(proofs_of(request))


def _is_given(proofs: list[dict[str, Any]]) -> bool:
    return any(proof["method"] == "mfa" for proof in proofs)


def is_asked_for_second_factor(person: Person) -> bool:
    """Whether logging in asks this person for the second factor that they have set up. One query, or a few.

    An app is set up in order to be asked for. A passkey is asked for only where a second factor is needed: to
    somebody else it is an easier way in, and losing it must not shut them out.
    """
    kinds = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    return TOTP in kinds or (PASSKEY in kinds and needs_second_factor(person))


class SecondStep(AuthenticateStage):
    """allauth's step of the log-in that asks for the second factor; passed over where it has been given already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if not isinstance(person, Person) or _is_given(get_authentication_records(request, person)):
            return False
        return is_asked_for_second_factor(person)


def open_before_second_factor(view: Callable) -> Callable:
    """Mark a view that one must reach in order to set the second factor up, or to leave."""
    view.open_before_second_factor = True  # type: ignore[attr-defined]
    return view
