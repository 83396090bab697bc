"""Seats and terms: no two at once, whoever asks, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Function, Office, Seat, Side, Term
from governance.services.offices import appoint, end_office
from governance.services.seats import end_term, open_seat, seat_person, usual_end

PEER, SPONSOR, CORPORATE = Constituency.PEER, Constituency.SPONSOR, Constituency.CORPORATE


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture
def chair(cast):
    """An empty peer seat on the other group, open since the start of 2026."""
    return Seat.objects.create(body=cast.other_group, constituency=PEER, opened_on=day("2026-01-01"))


def put(cast, seat, person, starts, ends):
    return seat_person(by=cast.grace, seat=seat, person=person, starts_on=day(starts), ends_on=day(ends))


def raw(seat, person, starts, ends, body=None):
    """Past the services, as an import or a shell would."""
    with transaction.atomic():
        return Term.objects.create(
            seat=seat, body=body or seat.body, person=person, starts_on=day(starts), ends_on=day(ends)
        )


def test_seating_is_kept_and_the_person_stands_there_at_once(cast, chair):
    assert not standing.of(cast.cass).sits_on(cast.other_group.pk)
    term = put(cast, chair, cast.cass, "2026-09-01", "2028-09-01")
    assert standing.of(cast.cass).side_on(cast.other_group.pk) == Side.PEER
    entry = AuditEntry.objects.get(verb="governance.seated")
    assert (entry.actor, entry.about_id) == (cast.grace, str(term.pk))
    assert entry.facts == {"seat": chair.pk, "starts_on": "2026-09-01", "ends_on": "2028-09-01"}


OVERLAPS = [
    ("2026-09-01", "2028-09-01"),  # the same days
    ("2026-06-01", "2026-09-02"),  # the first day
    ("2028-08-31", "2030-01-01"),  # the last day
    ("2027-01-01", "2027-02-01"),  # inside
    ("2026-02-01", "2029-01-01"),  # around
]
BESIDE = [("2026-02-01", "2026-09-01"), ("2028-09-01", "2030-09-01")]


@pytest.mark.parametrize(("starts", "ends"), OVERLAPS)
def test_a_seat_holds_one_person_at_a_time(cast, chair, starts, ends):
    put(cast, chair, cast.cass, "2026-09-01", "2028-09-01")
    with pytest.raises(Refused, match="Someone else has this seat on some of those days."):
        put(cast, chair, cast.ishani, starts, ends)
    with pytest.raises(IntegrityError):
        raw(chair, cast.ishani, starts, ends)
    assert chair.terms.count() == 1


@pytest.mark.parametrize(("starts", "ends"), OVERLAPS)
def test_a_person_sits_once_on_a_body(cast, chair, starts, ends):
    second = Seat.objects.create(body=cast.other_group, constituency=PEER, opened_on=day("2026-01-01"))
    put(cast, chair, cast.cass, "2026-09-01", "2028-09-01")
    with pytest.raises(Refused, match="This person already has a seat in this group on some of those days."):
        put(cast, second, cast.cass, starts, ends)
    with pytest.raises(IntegrityError):
        raw(second, cast.cass, starts, ends)
    assert second.terms.count() == 0


@pytest.mark.parametrize(("starts", "ends"), BESIDE)
def test_terms_may_follow_each_other_without_a_gap(cast, chair, starts, ends):
    put(cast, chair, cast.cass, "2026-09-01", "2028-09-01")
    put(cast, chair, cast.ishani, starts, ends)
    raw(
        Seat.objects.create(body=cast.other_group, constituency=PEER, opened_on=day("2026-01-01")),
        cast.cass,
        starts,
        ends,
    )
    assert Term.objects.filter(body=cast.other_group, person__in=[cast.cass, cast.ishani]).count() == 3


def test_moving_a_term_into_another_is_refused_by_the_database(cast, chair):
    put(cast, chair, cast.cass, "2026-09-01", "2028-09-01")
    later = put(cast, chair, cast.ishani, "2028-09-01", "2030-09-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.filter(pk=later.pk).update(starts_on=day("2028-08-31"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.filter(pk=later.pk).update(person=cast.cass, starts_on=day("2027-01-01"))
    Term.objects.filter(pk=later.pk).update(ends_on=day("2029-01-01"))


def test_a_terms_body_is_its_seats(cast, chair):
    with pytest.raises(IntegrityError):
        raw(chair, cast.ishani, "2026-09-01", "2028-09-01", body=cast.group)
    term = raw(chair, cast.ishani, "2026-09-01", "2028-09-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.filter(pk=term.pk).update(body=cast.group)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=chair.pk).update(body=cast.group)
    empty = Seat.objects.create(body=cast.other_group, constituency=PEER, opened_on=day("2026-01-01"))
    assert Seat.objects.filter(pk=empty.pk).update(body=cast.group) == 1


def test_ending_today_leaves_an_empty_term_where_it_began_today(cast, chair):
    term = end_term(by=cast.grace, term=put(cast, chair, cast.cass, "2026-09-01", "2028-09-01"))
    assert term.ends_on == term.starts_on == clock.today()
    assert not standing.of(cast.cass).sits_on(cast.other_group.pk)
    put(cast, chair, cast.ishani, "2026-08-01", "2028-09-01")
    raw(chair, cast.morgan, "2026-10-01", "2026-10-01")
    with pytest.raises(Refused, match="has ended already"):
        end_term(by=cast.grace, term=term)


def test_a_term_still_to_come_can_be_called_off(cast, chair):
    term = end_term(by=cast.grace, term=put(cast, chair, cast.cass, "2026-10-01", "2028-09-01"))
    assert (term.starts_on, term.ends_on) == (day("2026-10-01"), day("2026-10-01"))


def test_days_that_cannot_be(cast, chair):
    Seat.objects.filter(pk=chair.pk).update(closed_on=day("2027-01-01"))
    chair.refresh_from_db()
    for starts, ends, field in (
        ("2026-09-02", "2026-09-02", "ends_on"),
        ("2026-09-02", "2026-09-01", "ends_on"),
        ("2025-12-31", "2026-09-01", "starts_on"),
        ("2026-09-01", "2027-01-02", "starts_on"),
    ):
        with pytest.raises(Refused) as refused:
            put(cast, chair, cast.cass, starts, ends)
        assert refused.value.field == field
    assert put(cast, chair, cast.cass, "2026-09-01", "2027-01-01").pk


@pytest.mark.parametrize(
    ("who", "constituency"), [("owen", PEER), ("nadia", PEER), ("samuel", PEER), ("cass", SPONSOR), ("leyla", PEER)]
)
def test_a_network_seat_of_a_task_group_is_for_who_is_that_in_the_network(cast, who, constituency):
    cast.leyla.is_active = True
    seat = open_seat(by=cast.grace, body=cast.other_group, constituency=constituency)
    with pytest.raises(Refused, match="current member of the Network"):
        put(cast, seat, cast.people[who], "2026-09-01", "2028-09-01")


def test_corporate_seats_and_the_network_ask_for_no_network_membership(cast):
    seat = open_seat(by=cast.grace, body=cast.other_group, constituency=CORPORATE, function=Function.HR)
    assert put(cast, seat, cast.nadia, "2026-09-01", "2028-09-01").pk
    seat = open_seat(by=cast.grace, body=cast.network, constituency=SPONSOR)
    assert put(cast, seat, cast.owen, "2026-09-01", "2028-09-01").pk


def test_nobody_who_left_is_seated_and_a_closed_body_changes_no_more(cast, chair):
    with pytest.raises(Refused, match="no longer uses the service"):
        put(cast, chair, cast.leyla, "2026-09-01", "2028-09-01")
    Body.objects.filter(pk=cast.other_group.pk).update(state=Body.State.CLOSED)
    for act in (
        lambda: put(cast, chair, cast.cass, "2026-09-01", "2028-09-01"),
        lambda: open_seat(by=cast.grace, body=cast.other_group, constituency=PEER),
        lambda: appoint(
            by=cast.grace, body=cast.other_group, person=cast.morgan, kind=Office.Kind.CO_LEAD, side=Side.PEER
        ),
    ):
        with pytest.raises(Refused, match="This group has closed."):
            act()


def test_only_a_corporate_seat_says_what_it_is_for(cast):
    for constituency, function in ((CORPORATE, None), (PEER, Function.HR)):
        with pytest.raises(Refused) as refused:
            open_seat(by=cast.grace, body=cast.group, constituency=constituency, function=function)
        assert refused.value.field == "function"


def test_a_usual_term_is_two_years_also_from_a_leap_day():
    assert usual_end(day("2026-09-01")) == day("2028-09-01")
    assert usual_end(day("2028-02-29")) == day("2030-03-01")


# -- offices -----------------------------------------------------------------------------------------------------


def lead(cast, person, side, body=None):
    return appoint(by=cast.grace, body=body or cast.other_group, person=person, kind=Office.Kind.CO_LEAD, side=side)


def test_a_co_lead_holds_a_seat_of_their_side(cast):
    for person, side in ((cast.cass, Side.PEER), (cast.morgan, Side.STAFF)):
        with pytest.raises(Refused, match="must hold a seat of their side"):
            lead(cast, person, side)
    lead(cast, cast.morgan, Side.PEER)
    assert standing.of(cast.morgan).co_lead_side(cast.other_group.pk) == Side.PEER


def test_one_in_office_for_each_side(cast):
    with pytest.raises(Refused, match="Someone holds this for that side already"):
        lead(cast, cast.cass, Side.PEER, cast.group)
    end_office(by=cast.grace, office=Office.objects.get(body=cast.group, side=Side.PEER))
    assert lead(cast, cast.cass, Side.PEER, cast.group).pk


def test_an_office_ends_with_the_seat_it_was_held_from(cast):
    end_term(by=cast.grace, term=cast.tunde.terms.get(body=cast.group))
    assert Office.objects.get(body=cast.group, person=cast.tunde).until_on == clock.today()
    assert not standing.of(cast.tunde).co_leads(cast.group.pk)


def test_when_the_term_runs_out_by_itself_so_does_the_office_and_makes_way(cast):
    Term.objects.filter(person=cast.tunde, body=cast.group).update(ends_on=clock.today())
    assert not standing.of(cast.tunde).co_leads(cast.group.pk)
    office = lead(cast, cast.cass, Side.PEER, cast.group)
    assert list(Office.objects.filter(body=cast.group, side=Side.PEER, until_on=None)) == [office]


def test_a_secretary_needs_no_seat_and_an_office_ends_once(cast):
    office = appoint(by=cast.grace, body=cast.group, person=cast.owen, kind=Office.Kind.SECRETARY, side=Side.STAFF)
    assert standing.of(cast.owen).is_secretary_of(cast.group.pk)
    end_office(by=cast.grace, office=office)
    with pytest.raises(Refused, match="has ended already"):
        end_office(by=cast.grace, office=office)
    with pytest.raises(Refused, match="no longer uses the service"):
        appoint(by=cast.grace, body=cast.group, person=cast.leyla, kind=Office.Kind.SECRETARY, side=Side.PEER)
