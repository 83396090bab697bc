"""Every address, asked by everybody about everything: see `notation` for how the rows are read."""

from __future__ import annotations

import pytest

from tests.permissions.matrix import ROWS, wrong_cells

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
ADDRESSES = sorted({row.address for row in ROWS})


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_gets_what_is_written(address, askers):
    wrong = [complaint for row in ROWS if row.address == address for complaint in wrong_cells(askers, row)]
    assert not wrong, "\n".join(wrong)
