"""Who shared what they need is flagged to those who run the meeting; afterwards they are asked if it was there."""

from __future__ import annotations

import datetime as dt
import uuid
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.services import delete_passport, share_with_body, stop_sharing_with_body
from audit.models import AuditEntry, Look
from core import clock
from core.errors import Refused
from meetings import services
from meetings.models import NeedsMet
from meetings.presenters import unmet as those_unmet
from notifications.letters import write
from notifications.models import Message
from tests.access.said import say
from tests.conftest import MORNING

HOUR = dt.timedelta(hours=1)
UNMET = reverse("meetings:unmet")
FLAG = "Has access needs, shared"


def called(cast, body="group", by="tunde"):
    return services.call_meeting(
        by=getattr(cast, by),
        body=getattr(cast, body),
        starts_at=clock.now() + HOUR,
        ends_at=clock.now() + 2 * HOUR,
        place="Room 2",
        link="",
        phone_in="",
        items=[("A draft", "agree", None)],
        form_key=uuid.uuid4(),
    )


def hold(cast, meeting, *there):
    with clock.set_to(meeting.starts_at):
        return services.record_held(by=cast.tunde, meeting=meeting, present=there or [cast.tunde])


@pytest.fixture
def meeting(cast):
    """Cass has shared what she needs with the group; Nadia has a passport and keeps it to herself."""
    say(cast.cass)
    say(cast.nadia)
    share_with_body(by=cast.cass, body=cast.group)
    return called(cast)


@pytest.fixture
def asked(cast, meeting):
    hold(cast, meeting)
    return NeedsMet.objects.get()


@pytest.fixture
def unmet(cast, asked):
    return services.say_if_needs_were_met(by=cast.cass, asked=asked, answer="no", words="No loop.")


def page(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def words(response):
    return page(response).get_text(" ", strip=True)


def url(name, row):
    return reverse(f"meetings:{name}", args=[row.pk])


def told(kind):
    return sorted(Message.objects.filter(kind=f"meetings.{kind}").values_list("recipient__email", flat=True))


# -- the flag ----------------------------------------------------------------------------------------------------------


def test_those_who_run_it_see_who_has_needs_and_not_which(cast, meeting, as_person):
    for reader in (cast.tunde, cast.priya):
        shown = as_person(reader).get(url("meeting", meeting))
        rows = [row.get_text(" ", strip=True) for row in page(shown).select("tbody tr")]
        assert [row for row in rows if FLAG in row] == [
            f"Cass Tinderly {FLAG} See what they shared : Cass Tinderly No answer yet"
        ]
        assert "Breaks" not in words(shown)
        link = page(shown).select_one("a[href*=passport]")["href"]
        assert as_person(reader).get(link).status_code == 200
    for other in (cast.cass, cast.nadia):
        shown = as_person(other).get(url("meeting", meeting))
        assert FLAG not in words(shown)
        assert "/passport/" not in str(page(shown))


def test_the_flag_stands_where_presence_is_recorded(cast, meeting, as_person):
    shown = as_person(cast.tunde).get(url("presence", meeting))
    flagged = [
        item.get_text(" ", strip=True) for item in page(shown).select(".nhsuk-checkboxes__item") if FLAG in str(item)
    ]
    assert flagged == [f"Cass Tinderly, peer {FLAG}"]
    assert "See what Cass Tinderly shared" in words(shown)
    stop_sharing_with_body(by=cast.cass, body=cast.group)
    assert FLAG not in words(as_person(cast.tunde).get(url("presence", meeting)))
    assert FLAG not in words(as_person(cast.tunde).get(url("meeting", meeting)))


def test_flags_cost_one_query_however_many(cast, meeting, as_person):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url("meeting", meeting))
        return len(queries)

    client = as_person(cast.tunde)
    client.get(url("meeting", meeting))
    few = cost()
    for person in (cast.nadia, cast.priya, cast.tunde):
        say(person, "format", chosen=["audio"])
        share_with_body(by=person, body=cast.group)
    assert cost() == few <= 12


# -- asking ------------------------------------------------------------------------------------------------------------


def test_each_who_shared_is_asked_once_whether_they_came_or_not(cast, meeting):
    hold(cast, meeting)
    hold(cast, meeting, cast.tunde, cast.cass)
    assert told("needs_asked") == ["cass@anytown-riverside.example"]
    asked = NeedsMet.objects.get()
    assert (asked.passport, asked.answer) == (cast.cass.passport, "")
    assert list(NeedsMet.objects.to_answer(cast.cass)) == [asked]
    assert list(NeedsMet.objects.to_answer(cast.nadia)) == []


def test_whoever_shares_with_another_body_is_not_asked_here(cast, meeting):
    stop_sharing_with_body(by=cast.cass, body=cast.group)
    share_with_body(by=cast.cass, body=cast.steering)
    hold(cast, meeting)
    assert not NeedsMet.objects.exists()
    assert told("needs_asked") == []


def test_the_message_tells_nothing_and_leads_to_the_question(cast, asked, client):
    letters, unsent = write(Message.objects.filter(kind="meetings.needs_asked"))
    email = letters[0].email
    assert (email.subject, unsent) == ("There is something new for you", [])
    for secret in ("Role design", "eer", "need", "access", "group", "Room", "Tunde"):
        assert secret not in email.body.replace("https://", ""), secret
    went = client.post(urlsplit(next(line for line in email.body.splitlines() if "/l/" in line)).path, follow=True)
    assert went.redirect_chain[-1][0] == url("needs", asked)
    assert "Was what you need there for you?" in words(went)


@pytest.mark.parametrize("gone", ["answered", "taken back", "deleted"])
def test_nobody_is_asked_what_is_no_longer_to_be_asked(cast, asked, gone):
    if gone == "answered":
        services.say_if_needs_were_met(by=cast.cass, asked=asked, answer="yes", words="")
    elif gone == "taken back":
        stop_sharing_with_body(by=cast.cass, body=cast.group)
    else:
        delete_passport(by=cast.cass)
    letters, unsent = write(Message.objects.filter(kind="meetings.needs_asked"))
    assert (letters, [each.reason for each in unsent]) == ([], ["It has been answered, or is no longer shared."])
    assert list(NeedsMet.objects.to_answer(cast.cass)) == []


# -- answering ---------------------------------------------------------------------------------------------------------


def test_yes_ends_it_and_nobody_is_told(cast, asked, as_person):
    went = as_person(cast.cass).post(url("needs", asked), {"answer": "yes", "words": ""})
    assert went.url == url("needs", asked)
    assert (told("needs_unmet"), those_unmet(cast.grace).count()) == ([], 0)
    assert NeedsMet.objects.get().answer == "yes"


@pytest.mark.parametrize("answer", ["partly", "no"])
def test_what_was_not_met_comes_to_those_who_may_act(cast, asked, as_person, answer):
    as_person(cast.cass).post(url("needs", asked), {"answer": answer, "words": "No loop."})
    assert told("needs_unmet") == ["grace@anytown-riverside.example"]
    assert {short for short, person in cast.people.items() if those_unmet(person).count()} == {
        "grace",
        "tunde",
        "priya",
    }
    listed = as_person(cast.grace).get(UNMET)
    assert f"Cass Tinderly: {answer}" in words(listed)
    assert "No loop." not in words(listed)
    assert "1 to act on" in words(as_person(cast.grace).get(reverse("meetings:mine")))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"words": "Kept words"}, "Choose yes, partly or no"),
        ({"answer": "maybe", "words": "Kept words"}, "Choose yes, partly or no"),
        ({"answer": "no", "words": "Kept words" * 200}, "up to 1,000 characters"),
    ],
)
def test_bad_answers_are_said_and_kept(cast, asked, as_person, typed, error):
    shown = as_person(cast.cass).post(url("needs", asked), typed)
    assert error in words(shown)
    assert "Kept words" in words(shown)
    assert NeedsMet.objects.get().answer == ""


def test_an_answer_may_be_changed_until_it_is_acted_on(cast, unmet):
    services.say_if_needs_were_met(by=cast.cass, asked=unmet, answer="no", words="No loop.")
    assert AuditEntry.objects.filter(verb="meetings.answered_needs").count() == 1
    changed = services.say_if_needs_were_met(by=cast.cass, asked=unmet, answer="yes", words="")
    assert (changed.answer, changed.words, those_unmet(cast.grace).count()) == ("yes", "", 0)
    with pytest.raises(Refused, match="what they needed was there"):
        services.act_on_needs(by=cast.grace, asked=unmet, done="I will book one.")
    services.say_if_needs_were_met(by=cast.cass, asked=unmet, answer="partly", words="")
    services.act_on_needs(by=cast.grace, asked=unmet, done="I will book one.")
    with pytest.raises(Refused, match="your answer stays as it is"):
        services.say_if_needs_were_met(by=cast.cass, asked=unmet, answer="yes", words="")


# -- acting ------------------------------------------------------------------------------------------------------------


def test_the_secretary_acts_and_the_person_sees_what_was_done(cast, unmet, as_person):
    client = as_person(cast.grace)
    assert "No loop." in words(client.get(url("act_on_needs", unmet)))
    assert Look.objects.get().what == "meetings.read_unmet_needs"
    for _ in range(2):
        assert client.post(url("act_on_needs", unmet), {"done": "I have booked a loop."}).url == UNMET
    assert AuditEntry.objects.filter(verb="meetings.acted_on_needs").count() == 1
    assert told("needs_acted_on") == ["cass@anytown-riverside.example"]
    acted = NeedsMet.objects.get()
    assert (acted.done_by, acted.done, those_unmet(cast.grace).count()) == (cast.grace, "I have booked a loop.", 0)
    assert "Done on 1 September 2026" in words(client.get(UNMET))
    assert "Grace Hollowbank, 1 September 2026" in words(client.get(url("act_on_needs", unmet)))
    own = words(as_person(cast.cass).get(url("needs", unmet)))
    assert "I have booked a loop." in own
    assert "No loop." in own
    assert "See what they shared that they need" in words(as_person(cast.priya).get(url("act_on_needs", unmet)))


def test_two_who_act_are_told_of_each_other_and_lose_no_words(cast, unmet, as_person):
    services.act_on_needs(by=cast.grace, asked=unmet, done="I have booked a loop.")
    shown = as_person(cast.priya).post(url("act_on_needs", unmet), {"done": "I asked the porter."})
    for said in ("Someone has already written what was done", "I have booked a loop.", "I asked the porter."):
        assert said in words(shown)


@pytest.mark.parametrize(("typed", "error"), [(" ", "Write what you did"), ("x" * 1001, "up to 1,000 characters")])
def test_nothing_done_is_not_done(cast, unmet, as_person, typed, error):
    assert error in words(as_person(cast.grace).post(url("act_on_needs", unmet), {"done": typed}))
    with pytest.raises(Refused, match="Write what you did about it"):
        services.act_on_needs(by=cast.grace, asked=unmet, done="  ")
    assert NeedsMet.objects.get().done_at is None


def test_nobody_acts_on_their_own(cast, as_person):
    say(cast.tunde)
    share_with_body(by=cast.tunde, body=cast.group)
    hold(cast, called(cast, by="priya"))
    asked = services.say_if_needs_were_met(by=cast.tunde, asked=NeedsMet.objects.get(), answer="no", words="")
    assert as_person(cast.tunde).get(url("act_on_needs", asked)).status_code == 403
    assert (those_unmet(cast.tunde).count(), those_unmet(cast.priya).count()) == (0, 1)


def test_a_look_that_cannot_be_logged_shows_nothing(cast, unmet, as_person, monkeypatch):
    def broken(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("meetings.services.record_look", broken)
    with pytest.raises(RuntimeError):
        as_person(cast.grace).get(url("act_on_needs", unmet))


def test_deleting_the_passport_takes_the_answers_with_it(cast, unmet, as_person):
    delete_passport(by=cast.cass)
    assert not NeedsMet.objects.exists()
    assert as_person(cast.grace).get(url("act_on_needs", unmet)).status_code == 404
    assert as_person(cast.cass).get(url("needs", unmet)).status_code == 404
    with pytest.raises(Refused, match="deleted by the person"):
        services.act_on_needs(by=cast.grace, asked=unmet, done="I will book one.")
    assert write(Message.objects.filter(kind="meetings.needs_unmet"))[0] == []


def test_the_lists_cost_the_same_at_one_and_three(cast, unmet, as_person):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(UNMET).status_code == 200
        return len(queries)

    client = as_person(cast.grace)
    client.get(UNMET)
    few = cost()
    for person in (cast.nadia, cast.tunde):
        say(person, "format", chosen=["audio"])
        share_with_body(by=person, body=cast.group)
    hold(cast, called(cast))
    for each in NeedsMet.objects.filter(answer=""):
        services.say_if_needs_were_met(by=each.passport.person, asked=each, answer="no", words="")
    assert those_unmet(cast.grace).count() == 4
    assert cost() == few <= 12


# -- the database ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "no", "answered_at": None},
        {"answer": "", "words_sealed": "x"},
        {"answer": "yes", "done_sealed": "x", "done_at": MORNING, "done_by": "grace"},
        {"answer": "no", "done_sealed": "", "done_at": MORNING, "done_by": "grace"},
        {"answer": "no", "done_sealed": "x", "done_at": MORNING},
        {"answer": "no", "done_sealed": "x"},
    ],
)
def test_the_database_refuses_what_cannot_be(cast, asked, wrong):
    row = {"answered_at": MORNING if wrong["answer"] else None} | wrong
    if "done_by" in row:
        row["done_by"] = cast.grace
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsMet.objects.filter(pk=asked.pk).update(**row)


def test_one_question_for_each_meeting_and_person(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsMet.objects.create(meeting=asked.meeting, passport=asked.passport, asked_at=MORNING)
