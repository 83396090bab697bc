"""What pages show of how a person logs in."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery

from accounts import oidc
from accounts.mfa import PASSKEY, TOTP
from accounts.models import EmailChange, Person, SecondFactorReset
from accounts.rules import could_be_the_two
from core import clock
from core.counts import count_of
from core.secrets import Unreadable, unseal


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
    mine = Authenticator.objects.filter(user=OuterRef("pk"))
    waiting = EmailChange.objects.filter(
        person=OuterRef("pk"), ended_at=None, asked_at__gt=clock.now() - EmailChange.LASTS
    )
    found = (
        Person.objects.filter(pk=person.pk)
        .annotate(
            passkeys=count_of(mine.filter(type=PASSKEY), per="user"),
            has_app=Exists(mine.filter(type=TOTP)),
            has_trust=Exists(SocialAccount.objects.filter(user=OuterRef("pk"), provider=oidc.provider_id())),
            pending=Subquery(waiting.values("email")[:1]),
        )
        .values("passkeys", "has_app", "has_trust", "pending")
        .get()
    )
    return Ways(
        has_password=person.has_usable_password(),
        passkeys=found["passkeys"],
        has_app=found["has_app"],
        trust=settings.OIDC_NAME if found["has_trust"] and oidc.is_on() else "",
        pending_email=found["pending"] or "",
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
