"""The single-use link in a message: opening it changes nothing, pressing its button uses it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import SESSION_KEY
from django.test import Client

from accounts import links
from accounts.models import LoginLink
from core import clock
from notifications.models import Message
from notifications.ports import LinkWanted, address_book
from tests.conftest import MORNING


def make_link(person, path="/account/details/") -> str:
    """The token of a new link."""
    want = LinkWanted(message_id=uuid.uuid4(), person_id=person.pk, path=path)
    address_book().links([want])
    return links.token_for(want.message_id)


def page_of(token):
    return f"/l/{token}/"


def heading(response) -> str:
    return BeautifulSoup(response.content, "html.parser").h1.get_text(strip=True)


def buttons(response) -> list[tuple[str, str, str]]:
    """Method, address and words of each button in the page's own content."""
    main = BeautifulSoup(response.content, "html.parser").main
    return [
        (form["method"], form.get("action", ""), form.button.get_text(strip=True)) for form in main.find_all("form")
    ]


def logged_in_as(client) -> str | None:
    return client.session.get(SESSION_KEY)


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", [{}, {"sec-purpose": "prefetch"}, {"x-forwarded-for": "203.0.113.9"}])
def test_opening_a_link_changes_nothing(cast, client, method, headers):
    token = make_link(cast.ishani)
    before = LoginLink.objects.values().get()
    for _ in range(3):
        response = getattr(client, method)(page_of(token), headers=headers)
        assert response.status_code == 200
    assert LoginLink.objects.values().get() == before
    assert logged_in_as(client) is None
    assert client.post(page_of(token)).headers["Location"] == "/account/details/"


def test_it_shows_one_button_and_no_name_and_no_address(cast, client):
    response = client.get(page_of(make_link(cast.ishani)))
    assert heading(response) == "Your link works"
    assert buttons(response) == [("post", "", "Continue")]
    for private in ("Ishani", "Marrowby", cast.ishani.email):
        assert private not in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_pressing_logs_in_goes_to_the_page_and_uses_it_up(cast, client):
    token = make_link(cast.ishani)
    client.get("/account/log-in/")
    response = client.post(page_of(token))
    assert (response.status_code, response.headers["Location"]) == (302, "/account/details/")
    assert logged_in_as(client) == str(cast.ishani.pk)
    assert LoginLink.objects.get().used_at == MORNING
    client.logout()
    assert client.post(page_of(token)).headers["Location"] == page_of(token)
    assert logged_in_as(client) is None
    assert heading(client.get(page_of(token))) == "This link no longer works"


def test_the_session_gets_a_new_key(cast, client):
    session = client.session
    session["planted"] = "yes"
    session.save()
    key = session.session_key
    client.post(page_of(make_link(cast.ishani)))
    assert client.session.session_key != key


def test_it_works_for_72_hours_and_not_a_second_more(cast, client):
    token = make_link(cast.ishani)
    with clock.set_to(MORNING + dt.timedelta(hours=72)):
        assert heading(client.get(page_of(token))) == "This link no longer works"
        client.post(page_of(token))
        assert logged_in_as(client) is None
    with clock.set_to(MORNING + dt.timedelta(hours=72, seconds=-1)):
        assert heading(client.get(page_of(token))) == "Your link works"
        client.post(page_of(token))
        assert logged_in_as(client) == str(cast.ishani.pk)


def test_logged_in_as_oneself_even_an_old_link_leads_on(cast, as_person):
    token = make_link(cast.ishani)
    links.use(token)
    client = as_person(cast.ishani)
    response = client.get(page_of(token))
    assert heading(response) == "You are logged in"
    assert buttons(response) == [("post", "", "Continue")]
    assert client.post(page_of(token)).headers["Location"] == "/account/details/"


def test_logged_in_as_somebody_else_it_offers_to_log_out_and_stays_unused(cast, as_person):
    token = make_link(cast.ishani)
    client = as_person(cast.morgan)
    response = client.get(page_of(token))
    assert heading(response) == "This link is for somebody else"
    assert buttons(response) == [("post", "/account/log-out/", "Log out")]
    assert "Ishani" not in response.content.decode()
    assert client.post(page_of(token)).headers["Location"] == page_of(token)
    assert (logged_in_as(client), LoginLink.objects.get().used_at) == (str(cast.morgan.pk), None)
    assert client.post("/account/log-out/", {"next": page_of(token)}).headers["Location"] == page_of(token)
    assert heading(client.get(page_of(token))) == "Your link works"


def test_wrong_used_expired_and_deactivated_look_alike(cast, client):
    used, expired, closed = make_link(cast.ishani), make_link(cast.tunde), make_link(cast.leyla)
    links.use(used)
    LoginLink.objects.filter(token_sha256=links.fingerprint(expired)).update(
        made_at=MORNING - dt.timedelta(hours=80), expires_at=MORNING - dt.timedelta(hours=8)
    )
    wrong = "x" * 43
    pages = {}
    for token in (used, expired, closed, wrong):
        response = client.get(page_of(token))
        assert response.status_code == 200
        pages[token] = str(BeautifulSoup(response.content, "html.parser").main).replace(token, "TOKEN")
        csrf = BeautifulSoup(response.content, "html.parser").main.find("input", {"name": "csrfmiddlewaretoken"})
        pages[token] = pages[token].replace(csrf["value"], "CSRF")
    assert len(set(pages.values())) == 1
    assert "Send me a new link" in pages[wrong]
    assert "/account/log-in/" in pages[wrong]


@pytest.mark.parametrize("token", ["a", "%00", "%E2%80%AE", "x" * 5000, "..", "'or'1'='1"])
def test_no_token_breaks_the_page(db, client, token):
    assert client.get(f"/l/{token}/").status_code in (200, 404)
    assert client.post(f"/l/{token}/").status_code in (302, 404)


def test_a_new_link_goes_to_the_owner_and_leads_to_the_same_page(cast, client):
    token = make_link(cast.ishani, "/account/details/")
    links.use(token)
    response = client.post(f"/l/{token}/new/", follow=True)
    assert heading(response) == "Check your email"
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.address) == ("accounts.fresh_link", cast.ishani, "")
    assert message.about_id == str(LoginLink.objects.get().pk)


def test_nothing_is_sent_for_a_wrong_token_or_a_closed_account_and_the_answer_is_the_same(cast, client):
    closed, ours = make_link(cast.leyla), make_link(cast.ishani)
    answers = {client.post(f"/l/{token}/new/").headers["Location"] for token in ("x" * 43, closed, ours)}
    assert answers == {"/account/check-your-email/"}
    assert [m.recipient for m in Message.objects.all()] == [cast.ishani]


def test_five_new_links_in_five_minutes_and_no_more(cast, client):
    mine, other = make_link(cast.ishani), make_link(cast.tunde)
    for _ in range(7):
        assert client.post(f"/l/{mine}/new/").headers["Location"] == "/account/check-your-email/"
    client.post(f"/l/{other}/new/")
    assert Message.objects.filter(recipient=cast.ishani).count() == 5
    assert Message.objects.filter(recipient=cast.tunde).count() == 1


def test_asking_by_opening_sends_nothing(cast, client):
    assert client.get(f"/l/{make_link(cast.ishani)}/new/").status_code == 405
    assert not Message.objects.exists()


def test_the_database_decides_who_is_first(cast, monkeypatch):
    """Two press at once: both have looked and seen it unused; the second finds no row to change."""
    token = make_link(cast.ishani)
    seen = links.peek(token)
    assert links.use(token) == seen
    monkeypatch.setattr(links, "peek", lambda _: seen)
    assert links.use(token) is None


def test_it_does_not_stand_in_for_the_second_step(cast, client, second_step):
    second_step(cast.owen)
    response = client.post(page_of(make_link(cast.owen)))
    assert response.headers["Location"] == "/account/log-in/second-step/"
    assert logged_in_as(client) is None


def test_a_form_from_elsewhere_is_refused(cast):
    strict = Client(enforce_csrf_checks=True)
    token = make_link(cast.ishani)
    assert strict.post(page_of(token)).status_code == 403
    assert LoginLink.objects.get().used_at is None
