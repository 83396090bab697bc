"""The pages of a passport: what is asked, what is shown to whom, and what bad input does."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access import services
from access.models import Consent, Passport
from access.questions import BY_KEY, QUESTIONS
from audit.models import Look
from core import clock
from governance import standing
from governance.models import Constituency
from network.models import Partnership
from tests.access.said import CANARIES, say, say_everything
from tests.cast import seat
from tests.conftest import MORNING

OWN = reverse("access:passport")
MOST_QUERIES = 12


def page(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def words(response):
    return page(response).get_text(" ", strip=True)


def at(name, *about):
    return reverse(f"access:{name}", args=about)


# -- one's own ---------------------------------------------------------------------------------------------------------


def test_an_empty_passport_is_not_called_unfinished(cast, as_person):
    shown = as_person(cast.ishani).get(OWN)
    assert [link["href"] for link in page(shown).select("a[href*=question]")] == [
        at("question", question.key) for question in QUESTIONS
    ]
    for word in ("complete", "finish", "to do", "not started", "missing", "required", "must", "%"):
        assert word not in words(shown).lower()
    assert "Only you." in words(shown)
    assert "Nobody has looked at it." in words(shown)


@pytest.mark.parametrize("key", BY_KEY)
def test_each_question_is_one_page_and_may_be_left_empty(cast, as_person, key):
    client = as_person(cast.ishani)
    shown = client.get(at("question", key))
    assert len(page(shown).select("h1")) == 1
    assert page(shown).select("[required]") == []
    assert client.post(at("question", key), {}).url == OWN
    assert not Passport.objects.exists()


def test_what_is_said_stands_on_the_page_and_in_the_form(cast, as_person):
    client = as_person(cast.ishani)
    said = {"chosen": ["large_print", "other_language"], "point_size": "18", "language": "Tigrinya", "colour": "Red"}
    assert client.post(at("question", "format"), said).url == OWN
    assert "Large print: 18 point" in words(client.get(OWN))
    assert "In another language: Tigrinya" in words(client.get(OWN))
    assert "Red" not in words(client.get(OWN)), "no coloured background is chosen"
    form = page(client.get(at("question", "format")))
    assert [box["value"] for box in form.select("input[checked]")] == ["large_print", "other_language"]
    assert form.find("input", {"name": "language"})["value"] == "Tigrinya"
    client.post(at("question", "format"), {"chosen": ["standard"], "point_size": "18", "language": "Tigrinya"})
    assert (Passport.objects.get().point_size, Passport.objects.get().words()) == (None, {})


@pytest.mark.parametrize(
    ("key", "typed", "error"),
    [
        ("format", {"chosen": ["large_print"], "point_size": "9000"}, "Enter a size from 14 to 72"),
        ("format", {"chosen": ["large_print"], "point_size": "big"}, "Enter a size from 14 to 72"),
        ("format", {"chosen": ["other_language"], "language": "x" * 300}, "Use up to 60 characters"),
        ("format", {"chosen": ["bsl_interpreter"]}, "Choose from the list"),
        ("anything_else", {"anything_else": "x" * 1001}, "Use up to 1,000 characters"),
        ("anything_else", {"anything_else": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_bad_input_is_said_and_kept(cast, as_person, key, typed, error):
    shown = as_person(cast.ishani).post(at("question", key), typed)
    assert shown.status_code == 200
    assert "There is a problem" in words(shown)
    assert error in words(shown)
    for name, value in typed.items():
        if name != "chosen" and "\x00" not in value:
            assert value in str(page(shown))
    assert not Passport.objects.exists()


def test_words_from_right_to_left_and_markup_are_kept_as_they_are(cast, as_person):
    written = "أحتاج إلى مترجم <script>alert(1)</script>"
    client = as_person(cast.ishani)
    client.post(at("question", "anything_else"), {"anything_else": written})
    assert written in words(client.get(OWN))
    assert "<script>" not in str(page(client.get(OWN)))


def test_no_such_question(cast, as_person):
    assert as_person(cast.ishani).get(at("question", "diagnosis")).status_code == 404


def test_what_was_typed_survives_a_session_that_ran_out(cast, client, as_person):
    path = at("question", "anything_else")
    form = page(as_person(cast.ishani).get(path))
    said = {"kept_for": form.find("input", {"name": "kept_for"})["value"], "anything_else": "Near the door"}
    client.logout()
    assert client.post(path, said).status_code == 302
    assert "Near the door" in str(page(as_person(cast.ishani).get(path)))
    client.logout()
    assert client.get(path).status_code == 302


# -- sharing -----------------------------------------------------------------------------------------------------------


def test_yes_and_no_are_on_one_page_and_no_is_chosen_first(cast, as_person):
    say(cast.cass)
    client = as_person(cast.cass)
    path = at("share", cast.group.pk)
    first = client.get(path)
    assert page(first).select_one("input[checked]")["value"] == "no"
    assert "The secretary and co-leads of Role design and job description may see this" in words(first)
    assert "2 co-leads and 1 secretary of the Peer Support Steering Group" in words(first)
    assert client.post(path, {"share": "yes"}).url == OWN
    assert "Yes, since 1 September 2026" in words(client.get(OWN))
    assert page(client.get(path)).select_one("input[checked]")["value"] == "yes"
    assert client.post(path, {"share": "no"}).url == OWN
    assert "Only you." in words(client.get(OWN))


@pytest.mark.parametrize("sent", [{}, {"share": "perhaps"}])
def test_neither_yes_nor_no_shares_nothing(cast, as_person, sent):
    shown = as_person(cast.cass).post(at("share", cast.group.pk), sent)
    assert "Choose yes or no" in words(shown)
    assert not Consent.objects.exists()


def test_a_group_of_others_cannot_be_shared_with(cast, as_person):
    say(cast.ishani)
    refused = as_person(cast.ishani).post(at("share", cast.group.pk), {"share": "yes"})
    assert (refused.status_code, Consent.objects.exists()) == (403, False)


def test_a_sponsor_is_offered_by_name_and_not_chosen(cast, as_person):
    say(cast.ishani)
    client = as_person(cast.ishani)
    path = at("share_with_people")
    boxes = page(client.get(path)).select("input[type=checkbox]")
    assert [(int(box["value"]), box.has_attr("checked")) for box in boxes] == [(cast.samuel.pk, False)]
    assert client.post(path, {"people": [cast.samuel.pk]}).url == OWN
    assert "Yes, since 1 September 2026" in words(client.get(OWN))
    assert client.post(path, {}).url == OWN
    assert not Consent.objects.live().exists()


def test_whoever_is_not_offered_cannot_be_chosen(cast, as_person):
    shown = as_person(cast.ishani).post(at("share_with_people"), {"people": [cast.priya.pk]})
    assert "Choose people from the list" in words(shown)
    assert not Consent.objects.exists()
    assert "You do not have a staff sponsor today" in words(as_person(cast.morgan).get(at("share_with_people")))


# -- reading -----------------------------------------------------------------------------------------------------------


def test_a_co_lead_reads_it_and_its_owner_sees_that_somebody_did(cast, as_person):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    listed = as_person(cast.tunde).get(at("shared"))
    assert "Cass Tinderly" in words(listed)
    link = page(listed).select_one("a[href*=shared]")["href"]
    shown = as_person(cast.tunde).get(link)
    for canary in CANARIES.values():
        assert canary in words(shown)
    assert Look.objects.get().actor == cast.tunde
    own = words(as_person(cast.cass).get(OWN))
    assert "A co-lead of Role design and job description, Tuesday 1 September 2026 at 10am" in own
    assert "Tunde" not in own


def test_ones_own_look_is_not_logged(cast, as_person):
    say_everything(cast.cass)
    assert as_person(cast.cass).get(at("read", cast.cass.passport.pk)).status_code == 200
    assert not Look.objects.exists()


def test_taken_back_between_the_list_and_the_page(cast, as_person, monkeypatch):
    """The row was visible when it was loaded, and was shared no more when it was read."""
    say_everything(cast.cass)
    monkeypatch.setattr("access.models.PassportQuerySet.visible_to", lambda self, user: self)
    monkeypatch.setattr("access.views.require", lambda *args: None)
    shown = as_person(cast.tunde).get(at("read", cast.cass.passport.pk))
    assert (shown.status_code, Look.objects.exists()) == (404, False)


def test_all_looks_have_a_page_of_their_own(cast, as_person):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    for _ in range(27):
        services.read_passport(by=cast.tunde, passport=cast.cass.passport)
    client = as_person(cast.cass)
    assert words(client.get(OWN)).count("A co-lead of") == 5
    assert "See everybody who has looked" in words(client.get(OWN))
    assert words(client.get(at("looks"))).count("A co-lead of") == 25
    assert words(client.get(at("looks") + "?page=2")).count("A co-lead of") == 2
    assert words(client.get(at("looks") + "?page=nonsense")).count("A co-lead of") == 25
    assert "Nobody has looked at it." in words(as_person(cast.morgan).get(at("looks")))


# -- deleting and looking over -----------------------------------------------------------------------------------------


def test_deleting_is_one_page(cast, as_person):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    client = as_person(cast.cass)
    assert "You cannot undo this." in words(client.get(at("delete")))
    assert Passport.objects.exists()
    assert client.post(at("delete")).url == OWN
    assert client.post(at("delete")).url == OWN
    assert not Passport.objects.exists()
    assert "Only you." in words(client.get(OWN))
    assert "Delete my passport" not in words(client.get(OWN))


def test_one_press_says_that_it_is_still_right(cast, as_person):
    say(cast.cass)
    with clock.set_to(MORNING + dt.timedelta(days=366)):
        client = as_person(cast.cass)
        assert "Is this still right?" in words(client.get(OWN))
        assert client.post(at("still_right")).url == OWN
        assert "Is this still right?" not in words(client.get(OWN))
    assert client.get(at("still_right")).status_code == 405


def test_words_that_cannot_be_opened_break_no_page(cast, as_person):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    Passport.objects.update(sealed="nonsense")
    client = as_person(cast.cass)
    assert "We cannot open what you wrote" in words(client.get(OWN))
    shown = client.post(at("question", "comfort"), {"chosen": ["breaks"]})
    assert "We cannot open what you wrote before" in words(shown)
    read = as_person(cast.tunde).get(at("read", cast.cass.passport.pk))
    assert "There may be more, in their own words, that we cannot open." in words(read)


# -- queries -----------------------------------------------------------------------------------------------------------


def cost(client, path):
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_pages_cost_the_same_however_much_there_is(cast, as_person):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    services.read_passport(by=cast.tunde, passport=cast.cass.passport)
    Partnership.objects.create(peer=cast.cass, sponsor=cast.priya, from_on=clock.today())
    paths = {
        OWN: cast.cass,
        at("looks"): cast.cass,
        at("shared"): cast.grace,
        at("read", cast.cass.passport.pk): cast.grace,
    }
    few = {path: cost(as_person(person), path) for path, person in paths.items()}
    seat(cast.other_group, cast.cass, Constituency.PEER)
    standing.forget(cast.cass)
    Partnership.objects.create(peer=cast.cass, sponsor=cast.samuel, from_on=clock.today())
    for body in (cast.other_group, cast.steering, cast.network):
        services.share_with_body(by=cast.cass, body=body)
    for person in (cast.samuel, cast.priya):
        services.share_with_person(by=cast.cass, person=person)
        say_everything(person)
        services.share_with_body(by=person, body=cast.network)
        services.read_passport(by=person, passport=cast.cass.passport)
    assert {path: cost(as_person(person), path) for path, person in paths.items()} == few
    assert max(few.values()) <= MOST_QUERIES, few
