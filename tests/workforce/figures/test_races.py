"""Two of HR who release, hand over or take back at the same instant."""

import datetime as dt
import threading
import time

import pytest
from django.db import connection, transaction

from steering.models import StaffFigures
from tests.cast import make_cast
from tests.factories.figures import released
from tests.factories.workforce import OccupancyFactory
from tests.support.races import at_once, race
from tests.workforce.conftest import errors_of
from tests.workforce.figures.conftest import DAY
from workforce.figures import services
from workforce.models import Occupancy, ReleasedFigures

pytestmark = race

#: The quarter before.
EARLIER = dt.date(2026, 3, 31)


@pytest.fixture
def people(db):
    cast = make_cast()
    OccupancyFactory.create_batch(12, starts_on=DAY)
    return cast


def test_a_quarter_is_released_by_one(people):
    said = at_once(*[lambda by=by: released(by=by, day=DAY) and "released" for by in (people.nadia, people.robin) * 2])
    assert sorted(said) == [services.ALREADY] * 3 + ["released"]
    assert ReleasedFigures.objects.count() == 1


def test_two_quarters_that_tell_of_two_people_between_them(people):
    """Each was fit to be released as it was shown; when one is, the other tells how two people are recorded."""
    OccupancyFactory.create_batch(30, starts_on=EARLIER - dt.timedelta(days=400))
    OccupancyFactory.create_batch(2, starts_on=DAY - dt.timedelta(days=9))
    Occupancy.objects.filter(starts_on=DAY).update(starts_on=DAY + dt.timedelta(days=1))
    shown = {day: services.would_release(day) for day in (EARLIER, DAY)}
    assert [len(figures["tables"]) > 0 for figures in shown.values()] == [True, True]

    def release(day: dt.date) -> str:
        services.release(by=people.nadia, day=day, seen=services.mark_of(shown[day]))
        return "released"

    said = at_once(*[lambda day=day: release(day) for day in shown])
    assert sorted(said) == [services.CHANGED, "released"]
    assert ReleasedFigures.objects.count() == 1


def test_who_comes_second_is_told_and_is_not_offered_it_again(people, as_person):
    """The page was read before the quarter was released, and its button is pressed while somebody releases it."""
    client = as_person(people.nadia)
    seen = services.mark_of(services.would_release(DAY))
    began = threading.Event()

    def first() -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            released(by=people.nadia, day=DAY)
            began.set()
            until = time.monotonic() + 10
            waiting = 0
            while not waiting and time.monotonic() < until:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                (waiting,) = cursor.fetchone()
        return "released"

    def second():
        began.wait(timeout=10)
        return client.post("/hr/figures/release/", {"quarter": DAY.isoformat(), "seen": seen})

    said, answer = at_once(first, second)
    assert (said, errors_of(answer)) == ("released", {"quarter": [services.ALREADY]})
    assert "Release these figures" not in answer.content.decode()


def test_figures_are_handed_over_once_and_taken_back_once(people):
    made = released(by=people.nadia, day=DAY)
    said = at_once(*[lambda: services.hand_over(by=people.nadia, released=made)] * 4)
    assert sorted(map(str, said)) == ["None"] + ["The Steering Group has the figures of 30 June 2026 already."] * 3
    said = at_once(*[lambda: services.take_back(by=people.robin)] * 4)
    assert sorted(map(str, said)) == ["None"] + ["The Steering Group has no figures to take back."] * 3
    assert StaffFigures.objects.count() == 2
