"""Find something in all role records: posts, people and vacancies; what one looks for is in no address and no log."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.admin_site.lists import LOOKED_FOR
from core.secrets import seal
from tests.factories.workforce import (
    DbsFactory,
    OccupancyFactory,
    PositionFactory,
    VacancyFactory,
    WorkerFactory,
    WorkHealthFactory,
)
from tests.leaks import elsewhere
from tests.workforce.conftest import errors_of, page, soup, text_of
from workforce import searching
from workforce.models import Adjustments, Check, Dbs, WellbeingPlan, WorkHealth

SEARCH = "/hr/search/"


@pytest.fixture
def records(cast):
    """Two teams with a post each; Alder is in one, Hazel was in the other, and Sorrel is in none."""
    ours = PositionFactory(number="30410001", team="Willow Ward", borough="Northbrook", title="Peer Mentor")
    theirs = PositionFactory(number="30410002", team="Larch Ward", borough="Eastmere", directorate="Rehabilitation")
    alder = WorkerFactory(first_name="Alder", last_name="Winterbrook", employee_number="20080001")
    hazel = WorkerFactory(first_name="Hazel", last_name="Thornbury", employee_number="20080002")
    WorkerFactory(first_name="Sorrel", last_name="Greenhalghton", employee_number="20080003")
    OccupancyFactory(position=ours, worker=alder, assignment_number="20080001-7", supervised=True)
    OccupancyFactory(position=theirs, worker=hazel, ended=True)
    VacancyFactory(position=theirs, reference="277-PSW-42")
    return ours


def found(client, words: str) -> dict[str, list[str]]:
    """What was found, by heading: the words of each link."""
    return listed(client.post(SEARCH, {"words": words}, follow=True))


def listed(answer) -> dict[str, list[str]]:
    lists = soup(answer).select("main .app-belongings")
    return {each.find_previous("h2").get_text(): [link.get_text() for link in each.select("a")] for each in lists}


POST_1, POST_2 = "30410001 Peer Mentor", "30410002 Peer Support Worker"
ALDER, HAZEL, SORREL = "Alder Winterbrook", "Hazel Thornbury", "Sorrel Greenhalghton"
VACANCY = "Peer Support Worker, Larch Ward"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("willow", {"1 post": [POST_1], "1 person": [ALDER]}),
        ("Eastmere", {"1 post": [POST_2], "1 person": [HAZEL], "1 vacancy": [VACANCY]}),
        ("30410002", {"1 post": [POST_2], "1 person": [HAZEL], "1 vacancy": [VACANCY]}),
        ("ward", {"2 posts": [POST_1, POST_2], "2 people": [HAZEL, ALDER], "1 vacancy": [VACANCY]}),
        ("mentor", {"1 post": [POST_1], "1 person": [ALDER]}),
        ("rehab", {"1 post": [POST_2]}),
        ("alder winterbrook", {"1 person": [ALDER]}),
        ("  Winterbrook,   ", {}),
        ("winterbrook NORTHBROOK", {"1 person": [ALDER]}),
        ("winterbrook eastmere", {}),
        ("20080001-7", {"1 person": [ALDER]}),
        ("20080003", {"1 person": [SORREL]}),
        ("277-psw-42", {"1 vacancy": [VACANCY]}),
        ("Hathersedge", {}),
        ("%%", {}),
        ("__", {}),
    ],
)
def test_every_word_must_be_there(as_person, cast, records, words, expected):
    assert found(as_person(cast.nadia), words) == expected


def test_what_is_found_leads_to_its_page_and_says_where_it_stands(as_person, cast, records):
    client = as_person(cast.nadia)
    answer = client.post(SEARCH, {"words": "ward"}, follow=True)
    words = text_of(answer)
    assert "Willow Ward, Northbrook, held" in words
    assert "Larch Ward, Eastmere, vacant" in words
    assert "employee number 20080001. Peer Mentor, Willow Ward" in words
    assert "employee number 20080002. Not in post now" in words
    assert "30410002, reference 277-PSW-42, open" in words
    links = [link["href"] for link in soup(answer).select("main .app-belongings a")]
    assert {client.get(link).status_code for link in links} == {200}


def test_the_page_says_where_it_looked_and_what_to_try(as_person, cast, records):
    words = text_of(as_person(cast.nadia).post(SEARCH, {"words": "nothing of the kind"}, follow=True))
    assert "Nothing was found for “nothing of the kind” Try: one word of it" in words
    assert "Where we looked Posts: number, title, team, borough and directorate People: name, employee and" in words


def test_a_viewer_finds_the_same(as_person, viewer, records):
    assert found(as_person(viewer), "willow") == {"1 post": [POST_1], "1 person": [ALDER]}


# -- what is not told -----------------------------------------------------------------------------------------------


def test_a_name_stands_in_no_address_and_no_log(as_person, cast, records):
    client = as_person(cast.nadia)
    sent = client.post(SEARCH, {"words": "Winterbrook"})
    assert sent.status_code == 302
    answer = client.get(sent.url)
    addresses = [sent.url, *(link["href"] for link in soup(answer).select("a[href]"))]
    assert [each for each in addresses if "winterbrook" in each.lower()] == []
    with elsewhere.every_line() as lines:
        answer = client.post(SEARCH, {"words": "Winterbrook"}, follow=True)
        assert "Winterbrook" in text_of(answer)
        client.post(SEARCH, {"words": "Winterbrook " * 9})
        client.get("/hr/nowhere/?words=Winterbrook")
    assert [line for line in lines if "winterbrook" in line.lower()] == []
    assert [line for line in lines if line.endswith("Not Found: /hr/nowhere/")] != []


def test_words_in_the_address_are_not_looked_for(as_person, cast, records):
    for query in ({"words": "Winterbrook"}, {"q": "Winterbrook"}, {"worker__last_name__startswith": "W"}):
        assert listed(as_person(cast.nadia).get(SEARCH, query)) == {}


def test_no_field_of_health_dbs_or_support_is_looked_in(as_person, keeper, records):
    """No word of any status finds somebody who has that status."""
    worker = WorkHealthFactory(worker__last_name="Ashgrove").worker
    DbsFactory(worker=worker)
    client = as_person(keeper)
    words = {
        str(label)
        for model in (WorkHealth, Dbs, WellbeingPlan)
        for field in model._meta.fields
        if field.choices
        for _, label in field.choices
    } | {"adjust", "cleared", "children", "disclosure"}
    for each in sorted(words):
        names = [name for links in found(client, each).values() for name in links]
        assert [name for name in names if "Ashgrove" in name] == [], each
    sensitive = {WorkHealth, Dbs, Adjustments, WellbeingPlan, Check}
    assert {group.model for group in searching.GROUPS} & sensitive == set()
    fields = [*searching.POST_FIELDS, *searching.WORKER_FIELDS, *searching.HELD_FIELDS, *searching.VACANCY_FIELDS]
    names = ("workhealth", "dbs", "adjustments", "wellbeingplan", "check", "lived", "reason", "probation")
    assert [field for field in fields if field.startswith(names) or any(name in field for name in names)] == []


# -- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("", "Enter what you are looking for"),
        ("   ", "Enter what you are looking for"),
        ("a", "Enter 2 letters or numbers, or more"),
        ("a" * 101, "Enter 100 letters or fewer"),
        ("a b c d e f g h i", "Enter 8 words or fewer"),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_kept(as_person, cast, words, error):
    answer = as_person(cast.nadia).post(SEARCH, {"words": words})
    assert errors_of(answer) == {"words": [error]}
    assert answer.context["form"]["words"].value() == words


@pytest.mark.parametrize("sealed", ["nonsense", "gAAAAAB" + "x" * 90, "é", "\ud800", "a" * 3000])
def test_a_search_that_cannot_be_opened_says_so(as_person, cast, sealed):
    answer = as_person(cast.nadia).get(SEARCH, {"s": sealed.encode("utf-8", "replace")})
    assert answer.status_code == 200
    assert "We cannot open this address any more. Please search again." in text_of(answer)


def test_a_letter_that_no_database_takes_is_left_out_of_what_a_list_seals(as_person, cast, records):
    client = as_person(cast.nadia)
    query = parse_qs(urlsplit(client.post(page("worker", "changelist"), {"q": "Winter\0brook"}).url).query)
    assert listed(client.get(SEARCH, {"s": query["q"][0]}))["1 person"] == [ALDER]


def test_no_sealed_column_is_read_out_by_a_search(as_person, cast, records):
    """What the database holds sealed is sealed with the same keys: put into the address, it must stay closed."""
    client = as_person(cast.nadia)
    addresses = [f"{SEARCH}?s=", f"{page('worker', 'changelist')}?q="]
    for token, is_read_out in ((seal("Canarysealed"), False), (seal("Canarysealed", purpose=LOOKED_FOR), True)):
        for address in addresses:
            answer = client.get(address + token)
            assert (answer.status_code, "Canarysealed" in answer.content.decode()) == (200, is_read_out)


def test_html_in_the_words_is_shown_as_words(as_person, cast):
    answer = as_person(cast.nadia).post(SEARCH, {"words": "<b>bold</b>"}, follow=True)
    assert b"<b>bold" not in answer.content
    assert "Nothing was found for “<b>bold</b>”" in text_of(answer)


# -- many -----------------------------------------------------------------------------------------------------------


def test_the_first_few_of_each_kind_then_pages_of_one(as_person, cast):
    for _ in range(52):
        PositionFactory(team="Larch Ward")
    client = as_person(cast.nadia)
    answer = client.post(SEARCH, {"words": "larch"}, follow=True)
    assert [len(links) for links in listed(answer).values()] == [10]
    more = soup(answer).find("a", string="See all 52 posts")["href"]
    first = client.get(SEARCH + more)
    assert [len(links) for links in listed(first).values()] == [50]
    second = client.get(SEARCH + soup(first).find("a", rel="next")["href"])
    assert ([len(links) for links in listed(second).values()], "Page 2 of 2" in text_of(second)) == ([2], True)
    for wrong in (f"{more}&p=99", f"{more}&p=x", f"{more}&in=nothing"):
        assert client.get(SEARCH + wrong).status_code == 200


def test_it_costs_the_same_for_one_and_three_and_no_more_than_twelve(as_person, cast):
    client = as_person(cast.nadia)

    def make():
        occupancy = OccupancyFactory(position__team="Larch Ward")
        VacancyFactory(position=occupancy.position)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        return len(queries), [len(links) for links in listed(answer).values()]

    make()
    url = client.post(SEARCH, {"words": "larch ward"}).url
    cost()
    (one, lists) = cost()
    assert lists == [1, 1, 1]
    make()
    make()
    assert (cost(), one <= 12) == ((one, [3, 3, 3]), True), one


# -- on every page --------------------------------------------------------------------------------------------------


def test_it_stands_at_the_top_of_every_page_of_hr_and_of_no_other(as_person, cast, records):
    client = as_person(cast.nadia)
    pages = ["/hr/", "/hr/due/", page("position", "changelist"), page("position", "add"), page("esrimport", "add")]
    pages += [page("position", action, records) for action in ("change", "history")]
    for path in pages:
        form = soup(client.get(path)).select_one("header ~ .app-finder form")
        assert (form["method"], form["action"], form.input["name"]) == ("post", SEARCH, "csrfmiddlewaretoken"), path
    assert soup(client.get("/me/")).select(".app-finder") == []
    assert soup(as_person(cast.robin).get("/platform/")).select(".app-finder") == []
