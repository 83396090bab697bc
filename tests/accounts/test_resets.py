"""A second factor that was lost: asked by one, confirmed by another, told to its owner at every step."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Person, Role, RoleHeld, SecondFactorReset
from accounts.services import people, resets
from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from core.secrets import unseal
from notifications.letters import write
from notifications.models import Message
from tests.accounts.test_link_page import make_link
from tests.accounts.test_log_in import GIVE, ask_for_code, errors, is_logged_in, last_code, page, text
from tests.conftest import MORNING

LIST, ASK = "/lost-second-steps/", "/lost-second-steps/ask/"
WHY = "Samuel lost the phone. I saw them at the ward meeting."
DETAILS, SECOND = "/account/details/", "/account/log-in/second-step/"


@pytest.fixture
def lost(cast, second_step):
    """Samuel has an app, and Robin is joined by a second platform administrator."""
    second_step(cast.samuel)
    second = Person.objects.create_person(email="wren@anytown-riverside.example", name="Wren Second")
    RoleHeld.objects.create(person=second, role=Role.PLATFORM_ADMIN, from_at=MORNING, given_by=cast.grace)
    cast.people["wren"] = second
    return cast


def asked(cast, by, person="samuel", **more):
    key = more.get("form_key") or uuid.uuid4()
    return resets.ask_for_reset(by=getattr(cast, by), person=getattr(cast, person), reason=WHY, form_key=key)


def by_link(person):
    client = Client()
    client.post(f"/l/{make_link(person)}/")
    return client


def has_app(person):
    return Authenticator.objects.filter(user=person).exists()


# -- the rule ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asks", "confirms"), [("robin", "owen"), ("owen", "robin"), ("robin", "wren")])
def test_two_people_take_it_away(lost, asks, confirms):
    elsewhere = by_link_with_app(lost)
    reset = asked(lost, asks)
    assert has_app(lost.samuel), "nothing changes yet"
    resets.confirm_reset(by=getattr(lost, confirms), reset=reset)
    assert not has_app(lost.samuel)
    assert elsewhere.get(DETAILS).status_code == 302
    assert [(message.kind, message.recipient) for message in Message.objects.order_by("posted_at", "kind")] == [
        ("accounts.reset_asked", lost.samuel),
        ("accounts.reset_done", lost.samuel),
    ]
    assert [(entry.verb, entry.actor, entry.facts) for entry in AuditEntry.objects.all()] == [
        ("accounts.asked_for_reset", getattr(lost, asks), {"person": lost.samuel.pk}),
        ("accounts.confirmed_reset", getattr(lost, confirms), {"person": lost.samuel.pk}),
    ]


def by_link_with_app(cast):
    cast.samuel.refresh_from_db()
    client = Client()
    client.force_login(cast.samuel)
    assert client.get(DETAILS).status_code == 200
    return client


@pytest.mark.parametrize(
    ("asks", "confirms", "says"),
    [
        ("robin", "robin", "You asked for this. Another person must confirm it."),
        ("robin", "samuel", "You cannot confirm this for yourself."),
        ("owen", "second_lead", "One of the two people must be a platform administrator"),
        ("robin", "nadia", "both must still have their role"),
    ],
)
def test_others_may_not_be_the_second(lost, asks, confirms, says):
    lead = Person.objects.create_person(email="lead@anytown-riverside.example", name="Lead Second")
    RoleHeld.objects.create(person=lead, role=Role.GOVERNANCE_LEAD, from_at=MORNING, given_by=lost.grace)
    lost.people["second_lead"] = lead
    reset = asked(lost, asks)
    with pytest.raises(Refused, match=says):
        resets.confirm_reset(by=getattr(lost, confirms), reset=reset)
    assert has_app(lost.samuel)


@pytest.mark.parametrize("what", ["role", "person"])
def test_who_asked_must_still_be_one_of_them(lost, what):
    reset = asked(lost, "robin")
    if what == "role":
        people.end_role(by=lost.wren, held=lost.robin.roles.get())
    else:
        people.deactivate(by=lost.wren, person=lost.robin)
    with pytest.raises(Refused, match="both must still have their role"):
        resets.confirm_reset(by=lost.wren, reset=reset)


@pytest.mark.parametrize(
    ("by", "person", "says"),
    [
        ("robin", "robin", "You cannot ask for this for yourself."),
        ("robin", "leyla", "This person can no longer log in."),
        ("robin", "morgan", "This person has no second step to take away."),
    ],
)
def test_what_makes_no_sense_is_refused(lost, second_step, by, person, says):
    for each in (lost.robin, lost.leyla):
        second_step(each)
    with pytest.raises(Refused, match=says):
        asked(lost, by, person)
    assert not SecondFactorReset.objects.exists()


def test_one_waits_at_a_time_until_it_is_too_old(lost):
    asked(lost, "robin")
    with pytest.raises(Refused, match="Somebody has asked for this already."):
        asked(lost, "owen")
    with clock.set_to(MORNING + dt.timedelta(days=3)):
        second = asked(lost, "owen")
        assert second.is_waiting
    assert SecondFactorReset.objects.filter(confirmed_at=None, stopped_at=None).count() == 1


def test_the_same_form_sent_twice_asks_once(lost):
    key = uuid.uuid4()
    assert asked(lost, "robin", form_key=key) == asked(lost, "robin", form_key=key)
    assert Message.objects.count() == 1
    with pytest.raises(Refused, match="used already"):
        asked(lost, "owen", form_key=key)


def test_three_days_and_no_more(lost):
    reset = asked(lost, "robin")
    with clock.set_to(MORNING + dt.timedelta(days=3)), pytest.raises(Refused, match="can no longer be confirmed"):
        resets.confirm_reset(by=lost.owen, reset=reset)
    with clock.set_to(MORNING + dt.timedelta(days=3, seconds=-1)):
        resets.confirm_reset(by=lost.owen, reset=reset)
    with pytest.raises(Refused, match="can no longer be confirmed"):
        resets.confirm_reset(by=lost.owen, reset=reset)


def test_a_person_deactivated_meanwhile_keeps_what_they_had(lost):
    reset = asked(lost, "robin")
    people.deactivate(by=lost.wren, person=lost.samuel)
    with pytest.raises(Refused, match="can no longer be confirmed"):
        resets.confirm_reset(by=lost.owen, reset=reset)
    assert has_app(lost.samuel)


def test_what_was_stopped_is_over_and_the_owner_told(lost):
    reset = asked(lost, "robin")
    resets.stop_reset(by=lost.owen, reset=reset)
    for act in (resets.stop_reset, resets.confirm_reset):
        with pytest.raises(Refused):
            act(by=lost.wren, reset=reset)
    assert Message.objects.filter(kind="accounts.reset_stopped", recipient=lost.samuel).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"asked_by": "samuel"},
        {"confirmed_by": "samuel", "confirmed_at": MORNING},
        {"confirmed_by": "robin", "confirmed_at": MORNING},
        {"confirmed_at": MORNING},
        {"stopped_by": "owen"},
        {"confirmed_by": "owen", "confirmed_at": MORNING, "stopped_by": "owen", "stopped_at": MORNING},
    ],
    ids=str,
)
def test_the_database_holds_it_too(lost, wrong):
    reset = asked(lost, "robin")
    values = {name: getattr(lost, value) if isinstance(value, str) else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorReset.objects.filter(pk=reset.pk).update(**values)


def test_the_reason_is_sealed(lost):
    reset = asked(lost, "robin")
    stored = SecondFactorReset.objects.values().get()["reason"]
    assert "ward" not in stored
    assert unseal(reset.reason) == WHY


def test_the_letters_name_nobody_else_and_no_reason(lost):
    reset = asked(lost, "robin")
    resets.confirm_reset(by=lost.owen, reset=reset)
    letters, unsent = write(Message.objects.order_by("kind"))
    assert (len(letters), unsent) == (2, [])
    for letter in letters:
        assert letter.email.subject == "About your account"
        assert [word for word in ("Robin", "Owen", "ward", "phone.\n") if word in str(letter.email.body)] == []


# -- coming back ---------------------------------------------------------------------------------------------------


def test_a_code_by_email_does_not_pass_by_a_second_step_that_was_not_taken_away(lost, client):
    asked(lost, "robin")
    ask_for_code(client, lost.samuel.email)
    assert client.post(GIVE, {"code": last_code()}).headers["Location"] == SECOND
    assert not is_logged_in(client)


def test_afterwards_a_code_leads_to_a_new_second_step_before_anything_else(lost, client, settings):
    settings.MFA_REQUIRED = True
    resets.confirm_reset(by=lost.owen, reset=asked(lost, "robin"))
    ask_for_code(client, lost.samuel.email)
    assert client.post(GIVE, {"code": last_code(), "next": DETAILS}).headers["Location"] == DETAILS
    assert client.get(DETAILS).headers["Location"].startswith("/account/second-step/app/")
    assert client.get("/").headers["Location"].startswith("/account/second-step/app/")


# -- the pages -----------------------------------------------------------------------------------------------------


def test_the_whole_way_by_pages(lost):
    robin, owen = by_link(lost.robin), by_link(lost.owen)
    form = page(robin.get(ASK)).select_one("main form")
    sent = {each["name"]: each.get("value", "") for each in form.select("input")}
    response = robin.post(ASK, sent | {"email": lost.samuel.email.upper(), "reason": WHY}, follow=True)
    assert "We have told them. Another person must now confirm it." in text(response)
    assert "You asked for this. Another person must confirm it." in text(response)
    where = response.request["PATH_INFO"]
    assert "Take their second step away" not in text(response)
    shown = text(owen.get(where))
    assert WHY in shown
    assert "Waiting until Friday 4 September 2026 at 10am" in shown
    assert has_app(lost.samuel), "looking confirms nothing"
    assert "Done. They are logged out everywhere" in text(owen.post(where, follow=True))
    assert "Done, confirmed by Owen Bramblecote" in text(owen.get(where))
    assert "This can no longer be confirmed." in text(owen.get(where))
    again = owen.post(where)
    assert "This can no longer be confirmed. If the second step is still lost, ask anew." in text(again)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"email": "", "reason": ""}, ["Enter their email address", "Enter why, and how you know that it is them"]),
        ({"email": "nobody@anytown-riverside.example", "reason": "x"}, ["Nobody here has this email address"]),
        ({"email": "samuel@anytown-riverside.example", "reason": "x" * 501}, ["The reason must be 500 characters"]),
        ({"email": "robin@anytown-riverside.example", "reason": "x"}, ["You cannot ask for this for yourself."]),
        ({"email": "a\x00@b.example", "reason": "a\x00"}, ["Enter an email", "Null characters are not allowed"]),
    ],
)
def test_wrong_answers_are_said_and_kept(lost, sent, says):
    robin = by_link(lost.robin)
    response = robin.post(ASK, sent | {"form_key": uuid.uuid4()})
    said = errors(response)
    assert [any(each.startswith(start) for each in said) for start in says] == [True] * len(says)
    assert page(response).textarea.get_text().strip("\n") == sent["reason"] or "\x00" in sent["reason"]
    assert not SecondFactorReset.objects.exists()


def test_ten_requests_an_hour_and_no_more(lost):
    robin = by_link(lost.robin)
    for _ in range(10):
        robin.post(ASK, {"email": "robin@anytown-riverside.example", "reason": "x", "form_key": uuid.uuid4()})
    response = robin.post(ASK, {"email": lost.samuel.email, "reason": "x", "form_key": uuid.uuid4()})
    assert "You have asked too many times. Wait an hour, then try again." in text(response)
    assert not SecondFactorReset.objects.exists()


def test_it_needs_a_fresh_log_in(lost, as_person):
    reset = asked(lost, "owen")
    client = as_person(lost.robin)
    for path in (LIST, ASK, f"{LIST}{reset.pk}/", f"{LIST}{reset.pk}/stop/"):
        assert client.get(path).headers["Location"] == f"/account/log-in/again/?next={path}"
        assert client.post(path).status_code == 302
    reset.refresh_from_db()
    assert reset.is_waiting


def test_an_administrator_does_not_read_why_somebody_asked_for_their_own(lost, second_step):
    second_step(lost.robin)
    reset = asked(lost, "owen", "robin")
    other = asked(lost, "owen")
    Authenticator.objects.filter(user=lost.robin).delete()
    robin = by_link(lost.robin)
    assert robin.get(f"{LIST}{reset.pk}/").status_code == 404
    assert robin.post(f"{LIST}{reset.pk}/stop/").status_code == 404
    links = [each["href"] for each in page(robin.get(LIST)).select("main dl a")]
    assert links == [f"{LIST}{other.pk}/"]


def test_stopping_from_the_page(lost):
    reset = asked(lost, "robin")
    owen = by_link(lost.owen)
    assert "Stopped. They have been told." in text(owen.post(f"{LIST}{reset.pk}/stop/", follow=True))
    assert "confirmed or stopped already" in text(owen.post(f"{LIST}{reset.pk}/stop/"))


def test_its_owner_is_shown_it_and_may_stop_it(lost):
    asked(lost, "robin")
    client = by_link_with_app(lost)
    shown = text(client.get("/account/second-step/"))
    assert "Somebody asks to take these away" in shown
    assert "ward" not in shown
    assert "Robin" not in shown
    client.post("/account/second-step/keep/")
    assert SecondFactorReset.objects.get().stopped_by == lost.samuel
    assert "Somebody asks to take these away" not in text(client.get("/account/second-step/"))
    assert client.post("/account/second-step/keep/").status_code == 302, "pressed twice"


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(lost, second_step, how_many, django_assert_max_num_queries):
    for name in ("priya", "nadia", "cass")[:how_many]:
        second_step(getattr(lost, name))
        asked(lost, "owen", name)
    robin = by_link(lost.robin)
    robin.get(LIST)
    with django_assert_max_num_queries(5) as queries:
        assert len(page(robin.get(LIST)).select("main dl dt")) == how_many
    assert len(queries) == 5
