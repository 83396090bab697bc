"""Seal and unseal short secrets, so that a dump of the database shows no code and no one-time seed."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """A sealed text that none of our keys opens."""


def seal(text: str) -> str:
    """Encrypt `text` with the newest key. The answer is printable and safe to store."""
    return _box().encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """What `seal` was given. Raises `Unreadable` when no key opens it (changed, cut, or a key was lost)."""
    try:
        return _box().decrypt(token.encode()).decode()
    except InvalidToken:
        raise Unreadable("No key in SECRETS_KEYS opens this.") from None


def _box() -> MultiFernet:
    """`settings.SECRETS_KEYS`, newest first; with none, one key derived from `SECRET_KEY`."""
    return MultiFernet([Fernet(key) for key in settings.SECRETS_KEYS or [_derived()]])


def _derived() -> bytes:
    digest = hashlib.sha256(b"core.secrets:" + settings.SECRET_KEY.encode()).digest()
    return base64.urlsafe_b64encode(digest)
