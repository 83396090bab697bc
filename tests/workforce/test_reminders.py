"""HR is told once a working day that something new is due: to HR's people only, and how much it is, not what."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import RoleHeld
from audit.models import AuditEntry
from core import clock
from notifications import outbox
from notifications.letters import write
from notifications.models import Message, MessageState
from oxleas_coprod import hr_reminders
from tests.cast import NAMES
from tests.conftest import MORNING
from tests.factories.workforce import OccupancyFactory, PositionFactory, VacancyFactory, days
from tests.support.discreet import own_words
from tests.support.races import at_once, race
from tests.workforce.conftest import soup, text_of
from workforce import due, reminders, services
from workforce.models import Digest, Occupancy, Reminded

DAY = dt.timedelta(days=1)
Kind = Reminded.Kind


def occupancy(**more):
    """Somebody in post of whom nothing is due, but for what is said."""
    return OccupancyFactory(**({"supervised": True, "review_on": None} | more))


@pytest.fixture
def everything_due(cast):
    """One of each kind, in the order of `Kind`; their days are the fourteenth from now, or long past."""
    PositionFactory(closed=True, overdue=True)  # a post that is closed is not reviewed
    return {
        Kind.PROBATION: occupancy(probation_starts_on=days(-80), probation_ends_on=days(14)),
        Kind.REVIEW: occupancy(review_on=days(14)),
        Kind.ROLE_REVIEW: PositionFactory(review_on=days(14)),
        Kind.ENDING: occupancy(contract="fixed", expected_end_on=days(183)),
        Kind.CHECKS: VacancyFactory(in_checks=True, opened_at=MORNING - 29 * DAY),
        Kind.UNSUPERVISED: occupancy(supervised=False),
    }


def letters():
    written, unsent = write(Message.objects.filter(kind=hr_reminders.DUE.name).order_by("recipient_id"))
    return [letter.email for letter in written], [each.reason for each in unsent]


def counts():
    """Of each digest that was posted, oldest first, how many things it counted."""
    return list(Digest.objects.values_list("count", flat=True))


def next_day(number: int):
    return clock.set_to(MORNING + number * DAY)


# -- what is due ------------------------------------------------------------------------------------------------------


def test_each_kind_is_due_by_its_day(everything_due):
    assert sorted(due.found()) == sorted(
        [
            (Kind.PROBATION, everything_due[Kind.PROBATION].pk, days(14)),
            (Kind.REVIEW, everything_due[Kind.REVIEW].pk, days(14)),
            (Kind.ROLE_REVIEW, everything_due[Kind.ROLE_REVIEW].pk, days(14)),
            (Kind.ENDING, everything_due[Kind.ENDING].pk, days(183)),
            (Kind.CHECKS, everything_due[Kind.CHECKS].pk, days(-1)),
            (Kind.UNSUPERVISED, everything_due[Kind.UNSUPERVISED].pk, days(-400)),
        ]
    )


def test_what_is_a_day_early_settled_or_over_is_not_due(cast):
    occupancy(probation_starts_on=days(-80), probation_ends_on=days(15))
    occupancy(probation_starts_on=days(-80), probation_ends_on=days(1), probation_outcome="passed")
    occupancy(probation_starts_on=days(-90), probation_ends_on=days(-60), ended=True)
    occupancy(review_on=days(15))
    occupancy(review_on=days(-60), ended=True)
    PositionFactory(review_on=days(15))
    PositionFactory(overdue=True, closed=True)
    VacancyFactory(in_checks=True, opened_at=MORNING - 28 * DAY)
    assert list(due.found()) == []


def test_probation_that_was_made_longer_is_due_again(cast):
    occupancy(probation_starts_on=days(-80), probation_ends_on=days(3), probation_outcome="extended")
    assert [(kind, day) for kind, _, day in due.found()] == [(Kind.PROBATION, days(3))]


def test_finding_costs_one_query_a_kind(everything_due):
    occupancy(supervised=False)
    with CaptureQueriesContext(connection) as queries:
        list(due.found())
    assert len(queries) == len(Kind)


# -- once -------------------------------------------------------------------------------------------------------------


def test_one_message_each_for_those_who_read_role_records_and_for_nobody_else(cast, viewer, everything_due):
    RoleHeld.objects.create(person=cast.priya, role="hr_sensitive", from_at=clock.now(), given_by=cast.grace)
    RoleHeld.objects.create(
        person=cast.cass,
        role="hr_viewer",
        from_at=clock.now(),
        given_by=cast.grace,
        until_at=clock.now(),
        ended_by=cast.grace,
    )
    RoleHeld.objects.create(person=cast.leyla, role="hr_editor", from_at=clock.now(), given_by=cast.grace)
    assert reminders.remind() == 6
    assert set(Message.objects.values_list("recipient_id", flat=True)) == {cast.nadia.pk, viewer.pk}
    assert Message.objects.count() == 2
    entry = AuditEntry.objects.get(verb="workforce.reminded")
    assert (entry.system, entry.actor, entry.facts) == ("HR's reminders", None, {"count": 6})


def test_a_second_run_and_a_second_day_say_nothing_more(cast, everything_due):
    reminders.remind()
    assert reminders.remind() == 0
    with next_day(1):
        assert reminders.remind() == 0
    assert (counts(), Message.objects.count()) == ([6], 1)


def test_what_becomes_due_later_the_same_day_waits_for_the_next(cast, everything_due):
    reminders.remind()
    occupancy(review_on=days(2))
    assert reminders.remind() == 0
    with next_day(1):
        assert reminders.remind() == 1
    assert (counts(), Message.objects.count()) == ([6, 1], 2)


def test_told_again_when_the_date_changes_and_not_when_another_field_does(cast):
    row = occupancy(review_on=days(3))
    reminders.remind()
    with next_day(1):
        row.line_manager = "Heather Millbrook"
        services.keep(by=cast.nadia, record=row)
        assert reminders.remind() == 0
        row.review_on = days(9)
        services.keep(by=cast.nadia, record=row)
        assert reminders.remind() == 1


def test_told_again_when_a_peer_supervisor_leaves(cast):
    row = occupancy(supervised=False)
    reminders.remind()
    for day, name in ((1, "Juniper Hathersedge"), (2, "")):
        with next_day(day):
            row.peer_supervisor = name
            services.keep(by=cast.nadia, record=row)
            assert reminders.remind() == (0 if name else 1)
    assert list(Reminded.objects.values_list("due_on", flat=True)) == [days(-400), days(2)]


def test_without_a_peer_supervisor_since_the_day_nobody_was_named_any_more(cast):
    """The list begins with whoever waits longest, and a later change of something else moves nobody."""
    left, always = occupancy(supervised=True), occupancy(supervised=False)
    began, next_morning = days(-3), days(1)
    Occupancy.objects.filter(pk=always.pk).update(starts_on=began)
    with next_day(1):
        left.peer_supervisor = ""
        services.keep(by=cast.nadia, record=left)
    with next_day(2):
        left.hours = "30"
        services.keep(by=cast.nadia, record=left)
        assert [(pk, day) for kind, pk, day in due.found() if kind == Kind.UNSUPERVISED] == [
            (always.pk, began),
            (left.pk, next_morning),
        ]


def test_nobody_waits_for_a_peer_supervisor_before_they_are_in_post(cast):
    """Somebody who is to come loses the one who was named; then comes, with nobody named yet."""
    coming = occupancy(starts_on=days(3), supervised=True)
    coming.peer_supervisor = ""
    services.keep(by=cast.nadia, record=coming)
    assert list(due.found()) == []
    with next_day(5):
        assert [day for kind, _, day in due.found() if kind == Kind.UNSUPERVISED] == [dt.date(2026, 9, 4)]


def test_nobody_is_marked_as_told_while_there_is_nobody_to_tell(cast, everything_due):
    cast.nadia.roles.update(until_at=clock.now(), ended_by=cast.grace)
    assert (reminders.remind(), Reminded.objects.count(), Digest.objects.count()) == (0, 0, 0)


def test_with_nothing_due_nothing_is_written(cast):
    occupancy()
    assert (reminders.remind(), Digest.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_it_waits_for_work_to_begin_and_for_monday(cast, everything_due):
    saturday, monday = MORNING + 4 * DAY, MORNING + 6 * DAY
    for moment in (MORNING.replace(hour=7, minute=59), saturday, saturday + DAY):
        with clock.set_to(moment):
            assert reminders.remind() == 0
    with clock.set_to(monday.replace(hour=8)):  # nine o'clock in the summer
        assert reminders.remind() > 0


class Killed(BaseException):
    pass


def test_a_run_that_is_killed_between_leaves_nothing_and_the_next_tells_all(cast, everything_due, monkeypatch):
    def die(**_):
        raise Killed

    monkeypatch.setattr(reminders, "record", die)
    with pytest.raises(Killed):
        reminders.remind()
    assert (Digest.objects.count(), Reminded.objects.count(), Message.objects.count()) == (0, 0, 0)
    monkeypatch.undo()
    assert (reminders.remind(), Message.objects.count()) == (6, 1)


class TestRaces:
    pytestmark = race

    def test_of_two_workers_one_tells(self, cast, everything_due):
        outcomes = at_once(*[reminders.remind] * 4)
        assert (sorted(outcomes), counts(), Message.objects.count()) == ([0, 0, 0, 6], [6], 1)


# -- what is said -----------------------------------------------------------------------------------------------------


def test_every_letter_is_discreet(cast, viewer, everything_due):
    reminders.remind()
    sent, _ = letters()
    assert len(sent) == 2
    secrets = [
        "HR",
        "role record",
        "probation",
        "review",
        "fixed",
        "check",
        "supervis",
        "vacan",
        "post",
        "peer",
        "eer ",
    ]
    secrets += [name.split()[1] for name in NAMES.values()] + ["Winterbrook", "Northbrook", "3041", "Hathersedge"]
    for email in sent:
        assert email.subject == "A reminder"
        assert "There are 6 new things for you to look at. The page says what they are, and by when." in email.body
        assert [secret for secret in secrets if secret.lower() in own_words(email).lower()] == []
    assert set(Message.objects.values_list("about_type", flat=True)) == {"workforce.Digest"}


def test_one_thing_is_said_as_one(cast):
    occupancy(review_on=days(2))
    reminders.remind()
    assert "There is 1 new thing for you to look at. The page says what it is, and by when." in letters()[0][0].body


def test_it_is_not_sent_to_whoever_has_left_hr_since_nor_when_all_is_done(cast, viewer):
    row = occupancy(review_on=days(2))
    reminders.remind()
    viewer.roles.update(until_at=clock.now(), ended_by=cast.grace)
    assert letters()[1] == ["They do not look after these records any more."]
    row.review_on = days(90)
    services.keep(by=cast.nadia, record=row)
    assert sorted(letters()[1]) == ["Nothing of it waits any more.", "They do not look after these records any more."]


def test_it_goes_through_the_outbox_and_its_link_leads_to_what_is_due(cast, client, everything_due, mailoutbox):
    reminders.remind()
    assert outbox.drain() == 1
    assert Message.objects.get().state == MessageState.HANDED_OVER
    link = urlsplit(next(line for line in mailoutbox[0].body.splitlines() if "/l/" in line)).path
    page = client.post(link, follow=True)
    assert (page.redirect_chain[-1][0], page.status_code) == ("/hr/due/", 200)


# -- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_lists_each_kind_with_its_day(as_person, cast, everything_due):
    answer = as_person(cast.nadia).get("/hr/due/")
    found = soup(answer)
    assert [heading.get_text() for heading in found.select("main h2")] == [
        "Probation ends",
        "Reviews of people",
        "Reviews of roles",
        "Fixed terms that end in 6 months",
        "Checks slower than 4 weeks",
        "No peer supervisor",
    ]
    worker = everything_due[Kind.UNSUPERVISED].worker
    assert f"{worker.full_name}, Peer Support Worker" in text_of(answer)
    assert "Without since 28 July 2025" in text_of(answer)
    for link in found.select("main td a"):
        assert as_person(cast.nadia).get(link["href"]).status_code == 200


def test_the_page_says_when_there_is_nothing(as_person, cast):
    assert "Nothing is due now." in text_of(as_person(cast.nadia).get("/hr/due/"))


def test_many_of_a_kind_are_on_their_own_list(as_person, cast):
    position = PositionFactory()
    for _ in range(21):
        occupancy(supervised=False, position=position)
    client = as_person(cast.nadia)
    found = soup(client.get("/hr/due/"))
    assert len(found.select("tbody tr")) == 20
    more = found.find("a", string="See all: No peer supervisor")
    assert len(soup(client.get(more["href"])).select("tbody tr")) == 21


def test_the_page_costs_the_same_for_one_and_three_and_no_more_than_twelve(as_person, cast, everything_due):
    client = as_person(cast.nadia)
    client.get("/hr/due/")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/hr/due/")
        return len(queries)

    one = cost()
    for _ in range(2):
        occupancy(probation_starts_on=days(-80), probation_ends_on=days(1), supervised=False, review_on=days(1))
        VacancyFactory(in_checks=True, opened_at=MORNING - 90 * DAY)
    assert (cost(), one <= 12) == (one, True), one
