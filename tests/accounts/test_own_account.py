"""One's own details, password and second step; and who must have one."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person, Role, RoleHeld
from audit.models import AuditEntry
from core import clock
from core.secrets import unseal
from governance.models import Office, Side, Term
from notifications.models import Message
from tests.accounts.conftest import number_of
from tests.accounts.test_link_page import make_link
from tests.accounts.test_log_in import errors, page, text
from tests.cast import office
from tests.conftest import MORNING

DETAILS, PASSWORD, APP = "/account/details/", "/account/password/", "/account/second-step/app/"
CODES = "/account/second-step/codes/"
GOOD = "the weather in Eastmere"


@pytest.fixture
def by_link(client):
    """Log somebody in with a link, just now."""

    def log_in(person, on=client):
        on.post(f"/l/{make_link(person)}/")
        return on

    return log_in


def make_old(client, seconds=15 * 60 + 1):
    """As if the log-in had been that long ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {**proof, "at": time.time() - seconds} for proof in session["account_authentication_methods"]
    ]
    session.save()


# -- details and password ----------------------------------------------------------------------------------------


def test_one_changes_ones_own_name_and_nobody_elses_anything(cast, by_link):
    client = by_link(cast.ishani)
    sent = {"name": "Ishani M", "phone": "07700 900456", "email": "x@y.example", "is_active": "", "id": cast.tunde.pk}
    response = client.post(DETAILS, sent, follow=True)
    assert "We have saved your details." in text(response)
    changed = Person.objects.get(pk=cast.ishani.pk)
    assert (changed.name, changed.phone) == ("Ishani M", "07700 900456")
    assert (changed.email, changed.is_active) == (cast.ishani.email, True)
    assert Person.objects.get(pk=cast.tunde.pk).name == cast.tunde.name


def test_an_empty_name_is_refused_and_the_number_kept(cast, by_link):
    response = by_link(cast.ishani).post(DETAILS, {"name": " ", "phone": "07700 900456"})
    assert errors(response) == ["Enter your name"]
    assert page(response).select_one("input[name=phone]")["value"] == "07700 900456"
    assert Person.objects.get(pk=cast.ishani.pk).phone == ""


def test_a_password_is_chosen_told_and_ends_other_sessions(cast, by_link):
    here, elsewhere = by_link(cast.ishani), by_link(cast.ishani, Client())
    key = here.session.session_key
    assert "You are logged out everywhere else." in text(here.post(PASSWORD, {"password": GOOD}, follow=True))
    assert Person.objects.get(pk=cast.ishani.pk).check_password(GOOD)
    assert here.session.session_key != key
    assert here.get(DETAILS).status_code == 200
    assert elsewhere.get(DETAILS).status_code == 302
    assert Message.objects.get().kind == "accounts.log_in_changed"
    assert AuditEntry.objects.get().verb == "accounts.changed_log_in"


@pytest.mark.parametrize(
    "password", ["", "short", "password1234", "x" * 201, "Ishani Marrowby", "ishani@anytown-riverside"]
)
def test_a_weak_password_is_refused_and_not_shown_again(cast, by_link, password):
    response = by_link(cast.ishani).post(PASSWORD, {"password": password})
    assert len(errors(response)) == 1
    assert page(response).select_one("input[name=password]").get("value", "") == ""
    assert not Person.objects.get(pk=cast.ishani.pk).has_usable_password()


def test_a_password_may_be_pasted_shown_and_made_of_anything(cast, by_link):
    client = by_link(cast.ishani)
    box = page(client.get(PASSWORD)).select_one("input[name=password]")
    assert box["autocomplete"] == "new-password"
    assert not box.has_attr("onpaste")
    assert (
        page(client.get(PASSWORD)).select_one("[data-module=nhsuk-password-input] button").get_text(strip=True)
        == "Show"
    )
    for password in ("twelve small", "двенадцать букв", GOOD):
        assert client.post(PASSWORD, {"password": password}).status_code == 302


@pytest.mark.parametrize("path", [PASSWORD, APP, f"{APP}remove/", CODES, f"{CODES}new/", f"{CODES}download/"])
def test_changing_how_one_logs_in_needs_a_fresh_log_in(cast, by_link, second_step, path):
    client = by_link(cast.ishani)
    second_step(cast.ishani)
    make_old(client)
    for send in (client.get, client.post):
        assert send(path).headers["Location"] == f"/account/log-in/again/?next={path}"
    again = client.get(f"/account/log-in/again/?next={path}")
    assert page(again).h1.get_text(strip=True) == "Log in again first"
    assert (
        client.post("/account/log-in/again/", {"next": path}).headers["Location"].startswith("/account/log-in/?next=")
    )
    assert client.get(DETAILS).status_code == 302


def test_a_log_in_of_fourteen_minutes_ago_is_fresh(cast, by_link):
    client = by_link(cast.ishani)
    make_old(client, 14 * 60)
    assert client.get(PASSWORD).status_code == 200


def test_logging_in_again_leads_to_no_other_site(cast, by_link):
    client = by_link(cast.ishani)
    response = client.post("/account/log-in/again/", {"next": "https://evil.example/"})
    assert response.headers["Location"] == "/account/log-in/"


# -- second step -------------------------------------------------------------------------------------------------


def set_up(client) -> str:
    """Set an app up in the browser; gives its seed."""
    secret = page(client.get(APP)).select_one(".app-key").get_text()
    response = client.post(APP, {"code": number_of(secret)})
    assert response.headers["Location"] == CODES
    return secret


def test_setting_up_an_app(cast, by_link):
    client, elsewhere = by_link(cast.ishani), by_link(cast.ishani, Client())
    key = client.session.session_key
    secret = set_up(client)
    assert client.session.session_key != key
    assert elsewhere.get(DETAILS).status_code == 302
    assert len(page(client.get(CODES)).select(".app-codes .app-code")) == 10
    assert unseal(Authenticator.objects.get(type="totp").data["secret"]) == secret
    assert [message.kind for message in Message.objects.all()] == ["accounts.log_in_changed"]
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["accounts.changed_log_in"]
    picture = page(client.get("/account/second-step/"))
    assert "You have 10 recovery codes left" in picture.main.get_text(" ", strip=True)


def test_a_wrong_number_sets_nothing_up(cast, by_link):
    client = by_link(cast.ishani)
    client.get(APP)
    response = client.post(APP, {"code": "000000"})
    assert errors(response) == ["This number is not right. Wait for the next one in your app, then try again."]
    assert not Authenticator.objects.exists()
    assert not Message.objects.exists()


def test_the_picture_and_the_codes_are_drawn_without_any_script(cast, by_link):
    client = by_link(cast.ishani)
    shown = page(client.get(APP))
    assert shown.select_one("img.app-qr")["src"].startswith("data:image/svg+xml;base64,")
    set_up(client)
    assert client.get(f"{CODES}download/").content.decode().count("\n") >= 10
    for each in (APP, CODES):
        assert page(client.get(each, follow=True)).select("main script") == []


def test_taking_the_app_away(cast, by_link):
    client = by_link(cast.ishani)
    set_up(client)
    client.post(f"{APP}remove/")
    assert not Authenticator.objects.exists()
    assert Message.objects.filter(kind="accounts.log_in_changed").count() == 2
    assert client.get(DETAILS).status_code == 200


# -- who must have one -------------------------------------------------------------------------------------------


@pytest.fixture
def required(settings):
    settings.MFA_REQUIRED = True


#: By a role, by an office on the staff side, by a seat on it.
MUST = ["owen", "yetunde", "nadia", "robin", "grace", "priya", "samuel"]


@pytest.mark.parametrize("who", MUST)
def test_staff_and_whoever_holds_a_role_must_set_one_up_first(cast, by_link, required, who):
    person = getattr(cast, who)
    client = by_link(person)
    assert client.get(DETAILS).headers["Location"] == f"{APP}?next=%2Faccount%2Fdetails%2F"
    assert client.post(DETAILS, {"name": "X"}).headers["Location"].startswith(APP)
    assert Person.objects.get(pk=person.pk).name == person.name
    set_up(client)
    onward = page(client.get(CODES)).select_one("main a.nhsuk-button")["href"]
    assert onward == "/"
    assert client.get(DETAILS).status_code == 200


@pytest.mark.parametrize("who", ["ishani", "tunde", "cass", "morgan"])
def test_a_peer_needs_none_whatever_seat_or_office_they_hold(cast, by_link, required, who):
    client = by_link(getattr(cast, who))
    assert [client.get(path).status_code for path in (DETAILS, "/", "/me/")] == [200, 200, 200]


def test_a_seat_that_has_ended_asks_for_none(cast, by_link, required):
    Term.objects.filter(person=cast.samuel).update(ends_on=MORNING.date())
    assert by_link(cast.samuel).get(DETAILS).status_code == 200


def test_an_office_on_the_staff_side_without_a_seat_is_enough(cast, by_link, required):
    office(cast.group, cast.morgan, Office.Kind.DEPUTY, Side.STAFF)
    assert by_link(cast.morgan).get(DETAILS).headers["Location"].startswith(APP)


@pytest.mark.parametrize("who", MUST)
def test_the_front_page_greets_nobody_before_the_second_step(cast, by_link, required, who):
    client = by_link(getattr(cast, who))
    assert client.get("/").headers["Location"] == f"{APP}?next=%2F"
    set_up(client)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/help/", "/policies/published/", "/privacy/"])
def test_help_and_what_is_public_are_never_behind_it(cast, by_link, required, path):
    assert by_link(cast.owen).get(path).status_code in (200, 404)


@pytest.mark.parametrize(("who", "path"), [("nadia", "/hr/"), ("robin", "/platform/"), ("owen", "/lost-second-steps/")])
def test_every_admin_door_asks_for_it(cast, by_link, required, who, path):
    assert by_link(getattr(cast, who)).get(path).headers["Location"].startswith(APP)


def test_it_costs_no_question_that_the_page_does_not_ask_anyway(cast, by_link, settings):
    def asked(needed):
        settings.MFA_REQUIRED = needed
        client.get("/me/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/me/").status_code == 200
        return len(queries)

    client = by_link(cast.ishani)
    assert asked(True) == asked(False)


def test_a_role_given_meanwhile_is_asked_about_at_the_next_click(cast, by_link, required):
    client = by_link(cast.morgan)
    assert client.get(DETAILS).status_code == 200
    RoleHeld.objects.create(person=cast.morgan, role=Role.HR_VIEWER, from_at=MORNING, given_by=cast.robin)
    assert client.get(DETAILS).headers["Location"].startswith(APP)


def test_where_it_is_relaxed_nobody_is_asked(cast, by_link, settings):
    settings.MFA_REQUIRED = False
    assert by_link(cast.owen).get(DETAILS).status_code == 200


@pytest.mark.parametrize("path", ["/account/log-out/", "/account/second-step/", "/account/check-your-email/"])
def test_the_way_out_and_public_pages_stay_open(cast, by_link, required, path):
    assert by_link(cast.owen).get(path).status_code == 200


def test_with_an_app_set_up_the_session_without_it_must_log_in_again(cast, by_link, required, second_step):
    client = by_link(cast.owen)
    second_step(cast.owen)
    assert client.get(DETAILS).headers["Location"].startswith(APP)
    assert client.get(APP).headers["Location"] == f"/account/log-in/again/?next={APP}"


def test_with_both_steps_everything_opens(cast, client, required, second_step):
    number = second_step(cast.owen)
    client.post(f"/l/{make_link(cast.owen, DETAILS)}/")
    with clock.set_to(MORNING):
        assert client.post("/account/log-in/second-step/", {"code": number()}).headers["Location"] == DETAILS
    assert client.get(DETAILS).status_code == 200
