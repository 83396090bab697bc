"""Changing one's own email address."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.addresses import plain
from accounts.models import EmailChange, LoginLink, Person
from accounts.notifications.email import EMAIL_CODE, EMAIL_MOVED
from accounts.services.log_in import end_sessions, send_code_to_nobody, tell_log_in_changed
from audit.services import record
from core import clock
from core.errors import Refused
from notifications.services import post_secret, post_to_address

#: No letter or digit that looks like another.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"

TAKEN = "Somebody else has that address by now."
WRONG_CODE = "This code is not right. Check it, or ask for a new one."


@transaction.atomic
def ask_to_change_email(*, by: Person, email: str) -> EmailChange:
    """Send a code to the new address, and wait for it. What waited before is given up.

    An address that somebody else has is answered in the same way, so that nobody learns who is here; no code goes
    there. Raises `Refused` for one's own address, and for letters that only look like those of an address.
    """
    email = plain(email)
    person = _locked(by)
    if email == person.email.casefold():
        raise Refused("This is the address you have now. Enter the new one.", field="email")
    give_up_email_change(by=person)
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    now = clock.now()
    change = EmailChange.objects.create(person=person, email=email, code_sha256=_fingerprint(code), asked_at=now)
    record(actor=person, verb="accounts.asked_to_change_email", about=change)
    if Person.objects.filter(email__iexact=email).exists():
        send_code_to_nobody()
    else:
        secret = {"code": f"{code[:4]}-{code[4:]}"}
        post_secret(kind=EMAIL_CODE, address=email, secret=secret, expires_at=now + EmailChange.LASTS, about=change)
    return change


@transaction.atomic
def give_up_email_change(*, by: Person) -> None:
    """Keep the address one has."""
    waiting = EmailChange.objects.filter(person=by, ended_at=None)
    if waiting.update(ended_at=clock.now()):
        record(actor=by, verb="accounts.gave_up_email_change", about=by)


def confirm_email(*, by: Person, code: str) -> Person:
    """Change the address to the one the code was sent to.

    The old address is told, all sessions end (the caller may keep the one in hand), and links that lie in the old
    mailbox stop working. Raises `Refused` for a wrong code, which counts, and when nothing waits.
    """
    with transaction.atomic():
        person = _locked(by)
        change = EmailChange.objects.filter(person=person, ended_at=None).first()
        if change is None or not change.is_waiting:
            raise Refused("This code no longer works. Ask for a new one.", field="code")
        is_right = hmac.compare_digest(change.code_sha256, _fingerprint(_typed(code)))
        if is_right:
            return _move(person, change)
        EmailChange.objects.filter(pk=change.pk).update(tries=F("tries") + 1)
    raise Refused(WRONG_CODE, field="code")


def last_change_to_undo(person: Person) -> EmailChange | None:
    """The change of address that can still be put back: the last one of the last 30 days, if it still stands."""
    since = clock.now() - EmailChange.UNDO
    done = EmailChange.objects.filter(person=person, ended_at__gt=since, undone_at=None).exclude(email_before="")
    last = done.order_by("-ended_at", "-pk").first()
    return last if last and last.email == person.email else None


@transaction.atomic
def put_email_back(*, by: Person, person: Person) -> Person:
    """Put the address of `person` back to the one before, for somebody who says that they did not change it.

    All their sessions end, links stop working, and both addresses are told. Raises `Refused` for oneself, when there
    is nothing to put back, and when somebody else has that address by now.
    """
    person = _locked(person)
    if by.pk == person.pk:
        raise Refused("You cannot do this for yourself. Ask another administrator.")
    change = last_change_to_undo(person)
    if change is None:
        raise Refused("There is no change of address to put back.")
    EmailChange.objects.filter(pk=change.pk).update(undone_at=clock.now(), undone_by=by)
    _write(by, person, change.email_before, "accounts.put_email_back", change)
    tell_log_in_changed(person=person)
    return person


def _move(person: Person, change: EmailChange) -> Person:
    old = person.email
    EmailChange.objects.filter(pk=change.pk).update(ended_at=clock.now(), email_before=old)
    _write(person, person, change.email, "accounts.changed_email", change)
    return person


def _write(by: Person, person: Person, email: str, verb: str, change: EmailChange) -> None:
    """Write the address, end what could go on with the old one, and tell the old one."""
    old = person.email
    try:
        with transaction.atomic():
            person.email = email
            person.save(update_fields=["email"])
    except IntegrityError:
        raise Refused(WRONG_CODE if by == person else TAKEN, field="code") from None
    EmailAddress.objects.filter(user=person).delete()  # allauth would go on taking a code for the old address
    LoginLink.objects.filter(person=person, used_at=None).update(used_at=clock.now())
    end_sessions(person=person)
    record(actor=by, verb=verb, about=person)
    post_to_address(kind=EMAIL_MOVED, address=old, occasion=f"moved {uuid.uuid4()}", about=change)


def _typed(code: str) -> str:
    return code.upper().replace("-", "").replace(" ", "")


def _fingerprint(code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"accounts.email:" + code.encode(), hashlib.sha256).hexdigest()


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
