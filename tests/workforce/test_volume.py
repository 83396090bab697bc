"""Lists cost the same number of queries for 20 posts and for 300, and few however they are narrowed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.admin_site.lists import search
from bench import hr_volume
from tests.factories.workforce import OccupancyFactory, PositionFactory
from tests.workforce.conftest import page, table_of, text_of
from workforce.models import Occupancy, Position

QUERIES = 12
KINDS = (
    *("position", "occupancy", "worker", "vacancy", "check", "peertraining", "competence"),
    *("workhealth", "dbs", "adjustments", "wellbeingplan", "referencevalue", "esrimport"),
)
#: As it is, searched, and ordered.
ASKED = [f"{kind}?{query}" for kind in KINDS for query in ("", "q=e", "o=-1")]
#: Narrowed so that three posts may have no row, and three hundred a second page.
NARROWED = [
    *(f"position?{query}" for query in ("view=vacant90", "holder=held", "holder=held&p=2", "q=team&holder=vacant")),
    *(f"occupancy?{query}" for query in ("view=supervision", "view=ending", "view=unsupervised", "p=2", "esr=absent")),
    *("vacancy?view=slow", "vacancy?q=team&state=open", "check?status=cleared", "peertraining?result=finished"),
]


def costs(client, asked: list[str]) -> dict[str, int]:
    """How many queries each list takes."""
    found = {}
    for each in asked:
        kind, _, query = each.partition("?")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{page(kind, 'changelist')}?{query}").status_code == 200
        found[each] = len(queries)
    return found


def test_lists_cost_the_same_for_20_posts_and_for_300(as_person, keeper):
    """Twenty are the fewest of which each kind has some: an empty list saves the look at its rows."""
    client = as_person(keeper)
    hr_volume.load(20)
    costs(client, ASKED)
    few = costs(client, ASKED)
    hr_volume.load(300, first=20)
    many = costs(client, ASKED + NARROWED)
    assert {each: (few[each], many[each]) for each in ASKED if few[each] != many[each]} == {}
    assert {each: cost for each, cost in many.items() if cost > QUERIES} == {}


@pytest.mark.parametrize("number", ["1", "2", "5", "99", "-1", "x"])
def test_a_narrowed_list_says_how_many_there_are_and_shows_one_page(as_person, cast, number):
    hr_volume.load(300)
    held = Position.objects.with_holders().filter(is_held=True, closed_on=None).order_by("number")
    listed = f"{page('position', 'changelist')}?holder=held&p={number}"
    answer = as_person(cast.nadia).get(listed)
    if number in ("99", "-1"):
        assert (answer.status_code, as_person(cast.nadia).get(listed, follow=True).status_code) == (302, 200)
        return
    first = (int(number) - 1) * 25 if number.isdigit() else 0
    shown = [row[0] for row in table_of(answer)]
    wanted = [post.number for post in held[first : first + 25]]
    assert len(wanted) > 20
    assert (shown, f"{len(held)} positions" in text_of(answer)) == (wanted, True)


def test_a_word_is_found_in_any_field_in_capital_or_small_letters_and_never_across_two(db):
    post = PositionFactory(number="30410007", team="Élan Team", borough="Southfold")
    OccupancyFactory(position=post, worker__last_name="O'Dell")
    fields = ("position__number", "position__team", "position__borough", "worker__last_name")

    def found(typed: str) -> int:
        return search(Occupancy.objects.all(), fields, typed).count()

    other = PositionFactory(number="30410008", team=r"A_B 50% C\D", borough="Northbrook")
    OccupancyFactory(position=other, worker__last_name="Alder")
    is_postgresql = connection.vendor == "postgresql"
    assert {
        typed: found(typed)
        for typed in (
            *("30410007", "Élan", "élan", "TEAM south", "o'dell", '"Élan team"', "teamsouthfold", "007lan"),
            *("50%", "%", "0%C", "3041%07", "a_b", "_", "a-b", "3041000_", "c\\d", "\\", "\\d", "c\\\\d"),
        )
    } == {
        "30410007": 1,
        "Élan": 1,
        "élan": int(is_postgresql),
        "TEAM south": 1,
        "o'dell": 1,
        '"Élan team"': 1,
        "teamsouthfold": 0,
        "007lan": 0,
        "50%": 1,
        "%": 1,
        "0%C": 0,
        "3041%07": 0,
        "a_b": 1,
        "_": 1,
        "a-b": 0,
        "3041000_": 0,
        "c\\d": 1,
        "\\": 1,
        "\\d": 1,
        "c\\\\d": 0,
    }


def test_each_word_of_many_must_be_there(db):
    OccupancyFactory(position__team="One two three four five six seven eight nine")
    found = search(Occupancy.objects.all(), ("position__team",), "one two three four five six seven eight nine")
    none = search(Occupancy.objects.all(), ("position__team",), "one two three four five six seven eight ten")
    assert (found.count(), none.count()) == (1, 0)
