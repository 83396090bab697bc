"""What happens to an invitation: made, sent again, taken back, declined, accepted. Each verb locks its row."""

from __future__ import annotations

import hmac
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts import invitations
from accounts.links import fingerprint
from accounts.models import Invitation, Person, Way
from accounts.models.invitations import CODE_TRIES
from accounts.notifications.invitations import INVITATION, INVITATION_FOR_GIVEN_ADDRESS
from audit.services import record
from core import clock
from core.errors import Refused
from notifications.services import post_secret

#: One sentence for a token that was never made, has run out, was used or was taken back: it tells nothing.
DEAD = "This invitation no longer works. You can ask for a new one."
ANSWERED = "This invitation has been answered or taken back. Open the page again to see where it stands."
#: Stands in the audit row of what an invited person does before they have an account.
INVITED = "the invited person"


class LogInFirst(Refused):
    """The address of this invitation has an account: whoever has it logs in, and accepts as themselves."""


@transaction.atomic
def make_invitation(
    *, by: Person | None, name: str, address: str, way: Way, form_key: UUID, system: str = ""
) -> Invitation:
    """Make an invitation and, by email, send it. `address` is normal already, or "".

    `by` is None for an act of the system, named in `system`. Raises `Refused` when `by` has one open for this address.
    """
    now = clock.now()
    made = Invitation(name=name.strip(), address=address, way=way, made_at=now, made_by=by, form_key=form_key, round=0)
    _issue(made)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        words = "You have invited this address already. You can send that invitation again."
        raise Refused(words, field="address") from None
    record(actor=by, system=system, verb="accounts.invited", about=made, way=str(way))
    _send(made)
    return made


@transaction.atomic
def issue_again(*, by: Person | None, invitation: Invitation, system: str = "") -> Invitation:
    """A new link (and code) for 14 days; the old ones are dead. By email it is sent at once. Raises `Refused`."""
    invitation = _unanswered(invitation)
    _issue(invitation)
    invitation.save()
    record(actor=by, system=system, verb="accounts.invited_again", about=invitation, round=invitation.round)
    _send(invitation)
    return invitation


@transaction.atomic
def revoke(*, by: Person, invitation: Invitation) -> Invitation:
    """Take an invitation back. Taken back already means nothing more. Raises `Refused` once it is answered."""
    row = _locked(invitation)
    if row.revoked_at:
        return row
    row = _unanswered(row)
    row.revoked_at, row.revoked_by = clock.now(), by
    row.save(update_fields=["revoked_at", "revoked_by"])
    record(actor=by, verb="accounts.revoked_invitation", about=row)
    return row


@transaction.atomic
def decline(*, token: str) -> Invitation:
    """Say no thank you. No reason is asked. Raises `Refused` for a token that no longer works."""
    row = _open(token).invitation
    row.declined_at = clock.now()
    row.save(update_fields=["declined_at"])
    record(actor=None, system=INVITED, verb="accounts.declined_invitation", about=row)
    return row


@transaction.atomic
def give_address(*, token: str, address: str) -> Invitation:
    """The invited person says where to write: a link for that address goes there, and only it can say yes.

    Raises `Refused` for a token that no longer works, or that is for one address only.
    """
    found = _open(token)
    row = found.invitation
    if found.address:
        raise Refused(DEAD)
    row.given_address = address
    row.given_sha256 = fingerprint(invitations.given_token_of(row))
    row.save(update_fields=["given_address", "given_sha256"])
    record(actor=None, system=INVITED, verb="accounts.gave_address", about=row)
    _post(INVITATION_FOR_GIVEN_ADDRESS, row, address, invitations.given_token_of(row))
    return row


@transaction.atomic
def accept(*, token: str, by: Person | None) -> tuple[Invitation, Person]:
    """Say yes. Gives the invitation and its person: `by`, or somebody new who may log in from now on.

    Raises `LogInFirst` when the address has an account and `by` is not its owner, and `Refused` for a token that no
    longer works, proves no address, or is for another address than that of `by`.
    """
    found = _open(token)
    if not found.address:
        raise Refused(DEAD)
    row, person = found.invitation, _owner_of(found.address)
    if person and not person.is_active:
        raise Refused(DEAD)
    if person and (by is None or by.pk != person.pk):
        raise LogInFirst("Log in first. Then you can say yes as yourself.")
    if by and person is None:
        raise Refused("This invitation is for another email address than yours. Log out first.")
    person = person or _add(found.address, row.name)
    row.accepted_at, row.accepted_by = clock.now(), person
    row.save(update_fields=["accepted_at", "accepted_by"])
    record(actor=person, verb="accounts.accepted_invitation", about=row)
    return row, person


@transaction.atomic
def try_code(*, typed: str) -> str | None:
    """The token behind a code from paper; None when the code does not work, whatever the reason.

    A wrong ending costs the invitation one of its five tries.
    """
    code = invitations.typed_code(typed)
    if len(code) != invitations.CODE_LENGTH:
        return None
    row = Invitation.objects.select_for_update().filter(code_start=code[: invitations.CODE_START]).first()
    if row is None or not row.is_open or row.tries_left == 0:
        return None
    if hmac.compare_digest(invitations.code_fingerprint(code), row.code_hmac):
        return invitations.token_of(row)
    row.tries_left -= 1
    row.save(update_fields=["tries_left"])
    return None


def _issue(row: Invitation) -> None:
    """A new round: token, code and end. What was issued before is dead."""
    now = clock.now()
    row.round += 1
    row.issued_at, row.expires_at = now, now + invitations.lasts()
    row.given_address, row.given_sha256 = "", None
    row.tries_left = CODE_TRIES
    if row.way == Way.PAPER:
        _issue_code(row)
    row.token_sha256 = fingerprint(invitations.token_of(row))


def _issue_code(row: Invitation) -> None:
    """A code whose first signs no other invitation has."""
    others = Invitation.objects.exclude(pk=row.pk)
    while others.filter(code_start=invitations.code_of(row)[: invitations.CODE_START]).exists():
        row.round += 1
    code = invitations.code_of(row)
    row.code_start, row.code_hmac = code[: invitations.CODE_START], invitations.code_fingerprint(code)


def _send(row: Invitation) -> None:
    if row.way == Way.EMAIL:
        _post(INVITATION, row, row.address, invitations.token_of(row))


def _post(kind: Any, row: Invitation, address: str, token: str) -> None:
    secret = {"link": invitations.address_of(token), "greeting": row.first_name}
    post_secret(kind=kind, secret=secret, expires_at=row.expires_at, address=address, about=row)


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update().get(pk=invitation.pk)


def _unanswered(invitation: Invitation) -> Invitation:
    row = _locked(invitation)
    if not row.is_unanswered:
        raise Refused(ANSWERED)
    return row


def _open(token: str) -> invitations.Found:
    """The invitation of a token that works, its row ours. Raises `Refused` for every other token, in one sentence."""
    found = invitations.find(token)
    if found:
        _locked(found.invitation)
        found = invitations.find(token)  # as it stands now: it may have been answered or issued anew meanwhile
    if found is None or not found.invitation.is_open:
        raise Refused(DEAD)
    return found


def _owner_of(address: str) -> Person | None:
    return Person.objects.select_for_update().filter(email=address).first()


def _add(address: str, name: str) -> Person:
    try:
        with transaction.atomic():
            person = Person.objects.create_person(email=address, name=name)
    except IntegrityError:
        raise LogInFirst("Log in first. Then you can say yes as yourself.") from None
    record(actor=person, verb="accounts.joined_by_invitation", about=person)
    return person
