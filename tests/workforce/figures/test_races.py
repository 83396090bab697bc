"""Two of HR who release, hand over or take back at the same instant."""

import pytest

from steering.models import StaffFigures
from tests.cast import make_cast
from tests.factories.figures import released
from tests.factories.workforce import OccupancyFactory
from tests.support.races import at_once, race
from tests.workforce.figures.conftest import DAY
from workforce.figures import services
from workforce.models import ReleasedFigures

pytestmark = race


@pytest.fixture
def people(db):
    cast = make_cast()
    OccupancyFactory.create_batch(12, starts_on=DAY)
    return cast


def test_a_quarter_is_released_by_one(people):
    said = at_once(*[lambda by=by: released(by=by, day=DAY) and "released" for by in (people.nadia, people.robin) * 2])
    assert sorted(said) == [services.ALREADY] * 3 + ["released"]
    assert ReleasedFigures.objects.count() == 1


def test_figures_are_handed_over_once_and_taken_back_once(people):
    made = released(by=people.nadia, day=DAY)
    said = at_once(*[lambda: services.hand_over(by=people.nadia, released=made)] * 4)
    assert sorted(map(str, said)) == ["None"] + ["The Steering Group has the figures of 30 June 2026 already."] * 3
    said = at_once(*[lambda: services.take_back(by=people.robin)] * 4)
    assert sorted(map(str, said)) == ["None"] + ["The Steering Group has no figures to take back."] * 3
    assert StaffFigures.objects.count() == 2
