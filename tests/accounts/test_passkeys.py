"""Passkeys: add, name, remove, log in with one; what counts as a second factor, and for whom."""

from __future__ import annotations

import base64
import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client

from accounts.models import Person
from accounts.services.passkeys import MOST_PASSKEYS
from audit.models import AuditEntry
from core.kept import SESSION_KEY as KEPT
from notifications.models import Message
from tests.accounts.test_link_page import make_link
from tests.accounts.test_log_in import ASK, GIVE, ask_for_code, errors, last_code, page, text
from tests.support.authenticator import Phone

DETAILS, INDEX = "/account/details/", "/account/second-step/"
ADD, LOG_IN, SECOND = "/account/second-step/passkeys/add/", "/account/log-in/passkey/", "/account/log-in/second-step/"
NOT_TAKEN = "We could not use this passkey. Try again, or log in another way."


@pytest.fixture(autouse=True)
def _over_https(client):
    """A browser has passkeys on https alone."""
    client.defaults["wsgi.url_scheme"] = "https"


@pytest.fixture
def logged_in(client):
    """Log somebody in with a link, just now."""

    def log_in(person, on=client):
        on.post(f"/l/{make_link(person)}/")
        return on

    return log_in


def options_on(client, path):
    return json.loads(page(client.get(path)).find(id="passkey-options").string)


def add(client, phone=None, name="My phone"):
    """Add a passkey in the browser; gives the phone."""
    phone = phone or Phone()
    credential = phone.makes(options_on(client, ADD))
    response = client.post(ADD, {"name": name, "credential": json.dumps(credential)})
    phone.response = response
    return phone


def question(client):
    return client.get(LOG_IN, HTTP_ACCEPT="application/json").json()["request_options"]


def log_in_with(client, phone, where=DETAILS):
    credential = phone.gives(question(client))
    return client.post(LOG_IN, {"credential": json.dumps(credential), "next": where})


def is_logged_in(client):
    return SESSION_KEY in client.session


# -- adding --------------------------------------------------------------------------------------------------------


def test_the_question_asks_for_a_passkey_that_stands_alone_and_checks_who_holds_it(cast, logged_in, settings):
    asked = options_on(logged_in(cast.ishani), ADD)["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["rp"] == {"id": "testserver", "name": settings.SERVICE_NAME}
    assert (asked["user"]["name"], asked["user"]["displayName"]) == (cast.ishani.email, cast.ishani.name)


def test_a_peer_adds_one_is_told_and_gets_no_recovery_codes_to_look_after(cast, logged_in):
    client, elsewhere = logged_in(cast.ishani), logged_in(cast.ishani, Client())
    key = client.session.session_key
    phone = add(client)
    assert phone.response.headers["Location"] == INDEX
    shown = text(client.get(INDEX))
    assert "Your passkey is ready. You are logged out everywhere else." in shown
    assert "My phone" in shown
    assert [(each.type, each.data["name"]) for each in Authenticator.objects.all()] == [("webauthn", "My phone")]
    assert [message.kind for message in Message.objects.all()] == ["accounts.log_in_changed"]
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["accounts.changed_log_in"]
    assert client.session.session_key != key
    assert elsewhere.get(DETAILS).status_code == 302


def test_staff_get_recovery_codes_with_their_first(cast, logged_in, settings):
    settings.MFA_REQUIRED = True
    client = logged_in(cast.samuel)
    assert client.get(DETAILS).headers["Location"].startswith("/account/second-step/app/")
    assert "Add a passkey instead" in text(client.get("/account/second-step/app/"))
    assert add(client).response.headers["Location"] == "/account/second-step/codes/"
    assert len(page(client.get("/account/second-step/codes/")).select(".app-codes .app-code")) == 10
    assert client.get(DETAILS).status_code == 200, "a passkey that was just made is a second factor given"


@pytest.mark.parametrize("name", ["", "   ", "x" * 300, "\u202emy phone", "a\x00b"])
def test_a_name_that_will_not_do_is_put_right_because_the_phone_has_the_passkey_by_now(cast, logged_in, name):
    client = logged_in(cast.ishani)
    add(client, name=name)
    stored = [each.data["name"] for each in Authenticator.objects.all()]
    if "\x00" in name:
        assert stored == []
        return
    assert stored == [name[:60].strip() or "My passkey"]


@pytest.mark.parametrize(
    "phone", [Phone(verifies=False), Phone(origin="https://evil.example")], ids=["unverified", "elsewhere"]
)
def test_one_that_checked_nobody_or_was_made_elsewhere_is_not_taken(cast, logged_in, phone):
    client = logged_in(cast.ishani)
    response = add(client, phone).response
    assert NOT_TAKEN in text(response)
    assert not Authenticator.objects.exists()
    assert not Message.objects.exists()


def test_an_answer_sent_twice_makes_one(cast, logged_in):
    client = logged_in(cast.ishani)
    phone = Phone()
    sent = {"name": "My phone", "credential": json.dumps(phone.makes(options_on(client, ADD)))}
    client.post(ADD, sent)
    assert NOT_TAKEN in text(client.post(ADD, sent))
    assert Authenticator.objects.count() == 1


MISSHAPEN = ["", "null", "[]", "{}", '"x"', "1", "{", '{"response": []}', '{"id": 1, "rawId": 2, "response": {"a": 1}}']


@pytest.mark.parametrize("credential", MISSHAPEN)
def test_an_answer_written_by_hand_is_an_error_and_no_broken_page(cast, logged_in, client, credential):
    logged_in(cast.ishani).get(ADD)
    response = client.post(ADD, {"name": "My phone", "credential": credential})
    assert response.status_code == 200
    assert NOT_TAKEN in text(response)
    client.post("/account/log-out/")
    question(client)
    response = client.post(LOG_IN, {"credential": credential, "next": DETAILS})
    assert response.headers["Location"] == f"{ASK}?next=%2Faccount%2Fdetails%2F"
    assert NOT_TAKEN in text(client.get(response.headers["Location"]))
    assert not is_logged_in(client)


def test_ten_and_no_more(cast, logged_in):
    client = logged_in(cast.ishani)
    add(client)
    template = Authenticator.objects.get()
    for _ in range(MOST_PASSKEYS - 1):
        Authenticator.objects.create(user=cast.ishani, type="webauthn", data=template.data)
    response = add(client, Phone(credential_id=b"another-one-0000")).response
    assert "You have 10 passkeys. Remove one that you no longer use first." in text(response)
    assert Authenticator.objects.count() == MOST_PASSKEYS


# -- logging in ----------------------------------------------------------------------------------------------------


def test_the_log_in_page_has_a_button_that_waits_for_a_script(db, client):
    form = page(client.get(f"{ASK}?next={DETAILS}")).select_one("form[data-passkey=log-in]")
    assert (form["action"], form.has_attr("hidden")) == (LOG_IN, True)
    assert form.select_one("input[name=next]")["value"] == DETAILS
    assert form.button.get_text(strip=True) == "Log in with a passkey"


def test_logging_in_with_one_counts_for_both_steps(cast, logged_in, client, settings):
    settings.MFA_REQUIRED = True
    phone = add(logged_in(cast.samuel))
    client.post("/account/log-out/")
    key = client.session.session_key
    assert log_in_with(client, phone).headers["Location"] == DETAILS
    assert client.session[SESSION_KEY] == str(cast.samuel.pk)
    assert client.session.session_key != key
    assert client.get(DETAILS).status_code == 200


def test_the_question_names_nobody(cast, logged_in, client):
    add(logged_in(cast.ishani))
    client.post("/account/log-out/")
    assert not question(client)["publicKey"].get("allowCredentials")


@pytest.mark.parametrize("wrong", ["unverified", "elsewhere", "key", "person", "nobody", "huge"])
def test_a_wrong_answer_logs_nobody_in(cast, logged_in, client, wrong):
    phone = add(logged_in(cast.ishani))
    client.post("/account/log-out/")
    if wrong == "unverified":
        phone.verifies = False
    elif wrong == "elsewhere":
        phone.origin = "https://evil.example"
    elif wrong == "key":
        phone.key = Phone().key
    else:
        number = {"person": cast.morgan.pk, "nobody": 987654, "huge": 10**30}[wrong]
        phone.user_handle = base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")
    assert log_in_with(client, phone).headers["Location"] == f"{ASK}?next=%2Faccount%2Fdetails%2F"
    assert not is_logged_in(client)


def test_an_answer_works_once(cast, logged_in, client):
    phone = add(logged_in(cast.ishani))
    client.post("/account/log-out/")
    sent = {"credential": json.dumps(phone.gives(question(client)))}
    client.post(LOG_IN, sent)
    assert is_logged_in(client)
    client.post("/account/log-out/")
    client.post(LOG_IN, sent)
    assert not is_logged_in(client)
    question(client)
    client.post(LOG_IN, sent)
    assert not is_logged_in(client), "nor does it answer another question"


def test_a_deactivated_person_does_not_get_in(cast, logged_in, client):
    phone = add(logged_in(cast.ishani))
    client.post("/account/log-out/")
    Person.objects.filter(pk=cast.ishani.pk).update(is_active=False)
    log_in_with(client, phone)
    assert not is_logged_in(client)


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example"])
def test_nobody_is_led_elsewhere(cast, logged_in, client, where):
    phone = add(logged_in(cast.ishani))
    client.post("/account/log-out/")
    assert log_in_with(client, phone, where).headers["Location"] == "/"


def test_thirty_tries_a_minute_from_one_address_and_no_more(db, client):
    assert {client.post(LOG_IN, {"credential": "{}"}).status_code for _ in range(30)} == {302}
    assert client.post(LOG_IN, {"credential": "{}"}).status_code == 429


def test_opened_by_hand_it_leads_to_the_log_in_page(db, client):
    assert client.get(f"{LOG_IN}?next={DETAILS}").headers["Location"] == f"{ASK}?next=%2Faccount%2Fdetails%2F"


# -- whom it is asked of -------------------------------------------------------------------------------------------


def by_code(client, person):
    ask_for_code(client, person.email)
    return client.post(GIVE, {"code": last_code(), "next": DETAILS}).headers["Location"]


def test_a_peer_who_lost_the_phone_still_logs_in_with_a_code(cast, logged_in, client, settings):
    settings.MFA_REQUIRED = True
    add(logged_in(cast.ishani))
    client.post("/account/log-out/")
    Message.objects.all().delete()
    assert by_code(client, cast.ishani) == DETAILS
    assert client.get(ADD).status_code == 200, "and can look after their passkeys"


def test_staff_are_asked_for_it_after_a_code_and_may_use_a_recovery_code(cast, logged_in, client, settings):
    settings.MFA_REQUIRED = True
    phone = add(logged_in(cast.samuel))
    codes = [each.get_text() for each in page(client.get("/account/second-step/codes/")).select(".app-code")]
    client.post("/account/log-out/")
    Message.objects.all().delete()
    assert by_code(client, cast.samuel) == SECOND
    assert not is_logged_in(client)
    answer = phone.gives(options_on(client, SECOND))
    assert client.post(SECOND, {"credential": json.dumps(answer)}).headers["Location"] == DETAILS
    client.post("/account/log-out/")
    assert by_code(client, cast.samuel) == SECOND
    assert client.post(SECOND, {"code": codes[0]}).headers["Location"] == DETAILS


@pytest.mark.parametrize("wrong", ["unverified", "another's", *MISSHAPEN])
def test_a_wrong_answer_at_the_second_step_is_refused(cast, logged_in, client, settings, wrong):
    settings.MFA_REQUIRED = True
    other = add(logged_in(cast.priya, Client(**{"wsgi.url_scheme": "https"})))
    phone = add(logged_in(cast.samuel), Phone(credential_id=b"samuels-own-0000"))
    client.post("/account/log-out/")
    Message.objects.all().delete()
    by_code(client, cast.samuel)
    phone.verifies = wrong != "unverified"
    asked = options_on(client, SECOND)
    sent = {"unverified": json.dumps(phone.gives(asked)), "another's": json.dumps(other.gives(asked))}.get(wrong, wrong)
    response = client.post(SECOND, {"credential": sent})
    assert response.status_code == 200
    assert not is_logged_in(client)


def test_a_session_from_before_the_passkey_cannot_change_anything_without_it(cast, logged_in, client, settings):
    """It began with a code alone; whoever has it could otherwise set an app of their own up and be in for good."""
    settings.MFA_REQUIRED = True
    logged_in(cast.samuel)
    other = Client(**{"wsgi.url_scheme": "https"})
    add(logged_in(cast.samuel, other))
    client.post("/account/log-out/")
    cast.samuel.refresh_from_db()
    client.force_login(cast.samuel)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": 9e9}]
    session["account_authentication_methods_user"] = str(cast.samuel.pk)
    session.save()
    for path in ("/account/second-step/app/", ADD, "/account/second-step/codes/"):
        assert client.get(path).headers["Location"] == f"/account/log-in/again/?next={path}"
    assert client.get("/account/password/").headers["Location"].startswith("/account/second-step/app/")


# -- looking after them --------------------------------------------------------------------------------------------


def test_naming_and_removing_ones_own(cast, logged_in):
    client = logged_in(cast.ishani)
    add(client)
    number = Authenticator.objects.get().pk
    path = f"/account/second-step/passkeys/{number}/"
    assert errors(client.post(path, {"name": ""})) == ["Enter a name for this passkey"]
    wrong = client.post(path, {"name": "x" * 300})
    assert errors(wrong) == ["The name must be 60 characters or fewer"]
    assert page(wrong).select_one("input[name=name]")["value"] == "x" * 300
    assert client.post(path, {"name": "Old phone <b>"}).headers["Location"] == INDEX
    assert "Old phone <b>" in text(client.get(INDEX))
    Message.objects.all().delete()
    assert "Old phone <b>" in text(client.get(f"{path}remove/"))
    assert Authenticator.objects.count() == 1, "looking removes nothing"
    client.post(f"{path}remove/")
    assert not Authenticator.objects.exists()
    assert [message.kind for message in Message.objects.all()] == ["accounts.log_in_changed"]
    assert client.post(f"{path}remove/").status_code == 404


def test_the_recovery_codes_go_with_the_last_one(cast, logged_in, settings):
    settings.MFA_REQUIRED = True
    client = logged_in(cast.samuel)
    add(client)
    assert {each.type for each in Authenticator.objects.all()} == {"webauthn", "recovery_codes"}
    number = Authenticator.objects.get(type="webauthn").pk
    client.post(f"/account/second-step/passkeys/{number}/remove/")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("end", ["", "remove/"])
def test_nobody_elses_is_found(cast, logged_in, client, end):
    add(logged_in(cast.ishani))
    number = Authenticator.objects.get().pk
    client.post("/account/log-out/")
    logged_in(cast.morgan)
    for each in (number, 987654, 10**30):
        path = f"/account/second-step/passkeys/{each}/{end}"
        assert (client.get(path).status_code, client.post(path, {"name": "x"}).status_code) == (404, 404)
    assert Authenticator.objects.get().data["name"] == "My phone"


def test_what_a_browser_sent_of_a_passkey_is_not_kept(cast, client):
    client.post(ADD, {"credential": "{}", "name": "x", "kept_for": "x"})
    assert KEPT not in client.session
