"""Logging in with an account at the Trust, against a real OpenID Connect provider."""

from __future__ import annotations

import datetime as dt
import socket
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from bs4 import BeautifulSoup
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from accounts import oidc
from accounts.models import Person, Role, RoleHeld
from accounts.services.people import deactivate
from audit.models import AuditEntry
from core import clock
from notifications.models import Message
from tests.conftest import MORNING
from tests.support.provider import CLIENT, running_provider

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

BEGIN, BACK = "/account/log-in/trust/", "/account/log-in/trust/back/"
NOT_KNOWN, WENT_WRONG = "/account/log-in/trust/not-known/", "/account/log-in/trust/went-wrong/"
DETAILS = "/account/details/"


@pytest.fixture(scope="module")
def issuer():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with running_provider(port, f"http://localhost:8000{BACK}") as address:
        yield address


@pytest.fixture
def trust(issuer, settings, cast):
    """The product with that provider in its settings."""
    settings.OIDC_ISSUER, settings.BASE_URL, settings.OIDC_NAME = issuer, "http://localhost:8000", "Riverside account"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT.values()
    cache.clear()  # limits are counted in it, and these tests' transactions are real
    return issuer


def goes_there(client, where=""):
    """Press the button; gives the address of the provider that one is sent to."""
    response = client.get(BEGIN, {"next": where} if where else {})
    assert response.status_code == 302
    return response.headers["Location"]


def at_the_provider(address, name, browser=None):
    """Log in there, in a browser of one's own; gives the way back, as path and query."""
    browser = browser or requests.Session()
    page = browser.get(address)
    form = BeautifulSoup(page.text, "html.parser").form
    said = {"login": name} if name else {"stop": "1"}
    response = browser.post(f"{address.split('/auth')[0]}{form['action']}", data=said, allow_redirects=False)
    while not (where := response.headers["Location"]).startswith("http://localhost:8000"):
        response = browser.get(where, allow_redirects=False)
    return where.removeprefix("http://localhost:8000")


def logs_in(client, name, where=DETAILS):
    return client.get(at_the_provider(goes_there(client, where), name))


def is_logged_in(client):
    return SESSION_KEY in client.session


def test_the_question_carries_state_nonce_and_pkce_and_asks_for_the_password(trust, client):
    asked = {name: value[0] for name, value in parse_qs(urlsplit(goes_there(client)).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert (len(asked["state"]), len(asked["nonce"]), len(asked["code_challenge"])) == (16, 43, 43)
    assert asked["prompt"] == "login"
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    assert asked["redirect_uri"] == f"http://localhost:8000{BACK}"


def test_nobody_can_ask_for_more_by_the_address(trust, client):
    there = client.get(BEGIN, {"scope": "admin", "process": "connect", "auth_params": "prompt=none&nonce=x"})
    asked = parse_qs(urlsplit(there.headers["Location"]).query)
    assert "admin" not in asked["scope"][0]
    assert asked["prompt"] == ["login"]
    assert len(asked["nonce"][0]) == 43


def test_staff_log_in_are_joined_once_and_told(trust, client, cast):
    response = logs_in(client, "samuel")
    assert response.headers["Location"] == DETAILS
    assert client.session[SESSION_KEY] == str(cast.samuel.pk)
    assert client.get(DETAILS).status_code == 200
    link = SocialAccount.objects.get()
    assert (link.user_id, link.uid, link.extra_data, link.provider) == (
        cast.samuel.pk,
        "samuel",
        {},
        oidc.provider_id(),
    )
    assert not SocialToken.objects.exists()
    assert [message.recipient for message in Message.objects.filter(kind="accounts.log_in_changed")] == [cast.samuel]
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["accounts.changed_log_in"]
    again = Client()
    assert logs_in(again, "samuel").headers["Location"] == DETAILS
    assert Message.objects.filter(kind="accounts.log_in_changed").count() == 1
    assert SocialAccount.objects.count() == 1


def test_joining_ends_the_other_sessions(trust, client, cast):
    elsewhere = Client()
    elsewhere.force_login(cast.samuel)
    logs_in(client, "samuel")
    assert elsewhere.get(DETAILS).status_code == 302


@pytest.mark.parametrize("name", ["stranger", "samuel-unverified", "samuel-says-yes", "nameless", "leyla"])
def test_who_is_not_known_or_not_proved_or_not_active_stays_out(trust, client, cast, name):
    before = Person.objects.count()
    response = logs_in(client, name)
    assert response.headers["Location"] == NOT_KNOWN
    assert not is_logged_in(client)
    assert (Person.objects.count(), SocialAccount.objects.count(), Message.objects.count()) == (before, 0, 0)
    page = BeautifulSoup(client.get(NOT_KNOWN).content, "html.parser")
    assert page.h1.get_text() == "We could not log you in this way"


def test_a_person_deactivated_after_being_joined_stays_out(trust, client, cast):
    logs_in(client, "samuel")
    deactivate(by=cast.robin, person=cast.samuel)
    late = Client()
    assert logs_in(late, "samuel").headers["Location"] == NOT_KNOWN
    assert not is_logged_in(late)


def test_the_address_of_a_colleague_who_left_opens_nothing_to_the_new_one(trust, client, cast):
    logs_in(client, "samuel")
    late = Client()
    assert logs_in(late, "new-samuel").headers["Location"] == NOT_KNOWN
    assert not is_logged_in(late)
    assert [link.uid for link in SocialAccount.objects.all()] == ["samuel"]


def test_a_changed_address_here_does_not_break_the_join(trust, client, cast):
    logs_in(client, "samuel")
    Person.objects.filter(pk=cast.samuel.pk).update(email="sam@anytown-riverside.example")
    late = Client()
    assert logs_in(late, "samuel").headers["Location"] == DETAILS


def test_the_second_factor_is_ours_unless_the_provider_asked_for_one(trust, client, cast, settings):
    settings.MFA_REQUIRED = True
    logs_in(client, "samuel")
    assert client.get(DETAILS).headers["Location"].startswith("/account/second-step/app/")
    SocialAccount.objects.all().delete()
    proved = Client()
    logs_in(proved, "samuel-with-two-steps")
    assert proved.get(DETAILS).status_code == 200


def test_where_the_settings_take_no_word_for_it_ours_is_asked(trust, client, cast, settings):
    settings.MFA_REQUIRED, settings.OIDC_MFA = True, []
    logs_in(client, "samuel-with-two-steps")
    assert client.get(DETAILS).headers["Location"].startswith("/account/second-step/app/")


def test_an_app_that_is_set_up_is_asked_for(trust, client, cast, second_step):
    number = second_step(cast.samuel)
    assert logs_in(client, "samuel").headers["Location"] == "/account/log-in/second-step/"
    assert not is_logged_in(client)
    assert client.post("/account/log-in/second-step/", {"code": number()}).headers["Location"] == DETAILS


def test_the_way_back_of_another_browser_opens_nothing(trust, client, cast):
    back = at_the_provider(goes_there(client), "samuel")
    other = Client()
    assert other.get(back).headers["Location"] == WENT_WRONG
    assert not is_logged_in(other)


def test_the_way_back_works_once(trust, client, cast):
    back = at_the_provider(goes_there(client), "samuel")
    client.get(back)
    client.post("/account/log-out/")
    assert client.get(back).headers["Location"] == WENT_WRONG
    assert not is_logged_in(client)


def _spoil(client, part, value):
    """Change what this session remembers of its question."""
    session = client.session
    ((key, (state, *rest)),) = session["socialaccount_states"].items()
    if part == "nonce":
        state["data"]["nonce"] = value
    else:
        state[part] = value
    session["socialaccount_states"] = {key: [state, *rest]}
    session.save()


@pytest.mark.parametrize(
    ("part", "where"), [("nonce", NOT_KNOWN), ("pkce_code_verifier", WENT_WRONG)], ids=["nonce", "pkce"]
)
def test_an_answer_to_another_question_is_not_taken(trust, client, cast, part, where):
    back = at_the_provider(goes_there(client), "samuel")
    _spoil(client, part, "x" * 43)
    assert client.get(back).headers["Location"] == where
    assert not is_logged_in(client)
    assert not SocialAccount.objects.exists()


def test_another_issuer_at_that_address_is_not_taken(trust, client, cast, settings):
    back = at_the_provider(goes_there(client), "samuel")
    settings.OIDC_ISSUER = trust.replace("localhost", "127.0.0.1")
    assert client.get(back).headers["Location"] == WENT_WRONG
    assert client.get(BEGIN).headers["Location"] == WENT_WRONG


def test_who_stops_at_the_provider_comes_back_to_the_other_ways(trust, client, cast):
    response = client.get(at_the_provider(goes_there(client), ""), follow=True)
    assert response.request["PATH_INFO"] == WENT_WRONG
    assert "The log-in was stopped" in response.content.decode()


def test_a_provider_that_is_away_breaks_nothing(trust, client, cast, settings):
    settings.OIDC_ISSUER = "http://localhost:9"
    assert client.get(BEGIN).headers["Location"] == WENT_WRONG


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(trust, client, cast, where):
    assert logs_in(client, "samuel", where).headers["Location"] == "/"


def test_who_is_logged_in_goes_home(trust, client, cast):
    back = at_the_provider(goes_there(client), "samuel")
    client.force_login(cast.morgan)
    assert client.get(back).headers["Location"] == "/"
    assert client.session[SESSION_KEY] == str(cast.morgan.pk)
    assert client.get(BEGIN).headers["Location"] == "/"


def test_one_may_stop_using_it(trust, client, cast):
    logs_in(client, "samuel")
    assert "You also log in with your Riverside account." in client.get(DETAILS).content.decode()
    assert client.post("/account/trust/forget/").headers["Location"] == DETAILS
    assert not SocialAccount.objects.exists()
    assert "You also log in with" not in client.get(DETAILS).content.decode()
    assert Message.objects.filter(kind="accounts.log_in_changed").count() == 2


def test_hrs_door_has_its_limits_this_way_too(trust, client, cast):
    RoleHeld.objects.create(person=cast.samuel, role=Role.HR_VIEWER, from_at=MORNING, given_by=cast.robin)
    logs_in(client, "samuel", "/hr/")

    def status(**later):
        with clock.set_to(MORNING + dt.timedelta(**later)):
            return client.get("/hr/").status_code

    assert [status(minutes=minutes) for minutes in (0, 14, 28, 42)] == [200] * 4
    assert status(minutes=58) == 302
    assert status(minutes=58) == 302
    busy = Client()
    logs_in(busy, "samuel", "/hr/")
    client = busy
    assert {status(minutes=minutes) for minutes in range(0, 480, 14)} == {200}
    assert status(hours=8, seconds=1) == 302


def test_sixty_pages_a_minute_from_one_address_and_no_more(trust, client):
    assert {client.get(BACK).status_code for _ in range(60)} == {302}
    assert [client.get(each).status_code for each in (BACK, BEGIN)] == [429, 429]
