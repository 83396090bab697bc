"""Who sits where: each once, in one query, and only those who still do."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from governance import rules, standing
from governance.balance import balances
from governance.models import Body, Constituency, Function, Seat, Side, Term
from governance.people import co_leads_of, members_of, secretaries_of
from governance.quorum import quorum_of


def names(found):
    return [(person.name.split()[0].lower(), side) for person, side in found]


PEER, STAFF = Side.PEER, Side.STAFF


def test_members_each_once_with_their_side_in_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = members_of([cast.group.pk, cast.steering.pk])
    assert names(found) == [
        ("cass", PEER),
        ("nadia", STAFF),
        ("priya", STAFF),
        ("samuel", STAFF),
        ("tunde", PEER),
        ("yetunde", STAFF),
    ]


def test_the_side_is_that_on_the_first_of_the_bodies(cast):
    chair = Seat.objects.create(body=cast.steering, constituency=Constituency.PEER, opened_on=dt.date(2026, 1, 1))
    Term.objects.create(
        seat=chair, body=cast.steering, person=cast.priya, starts_on=chair.opened_on, ends_on=dt.date(2028, 1, 1)
    )
    assert dict(names(members_of([cast.group.pk, cast.steering.pk])))["priya"] == STAFF
    assert dict(names(members_of([cast.steering.pk, cast.group.pk])))["priya"] == PEER


def test_members_are_those_of_a_day(cast):
    today = clock.today()
    Term.objects.filter(body=cast.other_group).update(starts_on=today, ends_on=today + dt.timedelta(days=2))
    for days, found in ((-1, []), (0, ["morgan"]), (1, ["morgan"]), (2, [])):
        on = today + dt.timedelta(days=days)
        assert [name for name, _ in names(members_of([cast.other_group.pk], on=on))] == found, days


def test_closed_bodies_and_closed_accounts_are_left_out(cast):
    assert "leyla" not in dict(names(members_of([cast.network.pk], on=clock.today() - dt.timedelta(days=60))))
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    assert members_of([cast.group.pk]) == []
    assert co_leads_of(cast.group) == []
    assert members_of([]) == []


def test_officers(cast):
    assert co_leads_of(cast.group) == [cast.tunde, cast.priya]
    assert secretaries_of(cast.steering) == [cast.grace]
    assert secretaries_of(cast.group) == co_leads_of(cast.steering) == []
    Term.objects.filter(person=cast.tunde, body=cast.group).update(ends_on=clock.today())
    assert co_leads_of(cast.group) == [cast.priya]
    cast.priya.is_active = False
    cast.priya.save()
    assert co_leads_of(cast.group) == []


def test_standing_ends_with_the_account(cast):
    cast.cass.is_active = False
    assert standing.of(cast.cass) is standing.NOBODY


@pytest.mark.parametrize(
    ("rule", "about", "those"),
    [
        ("is_steering_secretary", None, {"grace"}),
        ("is_on_steering", None, {"tunde", "cass", "samuel", "yetunde"}),
        ("is_in_network", None, {"ishani", "tunde", "cass", "morgan", "priya", "samuel"}),
        ("is_governance_lead", None, {"owen"}),
        ("is_equality_lead", None, {"yetunde"}),
        ("is_platform_admin", None, {"robin"}),
        ("sits_on_body", "group", {"tunde", "cass", "priya", "nadia"}),
        ("co_leads_body", "group", {"tunde", "priya"}),
        ("co_leads_body", "other_group", set()),
        ("is_secretary_of_body", "steering", {"grace"}),
        ("is_secretary_of_body", "group", set()),
        ("sits_on_body", None, set()),
    ],
)
def test_rules_say_yes_to_exactly_those(cast, rule, about, those):
    body = getattr(cast, about) if about else None
    asked = getattr(rules, rule)
    assert {who for who, person in cast.people.items() if asked.test(person, body)} == those


@pytest.mark.parametrize(
    ("present", "words"),
    [
        ((2, 2), ""),
        ((3, 3), ""),
        ((2, 1), "1 more member of staff"),
        ((1, 5), "1 more peer"),
        ((0, 9), "2 more peers"),
        ((5, 0), "2 more members of staff"),
        ((0, 0), "2 more peers and 2 more members of staff and 1 more person of either side"),
    ],
)
def test_quorum_asks_for_each_side(cast, present, words):
    cast.steering.quorum_total = 5 if present == (0, 0) else 4
    quorum = quorum_of(cast.steering, dict(zip((PEER, STAFF), present, strict=True)))
    assert quorum.is_met == (not words)
    assert " and ".join(quorum.missing) == words


def test_quorum_asks_for_the_total_when_each_side_is_there(cast):
    cast.steering.quorum_total = 6
    assert quorum_of(cast.steering, {PEER: 2, STAFF: 2}).missing == ("2 more people of either side",)
    assert quorum_of(cast.steering, {PEER: 4, STAFF: 2}).is_met
    assert quorum_of(cast.other_group, {}).is_met


def test_balance_counts_taken_and_empty_seats_of_today_in_two_queries(cast, django_assert_num_queries):
    today = clock.today()
    for opened, closed in (
        (today + dt.timedelta(days=1), None),
        (today - dt.timedelta(days=9), today),
    ):
        Seat.objects.create(body=cast.group, constituency=PEER, opened_on=opened, closed_on=closed)
    with django_assert_num_queries(2):
        found = balances([cast.group, cast.other_group])
    group, other = found[cast.group.pk], found[cast.other_group.pk]
    assert group.words == "2 peers and 2 staff"
    assert group.empty_words == ["1 seat for a peer", "1 seat for a staff sponsor", "1 seat for Corporate Services"]
    assert (group.is_balanced, group.lacks) == (True, "")
    assert (other.words, other.empty_words) == ("1 peer and no staff", [])
    assert (other.is_balanced, other.lacks) == (False, "someone from Corporate Services")
    Seat.objects.create(body=cast.other_group, constituency="corporate", function=Function.HR, opened_on=today)
    assert not balances([cast.other_group])[cast.other_group.pk].is_balanced
