"""The pages of the groups: who sees what, and what happens when a button is pressed."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.permissions import can
from governance import standing
from governance.models import Body, Constituency, Seat
from taskgroups.models import JoinRequest, Remit
from taskgroups.permissions import SEE_REQUEST
from taskgroups.services import accept, ask_to_join
from taskgroups.workflows import RequestState
from tests.cast import NAMES, seat


def page(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def words(response):
    return page(response).get_text(" ", strip=True)


def url(name, row):
    return reverse(f"taskgroups:{name}", args=[row.pk])


@pytest.fixture
def asked(cast):
    return ask_to_join(by=cast.ishani, body=cast.group, line="I was on a ward for a year.", form_key=uuid.uuid4())


def names_in(response):
    text = words(response)
    return {name for name in NAMES.values() if name in text}


# -- the groups --------------------------------------------------------------------------------------------------


def test_the_list_shows_counts_and_names_nobody(cast, as_person):
    Remit.objects.create(body=cast.group, does="Writes the job description.", time_asked="2 hours", paid="Fares")
    shown = as_person(cast.ishani).get(reverse("taskgroups:groups"))
    assert names_in(shown) == set()
    assert "2 peers and 2 staff sit here. Empty: 1 seat for a peer, 1 seat for a staff sponsor" in words(shown)
    assert "Writes the job description." in words(shown)
    assert cast.network.name not in [card.find("h2").get_text() for card in page(shown).select(".nhsuk-card")]


def test_the_list_costs_the_same_for_one_group_and_for_three_more(cast, as_person):
    client = as_person(cast.cass)
    client.get(reverse("taskgroups:groups"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse("taskgroups:groups"))
    for number in range(3):
        body = Body.objects.create(kind=Body.Kind.TASK_GROUP, name=f"Group {number}", state=Body.State.ACTIVE)
        Remit.objects.create(body=body, does="Things", time_asked="2 hours", paid="Fares")
        seat(body, cast.samuel, Constituency.SPONSOR)
    with CaptureQueriesContext(connection) as more:
        shown = client.get(reverse("taskgroups:groups"))
    assert len(page(shown).select(".nhsuk-card")) == 6
    assert len(more) == len(few) <= 12


def test_a_group_names_its_people_to_its_people_only(cast, as_person):
    assert names_in(as_person(cast.morgan).get(url("group", cast.group))) == set()
    assert names_in(as_person(cast.ishani).get(url("group", cast.group))) == set()
    inside = {NAMES[who] for who in ("tunde", "priya", "cass", "nadia")}
    for who in ("cass", "nadia", "tunde", "grace"):
        assert names_in(as_person(cast.people[who]).get(url("group", cast.group))) == inside


def test_a_group_without_peers_is_shown_as_not_balanced(cast, as_person):
    body = Body.objects.create(kind=Body.Kind.TASK_GROUP, name="A new group", state=Body.State.FORMING)
    Seat.objects.create(body=body, constituency="peer", opened_on="2026-01-01")
    shown = words(as_person(cast.ishani).get(url("group", body)))
    assert "Not balanced: it needs a peer and someone from Corporate Services." in shown
    assert "Forming" in shown


def test_benefits_caution_stands_before_the_choice(cast, as_person):
    assert "A payment can change your benefits." in words(as_person(cast.ishani).get(url("join", cast.group)))


def test_the_network_and_wrong_ids_are_not_groups(cast, as_person):
    client = as_person(cast.cass)
    assert client.get(url("group", cast.network)).status_code == 404
    assert client.get(reverse("taskgroups:group", args=[uuid.uuid4()])).status_code == 404
    assert client.get(reverse("taskgroups:request", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.parametrize("who", ["owen", "robin", "grace", "cass"])
def test_whoever_cannot_have_a_seat_or_has_one_may_not_ask(cast, as_person, who):
    client = as_person(cast.people[who])
    assert client.get(url("join", cast.group)).status_code == 403
    assert client.post(url("join", cast.group), {"form_key": uuid.uuid4(), "step": "send"}).status_code == 403
    assert url("join", cast.group) not in str(page(client.get(url("group", cast.group))))
    assert not JoinRequest.objects.exists()


# -- asking ------------------------------------------------------------------------------------------------------


def test_ask_check_change_send(cast, as_person):
    client = as_person(cast.ishani)
    key = str(uuid.uuid4())
    said = {"form_key": key, "line": "I was on a ward."}
    checked = client.post(url("join", cast.group), said | {"step": "check"})
    assert "Check what you will send" in words(checked)
    assert "I was on a ward." in words(checked)
    assert not JoinRequest.objects.exists()
    changing = client.post(url("join", cast.group), said | {"step": "change"})
    assert page(changing).find("textarea").get_text(strip=True) == "I was on a ward."
    assert page(changing).find("input", {"name": "form_key"})["value"] == key
    for _ in range(2):
        sent = client.post(url("join", cast.group), said | {"step": "send"})
        assert sent.url == url("request", JoinRequest.objects.get())
    assert "Your request is sent" in words(client.get(sent.url))


def test_too_long_a_line_is_an_error_and_stays(cast, as_person):
    client = as_person(cast.ishani)
    shown = client.post(url("join", cast.group), {"form_key": uuid.uuid4(), "line": "x" * 501, "step": "send"})
    assert shown.status_code == 200
    assert "What you write can have up to 500 characters" in words(shown)
    assert page(shown).find("textarea").get_text(strip=True) == "x" * 501
    assert not JoinRequest.objects.exists()


def test_a_second_request_is_refused_in_words(cast, as_person, asked):
    shown = as_person(cast.ishani).post(url("join", cast.group), {"form_key": uuid.uuid4(), "step": "send"})
    assert "You have asked to join this group already." in words(shown)
    assert JoinRequest.objects.count() == 1


@pytest.mark.parametrize("state", [Body.State.PAUSED, Body.State.CLOSED])
def test_a_group_that_takes_nobody_says_so(cast, as_person, state):
    Body.objects.filter(pk=cast.group.pk).update(state=state)
    client = as_person(cast.ishani)
    assert f"This group is {state.label.lower()}, so nobody can join it now." in words(
        client.get(url("group", cast.group))
    )
    shown = client.post(url("join", cast.group), {"form_key": uuid.uuid4(), "step": "send"})
    assert f"This group is {state.label.lower()}, so nobody can join it now." in words(shown)


def test_a_broken_key_is_an_error_not_a_crash(cast, as_person):
    shown = as_person(cast.ishani).post(url("join", cast.group), {"form_key": "x", "step": "send"})
    assert shown.status_code == 200
    assert not JoinRequest.objects.exists()


# -- answering ---------------------------------------------------------------------------------------------------


def test_the_story_a_peer_and_a_sponsor_ask_and_a_co_lead_says_yes(cast, as_person):
    for who in (cast.ishani, cast.samuel):
        as_person(who).post(url("join", cast.group), {"form_key": uuid.uuid4(), "step": "send"})
    co_lead = as_person(cast.priya)
    shown = co_lead.get(url("requests", cast.group))
    assert names_in(shown) == {NAMES["ishani"], NAMES["samuel"]}
    assert "Now 2 peers and 2 staff sit here." in words(shown)
    for request in JoinRequest.objects.all():
        assert co_lead.post(url("accept", request)).url == url("requests", cast.group)
    for who in (cast.ishani, cast.samuel):
        standing.forget(who)
        assert standing.of(who).sits_on(cast.group.pk)
        assert "You have a seat" in words(as_person(who).get(url("request", who.join_requests.get())))
    assert "Now 3 peers and 3 staff sit here." in words(as_person(cast.priya).get(url("requests", cast.group)))


def test_no_empty_seat_is_said_on_the_page(cast, as_person, asked):
    other = ask_to_join(by=cast.morgan, body=cast.group, line="", form_key=uuid.uuid4())
    accept(by=cast.tunde, join_request=other)
    shown = as_person(cast.tunde).post(url("accept", asked))
    assert shown.status_code == 200
    assert "There is no empty seat for a peer." in words(shown)


def test_a_no_needs_a_reason_and_the_asker_reads_it(cast, as_person, asked):
    client = as_person(cast.tunde)
    assert "Give a reason" in words(client.post(url("decline", asked), {"reason": ""}))
    assert client.post(url("decline", asked), {"reason": "We start again in May."}).status_code == 302
    assert "We start again in May." in words(as_person(cast.ishani).get(url("request", asked)))


def test_taking_it_back(cast, as_person, asked):
    client = as_person(cast.ishani)
    assert client.post(url("withdraw", asked)).status_code == 302
    assert "You took this request back" in words(client.get(url("request", asked)))
    assert "There is nothing to answer now." in words(as_person(cast.tunde).get(url("requests", cast.group)))


def test_who_may_see_and_answer(cast, as_person, asked):
    may = {"ishani": (200, 403), "tunde": (200, 200), "priya": (200, 200), "grace": (200, 200)}
    for who, person in cast.people.items():
        if not person.is_active:
            continue
        client = as_person(person)
        seen = client.get(url("request", asked)).status_code
        listed = client.get(url("requests", cast.group)).status_code
        assert (seen, listed) == may.get(who, (404, 403)), who
        if who not in ("tunde", "priya", "grace"):
            expected = 403 if who == "ishani" else 404
            assert client.post(url("accept", asked)).status_code == expected
            assert client.post(url("decline", asked), {"reason": "x"}).status_code == expected
        if who != "ishani":
            assert client.post(url("withdraw", asked)).status_code == (403 if who in may else 404)
    asked.refresh_from_db()
    assert asked.state == RequestState.ASKED


def test_visible_to_and_the_permission_agree(cast, asked):

    for who, person in cast.people.items():
        seen = JoinRequest.objects.visible_to(person).filter(pk=asked.pk).exists()
        assert seen == can(person, SEE_REQUEST, asked), who


def test_requests_cost_the_same_for_one_and_for_three(cast, as_person, asked):
    client = as_person(cast.tunde)
    client.get(url("requests", cast.group))
    with CaptureQueriesContext(connection) as few:
        client.get(url("requests", cast.group))
    for who in (cast.samuel, cast.morgan):
        ask_to_join(by=who, body=cast.group, line="", form_key=uuid.uuid4())
    with CaptureQueriesContext(connection) as more:
        shown = client.get(url("requests", cast.group))
    assert len(page(shown).select(".nhsuk-card")) == 3
    assert len(more) == len(few) <= 12


def test_requests_come_page_by_page_oldest_first(cast, as_person):
    for number in range(21):
        person = Person.objects.create_person(email=f"asks{number}@anytown-riverside.example", name=f"Asks {number:02}")
        asked_at = clock.now() + dt.timedelta(minutes=number)
        JoinRequest.objects.create(body=cast.group, person=person, constituency="peer", asked_at=asked_at)
    client, path = as_person(cast.tunde), url("requests", cast.group)

    def shown(address):
        return [heading.get_text(strip=True) for heading in page(client.get(address)).select(".nhsuk-card h2")]

    assert shown(path) == [f"Asks {number:02}" for number in range(20)]
    [later] = page(client.get(path)).select("a[rel=next]")
    assert later["href"] == "?page=2"
    for wrong_or_last in ("2", "99"):
        assert shown(f"{path}?page={wrong_or_last}") == ["Asks 20"]
    assert shown(f"{path}?page=first") == shown(path)
