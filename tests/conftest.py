"""What every test may use: the cast, the clock, a client that is logged in."""

from __future__ import annotations

import datetime as dt
import gc

import pytest

from core import clock
from helplines import reading
from tests.cast import make_cast
from tests.support.browser import chromium
from tests.support.copying import django_db_modify_db_settings  # noqa: F401 -- a fixture
from tests.support.flushing import flush_past_triggers  # noqa: F401 -- a fixture
from tests.support.services import ASYNC_UNSAFE

#: A Tuesday morning in term time. Every test starts here unless it says otherwise.
MORNING = dt.datetime(2026, 9, 1, 9, 0, tzinfo=dt.UTC)


def pytest_collection_finish():
    """All that is loaded by now stays to the end: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _clock():
    with clock.set_to(MORNING):
        yield


@pytest.fixture(autouse=True)
def _no_remembered_person_to_call():
    """Each web process remembers the person to call for a minute; no test may remember another's."""
    reading.forget()


@pytest.fixture
def cast(db):
    """Everyone, seated (see tests/cast.py)."""
    return make_cast()


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests of a process; each opens a context of its own.

    Its loop runs in this thread from now on, and Django would take every query for one made inside it.
    """
    with pytest.MonkeyPatch.context() as patch, chromium() as found:
        patch.setenv(ASYNC_UNSAFE, "true")
        yield found


@pytest.fixture
def as_person(client):
    """Log the test client in as a person: `as_person(cast.ishani).get(...)`."""

    def log_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in
