"""What is known of the addresses that somebody wants to invite: for the eyes of a secretary only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Invitation, Person
from core import clock
from core.said import nhs_date
from governance.models import Body, Constituency, Term


@dataclass(frozen=True)
class Known:
    """`here` sit in the Network today, `closed` may no longer log in, `invited` have an answer outstanding."""

    here: frozenset[str]
    closed: frozenset[str]
    invited: dict[str, Invitation]

    def why_not(self, address: str, constituency: Constituency) -> str:
        """In plain words why this address cannot be invited for that; "" when it can."""
        if address in self.closed:
            return "Somebody with this address used this service before. Ask a platform administrator."
        if address in self.here and constituency != Constituency.CORPORATE:
            return "Somebody with this address is here already."
        if address in self.invited:
            day = nhs_date(self.invited[address].issued_at)
            return f"This address was invited on {day}. You can send that invitation again."
        return ""


def known(addresses: Iterable[str]) -> Known:
    """What is known of these. Three queries, however many."""
    wanted = [address for address in addresses if address]
    people = Person.objects.filter(email__in=wanted)
    sitting = Term.objects.on(clock.today()).filter(body__kind=Body.Kind.NETWORK, person__email__in=wanted)
    invited = Invitation.objects.unanswered().filter(address__in=wanted)
    return Known(
        here=frozenset(sitting.values_list("person__email", flat=True)),
        closed=frozenset(people.filter(is_active=False).values_list("email", flat=True)),
        invited={row.address: row for row in invited},
    )


def sponsors_today() -> dict[str, Person]:
    """The staff sponsors of the Network, by address and in order of name. One query."""
    terms = Term.objects.on(clock.today()).filter(
        body__kind=Body.Kind.NETWORK, seat__constituency=Constituency.SPONSOR, person__is_active=True
    )
    found = terms.select_related("person").order_by("person__name", "person_id")
    return {term.person.email: term.person for term in found}
