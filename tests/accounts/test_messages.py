"""The letters of this room, as they are handed over."""

from __future__ import annotations

import re

import pytest

from accounts import links
from accounts.models import LoginLink
from accounts.services.log_in import send_fresh_link, tell_log_in_changed
from accounts.services.people import add_person
from notifications.letters import write
from notifications.models import Message
from tests.accounts.test_link_page import make_link

TELLING = ("peer", "Peer", "network", "Network", "group", "Group", "policy", "draft", "health", "HR")


def letter():
    """The one message, written."""
    letters, unsent = write([Message.objects.get()])
    assert unsent == []
    return letters[0].email


def token_in(body: str) -> str:
    return re.search(r"http://localhost:8000/l/([\w-]{43})/\n", body)[1]


def test_the_code(cast, client):
    client.post("/account/log-in/", {"email": cast.ishani.email})
    email = letter()
    assert (email.subject, email.to) == ("Your code", [cast.ishani.email])
    assert re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", email.body, re.MULTILINE)
    assert "15 minutes" in email.body
    assert "/l/" not in email.body


def test_the_fresh_link_leads_where_the_old_one_led(cast, client):
    old = links.find(make_link(cast.ishani, "/account/password/"))
    send_fresh_link(old=old)
    email = letter()
    assert email.subject == "Your link"
    response = client.post(f"/l/{token_in(email.body)}/")
    assert response.headers["Location"] == "/account/password/"


def test_it_leads_to_the_front_page_when_the_old_link_has_been_cleared_away(cast, client):
    send_fresh_link(old=links.find(make_link(cast.ishani, "/account/password/")))
    LoginLink.objects.all().delete()
    assert client.post(f"/l/{token_in(letter().body)}/").headers["Location"] == "/"


def test_the_welcome(cast, client):
    person = add_person(by=cast.robin, email="wren@anytown-riverside.example", name="Wren Ashby")
    email = letter()
    assert (email.subject, email.to) == ("An invitation for you", [person.email])
    assert client.post(f"/l/{token_in(email.body)}/").headers["Location"] == "/"


def test_word_of_a_change_carries_no_link(cast):
    tell_log_in_changed(person=cast.ishani)
    email = letter()
    assert email.subject == "About your account"
    assert "/l/" not in email.body


@pytest.mark.parametrize("act", ["code", "link", "welcome", "changed"])
def test_no_letter_tells_what_the_service_is_about(cast, client, settings, act):
    settings.ORGANISATION_NAME = settings.SERVICE_NAME = "Us"
    if act == "code":
        client.post("/account/log-in/", {"email": cast.ishani.email})
    elif act == "link":
        send_fresh_link(old=links.find(make_link(cast.ishani)))
    elif act == "welcome":
        add_person(by=cast.robin, email="wren@anytown-riverside.example", name="Wren Ashby")
    else:
        tell_log_in_changed(person=cast.ishani)
    email = letter()
    words = re.sub(r"http\S+", "", f"{email.subject} {email.body}")
    assert [word for word in TELLING if word in words] == []
