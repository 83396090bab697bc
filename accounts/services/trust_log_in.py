"""Whose account at the Trust is whose here."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from accounts.models import Person
from accounts.services.log_in import tell_log_in_changed
from core.errors import Refused

NOT_KNOWN = "We do not know this account."


@transaction.atomic
def person_of(*, provider: str, uid: str, email: str) -> Person:
    """The person whom this account at the Trust belongs to; the first time, by their verified address, told to them.

    `email` is empty where the provider did not verify one. Raises `Refused` for an address that nobody here has, for a
    person who cannot log in, and for an address that was linked to another account at the Trust: it may have been given
    to a new colleague.
    """
    known = SocialAccount.objects.select_related("user").filter(provider=provider, uid=uid).first()
    if known is not None:
        return _active(known.user)
    found = Person.objects.filter(email__iexact=email).first() if email else None
    if found is None:
        raise Refused(NOT_KNOWN)
    person = _active(Person.objects.select_for_update().get(pk=found.pk))
    try:
        _, is_new = SocialAccount.objects.get_or_create(user=person, provider=provider, defaults={"uid": uid})
    except IntegrityError:  # the same account, by another address, at the same moment
        raise Refused(NOT_KNOWN) from None
    if not is_new and not SocialAccount.objects.filter(user=person, provider=provider, uid=uid).exists():
        raise Refused(NOT_KNOWN)
    if is_new:
        tell_log_in_changed(person=person)
    return person


@transaction.atomic
def forget_trust_account(*, by: Person) -> bool:
    """No longer take the log-in of the Trust for this person, until they use it again. All sessions end, and they are
    told. Says whether there was a link."""
    Person.objects.select_for_update().get(pk=by.pk)
    if not SocialAccount.objects.filter(user=by).delete()[0]:
        return False
    tell_log_in_changed(person=by)
    return True


def _active(person: Person) -> Person:
    if not person.is_active:
        raise Refused(NOT_KNOWN)
    return person
