"""The pages of meetings: who sees what, and what each button does."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.permissions import can
from documents.models import Document, Version
from governance.models import Constituency
from meetings import papers, services
from meetings.models import Meeting, Reply
from meetings.papers import Paper
from meetings.permissions import SEE_MEETING
from tests.cast import NAMES, seat

STARTS = dt.datetime(2026, 9, 15, 13, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MINE = reverse("meetings:mine")
STEERING = ("tunde", "cass", "samuel", "yetunde", "grace")


def page(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def words(response):
    return page(response).get_text(" ", strip=True)


def url(name, row):
    return reverse(f"meetings:{name}", args=[row.pk])


def names_in(response):
    text = words(response)
    return {who for who, name in NAMES.items() if name in text}


def asked(**changed):
    said = {
        "form_key": str(uuid.uuid4()),
        "day_day": "15",
        "day_month": "9",
        "day_year": "2026",
        "starts": "2pm",
        "ends": "3:30pm",
        "place": "Room 2, Larch House",
        "link": "",
        "phone_in": "020 7946 0001",
        "title": "The supervision draft",
        "purpose": "agree",
    }
    return said | changed


@pytest.fixture
def meeting(cast):
    return services.call_meeting(
        by=cast.grace,
        body=cast.steering,
        starts_at=STARTS,
        ends_at=STARTS + HOUR,
        place="Room 2, Larch House",
        link="https://meet.example/abc",
        phone_in="",
        items=[("The supervision draft", "agree", None)],
        form_key=uuid.uuid4(),
    )


@pytest.fixture
def version(cast):
    document = Document.objects.create(title="Supervision")
    return Version.objects.create(document=document, major=0, minor=1, made_at=clock.now(), made_by=cast.grace)


@pytest.fixture
def finder(cast, version, monkeypatch):
    """A room above that lets only Grace and Cass read the version."""

    def find(person, keys):
        may = person in (cast.grace, cast.cass)
        return {key: Paper("Supervision, draft 0.1", "/policies/x/") for key in keys if may and key == version.pk}

    monkeypatch.setattr(papers, "_finders", [find])


# -- calling -----------------------------------------------------------------------------------------------------


def test_calling_in_local_time_and_twice_is_one_meeting(cast, as_person):
    client, said = as_person(cast.grace), asked()
    for _ in range(2):
        called = client.post(url("call", cast.steering), said)
        assert called.url == url("meeting", Meeting.objects.get())
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.ends_at) == (STARTS, STARTS + 1.5 * HOUR)
    shown = words(client.get(called.url))
    for said in ("Tuesday 15 September 2026", "2pm to 3:30pm", "Room 2, Larch House", "020 7946 0001"):
        assert said in shown


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"ends": "1pm"}, "The meeting must end after it starts."),
        ({"ends": "2pm"}, "The meeting must end after it starts."),
        ({"day_year": "2025"}, "The meeting must start in the future."),
        ({"day_year": "2031"}, "The meeting must be in the next 2 years."),
        ({"day_day": "31"}, "The date must be a real date"),
        ({"starts": "25pm"}, "Enter a time like 9:30am or 2pm"),
        ({"starts": ""}, "Enter the time it starts"),
        ({"place": " "}, "Enter where the meeting is"),
        ({"place": "x" * 201}, "The place can have up to 200 characters"),
        ({"title": ""}, "Enter what the meeting is about"),
        ({"purpose": "fight"}, "Select a valid choice"),
        ({"link": "javascript:alert(1)"}, "Enter a link that starts with https://"),
        ({"link": "ftp://files.example/"}, "Enter a link that starts with https://"),
        ({"form_key": "x"}, "There is a problem"),
        ({"paper": "x"}, "There is a problem"),
        ({"paper": str(uuid.uuid4())}, "The paper for this meeting was not found."),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(cast, as_person, changed, error):
    shown = as_person(cast.grace).post(url("call", cast.steering), asked(**changed))
    assert shown.status_code == 200
    assert "There is a problem" in words(shown)
    assert error in words(shown)
    if "phone_in" not in changed:
        assert page(shown).find("input", {"name": "phone_in"})["value"] == "020 7946 0001"
    assert not Meeting.objects.exists()


def test_only_who_runs_a_body_calls_its_meetings(cast, as_person):
    may = {cast.group: {"tunde", "priya"}, cast.steering: {"grace"}, cast.network: set()}
    for body, those in may.items():
        for who, person in cast.people.items():
            if person.is_active:
                client = as_person(person)
                assert client.get(url("call", body)).status_code == (200 if who in those else 403), (who, body.name)
                if who not in those:
                    assert client.post(url("call", body), asked()).status_code == 403
    assert as_person(cast.grace).get(reverse("meetings:call", args=[uuid.uuid4()])).status_code == 404
    assert not Meeting.objects.exists()


def test_a_paper_comes_along_and_only_readers_are_led_to_it(cast, as_person, version, finder):
    client = as_person(cast.grace)
    form = page(client.get(url("call", cast.steering), {"paper": version.pk}))
    assert form.find("input", {"name": "title"})["value"] == "Supervision, draft 0.1"
    assert form.find("input", {"name": "paper"})["value"] == str(version.pk)
    called = client.post(url("call", cast.steering), asked(paper=str(version.pk))).url
    assert Meeting.objects.get().items.get().paper == version
    assert page(as_person(cast.cass).get(called)).find("a", href="/policies/x/")
    assert not page(as_person(cast.samuel).get(called)).find("a", href="/policies/x/")


def test_a_paper_the_caller_may_not_read_is_not_put_before_a_meeting(cast, as_person, version, finder):
    client = as_person(cast.tunde)
    form = page(client.get(url("call", cast.group), {"paper": version.pk}))
    assert not form.find("input", {"name": "title"}).get("value")
    shown = client.post(url("call", cast.group), asked(paper=str(version.pk)))
    assert "The paper for this meeting was not found." in words(shown)
    assert client.get(url("call", cast.group), {"paper": "nonsense"}).status_code == 200


# -- one meeting -------------------------------------------------------------------------------------------------


def test_members_see_counts_and_those_who_run_it_see_names(cast, as_person, meeting):
    services.reply(by=cast.cass, meeting=meeting, answer=Reply.Answer.COMING)
    for who in ("tunde", "samuel"):
        shown = as_person(cast.people[who]).get(url("meeting", meeting))
        assert "Peers: 1 of 2 said they will come" in words(shown)
        assert "Staff: 0 of 2 said they will come" in words(shown)
        assert names_in(shown) == set()
    shown = as_person(cast.grace).get(url("meeting", meeting))
    assert names_in(shown) == {"tunde", "cass", "samuel", "yetunde"}
    rows = [row.get_text(" ", strip=True) for row in page(shown).select("tbody tr")]
    assert rows == [
        "Cass Tinderly Coming",
        "Tunde Osterfield No answer yet",
        "Samuel Thistlemoor No answer yet",
        "Yetunde Larchmere No answer yet",
    ]


def test_only_people_of_the_body_know_of_it(cast, as_person, meeting):
    for who, person in cast.people.items():
        assert Meeting.objects.visible_to(person).exists() == can(person, SEE_MEETING, meeting) == (who in STEERING)
        if not person.is_active:
            continue
        client, known = as_person(person), who in STEERING
        assert client.get(url("meeting", meeting)).status_code == (200 if known else 404), who
        for name in ("change", "cancel", "presence"):
            expected = 200 if who == "grace" else 403 if known else 404
            assert client.get(url(name, meeting)).status_code == expected, (who, name)
            if who != "grace":
                assert client.post(url(name, meeting), asked()).status_code == expected
        answered = client.post(url("reply", meeting), {"answer": "coming"}).status_code
        assert answered == (403 if who == "grace" else 302 if known else 404), who
        assert str(meeting.pk) in client.get(MINE).content.decode() or not known
        assert known or str(meeting.pk) not in client.get(MINE).content.decode()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (Meeting.State.PLANNED, 0)


def test_answering_and_changing_the_answer(cast, as_person, meeting):
    client = as_person(cast.cass)
    assert "Choose if you can come" in words(client.post(url("reply", meeting), {}))
    assert "Choose one of the answers" in words(client.post(url("reply", meeting), {"answer": "maybe"}))
    assert not Reply.objects.exists()
    for answer in ("coming", "unsure"):
        assert client.post(url("reply", meeting), {"answer": answer}).status_code == 302
    assert Reply.objects.get().answer == "unsure"
    assert page(client.get(url("meeting", meeting))).find("input", {"value": "unsure"}).has_attr("checked")
    assert client.get(url("reply", meeting)).url == url("meeting", meeting)
    with clock.set_to(STARTS):
        client.logout()
        client = as_person(cast.cass)
        assert "has begun" in words(client.post(url("reply", meeting), {"answer": "coming"}))
        assert not page(client.get(url("meeting", meeting))).find("form")
    assert Reply.objects.get().answer == "unsure"


def test_changing_and_cancelling(cast, as_person, meeting):
    client = as_person(cast.grace)
    shown = page(client.get(url("change", meeting)))
    assert (shown.find("input", {"name": "starts"})["value"], shown.find("input", {"name": "day_day"})["value"]) == (
        "2pm",
        "15",
    )
    assert "The meeting must end after" in words(client.post(url("change", meeting), asked(ends="1pm")))
    assert client.post(url("change", meeting), asked(starts="4pm", ends="5pm")).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (STARTS + 2 * HOUR, 1)
    assert "You cannot undo this." in words(client.get(url("cancel", meeting)))
    assert client.post(url("cancel", meeting)).status_code == 302
    assert "This meeting is cancelled." in words(as_person(cast.cass).get(url("meeting", meeting)))
    again = as_person(cast.grace).post(url("cancel", meeting))
    assert "it is cancelled" in words(again)


def test_recording_who_was_there_and_whether_it_was_enough(cast, as_person, meeting):
    client = as_person(cast.grace)
    early = client.post(url("presence", meeting), {"present": [cast.cass.pk]})
    assert "has not begun yet" in words(early)
    with clock.set_to(STARTS + HOUR):
        client.logout()
        client = as_person(cast.grace)
        assert "Choose who was there" in words(client.post(url("presence", meeting), {}))
        assert "Choose people from the list" in words(client.post(url("presence", meeting), {"present": ["x"]}))
        wrong = client.post(url("presence", meeting), {"present": [cast.owen.pk]})
        assert "Choose people from the list" in words(wrong)
        there = [cast.cass.pk, cast.samuel.pk, cast.yetunde.pk]
        assert client.post(url("presence", meeting), {"present": there}).status_code == 302
        shown = words(as_person(cast.tunde).get(url("meeting", meeting)))
        assert "1 peer and 2 staff. There were not enough people to decide: 1 more peer needed." in shown
        client = as_person(cast.grace)
        ticked = page(client.get(url("presence", meeting))).select("input[checked]")
        assert {int(box["value"]) for box in ticked} == set(there)
        assert client.post(url("presence", meeting), {"present": [*there, cast.tunde.pk]}).status_code == 302
        shown = words(client.get(url("meeting", meeting)))
        assert "2 peers and 2 staff. There were enough people of each side to decide." in shown


# -- lists -------------------------------------------------------------------------------------------------------


def test_my_meetings_say_what_is_to_come_and_my_answer(cast, as_person, meeting):
    services.reply(by=cast.cass, meeting=meeting, answer=Reply.Answer.COMING)
    assert "Your answer: I will come" in words(as_person(cast.cass).get(MINE))
    assert "You have not answered yet" in words(as_person(cast.samuel).get(MINE))
    assert "answer" not in words(as_person(cast.grace).get(MINE))
    assert url("call", cast.steering) not in as_person(cast.cass).get(MINE).content.decode()
    assert url("call", cast.steering) in as_person(cast.grace).get(MINE).content.decode()
    assert "There is no meeting planned." in words(as_person(cast.ishani).get(MINE))
    with clock.set_to(STARTS + 2 * HOUR):
        assert "There is no meeting planned." in words(as_person(cast.cass).get(MINE))
        assert "Past" in words(as_person(cast.cass).get(MINE))


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked_for:
        shown = client.get(path)
    assert shown.status_code == 200
    return len(asked_for)


def test_pages_cost_the_same_for_one_row_and_for_three(cast, as_person, meeting):
    client = as_person(cast.grace)
    few = [queries(client, path) for path in (MINE, url("meeting", meeting), url("presence", meeting))]
    for who in ("ishani", "morgan"):
        seat(cast.steering, cast.people[who], Constituency.PEER)
        services.reply(by=cast.people[who], meeting=meeting, answer=Reply.Answer.COMING)
    for days in (1, 2):
        services.call_meeting(
            by=cast.grace,
            body=cast.steering,
            starts_at=STARTS + dt.timedelta(days=days),
            ends_at=STARTS + dt.timedelta(days=days) + HOUR,
            place="Room 2",
            link="",
            phone_in="",
            items=[("One", "note", None), ("Two", "discuss", None)],
            form_key=uuid.uuid4(),
        )
    more = [queries(client, path) for path in (MINE, url("meeting", meeting), url("presence", meeting))]
    assert more == few
    assert max(more) <= 12
