"""`Sits` asks the database what `governance.standing` knows of one person."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Person
from core import clock
from governance import standing
from governance.models import Body, Constituency, Office, Side, Sits, Term
from governance.workflows import ENDED, BodyState


def sitting(cast, **asked) -> set[str]:
    found = set(Person.objects.filter(Sits("pk", **asked)))
    return {short for short, person in cast.people.items() if person in found}


def everybody_fresh(cast) -> dict[str, standing.Standing]:
    return {short: standing.of(Person.objects.get(pk=person.pk)) for short, person in cast.people.items()}


@pytest.mark.parametrize("kind", Body.Kind)
@pytest.mark.parametrize("constituency", Constituency)
def test_by_kind_and_constituency_it_is_as_people_stand(cast, kind, constituency):
    stand = everybody_fresh(cast)
    wanted = {
        short
        for short, its in stand.items()
        if any(seat.body_kind == kind and seat.constituency == constituency for seat in its.seats.values())
    }
    assert sitting(cast, kind=kind, among=[constituency]) == wanted
    assert sitting(cast, kind=kind) == {short for short, its in stand.items() if its.sits_on_kind(kind)}


def test_it_asks_each_day_anew(cast):
    term = Term.objects.get(person=cast.cass, body=cast.group)
    for day, sits in ((term.ends_on - dt.timedelta(days=1), True), (term.ends_on, False)):
        with clock.set_to(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)):
            assert ("cass" in sitting(cast, kind=Body.Kind.TASK_GROUP)) is sits


def test_nobody_sits_whose_account_is_closed(cast):
    Person.objects.filter(pk=cast.cass.pk).update(is_active=False)
    assert "cass" not in sitting(cast)


@pytest.mark.parametrize("state", BodyState)
def test_nobody_sits_on_a_body_that_has_ended(cast, state):
    merged = {"merged_into": cast.other_group} if state == BodyState.MERGED else {}
    Body.objects.filter(pk=cast.group.pk).update(state=state, **merged)
    assert ("nadia" in sitting(cast, kind=Body.Kind.TASK_GROUP)) is (state not in ENDED)


def test_it_asks_of_the_body_that_the_row_names(cast):
    """Of offices: whose holder also sits on that body. Grace holds hers without a seat."""
    found = Office.objects.filter(Sits("person", body="body"))
    assert {office.person for office in found} == {cast.tunde, cast.priya}
    as_peer = found.filter(Sits("person", body="body", among=[Constituency.PEER]))
    assert {office.side for office in as_peer} == {Side.PEER}
