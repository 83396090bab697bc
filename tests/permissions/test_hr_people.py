"""HR's people, one role at a time, at every address of HR's site: see `hr_people` for what each gets."""

from __future__ import annotations

import pytest

from tests.permissions import hr_people
from tests.permissions.matrix import wrong_cells
from tests.support.addresses import all_addresses

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
ROWS = hr_people.rows()


@pytest.fixture(scope="module")
def hr_askers(world):
    return hr_people.askers(world)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_gets_what_is_written(hr_askers, row):
    assert list(wrong_cells(hr_askers, row, hr_people.WHO)) == []


def test_every_address_of_the_site_has_rows():
    addresses = {address.name for address in all_addresses() if address.route.startswith("hr/")}
    assert addresses ^ {row.address for row in ROWS} == set(), "write what each of HR's people gets there"
