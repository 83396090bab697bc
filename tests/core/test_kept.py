"""Words typed by somebody whose session ran out wait for them, and for nobody else."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import LoginSession
from core import clock
from core.models import KeptForm
from core.secrets import unseal
from notifications.models import Message
from tests.accounts.test_link_page import make_link
from tests.conftest import MORNING

pytestmark = pytest.mark.urls("tests.core.kept_urls")

PAGE = "/write/"
WORDS = "Being asked once is not being asked.\n\nPlease ask “again”. 🌧"
LATER = MORNING + dt.timedelta(hours=3)


def kept_field(client, page=PAGE) -> str:
    return BeautifulSoup(client.get(page).content, "html.parser").find("input", {"name": "kept_for"})["value"]


def shown(client, page=PAGE) -> dict[str, str]:
    soup = BeautifulSoup(client.get(page).content, "html.parser")
    words = soup.find("input", {"name": "words"}).get("value", "")
    chosen = [option["value"] for option in soup.select("option[selected]")]
    return {"words": words, "tags": ",".join(chosen)}


def send_too_late(client, page=PAGE, **more):
    """Load the page logged in, wait until the session has run out, send the form."""
    field = kept_field(client, page)
    with clock.set_to(LATER):
        return client.post(page, {"words": WORDS, "tags": ["a", "b"], "kept_for": field, **more})


def log_in_by_code(client, person, where=PAGE):
    client.post("/account/log-in/", {"email": person.email, "next": where})
    message = Message.objects.get(lane="codes")
    message.delete()
    code = json.loads(unseal(message.secret))["code"]
    return client.post("/account/log-in/code/", {"code": code, "next": where})


def test_the_whole_way_round_by_code(cast, as_person):
    client = as_person(cast.ishani)
    response = send_too_late(client)
    assert response.headers["Location"] == f"/account/log-in/?next={PAGE}"
    with clock.set_to(LATER):
        assert "We have kept what you wrote." in client.get(response.headers["Location"]).content.decode()
        assert log_in_by_code(client, cast.ishani).headers["Location"] == PAGE
        assert shown(client) == {"words": WORDS, "tags": "a,b"}
        assert shown(client) == {"words": WORDS, "tags": "a,b"}, "looking does not use it up"
        assert client.post(PAGE, {"words": WORDS}).content.decode() == f"sent {WORDS}"
        assert shown(client) == {"words": "", "tags": ""}, "sent, it is forgotten"


def test_on_another_device_they_are_there_too_and_only_hers(cast, as_person):
    send_too_late(as_person(cast.ishani))
    phone, other = Client(), Client()
    with clock.set_to(LATER):
        log_in_by_code(other, cast.morgan)
        assert shown(other)["words"] == ""
        log_in_by_code(phone, cast.ishani, "/write/elsewhere/")
        notice = BeautifulSoup(phone.get("/write/elsewhere/").content, "html.parser").select_one(".nhsuk-inset-text a")
        assert notice["href"] == PAGE
        assert shown(phone) == {"words": WORDS, "tags": "a,b"}


def test_sent_from_one_device_they_are_offered_on_no_other(cast, as_person):
    desk, phone = as_person(cast.ishani), Client()
    send_too_late(desk)
    with clock.set_to(LATER):
        log_in_by_code(desk, cast.ishani)
        log_in_by_code(phone, cast.ishani)
        assert shown(phone)["words"] == shown(desk)["words"] == WORDS
        phone.post(PAGE, {"words": WORDS})
        assert shown(desk)["words"] == shown(phone)["words"] == ""
        assert not KeptForm.objects.exists()


def test_the_shared_computer_holds_none_of_them(cast, as_person):
    client = as_person(cast.ishani)
    send_too_late(client)
    assert "asked" not in str(dict(client.session))
    assert set(client.session["kept"][PAGE]) == {"for", "at"}


def test_a_page_without_words_asks_the_table_nothing(cast, as_person):
    client = as_person(cast.ishani)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    assert [query["sql"] for query in queries if "keptform" in query["sql"]] == []


def test_by_a_link_that_leads_elsewhere_a_notice_leads_back(cast, as_person):
    client = as_person(cast.ishani)
    send_too_late(client)
    with clock.set_to(LATER):
        client.post(f"/l/{make_link(cast.ishani, '/write/elsewhere/')}/")
        notice = BeautifulSoup(client.get("/write/elsewhere/").content, "html.parser").select_one(".nhsuk-inset-text a")
        assert notice["href"] == PAGE
        assert shown(client) == {"words": WORDS, "tags": "a,b"}
        assert not BeautifulSoup(client.get(PAGE).content, "html.parser").select(".nhsuk-inset-text a")


def test_somebody_else_on_the_same_computer_sees_nothing(cast, as_person):
    client = as_person(cast.ishani)
    send_too_late(client)
    with clock.set_to(LATER):
        log_in_by_code(client, cast.morgan)
        assert shown(client) == {"words": "", "tags": ""}
        assert WORDS not in client.get("/write/elsewhere/").content.decode()
        assert not BeautifulSoup(client.get("/write/elsewhere/").content, "html.parser").select(".nhsuk-inset-text")


def test_a_form_loaded_by_one_and_sent_by_another_goes_to_the_first_alone(cast, as_person):
    field = kept_field(as_person(cast.ishani))
    client = Client()
    client.post(PAGE, {"words": WORDS, "kept_for": field})
    client.force_login(cast.morgan)
    assert shown(client)["words"] == ""


@pytest.mark.parametrize("field", ["", "nonsense", "MQ:abc:def", None])
def test_words_without_our_signature_are_not_kept(cast, client, field):
    sent = {"words": WORDS} | ({"kept_for": field} if field is not None else {})
    assert client.post(PAGE, sent).headers["Location"] == f"/account/log-in/?next={PAGE}"
    assert "kept" not in client.session


def test_a_signature_for_another_page_is_not_taken(cast, as_person):
    field = kept_field(as_person(cast.ishani), "/write/elsewhere/")
    client = Client()
    client.post(PAGE, {"words": WORDS, "kept_for": field})
    assert "kept" not in client.session


def test_they_lie_sealed_in_the_database_without_password(cast, as_person):
    client = as_person(cast.ishani)
    send_too_late(client, password="hush", new_password="hush", credential="hush", code="hush")
    stored = str([session.get_decoded() for session in LoginSession.objects.all()])
    assert "asked" not in stored + str(KeptForm.objects.values().get())
    assert set(client.session["kept"][PAGE]) == {"for", "at"}
    assert set(json.loads(unseal(KeptForm.objects.get().fields))) == {"words", "tags"}


def test_too_much_is_not_kept_and_does_not_break(cast, as_person):
    client = as_person(cast.ishani)
    assert send_too_late(client, words="x" * 150_000).status_code == 302
    assert "kept" not in client.session


def test_a_long_answer_in_any_script_is_kept(cast, as_person):
    client = as_person(cast.ishani)
    long = "ঋ" * 20_000
    send_too_late(client, words=long)
    with clock.set_to(LATER):
        log_in_by_code(client, cast.ishani)
        assert shown(client)["words"] == long


def test_they_are_forgotten_after_twelve_hours(cast, as_person):
    client = as_person(cast.ishani)
    send_too_late(client)
    with clock.set_to(LATER + dt.timedelta(hours=12)):
        log_in_by_code(client, cast.ishani)
        assert shown(client)["words"] == ""


def test_a_page_that_does_not_ask_for_it_keeps_nothing(cast, as_person):
    client = as_person(cast.ishani)
    field = kept_field(client)
    client.logout()
    response = client.post("/write/forgets/", {"words": WORDS, "kept_for": field})
    assert response.headers["Location"] == "/account/log-in/?next=/write/forgets/"
    assert "kept" not in client.session


def test_at_most_three_pages_are_kept(cast, as_person):
    client = as_person(cast.ishani)
    pages = [PAGE, "/write/elsewhere/"]
    fields = {page: kept_field(client, page) for page in pages}
    client.logout()
    session = client.session
    session["kept"] = {f"/old/{number}/": {"for": 1, "at": 0, "fields": ""} for number in range(2)}
    session.save()
    for page in pages:
        client.post(page, {"words": WORDS, "kept_for": fields[page]})
    assert list(client.session["kept"]) == ["/old/1/", *pages]


def test_a_stale_form_is_shown_again_with_its_words(cast):
    """Logged out and in again in another tab: the form's own key is out of date, its words are not lost."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ishani)
    field = kept_field(client)
    response = client.post(PAGE, {"words": WORDS, "kept_for": field})
    assert response.headers["Location"] == PAGE
    assert shown(client)["words"] == WORDS
    refused = client.post(PAGE, {"words": "planted"})
    assert refused.status_code == 403
    assert shown(client)["words"] == WORDS
