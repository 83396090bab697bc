"""The staff sponsors who stand by a peer: whom a peer may choose to let see their access passport."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import Person
from network.models import Partnership


class Sponsors:
    """Of today, and who can still log in."""

    def of(self, person: Person) -> QuerySet[Person]:
        return Person.objects.filter(pk__in=Partnership.objects.live().filter(peer=person).values("sponsor"))

    def stands_by(self, *, person: OuterRef | F, reader: OuterRef | F) -> Exists:
        return Exists(Partnership.objects.live().filter(peer=person, sponsor=reader))
