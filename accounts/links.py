"""Single-use links: how a token is made, what it opens, and its one use.

Looking (`peek`) changes nothing, so a mail scanner that opens every link uses none of them up.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from accounts.models import LoginLink
from core import clock


def token_for(message_id: UUID) -> str:
    """The token of a message's link: 256 bits that nobody can work out without `SECRET_KEY`."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"accounts.links:" + message_id.bytes, hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def fingerprint(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(token: str) -> str:
    """The full web address that carries `token`."""
    return f"{settings.BASE_URL}/l/{token}/"


def find(token: str) -> LoginLink | None:
    """The link of that token, whatever its state, with its person; None for a token that was never made."""
    return LoginLink.objects.select_related("person").filter(token_sha256=fingerprint(token)).first()


def peek(token: str) -> LoginLink | None:
    """The link if it can still be used: not used, not expired, its person active. Changes nothing."""
    link = find(token)
    if link is None or link.used_at is not None or link.expires_at <= clock.now() or not link.person.is_active:
        return None
    return link


def use(token: str) -> LoginLink | None:
    """Use the link up and give it back; None if it can no longer be used. Of two at once, one gets it."""
    link = peek(token)
    if link is None:
        return None
    now = clock.now()
    fresh = LoginLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now, person__is_active=True)
    return link if fresh.update(used_at=now) else None
