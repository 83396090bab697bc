"""Seal and unseal short secrets, so that a dump of the database shows no code and no one-time seed."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """A sealed text that none of our keys opens."""


#: Stands between the purpose and the text inside a box that has one.
BETWEEN = "\x1f"


def seal(text: str, *, purpose: str = "") -> str:
    """Encrypt `text` with the newest key. The answer is printable and safe to store.

    What is sealed for a `purpose` is opened for that one alone. Give one wherever a reader can hand in a token: else
    whoever has seen a sealed column of the database could have it read out by that page.
    """
    return _box().encrypt(f"{purpose}{BETWEEN}{text}".encode() if purpose else text.encode()).decode()


def unseal(token: str, *, purpose: str = "") -> str:
    """What `seal` was given. When a purpose is given, only what was sealed for that one is opened.

    Raises `Unreadable` when no key opens it (changed, cut, a key was lost), and when a purpose is given and it was
    sealed for another, or for none.
    """
    try:
        text = _box().decrypt(token.encode()).decode()
    except (InvalidToken, UnicodeError):
        raise Unreadable("No key in SECRETS_KEYS opens this.") from None
    if not purpose:
        return text
    found, between, words = text.partition(BETWEEN)
    if not between or found != purpose:
        raise Unreadable("This was not sealed for this purpose.")
    return words


def _box() -> MultiFernet:
    """`settings.SECRETS_KEYS`, newest first; with none, one key derived from `SECRET_KEY`."""
    return MultiFernet([Fernet(key) for key in settings.SECRETS_KEYS or [_derived()]])


def _derived() -> bytes:
    digest = hashlib.sha256(b"core.secrets:" + settings.SECRET_KEY.encode()).digest()
    return base64.urlsafe_b64encode(digest)
