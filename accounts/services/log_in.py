"""Everything about how people log in: sessions, passwords, links and codes."""

from __future__ import annotations

import uuid

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from accounts.models import LoginLink, Person
from accounts.notifications.log_in import FRESH_LINK, LOG_IN_CHANGED
from accounts.sessions import end_device
from audit.services import record
from core.secrets import seal
from notifications.hints import hint_on_commit
from notifications.services import post


def end_sessions(*, person: Person) -> None:
    """End every session of `person`, everywhere, from their next request on."""
    Person.objects.filter(pk=person.pk).update(sessions_round=F("sessions_round") + 1)
    person.refresh_from_db(fields=["sessions_round"])


@transaction.atomic
def set_password(*, by: Person, password: str) -> Person:
    """Choose or change one's own password. All sessions end; the caller may keep the one in hand. The owner is told."""
    by.set_password(password)
    by.save(update_fields=["password"])
    tell_log_in_changed(person=by)
    return by


@transaction.atomic
def tell_log_in_changed(*, person: Person) -> None:
    """Record that the way `person` logs in changed, end their sessions, and tell them."""
    end_sessions(person=person)
    record(actor=person, verb="accounts.changed_log_in", about=person)
    post(kind=LOG_IN_CHANGED, recipients=[person], occasion=f"log-in changed {uuid.uuid4()}", about=person)


@transaction.atomic
def send_fresh_link(*, old: LoginLink) -> None:
    """Send the person of an old link a new one to the same page, at their own address."""
    post(kind=FRESH_LINK, recipients=[old.person], occasion=f"fresh link {uuid.uuid4()}", about=old)


@transaction.atomic
def end_other_sessions(*, by: Person) -> None:
    """End every session of one's own. The caller may keep the one in hand."""
    end_sessions(person=by)
    record(actor=by, verb="accounts.ended_other_sessions", about=by)


@transaction.atomic
def end_one_session(*, by: Person, handle: str) -> bool:
    """End one of one's own sessions, by its handle. Says whether it was still there."""
    ended = end_device(by, handle=handle)
    if ended:
        record(actor=by, verb="accounts.ended_session", about=by)
    return ended


def send_code_to_nobody() -> None:
    """Do as much as sending a code does, for an address that nobody has, so that the time taken tells nothing."""
    seal("ABCD-EFGH")
    cache.set("accounts.code_to_nobody", True, timeout=60)
    hint_on_commit()
