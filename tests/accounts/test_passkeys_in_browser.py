"""Passkeys in a real browser with a virtual authenticator: made, used, and what is there without."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.accounts.test_link_page import make_link
from tests.support.looking import hear, look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DETAILS, INDEX, LOG_IN = "/account/details/", "/account/second-step/", "/account/log-in/"
ON_THE_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(browser, live_server):
    """Open a page of a phone; gives it, with its authenticator and what it complained of."""
    contexts = []

    def open_one(**more) -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url, **more)
        contexts.append(context)
        page = context.new_page()
        hear(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


def has_authenticator(page: Page) -> tuple:
    """Give the phone a finger to show. It is shown at once, whenever asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": ON_THE_PHONE})
    return session, made["authenticatorId"]


def logs_in_by_link(page: Page, person) -> None:
    page.goto(f"/l/{make_link(person, DETAILS)}/")
    page.get_by_role("button", name="Continue").click()


def logs_out(page: Page) -> None:
    page.goto("/account/log-out/")
    page.locator("main").get_by_role("button", name="Log out", exact=True).click()


def makes_one(page: Page, name: str = "My phone") -> None:
    page.goto(INDEX)
    look(page, "second-step")
    page.get_by_role("button", name="Add a passkey").click()
    look(page, "passkey-add")
    page.get_by_label("What do you want to call it?").fill(name)
    page.get_by_role("button", name="Add a passkey").click()


def test_a_peer_makes_one_and_logs_in_with_it(phone, cast):
    page = phone()
    session, authenticator = has_authenticator(page)
    logs_in_by_link(page, cast.ishani)
    makes_one(page)
    page.get_by_text("Your passkey is ready.").wait_for()
    look(page, "second-step-with-passkey")
    (key,) = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert (key["isResidentCredential"], key["rpId"]) == (True, "localhost")
    logs_out(page)
    page.goto(f"{LOG_IN}?next={DETAILS}")
    look(page, "log-in")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_role("heading", name="Your details").wait_for()
    look(page, "details")
    page.goto("/account/devices/")
    expect(page.get_by_text("This one: Chrome on a Linux computer")).to_be_visible()
    look(page, "devices")


def test_staff_make_one_as_their_second_step_and_are_asked_for_it(phone, cast, settings):
    settings.MFA_REQUIRED = True
    page = phone()
    has_authenticator(page)
    logs_in_by_link(page, cast.samuel)
    look(page, "set-up")
    page.get_by_role("link", name="Add a passkey instead").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    logs_out(page)
    logs_in_by_link(page, cast.samuel)
    page.get_by_role("heading", name="Second step").wait_for()
    look(page, "second-step-asked")
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("heading", name="Your details").wait_for()


def test_a_finger_that_is_not_known_changes_nothing_and_says_so(phone, cast):
    page = phone()
    session, authenticator = has_authenticator(page)
    logs_in_by_link(page, cast.ishani)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    makes_one(page)
    page.get_by_text("That did not work, or you stopped it.").wait_for()
    look(page, "passkey-refused")
    assert not Authenticator.objects.exists()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": True})
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("Your passkey is ready.").wait_for()


def test_no_passkey_on_this_phone_leaves_the_other_ways(phone, cast):
    page = phone()
    has_authenticator(page)
    page.goto(LOG_IN)
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_text("That did not work, or you stopped it.").wait_for()
    expect(page.get_by_label("What is your email address?")).to_be_visible()


def test_without_script_the_page_keeps_the_other_ways(phone, cast):
    page = phone(java_script_enabled=False)
    page.goto(LOG_IN)
    expect(page.get_by_label("What is your email address?")).to_be_visible()
    assert not page.get_by_role("button", name="Log in with a passkey").is_visible()
    logs_in_by_link(page, cast.ishani)
    page.goto("/account/second-step/passkeys/add/")
    expect(page.get_by_text("This browser cannot make a passkey. Nothing is wrong.")).to_be_visible()
    assert not page.get_by_role("button", name="Add a passkey").is_visible()


def test_an_old_browser_without_passkeys_too(phone, cast):
    page = phone()
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(LOG_IN)
    expect(page.get_by_label("What is your email address?")).to_be_visible()
    assert not page.get_by_role("button", name="Log in with a passkey").is_visible()
