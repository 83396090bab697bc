"""The world is built once for each file, in a transaction that is rolled back at its end."""

from __future__ import annotations

import pytest

from tests.permissions.asking import Askers
from tests.permissions.world import standing_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), standing_world(tmp_path_factory.mktemp("mail")) as made:
        yield made


@pytest.fixture(scope="module")
def askers(world):
    return Askers.of(world)
