"""A changed email address: shown to be one's own, told to the old one, and put back for who did not change it."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import EmailChange, LoginLink, Person
from accounts.services import email as services
from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from core.secrets import unseal
from notifications.letters import write
from notifications.models import Message
from tests.accounts.test_link_page import make_link
from tests.accounts.test_log_in import ask_for_code, errors, is_logged_in, page, text
from tests.conftest import MORNING

EMAIL, CODE, KEEP = "/account/email/", "/account/email/code/", "/account/email/keep/"
DETAILS = "/account/details/"
NEW = "ishani.new@anytown-riverside.example"
WRONG = "This code is not right. Check it, or ask for a new one."
NO_LONGER = "This code no longer works. Ask for a new one."


@pytest.fixture
def by_link(client):
    def log_in(person, on=client):
        on.post(f"/l/{make_link(person)}/")
        return on

    return log_in


@pytest.fixture
def ishani(cast, by_link):
    return by_link(cast.ishani)


def code_sent():
    return json.loads(unseal(Message.objects.filter(kind="accounts.email_code").latest("posted_at").secret))["code"]


def ask(client, email=NEW):
    return client.post(EMAIL, {"email": email})


def address_of(person):
    return Person.objects.get(pk=person.pk).email


# -- the whole way -------------------------------------------------------------------------------------------------


def test_the_new_address_is_shown_to_be_ones_own_and_the_old_one_told(cast, ishani):
    old, elsewhere, key = cast.ishani.email, Client(), ishani.session.session_key
    elsewhere.force_login(cast.ishani)
    assert ask(ishani).headers["Location"] == CODE
    assert address_of(cast.ishani) == old, "until the code is given"
    code = code_sent()
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    response = ishani.post(CODE, {"code": f" {code.lower().replace('-', ' ')} "}, follow=True)
    assert "We have changed your email address. You are logged out everywhere else." in text(response)
    assert address_of(cast.ishani) == NEW
    assert elsewhere.get(DETAILS).status_code == 302
    assert ishani.session.session_key != key
    told = Message.objects.get(kind="accounts.email_moved")
    assert (told.recipient, told.address) == (None, old)
    assert [entry.verb for entry in AuditEntry.objects.all()] == [
        "accounts.asked_to_change_email",
        "accounts.changed_email",
    ]


def test_the_letters_say_what_to_do_and_tell_no_more(cast, ishani):
    ask(ishani)
    letters, unsent = write(Message.objects.filter(kind="accounts.email_code"))
    assert (letters[0].email.to, unsent) == ([NEW], [])
    ishani.post(CODE, {"code": code_sent()})
    (letter,), _ = write(Message.objects.filter(kind="accounts.email_moved"))
    body = str(letter.email.body)
    assert letter.email.to == [cast.ishani.email]
    assert letter.email.subject == "About your account"
    assert "We can change it back." in body
    assert NEW not in body
    assert "Ishani" not in body


def test_the_old_address_opens_nothing_any_more(cast, ishani, client):
    old = cast.ishani.email
    EmailAddress.objects.create(user=cast.ishani, email=old, verified=True, primary=True)
    token = make_link(cast.ishani)
    ask(ishani)
    ishani.post(CODE, {"code": code_sent()})
    other = Client()
    assert other.post(f"/l/{token}/").headers["Location"] == f"/l/{token}/"
    assert not is_logged_in(other)
    assert not LoginLink.objects.filter(person=cast.ishani, used_at=None).exists()
    Message.objects.all().delete()
    ask_for_code(other, old)
    assert not Message.objects.exists()
    other.cookies.clear()
    ask_for_code(other, NEW.upper())
    assert Message.objects.get().recipient == cast.ishani


# -- the address ---------------------------------------------------------------------------------------------------


def test_an_address_of_somebody_else_is_answered_like_a_free_one(cast, ishani):
    pages, written = [], []
    for email in ("free@anytown-riverside.example", cast.morgan.email.upper(), cast.leyla.email):
        with CaptureQueriesContext(connection) as queries:
            assert ask(ishani, email).headers["Location"] == CODE
        written.append(sum(query["sql"].startswith(("INSERT", "UPDATE")) for query in queries))
        shown = str(page(ishani.get(CODE)).main)
        pages.append(re.sub(r'value="[^"]{60,}"', "", shown).replace(email.lower(), "ADDRESS"))
        assert errors(ishani.post(CODE, {"code": "BCDF-2345"})) == [WRONG]
    assert len(set(pages)) == 1
    assert written[1:] == [written[1]] * 2
    assert abs(written[0] - written[1]) <= 1, "the first time there was nothing to give up"
    assert [message.address for message in Message.objects.all()] == ["free@anytown-riverside.example"]


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("", "Enter your new email address"),
        ("ishani", "Enter an email address in the correct format, like name@example.com"),
        ("a\x00b@example.org", "Enter an email address in the correct format, like name@example.com"),
        (f"{'x' * 300}@example.org", "The email address must be 254 characters or fewer"),
        ("ISHANI@anytown-riverside.example", "This is the address you have now. Enter the new one."),
        ("іshanі@anytown-riverside.example", None),
        ("ishani@аnytown.example", "Use only the letters a to z, numbers and signs like . - _ @ in an email address."),
        ("\u202eishani@example.org", None),
    ],
)
def test_a_wrong_address_is_said_kept_and_changes_nothing(cast, ishani, email, says):
    response = ask(ishani, email)
    assert response.status_code == 200
    assert len(errors(response)) == 1
    assert says is None or errors(response)[0].startswith(says[:40])
    assert not EmailChange.objects.exists()
    assert not Message.objects.exists()


def test_it_is_kept_in_small_letters(cast, ishani):
    ask(ishani, "Ishani.NEW@Anytown-Riverside.Example")
    ishani.post(CODE, {"code": code_sent()})
    assert address_of(cast.ishani) == NEW


@pytest.mark.parametrize("path", [EMAIL, CODE])
def test_it_needs_a_fresh_log_in(cast, as_person, path):
    client = as_person(cast.ishani)
    for send in (client.get, client.post):
        assert send(path).headers["Location"] == f"/account/log-in/again/?next={path}"


def test_five_addresses_in_five_minutes_and_no_more(cast, ishani):
    for number in range(5):
        assert ask(ishani, f"new{number}@anytown-riverside.example").status_code == 302
    response = ask(ishani)
    assert errors(response) == ["You have tried too many times. Wait 5 minutes, then try again."]
    assert page(response).select_one("input[name=email]")["value"] == NEW
    assert Message.objects.count() == 5


# -- the code ------------------------------------------------------------------------------------------------------


def test_one_waits_at_a_time_and_the_old_code_no_longer_works(cast, ishani):
    ask(ishani, "first@anytown-riverside.example")
    first = code_sent()
    Message.objects.all().delete()
    ask(ishani)
    assert EmailChange.objects.filter(ended_at=None).count() == 1
    assert errors(ishani.post(CODE, {"code": first})) == [WRONG]
    ishani.post(CODE, {"code": code_sent()})
    assert address_of(cast.ishani) == NEW


def test_the_database_holds_that_one_waits(cast):
    EmailChange.objects.create(person=cast.ishani, email=NEW, code_sha256="x", asked_at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailChange.objects.create(person=cast.ishani, email="b@example.org", code_sha256="x", asked_at=MORNING)


def test_a_code_is_not_kept_as_it_is(cast, ishani):
    ask(ishani)
    assert code_sent().replace("-", "") not in str(EmailChange.objects.values().get())


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "é" * 90, "x" * 300])
def test_a_wrong_code_is_said(cast, ishani, code):
    ask(ishani)
    assert len(errors(ishani.post(CODE, {"code": code}))) == 1
    assert address_of(cast.ishani) == cast.ishani.email


def test_five_wrong_codes_end_it(cast, ishani):
    ask(ishani)
    for _ in range(5):
        assert errors(ishani.post(CODE, {"code": "BBBB-BBBB"})) == [WRONG]
    assert errors(ishani.post(CODE, {"code": code_sent()})) == [NO_LONGER]
    assert address_of(cast.ishani) == cast.ishani.email


def test_half_an_hour_ends_it(cast):
    services.ask_to_change_email(by=cast.ishani, email=NEW)
    with clock.set_to(MORNING + dt.timedelta(minutes=30)), pytest.raises(Refused, match=NO_LONGER):
        services.confirm_email(by=cast.ishani, code=code_sent())
    with clock.set_to(MORNING + dt.timedelta(minutes=30, seconds=-1)):
        assert services.confirm_email(by=cast.ishani, code=code_sent()).email == NEW


def test_an_address_taken_meanwhile_changes_nothing(cast, ishani):
    ask(ishani)
    Person.objects.filter(pk=cast.morgan.pk).update(email=NEW)
    assert errors(ishani.post(CODE, {"code": code_sent()})) == [WRONG]
    assert address_of(cast.ishani) == cast.ishani.email
    assert not Message.objects.filter(kind="accounts.email_moved").exists()


def test_a_code_of_another_person_changes_nothing(cast, ishani):
    ask(ishani)
    services.ask_to_change_email(by=cast.morgan, email="m@anytown-riverside.example")
    theirs = json.loads(unseal(Message.objects.get(address="m@anytown-riverside.example").secret))["code"]
    assert errors(ishani.post(CODE, {"code": theirs})) == [WRONG]


def test_one_may_keep_the_address_one_has(cast, ishani):
    ask(ishani)
    code = code_sent()
    assert f"Waits for its code: {NEW}" in text(ishani.get(DETAILS))
    response = ishani.post(KEEP, follow=True)
    assert "You keep the email address you have." in text(response)
    assert "Waits for its code" not in text(response)
    assert ishani.post(CODE, {"code": code}).headers["Location"] == EMAIL
    letters, unsent = write(Message.objects.filter(kind="accounts.email_code"))
    assert (letters, len(unsent)) == ([], 1)


# -- putting it back -----------------------------------------------------------------------------------------------


def change_it(person):
    services.ask_to_change_email(by=person, email=NEW)
    return services.confirm_email(by=person, code=code_sent())


def person_page(person):
    return f"/platform/accounts/person/{person.pk}/change/"


def test_an_administrator_puts_it_back_and_both_addresses_are_told(cast, as_person):
    old = cast.ishani.email
    robin = as_person(cast.robin)
    assert "put_back" not in {each.get("name") for each in page(robin.get(person_page(cast.ishani))).select("input")}
    taken = Client()
    change_it(cast.ishani)
    cast.ishani.refresh_from_db()
    taken.force_login(cast.ishani)
    Message.objects.all().delete()
    assert "put_back" in {each.get("name") for each in page(robin.get(person_page(cast.ishani))).select("input")}
    robin.post(person_page(cast.ishani), {"put_back": "on"})
    assert address_of(cast.ishani) == old
    assert taken.get(DETAILS).status_code == 302
    assert {(message.kind, message.address, message.recipient_id) for message in Message.objects.all()} == {
        ("accounts.email_moved", NEW, None),
        ("accounts.log_in_changed", "", cast.ishani.pk),
    }
    with pytest.raises(Refused, match="There is no change of address to put back."):
        services.put_email_back(by=cast.robin, person=cast.ishani)


def test_after_thirty_days_or_for_oneself_or_when_taken_it_is_refused(cast):
    old = cast.ishani.email
    change_it(cast.ishani)
    with clock.set_to(MORNING + dt.timedelta(days=30)), pytest.raises(Refused, match="no change of address"):
        services.put_email_back(by=cast.robin, person=cast.ishani)
    with pytest.raises(Refused, match="for yourself"):
        services.put_email_back(by=cast.ishani, person=cast.ishani)
    Person.objects.filter(pk=cast.morgan.pk).update(email=old)
    with pytest.raises(Refused, match="Somebody else has that address"):
        services.put_email_back(by=cast.robin, person=cast.ishani)
    assert address_of(cast.ishani) == NEW
