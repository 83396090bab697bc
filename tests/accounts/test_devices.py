"""Where one is logged in: seen by its owner, ended by its owner."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.devices import device_named
from accounts.models import LoginSession
from accounts.sessions import devices_of
from audit.models import AuditEntry
from core import clock
from tests.accounts.test_link_page import make_link
from tests.accounts.test_log_in import page, text
from tests.conftest import MORNING

DEVICES, END, OTHERS = "/account/devices/", "/account/devices/end/", "/account/devices/end-others/"
DETAILS = "/account/details/"

AGENTS = {
    "Chrome on an Android phone or tablet": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36",
    "Safari on an iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Chrome on an iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/131.0 Mobile Safari/604.1",
    "Edge on a Windows computer": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36 Edg/131.0",
    "Firefox on a Linux computer": "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    "Safari on a Mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15",
    "A browser on a phone or computer": "curl/8.0",
}
PHONE, DESK = "Safari on an iPhone", "Edge on a Windows computer"


@pytest.mark.parametrize(("name", "agent"), AGENTS.items(), ids=AGENTS)
def test_a_device_in_plain_words(name, agent):
    assert device_named(agent) == name


def logged_in(person, device=PHONE):
    client = Client(HTTP_USER_AGENT=AGENTS[device])
    client.post(f"/l/{make_link(person)}/")
    client.get(DETAILS)
    return client


def shown(client):
    return [each.get_text(strip=True) for each in page(client.get(DEVICES)).select("main .nhsuk-card h2")]


def button_of(client, device):
    """The form that ends that device, as a browser would send it."""
    cards = page(client.get(DEVICES)).select("main .nhsuk-card")
    (card,) = [card for card in cards if device in card.h2.get_text()]
    return {"device": card.select_one("input[name=device]")["value"]}


def test_this_one_first_then_the_last_used(cast):
    with clock.set_to(MORNING - dt.timedelta(hours=1)):
        old = logged_in(cast.ishani, "Safari on a Mac")
    desk, phone = logged_in(cast.ishani, DESK), logged_in(cast.ishani)
    logged_in(cast.morgan, "Firefox on a Linux computer")
    assert shown(phone) == [f"This one: {PHONE}", DESK, "Safari on a Mac"]
    assert shown(desk) == [f"This one: {DESK}", PHONE, "Safari on a Mac"]
    card = page(phone.get(DEVICES)).select("main .nhsuk-card")[2].get_text(" ", strip=True)
    assert "Since Tuesday 1 September 2026 at 9am. Last used Tuesday 1 September 2026 at 9am." in card
    assert old.get(DETAILS).status_code == 200


def test_no_address_of_a_computer_is_kept(cast):
    client = Client(HTTP_USER_AGENT=AGENTS[PHONE], REMOTE_ADDR="203.0.113.77")
    client.post(f"/l/{make_link(cast.ishani)}/")
    stored = str([(row.get_decoded(), vars(row)) for row in LoginSession.objects.all()])
    assert "203.0.113" not in stored
    assert "Mozilla" not in stored
    assert PHONE in stored


def test_one_that_is_ended_is_refused_at_its_next_request(cast):
    desk, phone = logged_in(cast.ishani, DESK), logged_in(cast.ishani)
    response = phone.post(END, button_of(phone, DESK), follow=True)
    assert "We have logged you out there." in text(response)
    assert desk.get(DETAILS).headers["Location"] == f"/account/log-in/?next={DETAILS}"
    assert desk.post(DETAILS, {"name": "Changed"}).status_code == 302
    cast.ishani.refresh_from_db()
    assert cast.ishani.name == "Ishani Marrowby"
    assert phone.get(DETAILS).status_code == 200
    assert shown(phone) == [f"This one: {PHONE}"]
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["accounts.ended_session"]


def test_a_request_under_way_does_not_bring_an_ended_session_back(cast):
    phone = logged_in(cast.ishani)
    session = phone.session
    assert session["device"] == PHONE
    LoginSession.objects.filter(person=cast.ishani).delete()
    session["late"] = 1
    with pytest.raises(UpdateError):
        session.save()
    assert not LoginSession.objects.filter(person=cast.ishani).exists()


def test_pressed_twice_it_says_that_one_is_out(cast):
    logged_in(cast.ishani, DESK)
    phone = logged_in(cast.ishani)
    button = button_of(phone, DESK)
    phone.post(END, button)
    assert "You are no longer logged in there." in text(phone.post(END, button, follow=True))


def test_ending_this_one_is_logging_out(cast):
    phone = logged_in(cast.ishani)
    assert phone.post(END, button_of(phone, PHONE)).headers["Location"] == "/account/log-in/"
    assert phone.get(DETAILS).status_code == 302


def test_all_the_others_end_at_once_and_this_one_gets_a_new_key(cast):
    others = [logged_in(cast.ishani, DESK), logged_in(cast.ishani, "Safari on a Mac")]
    morgan, phone = logged_in(cast.morgan), logged_in(cast.ishani)
    key = phone.session.session_key
    assert "We have logged you out everywhere else." in text(phone.post(OTHERS, follow=True))
    assert [other.get(DETAILS).status_code for other in others] == [302, 302]
    assert phone.get(DETAILS).status_code == morgan.get(DETAILS).status_code == 200
    assert phone.session.session_key != key
    assert "You are not logged in anywhere else." in text(phone.get(DEVICES))


@pytest.mark.parametrize("device", ["", "nonsense", "x" * 5000, "\x00"])
def test_nobody_elses_can_be_ended(cast, device):
    morgan, phone = logged_in(cast.morgan), logged_in(cast.ishani)
    theirs = LoginSession.objects.get(person=cast.morgan).handle
    for each in (theirs, morgan.session.session_key, device):
        assert phone.post(END, {"device": each}).status_code == 302
    assert morgan.get(DETAILS).status_code == 200


def test_the_page_does_not_tell_a_key(cast):
    logged_in(cast.ishani, DESK)
    phone = logged_in(cast.ishani)
    content = phone.get(DEVICES).content.decode()
    assert [row.session_key for row in LoginSession.objects.all() if row.session_key in content] == []


def test_those_that_have_run_out_are_not_shown(cast):
    logged_in(cast.ishani, DESK)
    with clock.set_to(MORNING + dt.timedelta(hours=3)):
        phone = logged_in(cast.ishani)
        assert shown(phone) == [f"This one: {PHONE}"]


def test_a_changed_password_leaves_one_on_the_list(cast):
    logged_in(cast.ishani, DESK)
    phone = logged_in(cast.ishani)
    phone.post("/account/password/", {"password": "the weather in Eastmere"})
    assert shown(phone) == [f"This one: {PHONE}"]


@pytest.mark.parametrize("how_many", [1, 3, 12])
def test_the_list_costs_one_question_however_long(cast, how_many):
    for _ in range(how_many):
        logged_in(cast.ishani, DESK)
    cast.ishani.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        assert len(devices_of(cast.ishani, session_key=None)) == how_many
    assert len(queries) == 1


def test_a_session_of_nobody_belongs_to_nobody(db, client):
    client.get("/account/log-in/")
    client.post("/account/log-in/", {"email": "nobody@anytown-riverside.example"})
    assert [row.person_id for row in LoginSession.objects.all()] == [None]


def test_logging_out_leaves_no_row(cast):
    phone = logged_in(cast.ishani)
    phone.post("/account/log-out/")
    assert not LoginSession.objects.filter(person=cast.ishani).exists()
