"""Read the contacts, also when the database is away: help must always be there."""

from __future__ import annotations

import logging
import time

from django.db import DatabaseError

from helplines.models import HelpContact
from helplines.standard import STANDARD

log = logging.getLogger(__name__)

#: Seconds for which each web process remembers the person to call, so that no page pays a query for it.
REMEMBERED_FOR = 60

_remembered: tuple[float, HelpContact | None] | None = None


def contacts() -> list[HelpContact]:
    """Every way to get help, in order. With no database, the standard national ones."""
    try:
        found = list(HelpContact.objects.all())
    except DatabaseError:
        log.warning("The help contacts could not be read; showing the standard ones.")
        found = []
    return found or [HelpContact(**each) for each in STANDARD]


def person_to_call() -> HelpContact | None:
    """The named person for ordinary questions, or None when nobody has been named."""
    global _remembered
    now = time.monotonic()  # how long this process has remembered it; no rule of the domain compares it
    if _remembered and now - _remembered[0] < REMEMBERED_FOR:
        return _remembered[1]
    try:
        _remembered = (now, HelpContact.objects.filter(kind=HelpContact.Kind.PERSON).first())
    except DatabaseError:
        return remembered()
    return _remembered[1]


def remembered() -> HelpContact | None:
    """The person to call as this process last knew them: for pages that may not ask the database."""
    return _remembered[1] if _remembered else None


def forget() -> None:
    """Forget the person to call, after it changed."""
    global _remembered
    _remembered = None
