"""The Trust's own log-in, where there is none; and what is made of what a provider says."""

from __future__ import annotations

import time

import pytest
from allauth.socialaccount.models import SocialAccount

from accounts.oidc import LONGEST_SINCE_LOG_IN, Claims
from accounts.presenters import ways_to_log_in
from accounts.services.trust_log_in import person_of
from core.errors import Refused
from tests.accounts.test_log_in import ASK, page

PATHS = ("", "back/", "not-known/", "went-wrong/")
LOG_IN = "/account/log-in/trust/"
NONCE = "n" * 43


@pytest.fixture
def trust(settings):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "https://trust.example", "us", "secret"
    settings.OIDC_NAME = "Riverside account"


@pytest.mark.parametrize("path", PATHS)
def test_without_a_provider_nothing_is_there(cast, client, as_person, path):
    assert client.get(LOG_IN + path).status_code == 404
    assert as_person(cast.samuel).get(LOG_IN + path).status_code == 404


def test_nor_is_there_a_button(db, client):
    assert page(client.get(ASK)).select(f"a[href^='{LOG_IN}']") == []


@pytest.mark.parametrize("missing", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_one_setting_of_the_three_missing_is_none(db, client, trust, settings, missing):
    setattr(settings, missing, "")
    assert client.get(LOG_IN).status_code == 404


def test_with_one_there_is_a_button_that_keeps_the_way_back(db, client, trust):
    (button,) = page(client.get(f"{ASK}?next=/me/")).select(f"a[href^='{LOG_IN}']")
    assert (button.get_text(strip=True), button["href"]) == (
        "Log in with your Riverside account",
        f"{LOG_IN}?next=%2Fme%2F",
    )


@pytest.mark.parametrize("path", PATHS[2:])
def test_the_pages_that_say_no_lead_back(db, client, trust, path):
    assert page(client.get(LOG_IN + path)).select_one("main a.nhsuk-button")["href"] == ASK


@pytest.mark.parametrize("method", ["post", "put"])
def test_only_looking_goes_there(db, client, trust, method):
    assert [getattr(client, method)(LOG_IN + path).status_code for path in PATHS] == [405] * 4


def said(signed=None, more=None):
    return Claims({"sub": "7", "nonce": NONCE} | (signed or {}), more or {})


@pytest.mark.parametrize(
    ("signed", "more", "email"),
    [
        ({"email": "a@b.example", "email_verified": True}, {}, "a@b.example"),
        ({}, {"email": "a@b.example", "email_verified": True}, "a@b.example"),
        ({"email": "a@b.example", "email_verified": False}, {}, ""),
        ({"email": "a@b.example"}, {}, ""),
        ({"email": "a@b.example", "email_verified": "true"}, {}, ""),
        ({"email": "a@b.example", "email_verified": 1}, {}, ""),
        ({"email_verified": True}, {"email": "a@b.example"}, ""),
        ({"email": "", "email_verified": True}, {}, ""),
    ],
)
def test_an_address_counts_only_where_the_same_source_says_it_is_verified(signed, more, email):
    assert said(signed, more).verified_email == email


@pytest.mark.parametrize(
    ("signed", "words", "did"),
    [
        ({"amr": ["pwd", "mfa"]}, ["mfa"], True),
        ({"amr": ["pwd"]}, ["mfa"], False),
        ({}, ["mfa"], False),
        ({"amr": "mfa"}, ["mfa"], False),
        ({"amr": ["pwd", "mfa"]}, [], False),
        ({"acr": "https://refeds.org/profile/mfa"}, ["https://refeds.org/profile/mfa"], True),
        ({"acr": ""}, ["mfa"], False),
    ],
)
def test_a_second_factor_counts_only_in_a_word_of_the_settings(settings, signed, words, did):
    settings.OIDC_MFA = words
    assert said(signed, {"amr": ["mfa"]}).did_second_factor is did


@pytest.mark.parametrize(
    ("signed", "more", "nonce", "answers"),
    [
        ({}, {}, NONCE, True),
        ({}, {"sub": "7"}, NONCE, True),
        ({}, {"sub": "8"}, NONCE, False),
        ({}, {"email": "a@b.example"}, NONCE, False),
        ({"nonce": "other"}, {}, NONCE, False),
        ({"nonce": ""}, {}, "", False),
        ({"auth_time": 0}, {}, NONCE, True),
        ({"auth_time": -LONGEST_SINCE_LOG_IN - 1}, {}, NONCE, False),
    ],
)
def test_an_answer_is_to_this_question_about_one_person_just_now(signed, more, nonce, answers):
    if "auth_time" in signed:
        signed = {"auth_time": time.time() + signed["auth_time"]}
    assert said(signed, more).answers(nonce) is answers


def test_one_account_at_the_trust_for_one_person(cast):
    assert person_of(provider="trust-a", uid="7", email=cast.samuel.email.upper()) == cast.samuel
    assert person_of(provider="trust-a", uid="7", email="") == cast.samuel
    for uid, email in (("8", cast.samuel.email), ("9", ""), ("9", "nobody@b.example"), ("9", cast.leyla.email)):
        with pytest.raises(Refused):
            person_of(provider="trust-a", uid=uid, email=email)
    assert [(each.user, each.uid) for each in SocialAccount.objects.all()] == [(cast.samuel, "7")]


def test_my_page_learns_of_it_in_one_question(cast, trust, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ways_to_log_in(cast.samuel).trust == ""
    from_elsewhere = {"provider": "trust-of-another-issuer", "uid": "7"}
    SocialAccount.objects.create(user=cast.samuel, **from_elsewhere)
    assert ways_to_log_in(cast.samuel).trust == ""
