"""Figures that HR handed to the Steering Group: who reads them, and what can come in."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import Error, IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import Refused
from steering.models import StaffFigures
from steering.services import figures
from tests.conftest import MORNING

DAY = dt.date(2026, 6, 30)
NUMBERS = {
    "posts_open": 60,
    "posts_filled": 45,
    "posts_vacant": 15,
    "posts_vacant_long": 0,
    "roles": 50,
    "fixed_term": 20,
    "with_peer_supervisor": None,
}


@pytest.fixture
def handed(cast):
    return figures.receive(by=cast.nadia, as_of=DAY, numbers=NUMBERS)


def page_of(client):
    return client.get(reverse("steering:staff_figures"))


def words(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


@pytest.mark.parametrize("who", ["tunde", "cass", "samuel", "yetunde", "grace", "owen"])
def test_its_members_the_secretary_and_the_governance_lead_read_them(as_person, cast, handed, who):
    answer = page_of(as_person(cast.people[who]))
    assert answer.status_code == 200
    assert "How things stood on 30 June 2026. Handed over by HR on 1 September 2026." in words(answer)
    links = {
        link["href"]
        for link in BeautifulSoup(as_person(cast.people[who]).get("/me/").content, "html.parser").select("a[href]")
    }
    assert reverse("steering:staff_figures") in links


@pytest.mark.parametrize("who", ["ishani", "priya", "morgan", "nadia", "robin"])
def test_nobody_else_does(as_person, cast, handed, who):
    answer = page_of(as_person(cast.people[who]))
    assert answer.status_code == 403
    assert "ask the Steering Group secretary" in words(answer)
    assert "steering/figures" not in str(as_person(cast.people[who]).get("/me/").content)


def test_the_table_and_its_bars(as_person, cast, handed):
    page = BeautifulSoup(page_of(as_person(cast.cass)).content, "html.parser")
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")][:2] for row in page.select("tbody tr")]
    assert rows == [
        ["Posts open", "about 60"],
        ["Posts filled", "about 45"],
        ["Posts vacant", "about 15"],
        ["Posts vacant for more than 90 days", "fewer than 3"],
        ["Roles held", "about 50"],
        ["Roles on a fixed-term contract", "about 20"],
        ["Roles with a peer supervisor", "left out"],
    ]
    assert [bar["width"] for bar in page.select("tbody rect")] == ["100%", "75%", "25%", "0%", "83%", "33%", "0%"]
    assert "Nadia" not in str(page.main)


def test_before_anything_is_handed_over(as_person, cast):
    assert "HR has not handed over any figures yet." in words(page_of(as_person(cast.cass)))


def test_what_was_taken_back_is_not_read(as_person, cast, handed):
    with clock.set_to(MORNING + dt.timedelta(days=1)):
        figures.take_back(by=cast.nadia)
        shown = words(page_of(as_person(cast.cass)))
    assert "HR took its figures back on 2 September 2026. There are none to read now." in shown
    assert "60" not in shown


def test_there_must_be_something_to_take_back(cast, handed):
    figures.take_back(by=cast.nadia)
    with pytest.raises(Refused, match="no figures to take back"):
        figures.take_back(by=cast.nadia)


def test_the_last_handing_over_stands(as_person, cast, handed):
    figures.receive(by=cast.nadia, as_of=dt.date(2026, 9, 30), numbers=NUMBERS | {"roles": 55})
    shown = words(page_of(as_person(cast.cass)))
    assert "about 55" in shown
    assert "about 50" not in shown
    assert StaffFigures.objects.count() == 2


@pytest.mark.parametrize(
    "numbers",
    [
        NUMBERS | {"roles": 51},
        NUMBERS | {"roles": -5},
        NUMBERS | {"roles": "Alder Winterbrook"},
        NUMBERS | {"roles": True},
        NUMBERS | {"roles": 50.0},
        NUMBERS | {"names": None},
        {},
    ],
)
def test_nothing_but_rounded_numbers_comes_in(cast, numbers):
    with pytest.raises(ValueError, match="rounded|not the figures"):
        figures.receive(by=cast.nadia, as_of=DAY, numbers=numbers)
    assert StaffFigures.objects.count() == 0


@pytest.mark.parametrize("act", [lambda rows: rows.update(numbers={}), lambda rows: rows.delete()])
def test_what_was_handed_over_is_kept(handed, act):
    with pytest.raises(Error, match="staff_figures_are_kept"), transaction.atomic():
        act(StaffFigures.objects.all())
    assert StaffFigures.objects.get().numbers == NUMBERS


@pytest.mark.parametrize("half", [{"as_of": DAY}, {"numbers": NUMBERS}])
def test_a_day_and_its_numbers_belong_together(cast, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffFigures.objects.create(handed_at=clock.now(), handed_by=cast.nadia, **half)


def test_it_costs_few_queries(as_person, cast, handed, django_assert_max_num_queries):
    client = as_person(cast.cass)
    page_of(client)
    with django_assert_max_num_queries(12):
        page_of(client)
