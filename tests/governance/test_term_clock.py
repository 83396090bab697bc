"""The term clock: 90 and 30 days before the end, once each, however often it runs; and what the member answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance.models import Body, Stage, StayAnswer, Term, TermNotice
from governance.services.breaks import come_back, step_back
from governance.services.seats import seat_person
from governance.services.term_clock import answer_stay, notice_what_ends
from governance.tasks import notice_what_ends as task
from notifications.models import Message

YES, TALK, NO = StayAnswer.Answer.YES, StayAnswer.Answer.TALK, StayAnswer.Answer.NO


def at(text, hour=12):
    return dt.datetime.fromisoformat(f"{text}T{hour:02}:00:00+00:00")


def told(kind):
    found = Message.objects.filter(kind=f"governance.{kind}").values_list("recipient__email", flat=True)
    return sorted(address.partition("@")[0] for address in found)


def ends(person, body, text):
    Term.objects.filter(person=person, body=body).update(ends_on=dt.date.fromisoformat(text))
    return Term.objects.get(person=person, body=body)


@pytest.fixture
def term(cast):
    """Cass on Task Group 1, until 1 December 2026: 90 days before is 2 September, 30 days before 1 November."""
    return ends(cast.cass, cast.group, "2026-12-01")


def run(text, hour=12, times=1):
    with clock.set_to(at(text, hour)):
        return sum(notice_what_ends() for _ in range(times))


def stages(term):
    return list(TermNotice.objects.filter(term=term).order_by("-stage").values_list("stage", flat=True))


def test_ninety_and_thirty_days_before(cast, term):
    assert (run("2026-09-01"), stages(term)) == (0, [])
    assert (run("2026-09-02"), stages(term)) == (1, [90])
    assert (told("stay_asked"), told("seat_needs_you")) == (["cass"], ["grace", "priya", "tunde"])
    assert (run("2026-10-31"), stages(term)) == (0, [90])
    assert (run("2026-11-01"), stages(term)) == (1, [90, 30])
    assert (told("stay_asked"), len(told("seat_needs_you"))) == (["cass"] * 2, 6)
    entry = AuditEntry.objects.filter(verb="governance.noticed_term_ends").first()
    assert (entry.actor, entry.system, entry.facts) == (None, "term clock", {"stage": 90})


def test_three_beats_and_running_again_change_nothing(cast, term):
    run("2026-09-02", times=3)
    run("2026-09-03", times=3)
    assert (stages(term), told("stay_asked")) == ([90], ["cass"])
    assert len(told("seat_needs_you")) == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        TermNotice.objects.create(term=term, stage=90, noticed_on=clock.today())


def test_a_missed_month_is_caught_up_without_both_at_once(cast, term):
    run("2026-11-20", times=2)
    assert (stages(term), told("stay_asked")) == ([30], ["cass"])


def test_a_few_missed_days_are_caught_up(cast, term):
    run("2026-09-09")
    assert stages(term) == [90]


def test_nothing_once_it_has_ended_or_on_the_last_day_only_the_last(cast, term):
    run("2026-11-30")
    assert stages(term) == [30]
    ends(cast.nadia, cast.group, "2026-12-01")
    run("2026-12-01")
    assert not TermNotice.objects.filter(term__person=cast.nadia).exists()


@pytest.mark.parametrize(
    ("ends_on", "stage", "due"),
    [
        ("2026-12-31", 90, "2026-10-02"),  # over the end of summer time
        ("2026-11-30", 30, "2026-10-31"),
        ("2026-11-24", 30, "2026-10-25"),  # the day the clocks go back
        ("2027-04-27", 30, "2027-03-28"),  # the day they go forward
        ("2027-03-01", 30, "2027-01-30"),  # the end of a month, into a short one
        ("2028-03-30", 30, "2028-02-29"),  # a leap day
        ("2028-02-29", 90, "2027-12-01"),
        ("2028-05-29", 90, "2028-02-29"),
    ],
)
def test_days_are_counted_by_the_calendar(cast, ends_on, stage, due):
    term = ends(cast.cass, cast.group, ends_on)
    if stage == 30:
        TermNotice.objects.create(term=term, stage=90, noticed_on=clock.today(), asked_on=clock.today())
    before = dt.date.fromisoformat(due) - dt.timedelta(days=1)
    run(str(before))
    assert stage not in stages(term)
    run(due)
    assert stage in stages(term)


@pytest.mark.parametrize(
    ("day", "hour", "noticed"),
    [
        ("2026-09-02", 7, 0),  # 8am in summer
        ("2026-09-02", 8, 1),  # 9am
        ("2026-12-02", 8, 0),  # 8am in winter
        ("2026-12-02", 9, 1),
        ("2026-10-25", 8, 0),  # 8am on the morning after the clocks went back
        ("2026-10-25", 9, 1),
        ("2027-03-28", 7, 0),  # 8am on the morning after they went forward
        ("2027-03-28", 8, 1),
    ],
)
def test_nobodys_phone_rings_before_nine(cast, day, hour, noticed):
    ends(cast.cass, cast.group, str(dt.date.fromisoformat(day) + dt.timedelta(days=90)))
    assert run(day, hour) == noticed


def test_those_who_look_after_the_seats_hear_once_of_several_that_end_on_one_day(cast, term):
    ends(cast.nadia, cast.group, "2026-12-01")
    run("2026-09-02")
    assert (told("seat_needs_you"), told("stay_asked")) == (["grace", "priya", "tunde"], ["cass", "nadia"])


def test_a_co_lead_is_asked_about_their_own_seat_and_not_told_of_it(cast):
    ends(cast.tunde, cast.group, "2026-12-01")
    run("2026-09-02")
    assert (told("seat_needs_you"), told("stay_asked")) == (["grace", "priya"], ["tunde"])


def test_a_short_term_is_not_noticed_on_the_day_it_begins(cast, term):
    Term.objects.filter(pk=term.pk).update(starts_on=dt.date(2026, 10, 1))
    assert run("2026-10-02") == 0
    run("2026-11-01")
    assert stages(term) == [30]


def test_a_seat_that_somebody_follows_on_needs_nobody(cast, term):
    later = {"by": cast.grace, "starts_on": dt.date(2026, 12, 1), "ends_on": dt.date(2028, 12, 1)}
    seat_person(seat=term.seat, person=cast.ishani, **later)
    assert run("2026-09-02") == 0


def test_closed_bodies_and_people_who_left_are_not_asked(cast, term):
    ends(cast.morgan, cast.other_group, "2026-12-01")
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    cast.morgan.is_active = False
    cast.morgan.save()
    assert run("2026-09-02") == 0


def test_on_a_break_one_is_asked_once_back(cast, term):
    step_back(by=cast.cass, term=term)
    run("2026-09-02", times=2)
    assert (stages(term), told("stay_asked"), told("seat_needs_you")) == ([90], [], ["grace", "priya", "tunde"])
    with clock.set_to(at("2026-09-20")):
        come_back(by=cast.cass, term=term)
    run("2026-09-20", times=2)
    assert (told("stay_asked"), len(told("seat_needs_you"))) == (["cass"], 3)


def test_the_clock_runs_every_minute():
    assert settings.CELERY_BEAT_SCHEDULE["term clock"] == {"task": task.name, "schedule": 60.0}


# -- the answer ----------------------------------------------------------------------------------------------------


@pytest.fixture
def notice(cast, term):
    run("2026-09-02")
    Message.objects.all().delete()
    return TermNotice.objects.get(term=term, stage=Stage.NINETY)


def test_an_answer_is_kept_with_who_and_when_and_can_be_changed(cast, notice):
    with clock.set_to(at("2026-09-03")):
        answer_stay(by=cast.cass, notice=notice, answer=TALK)
        answer_stay(by=cast.cass, notice=notice, answer=TALK)
    assert told("stay_answered") == ["grace", "priya", "tunde"]
    with clock.set_to(at("2026-09-04")):
        given = answer_stay(by=cast.cass, notice=notice, answer=NO)
    assert StayAnswer.objects.get() == given
    assert (given.answer, given.answered_by, given.answered_at) == (NO, cast.cass, at("2026-09-04"))
    assert len(told("stay_answered")) == 6


def test_whoever_has_answered_is_not_asked_again(cast, notice):
    answer_stay(by=cast.cass, notice=notice, answer=YES)
    run("2026-11-01")
    assert (stages(notice.term), told("stay_asked")) == ([90, 30], [])
    assert told("seat_needs_you") == ["grace", "priya", "tunde"]


def test_nobody_else_answers_and_nobody_after_the_end(cast, notice):
    with pytest.raises(Refused, match="You do not have this seat now"):
        answer_stay(by=cast.tunde, notice=notice, answer=YES)
    with clock.set_to(at("2026-12-01")), pytest.raises(Refused, match="You do not have this seat now"):
        answer_stay(by=cast.cass, notice=notice, answer=YES)
    assert not StayAnswer.objects.exists()
