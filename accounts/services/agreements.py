"""Agree about confidentiality: oneself on a page, or by phone to somebody who writes it down."""

from __future__ import annotations

from django.db import transaction

from accounts.agreement_text import FIRST
from accounts.models import Agreed, AgreementText, Person
from audit.services import record
from core import clock
from core.errors import Refused


@transaction.atomic
def agree(*, by: Person, version: int) -> Agreed:
    """Agree to the text in force, which `version` must be. Pressed twice is agreed once. Raises `Refused` otherwise."""
    _take_turn(by)
    if version != text_in_force().version:
        raise Refused("The words have changed since you opened this page. Read them again first.")
    earlier = Agreed.objects.current().filter(person=by, how=Agreed.How.SCREEN, at__date=clock.today()).first()
    return earlier or _write(person=by, by=by, how=Agreed.How.SCREEN)


@transaction.atomic
def record_agreed_by_phone(*, by: Person, person: Person) -> Agreed:
    """Write down that `person` agreed on the phone. They see it, with who wrote it, and can change it.

    Raises `Refused` for oneself, for somebody who can no longer log in, and when they have agreed already.
    """
    person = _take_turn(person)
    if person.pk == by.pk:
        raise Refused("You agree for yourself on your own page.", field="person")
    if not person.is_active:
        raise Refused("This person no longer uses the service.", field="person")
    if Agreed.objects.current().filter(person=person).exists():
        raise Refused("This person has agreed already. There is nothing to write down.", field="person")
    return _write(person=person, by=by, how=Agreed.How.PHONE)


@transaction.atomic
def withdraw_agreement(*, by: Person, agreed: Agreed) -> Agreed:
    """Take back what stands in one's own name. Taken back already means nothing more."""
    _take_turn(by)
    row = Agreed.objects.get(pk=agreed.pk)
    if row.person_id != by.pk:
        raise Refused("Only the person themselves can take this back.")
    if row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        record(actor=by, verb="accounts.withdrew_agreement", about=row)
    return row


@transaction.atomic
def write_new_version(*, by: Person, text: str, seen: int) -> AgreementText:
    """Put a new wording in force; everybody is asked to agree to it.

    `seen` is the version it was written from. Raises `Refused` when that is not the one in force any more, and for
    words that are the same or none.
    """
    _kept(text_in_force())
    now = AgreementText.objects.select_for_update().order_by("-version")[0]
    if now.version != seen:
        raise Refused(
            "Somebody else has changed the words since you opened this page. Read theirs first.", field="text"
        )
    if _tidy(text) in ("", now.text):
        raise Refused("Change the words first. They are the same as now.", field="text")
    made = AgreementText.objects.create(version=seen + 1, text=_tidy(text), from_at=clock.now(), from_by=by)
    record(actor=by, verb="accounts.changed_agreement", about=made, version=made.version)
    return made


def text_in_force() -> AgreementText:
    """The newest version. Before anybody has agreed to anything it is the first, and not stored yet."""
    newest = AgreementText.objects.order_by("-version").first()
    return newest or AgreementText(version=1, text=FIRST, from_at=clock.now())


def _kept(text: AgreementText) -> AgreementText:
    """The text as a row."""
    row, _ = AgreementText.objects.get_or_create(
        version=text.version, defaults={"text": text.text, "from_at": text.from_at}
    )
    return row


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _take_turn(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _write(*, person: Person, by: Person, how: Agreed.How) -> Agreed:
    row = Agreed.objects.create(person=person, text=_kept(text_in_force()), how=how, at=clock.now(), by=by)
    record(actor=by, verb="accounts.agreed", about=row, how=str(how), version=row.text.version)
    return row
