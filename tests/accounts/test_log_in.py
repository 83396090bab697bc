"""Logging in by code, by password and with a second step; logging out; what does not exist."""

from __future__ import annotations

import datetime as dt
import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from accounts.models import Person
from accounts.services.people import deactivate
from core import clock
from core.secrets import unseal
from notifications.models import Message
from tests.conftest import MORNING

ASK, GIVE, BY_PASSWORD = "/account/log-in/", "/account/log-in/code/", "/account/log-in/password/"
DETAILS = "/account/details/"
PASSWORD = "the weather in Eastmere"


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def text(response) -> str:
    return page(response).main.get_text(" ", strip=True)


def errors(response) -> list[str]:
    return [link.get_text(strip=True) for link in page(response).select(".nhsuk-error-summary__list a")]


def code_in(message) -> str:
    return json.loads(unseal(message.secret))["code"]


def last_code() -> str:
    """The one code that has been posted since this was last asked."""
    message = Message.objects.get(lane="codes")
    message.delete()
    return code_in(message)


def ask_for_code(client, email, where=DETAILS):
    return client.post(ASK, {"email": email, "next": where})


def is_logged_in(client) -> bool:
    return SESSION_KEY in client.session


# -- by code -----------------------------------------------------------------------------------------------------


def test_the_log_in_page_asks_one_question(db, client):
    response = client.get(ASK)
    assert page(response).title.get_text().startswith("What is your email address?")
    assert page(response).h1.get_text(strip=True) == "What is your email address?"
    assert [box["name"] for box in page(response).main.select("input:not([type=hidden])")] == ["email"]
    assert page(response).main.select_one("input[name=email]")["autocomplete"] == "email"


def test_somebody_not_logged_in_is_led_there_and_back(cast, client):
    response = client.get(DETAILS)
    assert response.headers["Location"] == f"{ASK}?next={DETAILS}"
    asked = page(client.get(response.headers["Location"])).main
    assert asked.select_one("input[name=next]")["value"] == DETAILS
    assert ask_for_code(client, cast.ishani.email).headers["Location"] == f"{GIVE}?next=%2Faccount%2Fdetails%2F"
    response = client.post(GIVE, {"code": last_code(), "next": DETAILS, "action": "verify"})
    assert response.headers["Location"] == DETAILS
    assert client.session[SESSION_KEY] == str(cast.ishani.pk)


def test_the_code_travels_sealed_in_the_outbox(cast, client):
    ask_for_code(client, cast.ishani.email.upper())
    message = Message.objects.get()
    assert (message.kind, message.lane, message.recipient) == ("accounts.login_code", "codes", cast.ishani)
    assert message.expires_at == MORNING + dt.timedelta(minutes=15)
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", code_in(message))
    assert code_in(message) not in str(Message.objects.values().get())


def test_the_code_may_be_typed_carelessly(cast, client):
    ask_for_code(client, cast.ishani.email)
    client.post(GIVE, {"code": f" {last_code().lower().replace('-', ' ')} "})
    assert is_logged_in(client)


def test_the_session_gets_a_new_key(cast, client):
    ask_for_code(client, cast.ishani.email)
    key = client.session.session_key
    client.post(GIVE, {"code": last_code()})
    assert client.session.session_key != key


def test_an_unknown_address_sees_the_same_pages_and_gets_nothing(cast, client):
    pages = []
    for email in (cast.ishani.email, "nobody@anytown-riverside.example", cast.leyla.email):
        client.cookies.clear()
        response = ask_for_code(client, email)
        assert response.headers["Location"].startswith(GIVE)
        shown = client.get(GIVE)
        pages.append(re.sub(r'value="[^"]{60,}"', "", str(page(shown).main)).replace(email, "ADDRESS"))
        wrong = client.post(GIVE, {"code": "AAAA-AAAA"})
        assert errors(wrong) == ["This code is not right. Check it, or ask for a new one."]
    assert len(set(pages)) == 1
    assert [message.recipient for message in Message.objects.all()] == [cast.ishani]


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("", "Enter your email address"),
        ("ishani", "Enter an email address in the correct format, like name@example.com"),
    ],
)
def test_a_wrong_address_is_said_and_kept(db, client, email, says):
    response = client.post(ASK, {"email": email, "next": DETAILS})
    assert errors(response) == [says]
    assert page(response).title.get_text().startswith("Error: ")
    assert page(response).select_one("input[name=email]").get("value", "") == email


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "\x00", "é" * 5000])
def test_a_wrong_code_is_said_and_three_end_the_try(cast, client, code):
    ask_for_code(client, cast.ishani.email)
    for _ in range(2):
        assert client.post(GIVE, {"code": code}).status_code == 200
    response = client.post(GIVE, {"code": code, "next": DETAILS})
    assert response.headers["Location"] == f"{ASK}?next=%2Faccount%2Fdetails%2F"
    assert "You have tried too many times." in text(client.get(ASK))
    client.post(GIVE, {"code": last_code()})
    assert not is_logged_in(client)


def test_a_code_runs_out_after_fifteen_minutes_and_the_way_back_is_kept(cast, client):
    ask_for_code(client, cast.ishani.email)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 15 * 60 + 1
    session.save()
    response = client.post(GIVE, {"code": last_code(), "next": DETAILS})
    assert response.headers["Location"] == f"{ASK}?next=%2Faccount%2Fdetails%2F"
    assert not is_logged_in(client)


def test_a_new_code_takes_the_place_of_the_old_one(cast, client):
    ask_for_code(client, cast.ishani.email)
    old = last_code()
    with clock.set_to(MORNING + dt.timedelta(minutes=1)):
        response = client.post(GIVE, {"action": "resend", "next": DETAILS}, follow=True)
    assert "We have sent you a new code." in text(response)
    assert page(response).main.select_one("input[name=next]")["value"] == DETAILS
    new = last_code()
    assert new != old
    client.post(GIVE, {"code": old})
    assert not is_logged_in(client)
    client.post(GIVE, {"code": new})
    assert is_logged_in(client)


def test_another_address_may_be_given(cast, client):
    ask_for_code(client, "ishany@anytown-riverside.example")
    response = client.post("/account/log-out/", {"next": f"{ASK}?next={DETAILS}"}, follow=True)
    assert page(response).h1.get_text(strip=True) == "What is your email address?"


@pytest.mark.parametrize("known", [True, False])
def test_five_codes_in_five_minutes_and_no_more(cast, client, known):
    email = cast.ishani.email if known else "nobody@anytown-riverside.example"
    for _ in range(5):
        client.cookies.clear()
        assert ask_for_code(client, email).status_code == 302
    client.cookies.clear()
    response = ask_for_code(client, email)
    assert errors(response) == ["You have tried too many times. Wait 5 minutes, then try again."]
    assert Message.objects.count() == (5 if known else 0)


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_nobody_is_led_elsewhere(cast, client, where):
    ask_for_code(client, cast.ishani.email, where)
    response = client.post(GIVE, {"code": last_code(), "next": where})
    assert response.headers["Location"] == "/"


def test_as_much_is_written_for_an_unknown_address_as_for_a_known_one(cast, client):
    """Measured by what is done and not by the clock: a busy machine would make this test fail now and then."""
    written = []
    for email in (cast.ishani.email, "nobody@anytown-riverside.example"):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as queries:
            ask_for_code(client, email)
        written.append(sum(query["sql"].startswith(("INSERT", "UPDATE")) for query in queries))
    assert written[0] == written[1]


# -- by password -------------------------------------------------------------------------------------------------


@pytest.fixture
def with_password(cast):
    cast.ishani.set_password(PASSWORD)
    cast.ishani.save()
    return cast.ishani


def try_password(client, email, password):
    return client.post(BY_PASSWORD, {"login": email, "password": password, "next": DETAILS})


def test_a_password_logs_in(with_password, client):
    assert try_password(client, with_password.email, PASSWORD).headers["Location"] == DETAILS
    assert is_logged_in(client)


def test_which_of_the_two_was_wrong_is_not_said(with_password, cast, client):
    says = "The email address or the password is not right. Try again, or ask for a code."
    for email in (with_password.email, cast.morgan.email, "nobody@anytown-riverside.example"):
        response = try_password(client, email, "not it at all")
        assert says in text(response)
        assert page(response).select_one("input[name=login]")["value"] == email
    assert not is_logged_in(client)


def test_five_wrong_passwords_in_five_minutes_and_no_more(with_password, client):
    for _ in range(5):
        try_password(client, with_password.email, "not it at all")
    response = try_password(client, with_password.email, PASSWORD)
    assert "You have tried too many times." in text(response)
    assert not is_logged_in(client)


def test_a_closed_account_is_told_so_only_after_the_right_password(cast, client):
    cast.leyla.set_password(PASSWORD)
    cast.leyla.save()
    assert "is not right" in text(try_password(client, cast.leyla.email, "not it at all"))
    response = client.post(BY_PASSWORD, {"login": cast.leyla.email, "password": PASSWORD}, follow=True)
    assert page(response).h1.get_text(strip=True) == "You cannot log in"
    assert not is_logged_in(client)


# -- second step -------------------------------------------------------------------------------------------------


def test_a_code_does_not_stand_in_for_the_second_step(cast, client, second_step):
    number = second_step(cast.owen)
    ask_for_code(client, cast.owen.email)
    response = client.post(GIVE, {"code": last_code(), "next": DETAILS})
    assert response.headers["Location"] == "/account/log-in/second-step/"
    assert not is_logged_in(client)
    wrong = client.post("/account/log-in/second-step/", {"code": "000000"})
    assert errors(wrong) == ["This number is not right. Wait for the next one in your app, then try again."]
    assert client.post("/account/log-in/second-step/", {"code": number()}).headers["Location"] == DETAILS
    assert is_logged_in(client)


def test_a_number_works_once(cast, client, second_step):
    number = second_step(cast.owen)()
    for expected in (True, False):
        ask_for_code(client, cast.owen.email)
        client.post(GIVE, {"code": last_code()})
        client.post("/account/log-in/second-step/", {"code": number})
        assert is_logged_in(client) is expected
        client.logout()


def test_a_recovery_code_works_once(cast, client, second_step):
    from_app = second_step(cast.owen)
    as_set_up = Authenticator.objects.get(user=cast.owen)
    assert (len(from_app()), as_set_up.type) == (6, "totp")
    client.force_login(cast.owen)
    fresh(client, cast.owen)
    client.post("/account/second-step/codes/new/")
    codes = [each.get_text() for each in page(client.get("/account/second-step/codes/")).select(".app-codes .app-code")]
    assert len(codes) == 10
    client.logout()
    for expected in (True, False):
        ask_for_code(client, cast.owen.email)
        client.post(GIVE, {"code": last_code()})
        client.post("/account/log-in/second-step/", {"code": codes[0]})
        assert is_logged_in(client) is expected
        client.logout()


def test_the_seed_is_sealed_in_the_database(cast, second_step):
    second_step(cast.owen)
    data = Authenticator.objects.get().data
    assert unseal(data["secret"]) not in str(data)


def test_guesses_at_the_number_are_counted(cast, client, second_step):
    number = second_step(cast.owen)
    ask_for_code(client, cast.owen.email)
    client.post(GIVE, {"code": last_code()})
    for _ in range(5):
        client.post("/account/log-in/second-step/", {"code": "000000"})
    response = client.post("/account/log-in/second-step/", {"code": number()})
    assert errors(response) == ["You have tried too many times. Wait 5 minutes, then try again."]
    assert not is_logged_in(client)


def fresh(client, person):
    """As if the person had logged in just now, with both steps."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "code", "at": time.time()},
        {"method": "mfa", "at": time.time()},
    ]
    session["_account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


# -- logging out, and what is not there --------------------------------------------------------------------------


def test_only_a_post_logs_out(cast, as_person):
    client = as_person(cast.ishani)
    assert client.get("/account/log-out/").status_code == 200
    assert is_logged_in(client)
    assert client.get("/account/log-out/hide/").status_code == 405
    assert client.post("/account/log-out/").headers["Location"] == ASK
    assert not is_logged_in(client)


def test_log_out_and_hide_leaves_a_page_that_tells_nothing(cast, as_person, settings):
    client = as_person(cast.ishani)
    response = client.post("/account/log-out/hide/", follow=True)
    assert not is_logged_in(client)
    shown = response.content.decode()
    for telling in (settings.ORGANISATION_NAME, settings.SERVICE_NAME, "peer", "Log in", "NHS"):
        assert telling not in shown


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "account_confirm_email", "mfa_trust"],
)
def test_pages_of_allauth_that_we_do_not_use_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["signup/", "email/confirm/", "password/reset/", "password/change/", "3rdparty/", "2fa/", ""]
)
def test_pages_of_allauth_that_we_do_not_use_are_not_found(cast, as_person, path):
    assert as_person(cast.ishani).get(f"/account/{path}").status_code == 404


def test_a_deactivated_person_is_out_at_the_next_click(cast, as_person):
    client = as_person(cast.ishani)
    assert client.get(DETAILS).status_code == 200
    deactivate(by=cast.robin, person=cast.ishani)
    assert client.get(DETAILS).headers["Location"] == f"{ASK}?next={DETAILS}"
    Person.objects.filter(pk=cast.ishani.pk).update(is_active=True)
    assert client.get(DETAILS).status_code == 302, "the old session must not come back to life"
