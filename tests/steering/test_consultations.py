"""Opening a draft for comment: who is asked, once, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from core.holidays import easter_sunday, holidays_within
from governance.models import Body, Side
from notifications.models import Message
from steering.models import Asked, Consultation, EqualityRecord, Policy
from steering.services import consultations, policies
from tests.factories.drafting import drafted, made_ready, opening, out_for_comment, text_at


def test_it_fixes_the_words_and_moves_the_policy(cast):
    consultation = out_for_comment(cast)
    policy = Policy.objects.get()
    assert policy.state == "consulting"
    assert consultation.version == policy.newest_shared
    assert consultation.version.sha256 != ""
    assert policy.open_version is None
    screening = EqualityRecord.objects.get()
    assert (screening.stage, screening.version, screening.by) == ("screening", consultation.version, cast.grace)


def test_each_member_is_asked_once_for_their_side_and_told_once(cast):
    consultation = out_for_comment(cast)
    peers = {cast.ishani, cast.tunde, cast.cass, cast.morgan}
    staff = {cast.priya, cast.samuel, cast.nadia}
    asked = Asked.objects.filter(consultation=consultation)
    assert {row.person for row in asked.filter(side=Side.PEER)} == peers
    assert {row.person for row in asked.filter(side=Side.STAFF)} == staff
    told = Message.objects.filter(kind="steering.consultation_opened")
    assert sorted(told.values_list("recipient_id", flat=True)) == sorted(p.pk for p in peers | staff)
    entry = AuditEntry.objects.get(verb="steering.opened_consultation")
    assert (entry.facts["peers"], entry.facts["staff"]) == (4, 3)


def test_who_left_is_not_asked(cast):
    assert not out_for_comment(cast).asked.filter(person=cast.leyla).exists()


def test_confirmed_twice_is_one_consultation(cast):
    facts = opening(cast, made_ready(cast, drafted(cast)))
    assert consultations.open_consultation(**facts) == consultations.open_consultation(**facts)
    assert Consultation.objects.count() == 1
    assert Message.objects.filter(kind="steering.consultation_opened").count() == 7


def test_neither_side_can_be_left_out(cast):
    policy = drafted(cast)
    for ready in (None, cast.tunde):
        if ready:
            policies.say_ready(by=ready, policy=policy)
        with pytest.raises(Refused, match="must wait"):
            consultations.open_consultation(**opening(cast, policy))
    assert not Consultation.objects.exists()


def test_a_word_changed_after_ready_stops_it(cast):
    policy = made_ready(cast, drafted(cast))
    seen = text_at(policy.open_version, 1)
    policies.edit_paragraph(by=cast.tunde, policy=policy, block=seen.block, seen=seen, text="Changed.")
    with pytest.raises(Refused):
        consultations.open_consultation(**opening(cast, policy))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "cannot close before"),
        (-30, "cannot close before"),
        (0, "at least 14 days"),
        (13, "at least 14 days"),
        (300, "6 months"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused_on_its_field(cast, days, words):
    policy = made_ready(cast, drafted(cast))
    closes_at = consultations.end_of(clock.today() + dt.timedelta(days=days))
    with pytest.raises(Refused, match=words) as refusal:
        consultations.open_consultation(**opening(cast, policy, closes_at=closes_at))
    assert refusal.value.field == "closes_on"
    policy.refresh_from_db()
    assert (policy.state, Message.objects.filter(kind="steering.consultation_opened").count()) == ("drafting", 0)


def test_fourteen_days_are_enough(cast):
    closes_at = consultations.end_of(clock.today() + dt.timedelta(days=14))
    assert out_for_comment(cast, closes_at=closes_at).last_day == clock.today() + dt.timedelta(days=14)


def test_a_body_where_nobody_sits_cannot_be_all_that_is_asked(cast):
    policy = made_ready(cast, drafted(cast))
    empty = Body.objects.create(kind=Body.Kind.TASK_GROUP, name="An empty group", state=Body.State.ACTIVE)
    with pytest.raises(Refused) as refusal:
        consultations.open_consultation(**opening(cast, policy, bodies=[empty]))
    assert refusal.value.field == "bodies"
    policy.refresh_from_db()
    assert policy.state == "drafting"


def test_open_and_closed_are_computed_to_the_instant(cast):
    consultation = out_for_comment(cast)
    closes = consultation.closes_at
    before = closes - dt.timedelta(microseconds=1)
    assert (consultation.is_open(before), consultation.has_closed(before)) == (True, False)
    assert (consultation.is_open(closes), consultation.has_closed(closes)) == (False, True)
    assert consultation.is_open(consultation.opens_at)
    assert not consultation.is_open(consultation.opens_at - dt.timedelta(microseconds=1))


def test_the_last_day_is_a_day_of_the_trust_across_the_change_of_clocks():
    last = dt.date(2026, 10, 25)
    assert consultations.end_of(last) == dt.datetime(2026, 10, 26, 0, 0, tzinfo=dt.UTC)
    assert consultations.end_of(last - dt.timedelta(days=1)) == dt.datetime(2026, 10, 24, 23, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter(year, day):
    assert easter_sunday(year) == dt.date(year, *day)


def test_long_holidays_in_a_window_are_named():
    day = dt.date
    assert holidays_within(day(2026, 9, 1), day(2026, 9, 29)) == []
    assert holidays_within(day(2026, 12, 1), day(2026, 12, 24)) == ["Christmas"]
    assert holidays_within(day(2027, 1, 1), day(2027, 1, 20)) == ["Christmas"]
    assert holidays_within(day(2027, 3, 1), day(2027, 3, 26)) == ["Easter"]
    assert holidays_within(day(2026, 12, 20), day(2027, 4, 20)) == ["Christmas", "Easter"]
