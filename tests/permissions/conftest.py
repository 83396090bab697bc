"""The world is built once for each file, in a transaction that is rolled back at its end."""

from __future__ import annotations

import logging

import pytest
from django.db import transaction

from core import clock
from tests.conftest import MORNING
from tests.permissions.asking import Askers
from tests.permissions.world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), clock.set_to(MORNING), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(logging.getLogger("django.request"), "disabled", True)  # 404s and 403s by the thousand
            patch.setattr("django.conf.settings.MAIL_DIR", tmp_path_factory.mktemp("mail"))
            yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def askers(world):
    return Askers.of(world)
