"""Keep the help contacts right. Whoever changes or confirms one becomes its owner."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from audit.services import record
from core import clock
from core.errors import Refused
from helplines.models import HelpContact
from helplines.reading import forget

#: A contact is checked at least this often.
CHECK_EVERY = dt.timedelta(days=182)


@transaction.atomic
def add_contact(*, by: Any, review_on: dt.date | None = None, **words: Any) -> HelpContact:
    """Add a way to get help. `words` are kind, name, how, phone, hours, rank.

    Raises `Refused` for a second person to call, or a check date that is not in the future.
    """
    if words["kind"] == HelpContact.Kind.PERSON:
        _only_one_person_to_call()
    contact = HelpContact(**words)
    _own(contact, by, review_on)
    contact.save()
    record(actor=by, verb="helplines.added_contact", about=contact, kind=contact.kind)
    transaction.on_commit(forget)
    return contact


@transaction.atomic
def change_contact(*, by: Any, contact: HelpContact, review_on: dt.date | None = None, **words: Any) -> HelpContact:
    """Change the words of a contact. Raises `Refused` as `add_contact` does."""
    now_stands = HelpContact.objects.select_for_update().get(pk=contact.pk)
    if words.get("kind") == HelpContact.Kind.PERSON != now_stands.kind:
        _only_one_person_to_call()
    changed = sorted(name for name, value in words.items() if getattr(now_stands, name) != value)
    for name in changed:
        setattr(now_stands, name, words[name])
    _own(now_stands, by, review_on)
    now_stands.save()
    record(actor=by, verb="helplines.changed_contact", about=now_stands, fields=changed)
    transaction.on_commit(forget)
    return now_stands


@transaction.atomic
def confirm_contact(*, by: Any, contact: HelpContact) -> HelpContact:
    """Say that a contact is still right; it falls due again in six months."""
    _own(contact, by, None)
    contact.save(update_fields=["owner", "checked_on", "review_on"])
    record(actor=by, verb="helplines.confirmed_contact", about=contact)
    return contact


@transaction.atomic
def remove_contact(*, by: Any, contact: HelpContact) -> HelpContact:
    """Take a contact off the help page, and give it back. Raises `Refused` for the last one for emergencies."""
    emergency = HelpContact.Kind.EMERGENCY
    others = HelpContact.objects.select_for_update().filter(kind=emergency).exclude(pk=contact.pk)
    if contact.kind == emergency and not others:
        raise Refused("This is the only contact for when a life is at risk. Add another one first.")
    record(actor=by, verb="helplines.removed_contact", about=contact, kind=contact.kind)
    contact.delete()
    transaction.on_commit(forget)
    return contact


def _own(contact: HelpContact, by: Any, review_on: dt.date | None) -> None:
    today = clock.today()
    if review_on is not None and review_on <= today:
        raise Refused("Choose a date in the future for the next check.", field="review_on")
    contact.owner, contact.checked_on, contact.review_on = by, today, review_on or today + CHECK_EVERY


def _only_one_person_to_call() -> None:
    if HelpContact.objects.filter(kind=HelpContact.Kind.PERSON).exists():
        raise Refused("There is already a person to call. Change that one instead.", field="kind")
