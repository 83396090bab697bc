"""Who is of the Network today: a term in its body, and an account that is open."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Person
from core import clock
from governance.models import Body, Constituency, Sits, Term


def terms_today(constituency: Constituency) -> QuerySet[Term]:
    """The terms that run in the Network today, of that constituency."""
    terms = Term.objects.on(clock.today()).filter(body__kind=Body.Kind.NETWORK, seat__constituency=constituency)
    return terms.exclude(body__state=Body.State.CLOSED).order_by()


def in_network(person: str, constituency: Constituency) -> Sits:
    """Whether the person that the field `person` names is one of them and still logs in, as a condition."""
    return Sits(person, kind=Body.Kind.NETWORK, among=[constituency])


def members(constituency: Constituency) -> QuerySet[Person]:
    """The current members of that constituency who still log in, by name."""
    return Person.objects.filter(in_network("pk", constituency))


def is_member(person: Person, constituency: Constituency) -> bool:
    """Whether somebody is one of them. One query."""
    return members(constituency).filter(pk=person.pk).exists()
