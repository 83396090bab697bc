"""Get help now, for everyone, always; and the pages that keep it right."""

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection

from helplines.models import HelpContact
from helplines.services import add_contact

PERSON = {
    "kind": "person",
    "name": "Grace Hollowbank",
    "how": "Ring in office hours",
    "phone": "020 7946 0000",
    "hours": "",
    "rank": 90,
}


def no_database(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def phones(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [link["href"] for link in page.select("main a[href^='tel:']")]


def test_help_needs_no_log_in_and_sets_no_cookie(client, db):
    response = client.get("/help/")
    assert phones(response) == ["tel:999", "tel:111", "tel:116123", "tel:18001111"]
    assert "text SHOUT to 85258" in response.content.decode().replace("Text", "text")
    assert dict(response.cookies) == {}


def test_help_for_someone_logged_in(as_person, cast):
    assert phones(as_person(cast.ishani).get("/help/"))[0] == "tel:999"


@pytest.mark.parametrize("logged_in", [False, True])
def test_help_is_there_when_the_database_is_not(client, as_person, cast, logged_in):
    browser = as_person(cast.ishani) if logged_in else client
    browser.raise_request_exception = False
    with connection.execute_wrapper(no_database):
        response = browser.get("/help/")
    assert response.status_code == 200
    assert phones(response) == ["tel:999", "tel:111", "tel:116123", "tel:18001111"]


def test_the_person_to_call_stands_on_every_page(client, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add_contact(by=cast.grace, **PERSON)
    for path in ("/", "/help/", "/privacy/", "/no-such-page/"):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        bar = page.select_one(".app-help")
        assert [link["href"] for link in bar.find_all("a")] == ["/help/", "tel:02079460000"]
        assert "Call Grace Hollowbank on 020 7946 0000" in bar.get_text()


class TestKeepingThemRight:
    def test_only_the_secretary_the_governance_lead_and_the_platform_administrator_may(self, as_person, cast):
        found = {name: as_person(person).get("/help/contacts/").status_code for name, person in cast.people.items()}
        assert [name for name, status in found.items() if status == 200] == ["grace", "owen", "robin"]

    def test_the_refusal_says_whom_to_ask(self, as_person, cast):
        response = as_person(cast.cass).get("/help/contacts/")
        assert response.status_code == 403
        assert "You cannot change the help contacts." in response.content.decode()
        assert "ask the Steering Group secretary" in response.content.decode()

    def test_adding_one(self, as_person, cast):
        response = as_person(cast.grace).post("/help/contacts/add/", PERSON, follow=True)
        assert "The contact is on the help page." in response.content.decode()
        stored = HelpContact.objects.get(kind="person")
        assert {name: getattr(stored, name) for name in PERSON} == PERSON

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"phone": "ring me"}, "The number to dial must be numbers and spaces only."),
            ({"rank": "first"}, "Enter a whole number."),
            ({"name": ""}, "Enter what it is"),
            ({"review_on_day": "1", "review_on_month": "1", "review_on_year": "2020"}, "Choose a date in the future"),
        ],
    )
    def test_a_wrong_one_keeps_what_was_typed(self, as_person, cast, wrong, words):
        response = as_person(cast.grace).post("/help/contacts/add/", PERSON | wrong)
        page = response.content.decode()
        assert words in page
        assert "<title>Error: Add a help contact" in page
        assert "Ring in office hours" in page
        assert not HelpContact.objects.filter(kind="person").exists()

    def test_changing_and_removing_one(self, as_person, cast):
        shout = HelpContact.objects.get(name="Shout")
        browser = as_person(cast.grace)
        assert "Text SHOUT to 85258" in browser.get(f"/help/contacts/{shout.pk}/").content.decode()
        browser.post(f"/help/contacts/{shout.pk}/", PERSON | {"kind": "listening", "name": "Shout line"})
        assert HelpContact.objects.get(pk=shout.pk).name == "Shout line"
        browser.post(f"/help/contacts/{shout.pk}/still-right/")
        browser.post(f"/help/contacts/{shout.pk}/remove/")
        assert not HelpContact.objects.filter(pk=shout.pk).exists()

    def test_the_last_emergency_contact_is_kept_and_the_page_says_why(self, as_person, cast):
        only = HelpContact.objects.get(kind="emergency")
        response = as_person(cast.grace).post(f"/help/contacts/{only.pk}/remove/")
        assert "This is the only contact for when a life is at risk." in response.content.decode()
        assert HelpContact.objects.filter(pk=only.pk).exists()

    def test_confirming_is_a_press_and_not_a_visit(self, as_person, cast):
        only = HelpContact.objects.get(kind="emergency")
        assert as_person(cast.grace).get(f"/help/contacts/{only.pk}/still-right/").status_code == 405

    def test_the_list_costs_the_same_for_any_number(self, as_person, cast, django_assert_max_num_queries):
        browser = as_person(cast.grace)
        browser.get("/help/contacts/")  # the first visit of a session writes down when it began
        with django_assert_max_num_queries(12) as few:
            browser.get("/help/contacts/")
        for number in range(5):
            add_contact(by=cast.owen, **PERSON | {"kind": "listening", "name": f"Line {number}"})
        with django_assert_max_num_queries(12) as many:
            browser.get("/help/contacts/")
        assert len(many) == len(few)
