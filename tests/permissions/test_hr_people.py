"""HR's people, one role at a time, at every address of HR's site: see `hr_people` for what each gets."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.permissions import hr_people
from tests.permissions.asking import Askers
from tests.support.addresses import all_addresses

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
ROWS = hr_people.rows()


@pytest.fixture(scope="module")
def hr_askers(world):
    made = SimpleNamespace(people=hr_people.make(world))
    askers = Askers.of(made)
    askers.world = world
    return askers


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_gets_what_is_written(hr_askers, row):
    path = hr_askers.world.path(row.address, row.about)
    got = {
        (who, method): hr_askers.ask(who, method, path).status for who in hr_people.WHO for method in ("GET", "POST")
    }
    assert got == {(who, method): row.expected(method, who) for who, method in got}


def test_every_address_of_the_site_has_rows():
    addresses = {address.name for address in all_addresses() if address.route.startswith("hr/")}
    assert addresses ^ {row.address for row in ROWS} == set(), "write what each of HR's people gets there"
