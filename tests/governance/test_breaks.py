"""Stepping back: the seat is kept, messages pause, nobody is asked why, and one comes back with one press."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance import standing
from governance.balance import balances
from governance.models import Body, Break, Constituency, Office, Seat, Side, Term
from governance.people import asked_to_sit, co_leads_of, members_of, table_of
from governance.quorum import quorum_of
from governance.services.breaks import come_back, come_back_to_all, make_up_days, step_back, step_back_from_all
from governance.services.offices import appoint
from governance.services.seats import end_term, seat_person
from tests.cast import seat


def day(text):
    return dt.date.fromisoformat(text)


def at(text):
    return dt.datetime.fromisoformat(f"{text}T12:00:00+00:00")


@pytest.fixture
def term(cast):
    """Cass on Task Group 1."""
    return Term.objects.get(person=cast.cass, body=cast.group)


def short(found):
    return [person.name.split()[0].lower() for person, _ in found]


def test_the_seat_is_kept_and_rests(cast, term):
    begun = step_back(by=cast.cass, term=term)
    assert (begun.from_on, begun.back_on) == (clock.today(), None)
    stands = standing.of(cast.cass)
    assert stands.sits_on(cast.group.pk)
    assert (stands.is_on_break_from(cast.group.pk), stands.is_asked_by(cast.group.pk)) == (True, False)
    assert stands.is_asked_by(cast.steering.pk)
    assert short(members_of([cast.group.pk])) == ["nadia", "priya", "tunde"]
    assert short(members_of([cast.group.pk, cast.network.pk])).count("cass") == 1, "asked through her other seat"
    assert balances([cast.group])[cast.group.pk].words == "2 peers and 2 staff"


def test_no_reason_can_be_kept(cast, term):
    step_back(by=cast.cass, term=term)
    assert {field.name for field in Break._meta.concrete_fields} == {"id", "term", "from_on", "back_on", "made_up_on"}
    entry = AuditEntry.objects.get(verb="governance.stepped_back")
    assert (entry.actor, entry.facts) == (cast.cass, {})


def test_a_second_press_changes_nothing(cast, term):
    assert step_back(by=cast.cass, term=term) == step_back(by=cast.cass, term=term)
    assert come_back(by=cast.cass, term=term).back_on == clock.today()
    assert come_back(by=cast.cass, term=term) is None
    assert Break.objects.count() == 1
    assert AuditEntry.objects.filter(verb__in=["governance.stepped_back", "governance.came_back"]).count() == 2
    assert standing.of(cast.cass).is_asked_by(cast.group.pk)


def test_the_database_holds_one_break_at_a_time_and_days_in_order(cast, term):
    step_back(by=cast.cass, term=term)
    for wrong in (
        {"from_on": clock.today()},
        {"from_on": clock.today(), "back_on": clock.today() - dt.timedelta(days=1)},
        {"from_on": clock.today(), "made_up_on": clock.today()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Break.objects.create(term=term, **wrong)


def test_only_ones_own_seat_and_only_while_it_runs(cast, term):
    for act in (step_back, come_back, make_up_days):
        with pytest.raises(Refused, match="You do not have this seat now"):
            act(by=cast.tunde, term=term)
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    with pytest.raises(Refused, match="This group has closed"):
        step_back(by=cast.cass, term=term)
    assert not Break.objects.exists()


def test_one_press_for_every_seat_and_one_back(cast):
    begun = step_back_from_all(by=cast.tunde)
    assert {each.term.body for each in begun} == {cast.network, cast.group, cast.steering}
    assert not any(standing.of(cast.tunde).is_asked_by(body.pk) for body in (cast.network, cast.group, cast.steering))
    assert step_back_from_all(by=cast.tunde) == begun
    assert len(come_back_to_all(by=cast.tunde)) == 3
    assert come_back_to_all(by=cast.tunde) == []
    with pytest.raises(Refused, match="nothing to step back from"):
        step_back_from_all(by=cast.owen)


# -- quorum and who sits there -----------------------------------------------------------------------------------


def test_a_sides_minimum_never_falls(cast, term):
    """Before, during and after: the same counts of people make a quorum, and the one who is away is not among them."""
    asks = [(0, 2), (1, 1), (2, 1)]

    def verdicts():
        body = Body.objects.get(pk=cast.group.pk)
        return [quorum_of(body, {Side.PEER: peers, Side.STAFF: staff}).is_met for peers, staff in asks]

    before = verdicts()
    assert before == [False, True, True]
    step_back(by=cast.cass, term=term)
    step_back(by=cast.tunde, term=Term.objects.get(person=cast.tunde, body=cast.group))
    peers = [person for person, side in asked_to_sit(table_of(cast.group.pk)) if side == Side.PEER]
    assert (verdicts(), peers) == (before, [])
    assert quorum_of(cast.group, {Side.PEER: 0, Side.STAFF: 9}).missing == ("1 more peer",)
    come_back(by=cast.cass, term=term)
    assert (verdicts(), short(members_of([cast.group.pk]))) == (before, ["cass", "nadia", "priya"])


def test_a_seat_on_a_break_cannot_be_filled(cast, term):
    step_back(by=cast.cass, term=term)
    with pytest.raises(Refused, match="Someone else has this seat"):
        seat_person(
            by=cast.grace,
            seat=term.seat,
            person=cast.ishani,
            starts_on=clock.today(),
            ends_on=clock.today() + dt.timedelta(days=30),
        )


def test_a_break_counts_for_the_days_it_lasts(cast, term):
    step_back(by=cast.cass, term=term)
    with clock.set_to(at("2026-09-11")):
        come_back(by=cast.cass, term=term)
    for on, there in (("2026-08-31", True), ("2026-09-01", False), ("2026-09-10", False), ("2026-09-11", True)):
        assert ("cass" in short(members_of([cast.group.pk], on=day(on)))) == there, on


# -- co-leads ------------------------------------------------------------------------------------------------------


def test_a_co_leads_part_rests_and_is_not_vacant(cast):
    term = Term.objects.get(person=cast.tunde, body=cast.group)
    step_back(by=cast.tunde, term=term)
    assert (standing.of(cast.tunde).co_leads(cast.group.pk), co_leads_of(cast.group)) == (False, [cast.priya])
    assert standing.of(cast.priya).speaks_for(cast.group.pk) == Side.STAFF
    with pytest.raises(Refused, match="Someone holds this for that side already"):
        appoint(by=cast.grace, body=cast.group, person=cast.cass, kind=Office.Kind.CO_LEAD, side=Side.PEER)
    come_back(by=cast.tunde, term=term)
    assert standing.of(cast.tunde).co_lead_side(cast.group.pk) == Side.PEER
    assert co_leads_of(cast.group) == [cast.tunde, cast.priya]


def test_standing_is_still_one_query(cast, term, django_assert_num_queries):
    step_back(by=cast.cass, term=term)
    standing.forget(cast.cass)
    with django_assert_num_queries(1):
        assert standing.of(cast.cass).is_on_break_from(cast.group.pk)


# -- the end of a term, and days to make up ------------------------------------------------------------------------


def test_a_term_that_ends_during_the_break_ends(cast, term):
    Term.objects.filter(pk=term.pk).update(ends_on=day("2026-10-01"))
    step_back(by=cast.cass, term=term)
    with clock.set_to(at("2026-10-01")):
        standing.forget(cast.cass)
        assert not standing.of(cast.cass).sits_on(cast.group.pk)
        with pytest.raises(Refused, match="You do not have this seat now"):
            come_back(by=cast.cass, term=term)
        again = seat_person(
            by=cast.grace, seat=term.seat, person=cast.cass, starts_on=day("2026-10-01"), ends_on=day("2028-10-01")
        )
        assert standing.of(cast.cass).is_asked_by(cast.group.pk), "a new term is not on the old one's break"
        assert step_back(by=cast.cass, term=again).from_on == day("2026-10-01")


def away(cast, term, first, last):
    with clock.set_to(at(first)):
        step_back(by=cast.cass, term=term)
    with clock.set_to(at(last)):
        return come_back(by=cast.cass, term=term)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-09-01", "2026-09-11", 10),
        ("2026-10-24", "2026-10-26", 2),  # the clocks go back
        ("2027-03-27", "2027-03-29", 2),  # the clocks go forward
        ("2027-01-31", "2027-03-01", 29),  # over the end of a short month
        ("2028-02-28", "2028-03-01", 2),  # over a leap day
    ],
)
def test_days_away_may_be_added_once(cast, term, first, last, days):
    Term.objects.filter(pk=term.pk).update(ends_on=day("2028-08-31"))
    away(cast, term, first, last)
    with clock.set_to(at(last)):
        made = make_up_days(by=cast.cass, term=term)
        assert made.ends_on == day("2028-08-31") + dt.timedelta(days=days)
        assert make_up_days(by=cast.cass, term=term).ends_on == made.ends_on
        entry = AuditEntry.objects.get(verb="governance.extended_term")
        assert entry.facts == {"days": days, "ends_on": str(made.ends_on)}


def test_a_term_that_ends_on_a_leap_day_is_extended_by_days(cast, term):
    Term.objects.filter(pk=term.pk).update(ends_on=day("2028-02-29"))
    away(cast, term, "2026-09-01", "2026-09-02")
    with clock.set_to(at("2026-09-02")):
        assert make_up_days(by=cast.cass, term=term).ends_on == day("2028-03-01")


def test_a_break_of_no_day_adds_none(cast, term):
    away(cast, term, "2026-09-01", "2026-09-01")
    assert make_up_days(by=cast.cass, term=term).ends_on == term.ends_on
    assert not AuditEntry.objects.filter(verb="governance.extended_term").exists()


def test_days_that_a_successor_holds_are_not_added(cast, term):
    Term.objects.filter(pk=term.pk).update(ends_on=day("2026-10-01"))
    away(cast, term, "2026-09-01", "2026-09-11")
    kept = {"by": cast.grace, "seat": term.seat, "person": cast.ishani}
    seat_person(**kept, starts_on=day("2026-10-10"), ends_on=day("2028-10-10"))
    with clock.set_to(at("2026-09-11")), pytest.raises(Refused, match="not free"):
        make_up_days(by=cast.cass, term=term)
    Term.objects.filter(person=cast.ishani, body=cast.group).update(starts_on=day("2026-10-11"))
    with clock.set_to(at("2026-09-11")):
        assert make_up_days(by=cast.cass, term=term).ends_on == day("2026-10-11")


def test_days_of_ones_own_next_seat_or_past_the_seats_closing_are_not_added(cast, term):
    Term.objects.filter(pk=term.pk).update(ends_on=day("2026-10-01"))
    away(cast, term, "2026-09-01", "2026-09-11")
    other = seat(cast.group, None, Constituency.PEER)
    next_term = Term.objects.create(
        seat=other, body=cast.group, person=cast.cass, starts_on=day("2026-10-05"), ends_on=day("2027-10-05")
    )
    with clock.set_to(at("2026-09-11")):
        with pytest.raises(Refused, match="not free"):
            make_up_days(by=cast.cass, term=term)
        end_term(by=cast.grace, term=next_term)
        Seat.objects.filter(pk=term.seat_id).update(closed_on=day("2026-10-10"))
        with pytest.raises(Refused, match="not free"):
            make_up_days(by=cast.cass, term=term)
        Seat.objects.filter(pk=term.seat_id).update(closed_on=day("2026-10-11"))
        assert make_up_days(by=cast.cass, term=term).ends_on == day("2026-10-11")


def test_days_are_not_added_while_away_again(cast, term):
    away(cast, term, "2026-09-01", "2026-09-11")
    with clock.set_to(at("2026-09-20")):
        step_back(by=cast.cass, term=term)
        with pytest.raises(Refused, match="not free"):
            make_up_days(by=cast.cass, term=term)
    with clock.set_to(at("2026-09-25")):
        come_back(by=cast.cass, term=term)
        assert make_up_days(by=cast.cass, term=term).ends_on == term.ends_on + dt.timedelta(days=15)
