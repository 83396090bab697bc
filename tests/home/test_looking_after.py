"""The page of those who look after groups: counts, and nobody's name."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core import clock
from governance.models import Body, Constituency, Office, Seat, Side
from home.looking_after import looking_after, ways
from network.models import Partnership
from taskgroups.models import JoinRequest
from tests.cast import office, seat

PAGE = "look_after"


@pytest.fixture(autouse=True)
def _nobody_is_without_a_sponsor(cast):
    for peer in (cast.tunde, cast.cass, cast.morgan):
        Partnership.objects.create(peer=peer, sponsor=cast.priya, from_on=clock.today())


def asks(cast, person):
    return JoinRequest.objects.create(
        body=cast.group, person=person, constituency=Constituency.PEER, asked_at=clock.now()
    )


def counts(person):
    return {each.words: each.number for each in looking_after(person).waiting}


def test_a_co_lead_sees_their_group_and_the_secretary_all(cast):
    assert [each.body for each in looking_after(cast.tunde).groups] == [cast.group]
    found = {each.body for each in looking_after(cast.grace).groups}
    assert found == {cast.group, cast.other_group, cast.steering, cast.network}


def test_how_a_group_is_filled_is_drawn_and_counted(cast):
    [group] = looking_after(cast.tunde).groups
    drawn = [(run.kind, run.number, run.x, run.width) for run in group.chairs]
    assert drawn == [("peer", 2, 0, 40), ("peer-empty", 1, 40, 20), ("staff", 2, 60, 40), ("staff-empty", 2, 100, 40)]
    assert group.width == 140
    assert group.empty == 3


def test_who_asks_to_join_is_counted_for_their_group_alone(cast):
    asks(cast, cast.ishani)
    assert [each.asking for each in looking_after(cast.tunde).groups] == [1]
    assert {each.body: each.asking for each in looking_after(cast.grace).groups}[cast.other_group] == 0


def test_a_review_that_falls_due(cast):
    Body.objects.filter(pk=cast.group.pk).update(review_on=clock.today() + dt.timedelta(days=31))
    assert [each.review_is_due for each in looking_after(cast.tunde).groups] == [False]
    Body.objects.filter(pk=cast.group.pk).update(review_on=clock.today() + dt.timedelta(days=30))
    assert [each.review_is_due for each in looking_after(cast.tunde).groups] == [True]


def test_what_waits_is_counted_for_those_whom_it_is_for(cast):
    assert counts(cast.tunde) == {"empty seats": 3}
    assert counts(cast.grace) == {"empty seats": 4, "more moderators are needed": 2}  # and one of the Network
    Partnership.objects.filter(peer=cast.cass).delete()
    assert counts(cast.grace)["peer has no staff sponsor"] == 1
    assert counts(cast.tunde) == {"empty seats": 3}


def test_it_names_nobody(cast, as_person):
    asks(cast, cast.ishani)
    shown = BeautifulSoup(as_person(cast.grace).get(reverse(PAGE)).content, "html.parser").find("main").get_text()
    assert [person.name for person in cast.everyone() if person.name in shown] == []


def test_a_deputy_secretary_needs_nobodys_mailbox(cast):
    """What the secretary sees, the deputy sees."""
    office(cast.steering, cast.yetunde, Office.Kind.DEPUTY, Side.STAFF)
    asks(cast, cast.ishani)
    assert looking_after(cast.yetunde) == looking_after(cast.grace)
    assert ways(cast.yetunde) == ways(cast.grace)


@pytest.mark.parametrize("who", ["tunde", "grace"])
def test_it_costs_the_same_for_any_number(cast, as_person, django_assert_max_num_queries, who):
    client = as_person(cast.people[who])
    client.get(reverse(PAGE))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse(PAGE))
    for number in range(3):
        body = Body.objects.create(kind=Body.Kind.TASK_GROUP, name=f"Group {number}", state=Body.State.ACTIVE)
        seat(body, cast.tunde, Constituency.PEER)
        office(body, cast.tunde, Office.Kind.CO_LEAD, Side.PEER)
        Seat.objects.create(body=body, constituency=Constituency.PEER, opened_on=clock.today())
    with django_assert_max_num_queries(len(few)) as many:
        client.get(reverse(PAGE))
    assert len(many) == len(few)
