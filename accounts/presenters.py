"""What pages show of how a person logs in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Value

from accounts import oidc
from accounts.mfa import PASSKEY, TOTP
from accounts.models import EmailChange, Person, SecondFactorReset
from accounts.rules import could_be_the_two
from core import clock
from core.secrets import Unreadable, unseal

#: What stands beside the kinds of key in one answer: an address that waits, and the Trust's own log-in.
PENDING, TRUST = "pending", "trust"


@dataclass(frozen=True)
class Ways:
    """How somebody logs in. `pending_email` is the address that waits for its code, or ""; `trust` is the name of the
    Trust's own log-in where they have used it, or ""."""

    has_password: bool
    passkeys: int
    has_app: bool
    trust: str
    pending_email: str


def ways_to_log_in(person: Person) -> Ways:
    """For "my page" and for one's details. One query."""
    keys = Authenticator.objects.filter(user=person).order_by().values_list("type", Value(""))
    asked_since = clock.now() - EmailChange.LASTS
    waiting = EmailChange.objects.filter(person=person, ended_at=None, asked_at__gt=asked_since)
    through = SocialAccount.objects.filter(user=person, provider=oidc.provider_id()).order_by()
    others = waiting.values_list(Value(PENDING), "email"), through.values_list(Value(TRUST), Value(""))
    found = list(keys.union(*others, all=True))
    kinds = Counter(kind for kind, _ in found)
    return Ways(
        has_password=person.has_usable_password(),
        passkeys=kinds[PASSKEY],
        has_app=bool(kinds[TOTP]),
        trust=settings.OIDC_NAME if kinds[TRUST] and oidc.is_on() else "",
        pending_email=next((email for kind, email in found if kind == PENDING), ""),
    )


@dataclass(frozen=True)
class ResetPage:
    """One request to take a second factor away, as one who may confirm reads it. `why_not` says why they may not."""

    reset: SecondFactorReset
    reason: str
    why_not: str

    @property
    def may_confirm(self) -> bool:
        return not self.why_not


def reset_page(reset: SecondFactorReset, reader: Person) -> ResetPage:
    """The page of one request."""
    try:
        reason = unseal(reset.reason)
    except Unreadable:
        reason = "The reason cannot be read any more."
    return ResetPage(reset, reason, _why_not(reset, reader))


def _why_not(reset: SecondFactorReset, reader: Person) -> str:
    if not reset.is_waiting:
        return "This can no longer be confirmed."
    if reader.pk == reset.asked_by_id:
        return "You asked for this. Another person must confirm it."
    if not could_be_the_two(reset.asked_by, reader):
        return "One of the two people must be a platform administrator. Ask one to confirm it."
    return ""
