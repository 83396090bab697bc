"""People by what they are to the Network, for those who may know of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Agreed, Person
from core import clock
from governance import standing
from governance.models import Body, Office, Term
from network.keepers import KEEPERS, KEPT_FROM, keeps_the_network


def keepers() -> list[Person]:
    """Secretaries and deputies of the Network and of the Steering Group today, each once. One query."""
    offices = Office.objects.filter(
        body__kind__in=KEPT_FROM, kind__in=KEEPERS, until_on=None, from_on__lte=clock.today(), person__is_active=True
    ).exclude(body__state=Body.State.CLOSED)
    return list(Person.objects.filter(pk__in=offices.values("person_id")))


def people_one_may_write_down(by: Person) -> QuerySet[Person]:
    """Whose agreement by phone `by` may write down: those they stand by or invited; anybody, for a secretary.

    Only people who have joined or said yes, and have not agreed yet.
    """
    in_network = Term.objects.on(clock.today()).filter(body__kind=Body.Kind.NETWORK)
    agreed = Agreed.objects.current()
    people = Person.objects.filter(is_active=True).exclude(pk=by.pk).exclude(pk__in=agreed.values("person_id"))
    if keeps_the_network(standing.of(by)):
        return people.filter(
            Q(pk__in=in_network.values("person_id")) | Q(invitations_accepted__offer__isnull=False)
        ).distinct()
    stood_by = Q(sponsorships_received__sponsor=by, sponsorships_received__until_on=None)
    invited = Q(invitations_accepted__made_by=by) | Q(invitations_accepted__offer__sponsor=by)
    return people.filter(stood_by | invited).distinct()
