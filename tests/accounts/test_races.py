"""Two at once: the person's row makes them take turns."""

from __future__ import annotations

import uuid

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount

from accounts.models import EmailChange, Person, SecondFactorReset
from accounts.services import email, resets
from accounts.services.trust_log_in import person_of
from notifications.models import Message
from tests.accounts.test_email_change import NEW, code_sent
from tests.cast import make_cast
from tests.support.races import at_once, race

pytestmark = race


def ask(cast, by, key=None):
    return resets.ask_for_reset(by=by, person=cast.samuel, reason="Lost.", form_key=key or uuid.uuid4())


def test_two_ask_for_the_same_person():
    cast = make_cast()
    RecoveryCodes.activate(cast.samuel)
    outcomes = at_once(*(lambda by=by: ask(cast, by).pk for by in (cast.robin, cast.owen)))
    assert [each for each in outcomes if isinstance(each, str)] == [
        "Somebody has asked for this already. It waits to be confirmed."
    ]
    assert SecondFactorReset.objects.count() == 1


def test_one_confirms_while_the_owner_stops_it():
    cast = make_cast()
    RecoveryCodes.activate(cast.samuel)
    reset = ask(cast, cast.robin)
    outcomes = at_once(
        lambda: resets.confirm_reset(by=cast.owen, reset=reset).pk,
        lambda: resets.stop_reset(by=cast.samuel, reset=reset).pk,
    )
    assert sum(isinstance(each, str) for each in outcomes) == 1
    reset.refresh_from_db()
    assert (reset.confirmed_at is None) != (reset.stopped_at is None)


def test_one_form_sent_twice():
    cast, key = make_cast(), uuid.uuid4()
    RecoveryCodes.activate(cast.samuel)
    first, second = at_once(*(lambda: ask(cast, cast.robin, key).pk for _ in range(2)))
    assert first == second
    assert Message.objects.filter(kind="accounts.reset_asked").count() == 1


def test_two_want_one_address():
    cast = make_cast()
    codes = []
    for person in (cast.ishani, cast.morgan):
        email.ask_to_change_email(by=person, email=NEW)
        codes.append((person, code_sent()))
        Message.objects.filter(kind="accounts.email_code").delete()
    outcomes = at_once(*(lambda p=p, c=c: email.confirm_email(by=p, code=c).pk for p, c in codes))
    assert [each for each in outcomes if isinstance(each, str)] == [email.WRONG_CODE]
    assert Person.objects.filter(email=NEW).count() == 1


def test_one_address_asked_for_twice_leaves_one_code_waiting():
    cast = make_cast()
    at_once(*(lambda: email.ask_to_change_email(by=cast.ishani, email=NEW).pk for _ in range(2)))
    assert EmailChange.objects.filter(person=cast.ishani, ended_at=None).count() == 1


def test_two_accounts_at_the_trust_for_one_address():
    cast = make_cast()
    outcomes = at_once(
        *(lambda uid=uid: person_of(provider="trust-a", uid=uid, email=cast.samuel.email).pk for uid in "ab")
    )
    assert sum(isinstance(each, str) for each in outcomes) == 1
    assert SocialAccount.objects.count() == 1
