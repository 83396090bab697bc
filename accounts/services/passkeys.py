"""What people do with their own passkeys."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal import auth
from django.db import transaction

from accounts.mfa import PASSKEY, needs_second_factor
from accounts.models import Person
from accounts.services.log_in import tell_log_in_changed
from audit.services import record
from core.errors import Refused

MOST_PASSKEYS = 10


@transaction.atomic
def add_passkey(*, by: Person, name: str, credential: dict[str, Any]) -> Authenticator:
    """Add a passkey that has answered our question. Whoever needs a second factor gets recovery codes with the first.

    All sessions end; the caller may keep the one in hand. The owner is told. Raises `Refused` when there are too many.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    known = auth.get_authenticator_by_credential_id(by, _id_of(credential))
    if known is not None:
        return known
    if Authenticator.objects.filter(user=by, type=PASSKEY).count() >= MOST_PASSKEYS:
        raise Refused(f"You have {MOST_PASSKEYS} passkeys. Remove one that you no longer use first.")
    made = auth.WebAuthn.add(by, name, credential).instance
    if needs_second_factor(by):
        RecoveryCodes.activate(by)
    tell_log_in_changed(person=by)
    return made


@transaction.atomic
def rename_passkey(*, by: Person, passkey: Authenticator, name: str) -> Authenticator:
    """Call one's own passkey something else."""
    passkey = _own(by, passkey)
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])
    record(actor=by, verb="accounts.renamed_passkey", about=passkey)
    return passkey


@transaction.atomic
def remove_passkey(*, by: Person, passkey: Authenticator) -> None:
    """Take away one's own passkey; with the last second factor go the recovery codes. As in `add_passkey` otherwise."""
    _own(by, passkey).delete()
    delete_dangling_recovery_codes(by)
    tell_log_in_changed(person=by)


def _own(by: Person, passkey: Authenticator) -> Authenticator:
    """The passkey, once more, with its owner locked. Raises `Refused` when it has gone meanwhile."""
    Person.objects.select_for_update().get(pk=by.pk)
    found = Authenticator.objects.filter(pk=passkey.pk, user=by, type=PASSKEY).first()
    if found is None:
        raise Refused("This passkey has been removed already.")
    return found


def _id_of(credential: dict[str, Any]) -> bytes:
    data = auth.parse_registration_response(credential).response.attestation_object.auth_data.credential_data
    return data.credential_id if data else b""
