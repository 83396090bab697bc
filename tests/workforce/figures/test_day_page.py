"""The page of one day's figures, and its Excel file."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from audit.models import Look
from core import clock
from tests.factories.workforce import OccupancyFactory
from tests.workforce.conftest import soup, text_of
from tests.workforce.figures.conftest import DAY
from workforce.figures.counting import count_on
from workforce.figures.tables import facts_of, tables_of

PAGE, FILE = "/hr/figures/", "/hr/figures/file/"


def of(day: dt.date) -> dict[str, str]:
    return {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)}


def tables_on(page) -> dict[str, list[list[str]]]:
    found = {}
    for table in soup(page).select("table"):
        rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]
        found[table.caption.get_text(strip=True)] = rows
    return found


def test_nadia_reads_the_figures_of_a_day(as_person, cast, made_world):
    page = as_person(cast.nadia).get(PAGE, of(DAY))
    shown, counted = tables_on(page), count_on(DAY)
    assert "On 30 June 2026" in text_of(page)
    assert shown.pop("In short") == [[fact.words, fact.figure] for fact in facts_of(counted)]
    assert shown.pop("Who ran the courses that people in post had finished") == [
        [name, str(count)] for name, count in counted.providers
    ]
    assert shown == {
        each.kind.heading: [[line.label, str(line.workers), str(line.others), str(line.all), ""] for line in each.lines]
        for each in tables_of(counted)
    }


def test_each_row_has_its_bar_and_nothing_inline(as_person, cast, made_world):
    page = soup(as_person(cast.nadia).get(PAGE, of(DAY)))
    lines = [line for table in tables_of(count_on(DAY)) for line in table.lines]
    assert [bar["width"] for bar in page.select("svg rect")] == [f"{line.length}%" for line in lines]
    assert max(line.length for line in lines) == 100
    assert page.select("[style], style, script:not([src])") == []


def test_it_names_nobody(as_person, cast, made_world):
    page = text_of(as_person(cast.nadia).get(PAGE, of(DAY)))
    assert [word for word in ("Winterbrook", "Juniper", "2008") if word in page] == []


def test_without_a_day_it_is_today(as_person, cast):
    assert "On 1 September 2026" in text_of(as_person(cast.nadia).get(PAGE))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (of(dt.date(2026, 9, 2)), "The day must be today, 1 September 2026, or before"),
        (of(dt.date(9999, 12, 31)), "The day must be today, 1 September 2026, or before"),
        (of(dt.date(1999, 12, 31)), "The day must be 1 January 2000 or later"),
        (of(dt.date(1001, 1, 1)), "The day must be 1 January 2000 or later"),
        ({"day_day": "31", "day_month": "2", "day_year": "2026"}, "The date must be a real date, like 6 8 2026"),
        ({"day_day": "1", "day_month": "", "day_year": "2026"}, "The date must include a month"),
        ({"day_day": "", "day_month": "", "day_year": ""}, "Enter the day"),
        ({"day_day": "x" * 3000, "day_month": "\0", "day_year": "9" * 400}, "The date must be a real date"),
    ],
)
def test_a_day_that_cannot_be_is_said_in_words_and_kept(as_person, cast, asked, words):
    client = as_person(cast.nadia)
    for address in (PAGE, FILE):
        page = client.get(address, asked)
        assert page.status_code == 200
        assert words in text_of(page)
        assert soup(page).find("input", {"name": "day_year"}).get("value", "") == asked["day_year"]
        assert soup(page).select("table") == []
    assert Look.objects.count() == 0


def test_the_day_that_begins_in_the_trusts_own_time_is_today(as_person, cast):
    """A quarter past midnight in summer is yesterday for a clock in UTC."""
    with clock.set_to(dt.datetime(2026, 6, 30, 23, 15, tzinfo=dt.UTC)):
        page = as_person(cast.nadia).get(PAGE, of(dt.date(2026, 7, 1)))
    assert "On 1 July 2026" in text_of(page)


def test_the_file_holds_the_same_and_is_written_down(as_person, cast, made_world):
    answer = as_person(cast.nadia).get(FILE, of(DAY))
    assert answer["Content-Disposition"] == 'attachment; filename="role-figures-2026-06-30.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    counted = count_on(DAY)
    rows = [list(row) for row in book["Figures"].iter_rows(min_row=2, values_only=True)]
    assert rows == [[fact.words, fact.figure] for fact in facts_of(counted)]
    for table in tables_of(counted):
        sheet = book[table.kind.heading[:31]]
        rows = [[cell.lstrip("'") if isinstance(cell, str) else cell for cell in row] for row in sheet.values][1:]
        expected = [[line.label.lstrip("'"), line.workers, line.others, line.all] for line in table.lines]
        assert rows == expected
        assert len(sheet._charts) == 1
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert book["By job title and band"]["A2"].value == "'=Peer Trainer, band 5"
    assert list(Look.objects.values_list("actor", "what", "reason")) == [
        (cast.nadia.pk, "workforce.took_figures", "Figures on 30 June 2026")
    ]


def test_a_viewer_reads_them_and_nobody_outside_hr(as_person, cast, viewer):
    assert [as_person(viewer).get(address).status_code for address in (PAGE, FILE)] == [200, 200]
    assert [as_person(cast.grace).get(address).status_code for address in (PAGE, FILE)] == [404, 404]
    assert as_person(cast.nadia).post(PAGE).status_code == 405


@pytest.mark.parametrize("more", [0, 30])
def test_it_costs_twelve_queries_at_the_most(as_person, cast, made_world, django_assert_max_num_queries, more):
    OccupancyFactory.create_batch(more)
    client = as_person(cast.nadia)
    client.get(PAGE)
    with django_assert_max_num_queries(12) as asked:
        client.get(PAGE)
    assert len(asked) == 9


def test_the_first_page_leads_there(as_person, cast):
    links = {link["href"] for link in soup(as_person(cast.nadia).get("/hr/")).select("main a")}
    assert PAGE in links
    assert FILE not in links
