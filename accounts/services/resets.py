"""Taking away a second factor that was lost. It takes two people, and neither is its owner."""

from __future__ import annotations

import uuid

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import Person, SecondFactorReset
from accounts.notifications.resets import RESET_ASKED, RESET_DONE, RESET_STOPPED
from accounts.rules import could_be_the_two
from accounts.services.log_in import end_sessions
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from core.secrets import seal
from notifications.kinds import Kind
from notifications.services import post

NOT_NOW = "This can no longer be confirmed. If the second step is still lost, ask anew."


@transaction.atomic
def ask_for_reset(*, by: Person, person: Person, reason: str, form_key: uuid.UUID) -> SecondFactorReset:
    """Ask that the lost second factor of `person` be taken away. They are told at once. Nothing changes yet.

    Raises `Refused` for oneself, for somebody without a second factor or who cannot log in, and while one waits.
    """
    person = _locked(person)
    first = first_result(SecondFactorReset.objects.all(), form_key, person_id=person.pk, asked_by_id=by.pk)
    if first is not None:
        return first
    _refuse_what_makes_no_sense(by, person)
    now = clock.now()
    waiting = SecondFactorReset.objects.filter(person=person, confirmed_at=None, stopped_at=None).first()
    if waiting is not None and waiting.is_waiting:
        raise Refused("Somebody has asked for this already. It waits to be confirmed.", field="email")
    if waiting is not None:
        SecondFactorReset.objects.filter(pk=waiting.pk).update(stopped_at=now, stopped_by=by)
    reset = SecondFactorReset.objects.create(
        person=person, reason=seal(reason), form_key=form_key, asked_at=now, asked_by=by
    )
    _note(by, "accounts.asked_for_reset", reset, RESET_ASKED)
    return reset


@transaction.atomic
def confirm_reset(*, by: Person, reset: SecondFactorReset) -> SecondFactorReset:
    """Take the second factor away: passkeys, app and recovery codes. All sessions of its owner end; they are told.

    They log in with a code, and are led to set up a new one before anything else. Raises `Refused` for its owner, for
    who asked, unless one of the two is a platform administrator, and when it no longer waits.
    """
    person = _locked(reset.person)
    reset = SecondFactorReset.objects.select_related("asked_by").get(pk=reset.pk)
    if not reset.is_waiting or not person.is_active:
        raise Refused(NOT_NOW)
    if by.pk == person.pk:
        raise Refused("You cannot confirm this for yourself.")
    if by.pk == reset.asked_by_id:
        raise Refused("You asked for this. Another person must confirm it.")
    if not could_be_the_two(reset.asked_by, by):
        raise Refused("One of the two people must be a platform administrator, and both must still have their role.")
    SecondFactorReset.objects.filter(pk=reset.pk).update(confirmed_at=clock.now(), confirmed_by=by)
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person=person)
    reset.refresh_from_db()
    _note(by, "accounts.confirmed_reset", reset, RESET_DONE)
    return reset


@transaction.atomic
def stop_reset(*, by: Person, reset: SecondFactorReset) -> SecondFactorReset:
    """Stop a request: its owner, who found the phone or never asked, or anybody who may confirm. The owner is told.

    Raises `Refused` when it no longer waits.
    """
    _locked(reset.person)
    reset = SecondFactorReset.objects.get(pk=reset.pk)
    if not reset.is_waiting:
        raise Refused("This has been confirmed or stopped already, or it is too old.")
    SecondFactorReset.objects.filter(pk=reset.pk).update(stopped_at=clock.now(), stopped_by=by)
    reset.refresh_from_db()
    _note(by, "accounts.stopped_reset", reset, RESET_STOPPED)
    return reset


def _refuse_what_makes_no_sense(by: Person, person: Person) -> None:
    if by.pk == person.pk:
        raise Refused("You cannot ask for this for yourself. Ask another administrator.", field="email")
    if not person.is_active:
        raise Refused("This person can no longer log in.", field="email")
    if not Authenticator.objects.filter(user=person).exists():
        raise Refused("This person has no second step to take away. They can log in with a code.", field="email")


def _note(by: Person, verb: str, reset: SecondFactorReset, kind: Kind) -> None:
    record(actor=by, verb=verb, about=reset, person=reset.person_id)
    post(kind=kind, recipients=[reset.person], occasion=f"{verb} {reset.pk}", about=reset)


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
