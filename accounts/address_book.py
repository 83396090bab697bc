"""Answers what `notifications` asks about people: where to write, and which link to put in the letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from accounts import links
from accounts.models import LoginLink, Person
from core import clock
from notifications.ports import Addressee, LinkWanted


class People:
    """The address book: one query for any number of people, one insert for a batch of links."""

    def addressees(self, person_ids: Iterable[int]) -> dict[int, Addressee]:
        """Those of `person_ids` that exist, by id."""
        people = Person.objects.filter(pk__in=set(person_ids))
        return {person.pk: _addressee(person) for person in people}

    def links(self, wanted: Iterable[LinkWanted]) -> dict[UUID, str]:
        """A full web address for each message id.

        The token comes from the message id, so a second attempt carries the same link and makes no second row.
        A letter that waited days for the mail server still says "72 hours", so each attempt sets the end anew;
        a link already used stays used.
        """
        wanted = list(wanted)
        now = clock.now()
        expires_at = now + dt.timedelta(hours=settings.LINK_HOURS)
        tokens = {want.message_id: links.token_for(want.message_id) for want in wanted}
        rows = {
            want.message_id: LoginLink(
                person_id=want.person_id,
                token_sha256=links.fingerprint(tokens[want.message_id]),
                path=want.path,
                made_at=now,
                expires_at=expires_at,
            )
            for want in wanted
        }
        LoginLink.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["token_sha256"],
            update_fields=["expires_at"],
            batch_size=500,
        )
        return {message_id: links.address_of(token) for message_id, token in tokens.items()}


def _addressee(person: Person) -> Addressee:
    return Addressee(
        person_id=person.pk, greeting=person.get_short_name(), email=person.email, is_active=person.is_active
    )
