"""HR's exact figures against the database's own count, on the demo Trust and on a made world."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from core import clock
from oxleas_coprod.demo import load_demo
from tests.factories.workforce import OccupancyFactory, PositionFactory, WorkerFactory
from tests.workforce.figures import sql
from tests.workforce.figures.conftest import DAY, after, at
from workforce.figures.counting import BANDS, a_year_before, count_on
from workforce.figures.tables import KINDS, facts_of, tables_of
from workforce.models import Occupancy, Position

DAYS = [DAY, after(-1), after(1), after(-91), after(-200), after(-365), after(-600), after(-800), after(60)]


def table(counted, key):
    """Label: (peer support workers, others), without the empty rows."""
    [found] = [each for each in tables_of(counted) if each.kind.key == key]
    return {line.label: (line.workers, line.others) for line in found.lines if line.all}


def in_all(counted, key):
    return {label: sum(numbers) for label, numbers in table(counted, key).items()}


def assert_equal_to_the_database(day):
    counted = count_on(day)
    roles = {name: sql.asked(sql.ROLES, day, column=name) for name in ("band", "directorate", "title")}
    assert table(counted, "directorate") == {said: (psw, other) for said, psw, other in roles["directorate"]}
    assert table(counted, "band") == {f"Band {said}": (psw, other) for said, psw, other in roles["band"]}
    by_title = Counter()
    for label, number in in_all(counted, "title").items():
        by_title[label.rpartition(", band")[0]] += number
    assert by_title == {said: workers + others for said, workers, others in roles["title"]}
    labels = dict(Occupancy.Contract.choices)
    contracts = {labels[said]: number for said, number in sql.asked(sql.CONTRACTS, day, column="contract")}
    assert in_all(counted, "contract") == contracts
    supervised = Counter()
    for said, number in sql.asked(sql.CONTRACTS, day, column="peer_supervisor"):
        supervised["With a peer supervisor" if said else "Without a peer supervisor"] += number
    assert in_all(counted, "supervisor") == supervised
    assert Counter(role.training for role in counted.roles) == dict(sql.asked(sql.TRAINING, day))
    [posts] = sql.asked(sql.POSTS, day)
    assert (counted.posts.filled, counted.posts.vacant, counted.posts.vacant_long) == posts
    assert Counter(role.progress for role in counted.roles) == _progress(day)
    [(held, people)] = sql.asked(sql.NUMBERS, day)
    facts = {fact.words: fact.figure for fact in facts_of(counted)}
    assert (facts["Roles held"], facts["People in them, each counted once"]) == (str(held), str(people))
    return counted


def _progress(day):
    before: dict[int, int] = {}
    for worker, band in sql.asked(sql.BANDS_OF_HOLDERS, a_year_before(day)):
        before[worker] = max(BANDS.index(band), before.get(worker, -1))
    found = Counter()
    for worker, band in sql.asked(sql.BANDS_OF_HOLDERS, day):
        is_higher = worker in before and BANDS.index(band) > before[worker]
        found["new" if worker not in before else "higher" if is_higher else "same"] += 1
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_made_world_is_counted_as_the_database_counts_it(made_world, day):
    with at(after(90)):
        assert_equal_to_the_database(day)


def test_the_made_world_has_something_of_everything(made_world):
    """So that nothing above is equal for being empty."""
    counted = count_on(DAY)
    for kind in KINDS:
        rows = in_all(counted, kind.key)
        wanted = {"contract": 5, "band": 5, "directorate": 4}.get(kind.key, len(kind.rows or "12"))
        assert len(rows) >= wanted, (kind.key, rows)
    assert min(counted.posts.filled, counted.posts.vacant, counted.posts.vacant_long) > 0
    assert min(counted.started, counted.left, counted.learnt_lately) > 0


def test_the_demo_trust_is_counted_as_the_database_counts_it(db):
    load_demo()
    for days in (0, -1, -100, -365, -500):
        counted = assert_equal_to_the_database(clock.today() + dt.timedelta(days=days))
        assert counted.roles or days == -500


def test_each_table_adds_up_to_the_same(made_world):
    counted = count_on(DAY)
    sums = {each.kind.key: sum(line.all for line in each.lines) for each in tables_of(counted)}
    assert set(sums.values()) == {len(counted.roles)}


def test_the_first_and_the_last_day_count(cast):
    stay = OccupancyFactory(starts_on=after(-10), ended_on=after(-5))
    found = [len(count_on(after(days)).roles) for days in (-11, -10, -5, -4)]
    assert found == [0, 1, 1, 0]
    assert count_on(after(-4)).left == 1
    assert count_on(after(-5)).left == 0
    assert stay.ended_on == after(-5)


def test_a_record_younger_than_the_day_counts_as_it_was_first_kept(cast):
    stay = OccupancyFactory(starts_on=after(-100), contract="fixed")
    stay.contract = "permanent"
    stay.save()
    assert in_all(count_on(after(-50)), "contract") == {"Fixed term": 1}
    assert in_all(count_on(clock.today()), "contract") == {"Permanent": 1}


def test_records_without_a_history_count_as_they_are(cast):
    Position.objects.bulk_create([PositionFactory.build(number="5", band="6"), PositionFactory.build(number="6")])
    worker = WorkerFactory()
    post = Position.objects.get(number="5")
    Occupancy.objects.bulk_create([OccupancyFactory.build(position=post, worker=worker, starts_on=after(-9))])
    counted = count_on(DAY)
    assert in_all(counted, "band") == {"Band 6": 1}
    assert (counted.posts.filled, counted.posts.vacant, counted.posts.vacant_long) == (1, 1, 1)


def test_a_year_before_a_leap_day():
    assert a_year_before(dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)


@pytest.mark.parametrize("more", [0, 30])
def test_it_takes_six_queries_for_any_number(made_world, django_assert_num_queries, more):
    OccupancyFactory.create_batch(more, starts_on=after(-20))
    with django_assert_num_queries(6):
        count_on(DAY)
