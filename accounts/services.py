"""What is done to people: add, name, give and end roles, deactivate, and everything about how they log in."""

from __future__ import annotations

import uuid

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import LoginLink, Person, Role, RoleHeld
from accounts.notifications import FRESH_LINK, LOG_IN_CHANGED, WELCOME
from audit.services import record
from core import clock
from core.errors import Refused
from core.secrets import seal
from notifications.hints import hint_on_commit
from notifications.services import post


@transaction.atomic
def add_person(*, by: Person | None, email: str, name: str, phone: str = "", system: str = "") -> Person:
    """Add somebody who may log in, and send them their first link.

    `by` is None for an act of the system, named in `system`. Raises `Refused` when the address is taken.
    """
    try:
        with transaction.atomic():
            person = Person.objects.create_person(email=email.strip(), name=name.strip(), phone=phone.strip())
    except IntegrityError:
        raise Refused("Somebody with this email address is here already.", field="email") from None
    record(actor=by, system=system, verb="accounts.added_person", about=person)
    post(kind=WELCOME, recipients=[person], occasion="added", about=person)
    return person


@transaction.atomic
def change_details(*, by: Person, name: str, phone: str) -> Person:
    """Change one's own name and phone number."""
    Person.objects.filter(pk=by.pk).update(name=name.strip(), phone=phone.strip())
    by.refresh_from_db(fields=["name", "phone"])
    record(actor=by, verb="accounts.changed_details", about=by)
    return by


@transaction.atomic
def give_role(*, by: Person | None, person: Person, role: Role, system: str = "") -> RoleHeld:
    """Let `person` do across the Trust what `role` does. Given already means not given again.

    Raises `Refused` for oneself, and for somebody who has been deactivated.
    """
    person = _locked(person)
    if by is not None and by.pk == person.pk:
        raise Refused("You cannot give yourself a role. Ask another administrator.")
    if not person.is_active:
        raise Refused("This person can no longer log in. They cannot be given a role.")
    held = RoleHeld.objects.filter(person=person, role=role, until_at=None).first()
    if held:
        return held
    held = RoleHeld.objects.create(person=person, role=role, from_at=clock.now(), given_by=by)
    record(actor=by, system=system, verb="accounts.gave_role", about=held, person=person.pk, role=str(role))
    return held


@transaction.atomic
def end_role(*, by: Person, held: RoleHeld) -> RoleHeld:
    """End a role now. The person's sessions end with it. Raises `Refused` when it has ended already."""
    person = _locked(held.person)
    now = clock.now()
    if not RoleHeld.objects.filter(pk=held.pk, until_at=None).update(until_at=now, ended_by=by):
        raise Refused("This role has ended already.")
    held.refresh_from_db()
    end_sessions(person=person)
    record(actor=by, verb="accounts.ended_role", about=held, person=person.pk, role=held.role)
    return held


@transaction.atomic
def deactivate(*, by: Person, person: Person) -> Person:
    """Stop `person` from logging in. Their sessions and roles end now, and their links stop working.

    What they wrote and decided stays. Raises `Refused` for oneself, and when it was done already.
    """
    person = _locked(person)
    if by.pk == person.pk:
        raise Refused("You cannot deactivate yourself. Ask another administrator.")
    if not person.is_active:
        raise Refused("This person can no longer log in as it is.")
    now = clock.now()
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person=person)
    ended = RoleHeld.objects.filter(person=person, until_at=None).update(until_at=now, ended_by=by)
    record(actor=by, verb="accounts.deactivated", about=person, roles_ended=ended)
    return person


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
    """Record that the password or second factor of `person` changed, end their sessions, and tell them."""
    end_sessions(person=person)
    record(actor=person, verb="accounts.changed_log_in", about=person)
    post(kind=LOG_IN_CHANGED, recipients=[person], occasion=f"log-in changed {uuid.uuid4()}", about=person)


@transaction.atomic
def send_fresh_link(*, old: LoginLink) -> None:
    """Send the person of an old link a new one to the same page, at their own address."""
    post(kind=FRESH_LINK, recipients=[old.person], occasion=f"fresh link {uuid.uuid4()}", about=old)


def send_code_to_nobody() -> None:
    """Do as much as sending a code does, for an address that nobody has, so that the time taken tells nothing."""
    seal("ABCD-EFGH")
    cache.set("accounts.code_to_nobody", True, timeout=60)
    hint_on_commit()


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
