"""A table of the rules of seats: each case by the verb, with its words, and by the database where that can hold it.

`by the database` are the cases that a raw row, as an import would write it, meets as well.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import AuditEntry
from core.errors import Refused
from governance.models import Body, Constituency, Function, Seat, Term
from governance.services.seats import close_seat, end_term, open_seat, renew_term, seat_person
from notifications.models import Message
from taskgroups.seating import Chair, empty_seat

PEER, SPONSOR, CORPORATE = Constituency.PEER, Constituency.SPONSOR, Constituency.CORPORATE
START, END = dt.date(2026, 9, 1), dt.date(2028, 9, 1)
AWAY = "allows no more without a year away. They can have a seat here again from {}."


@dataclass
class Case:
    """Who is given which seat, from when, after which terms there; and what is said of it ("" for yes)."""

    says: str
    name: str
    who: str = "cass"
    constituency: Constituency = PEER
    starts: str = "2026-09-01"
    ends: str = "2028-09-01"
    state: str = "active"
    had: list[tuple[str, str]] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    closes: str | None = None
    most: int | None = None
    body: str = "other_group"
    by_database: bool = False

    def __str__(self) -> str:
        return self.name


YES = ""
CASES = [
    Case(YES, "a peer of the Network in a peer seat"),
    Case(YES, "a sponsor of the Network in a sponsor seat", who="samuel", constituency=SPONSOR),
    Case(YES, "anybody in a corporate seat", who="owen", constituency=CORPORATE),
    Case(YES, "anybody in the Network", who="owen", body="network"),
    Case("current member of the Network", "staff in a peer seat without membership as a peer", who="owen"),
    Case("current member of the Network", "a sponsor in a peer seat", who="samuel"),
    Case("current member of the Network", "a peer in a sponsor seat", constituency=SPONSOR),
    Case("current member of the Network", "staff in a peer seat of the Steering Group", who="owen", body="steering"),
    Case("no longer uses the service", "somebody deactivated", who="leyla"),
    Case("This group is paused.", "a paused group", state="paused", by_database=True),
    Case("This group has closed.", "a closed group", state="closed", by_database=True),
    Case("This group has closed.", "a merged group", state="merged", by_database=True),
    Case(YES, "a group that is forming", state="forming"),
    Case("The last day must come after the first.", "an empty time", ends="2026-09-01"),
    Case("The last day must come after the first.", "backwards", ends="2026-01-01", by_database=True),
    Case("This seat is not open", "before the seat was opened", starts="2025-12-31", by_database=True),
    Case("This seat is not open", "after it closes", closes="2027-01-01", by_database=True),
    Case(YES, "up to the day it closes", closes="2028-09-01"),
    Case("too far away", "for ever", ends="2999-01-01"),
    Case("Someone else has this seat", "on days of another", taken=[("2027-01-01", "2029-01-01")], by_database=True),
    Case(YES, "right before another", taken=[("2028-09-01", "2030-09-01")]),
    Case("already has a seat", "on days of one's own", had=[("2027-01-01", "2029-01-01")], by_database=True),
    Case(YES, "a second term", had=[("2024-09-01", "2026-09-01")]),
    Case(
        AWAY.format("1 September 2027"),
        "a third term",
        had=[("2022-09-01", "2024-09-01"), ("2024-09-01", "2026-09-01")],
    ),
    Case(
        AWAY.format("1 June 2027"),
        "a third term after three months",
        had=[("2022-06-01", "2024-06-01"), ("2024-06-01", "2026-06-01")],
    ),
    Case(
        AWAY.format("2 September 2026"),
        "a day less than a year away",
        had=[("2021-09-01", "2023-09-01"), ("2023-09-01", "2025-09-02")],
    ),
    Case(YES, "a year away", had=[("2021-09-01", "2023-09-01"), ("2023-09-01", "2025-09-01")]),
    Case(
        YES,
        "as many as one likes",
        most=0,
        had=[("2020-09-01", "2022-09-01"), ("2022-09-01", "2024-09-01"), ("2024-09-01", "2026-09-01")],
    ),
    Case("has had 1 term, and", "where one is the most", most=1, had=[("2024-09-01", "2026-09-01")]),
    Case(YES, "terms that were called off", had=[("2026-01-01", "2026-01-01"), ("2026-02-01", "2026-02-01")], most=1),
    Case(
        YES,
        "again and again in the Network",
        who="robin",
        body="network",
        had=[("2020-09-01", "2022-09-01"), ("2022-09-01", "2024-09-01"), ("2024-09-01", "2026-09-01")],
    ),
]


def day(text):
    return dt.date.fromisoformat(text)


def set_up(cast, case):
    """The seat, with what had been in it and in another before."""
    body = getattr(cast, case.body)
    opened = day("2026-01-01")
    function = Function.HR if case.constituency == CORPORATE else None
    seat = Seat.objects.create(body=body, constituency=case.constituency, function=function, opened_on=opened)
    before = Seat.objects.create(body=body, constituency=PEER, opened_on=day("2015-01-01"))
    person = cast.people[case.who]
    for starts, ends in case.had:
        Term.objects.create(seat=before, body=body, person=person, starts_on=day(starts), ends_on=day(ends))
    for starts, ends in case.taken:
        Term.objects.create(seat=seat, body=body, person=cast.ishani, starts_on=day(starts), ends_on=day(ends))
    if case.closes:
        Seat.objects.filter(pk=seat.pk).update(closed_on=day(case.closes))
    into = cast.group.pk if case.state == "merged" else None
    Body.objects.filter(pk=body.pk).update(state=case.state, merged_into=into, most_terms=case.most)
    return seat, person


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_verb(cast, case):
    seat, person = set_up(cast, case)
    before = Term.objects.count(), AuditEntry.objects.count()
    days = {"starts_on": day(case.starts), "ends_on": day(case.ends)}
    if case.says:
        with pytest.raises(Refused) as refused:
            seat_person(by=cast.grace, seat=seat, person=person, **days)
        assert case.says in refused.value.message
        assert (Term.objects.count(), AuditEntry.objects.count()) == before
    else:
        term = seat_person(by=cast.grace, seat=seat, person=person, **days)
        assert (term.starts_on, term.ends_on) == (day(case.starts), day(case.ends))
        assert AuditEntry.objects.filter(verb="governance.seated", about_id=term.pk).count() == 1
    assert not Message.objects.exists(), "rooms tell in their own words"


@pytest.mark.parametrize("case", [case for case in CASES if case.by_database or not case.says], ids=str)
def test_the_database(cast, case):
    """What it can hold, it refuses past the verb; and what is right, it takes."""
    seat, person = set_up(cast, case)
    before = Term.objects.count()
    raw = Term(seat=seat, body_id=seat.body_id, person=person, starts_on=day(case.starts), ends_on=day(case.ends))
    if not case.says:
        raw.save()
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        raw.save()
    assert Term.objects.count() == before


# -- the fifth person for four seats -----------------------------------------------------------------------------------


def test_the_fifth_person_for_four_seats_finds_none(cast):
    body = cast.group
    open_seat(by=cast.grace, body=body, constituency=PEER)
    chair = Chair(PEER)
    for person in (cast.ishani, cast.morgan):
        seat = empty_seat(body, chair, START, END)
        seat_person(by=cast.grace, seat=seat, person=person, starts_on=START, ends_on=END)
    assert Seat.objects.filter(body=body, constituency=PEER).count() == 4
    assert empty_seat(body, chair, START, END) is None
    fifth = cast.people["robin"]
    Term.objects.create(
        seat=open_seat(by=cast.grace, body=cast.network, constituency=PEER),
        body=cast.network,
        person=fifth,
        starts_on=START,
        ends_on=END,
    )
    for seat in Seat.objects.filter(body=body, constituency=PEER):
        with pytest.raises(Refused, match="Someone else has this seat"):
            seat_person(by=cast.grace, seat=seat, person=fifth, starts_on=START, ends_on=END)


# -- opening, closing, renewing, ending --------------------------------------------------------------------------------


def test_a_seat_closes_when_it_is_empty_and_its_record_stays(cast):
    taken = Seat.objects.get(terms__person=cast.cass, body=cast.group)
    with pytest.raises(Refused, match="Somebody has this seat"):
        close_seat(by=cast.grace, seat=taken)
    for name in ("closed_on",):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.filter(pk=taken.pk).update(**{name: START})
    end_term(by=cast.grace, term=taken.terms.get())
    assert close_seat(by=cast.grace, seat=taken).closed_on == START
    assert close_seat(by=cast.grace, seat=taken).closed_on == START
    assert AuditEntry.objects.filter(verb="governance.closed_seat").count() == 1
    assert taken.terms.count() == 1


def test_a_seat_does_not_close_under_somebody_who_is_still_to_come(cast):
    seat = Seat.objects.filter(body=cast.group, constituency=PEER, terms=None).get()
    later = dt.date(2027, 1, 1)
    seat_person(by=cast.grace, seat=seat, person=cast.ishani, starts_on=later, ends_on=END)
    with pytest.raises(Refused, match="Somebody has this seat"):
        close_seat(by=cast.grace, seat=seat)


def test_a_seat_that_was_opened_today_closes_tomorrow(cast):
    seat = open_seat(by=cast.grace, body=cast.group, constituency=PEER)
    assert close_seat(by=cast.grace, seat=seat).closed_on == dt.date(2026, 9, 2)


def test_a_term_is_renewed_once_in_the_same_seat(cast):
    term = cast.cass.terms.get(body=cast.group)
    ends = dt.date(2030, 9, 1)
    renewal = renew_term(by=cast.grace, term=term, ends_on=ends)
    assert (renewal.seat, renewal.person, renewal.renews) == (term.seat, cast.cass, term)
    assert (renewal.starts_on, renewal.ends_on) == (term.ends_on, ends)
    assert renew_term(by=cast.grace, term=term, ends_on=ends) == renewal
    with pytest.raises(Refused, match="allows no more without a year away"):
        renew_term(by=cast.grace, term=renewal, ends_on=dt.date(2032, 9, 1))


def test_a_renewal_is_refused_where_somebody_follows_and_after_the_end(cast):
    term = cast.cass.terms.get(body=cast.group)
    after = {"starts_on": term.ends_on, "ends_on": dt.date(2030, 9, 1)}
    Term.objects.create(seat=term.seat, body=cast.group, person=cast.ishani, **after)
    with pytest.raises(Refused, match="Someone else has this seat"):
        renew_term(by=cast.grace, term=term, ends_on=dt.date(2030, 9, 1))
    end_term(by=cast.grace, term=term)
    with pytest.raises(Refused, match="This time has ended"):
        renew_term(by=cast.grace, term=term, ends_on=dt.date(2030, 9, 1))


def test_ending_calls_the_renewal_off_and_it_can_be_given_anew(cast):
    term = cast.cass.terms.get(body=cast.group)
    renewal = renew_term(by=cast.grace, term=term, ends_on=dt.date(2030, 9, 1))
    end_term(by=cast.grace, term=renewal)
    renewal.refresh_from_db()
    assert renewal.ends_on == renewal.starts_on
    again = renew_term(by=cast.grace, term=term, ends_on=dt.date(2029, 9, 1))
    assert (again.renews_id, again.ends_on) == (term.pk, dt.date(2029, 9, 1))
    end_term(by=cast.grace, term=term)
    again.refresh_from_db()
    assert again.ends_on == again.starts_on


def test_calling_a_later_term_off_ends_no_office(cast):
    later = renew_term(by=cast.grace, term=cast.tunde.terms.get(body=cast.group), ends_on=dt.date(2030, 9, 1))
    end_term(by=cast.grace, term=later)
    assert cast.tunde.offices.get(body=cast.group).until_on is None


@pytest.mark.parametrize("wrong", ["other person", "other body", "overlaps", "twice"])
def test_the_database_holds_what_a_renewal_is(cast, wrong):
    term = cast.cass.terms.get(body=cast.group)
    seat = Seat.objects.filter(body=cast.group, constituency=PEER, terms=None).get()
    new = {"seat": seat, "body": cast.group, "person": cast.cass, "renews": term}
    new |= {"starts_on": term.ends_on, "ends_on": term.ends_on + dt.timedelta(days=90)}
    if wrong == "other person":
        new["person"] = cast.ishani
    elif wrong == "other body":
        far = Seat.objects.create(body=cast.other_group, constituency=PEER, opened_on=START)
        new |= {"seat": far, "body": cast.other_group}
    elif wrong == "overlaps":
        new |= {"starts_on": term.starts_on, "ends_on": term.starts_on}
    else:
        Term.objects.create(**new)
        new["starts_on"] = new["ends_on"]
        new["ends_on"] = new["starts_on"] + dt.timedelta(days=90)
    with pytest.raises(DatabaseError), transaction.atomic():
        Term.objects.create(**new)
