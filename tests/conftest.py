"""What every test may use: the cast, the clock, a client that is logged in."""

from __future__ import annotations

import datetime as dt
import os

os.environ.setdefault("MODE", "test")
os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "x" * 40)
os.environ.setdefault("VAR_DIR", "/tmp/coprod-test-var")

import pytest  # noqa: E402
from core import clock  # noqa: E402
from tests.cast import make_cast  # noqa: E402
from tests.support.flushing import flush_past_triggers  # noqa: E402, F401 -- a fixture

#: A Tuesday morning in term time. Every test starts here unless it says otherwise.
MORNING = dt.datetime(2026, 9, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clock():
    with clock.set_to(MORNING):
        yield


@pytest.fixture
def cast(db):
    """Everyone, seated (see tests/cast.py)."""
    return make_cast()


@pytest.fixture
def as_person(client):
    """Log the test client in as a person: `as_person(cast.ishani).get(...)`."""

    def log_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in
