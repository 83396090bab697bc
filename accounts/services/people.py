"""What is done to people: add, name, give and end roles, deactivate."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import Person, Role, RoleHeld
from accounts.notifications.log_in import WELCOME
from accounts.services.log_in import end_sessions
from audit.services import record
from core import clock
from core.errors import Refused
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


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
