"""Email addresses, one way of writing for each."""

from __future__ import annotations

import unicodedata

from core.errors import Refused


def plain(email: str) -> str:
    """The address in small letters and in its plain form.

    Raises `Refused` for letters that only look like those of an address ("а" of another alphabet, an invisible sign):
    with them somebody could seem to be somebody else.
    """
    plain_form = unicodedata.normalize("NFKC", email).strip().casefold()
    if not plain_form.isascii() or not plain_form.isprintable():
        raise Refused("Use only the letters a to z, numbers and signs like . - _ @ in an email address.", field="email")
    return plain_form
