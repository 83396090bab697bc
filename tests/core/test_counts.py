"""Numbers of several queries at once."""

from __future__ import annotations

from accounts.models import Person
from core.counts import numbers_of
from governance.models import Body, Term


def test_each_number_is_that_of_its_query(cast, django_assert_num_queries):
    rows = {
        "people": Person.objects.filter(is_active=True),
        "none": Person.objects.none(),
        "terms": Term.objects.filter(body__kind=Body.Kind.NETWORK).select_related("person").order_by("person__name"),
        "named": Person.objects.filter(name__icontains="100%"),
    }
    with django_assert_num_queries(1):
        found = numbers_of(rows)
    assert found == {
        "people": len(cast.people) - 1,
        "none": 0,
        "terms": rows["terms"].count(),
        "named": 0,
    }
