"""Two hours without a page, twelve hours in all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from tests.accounts.test_link_page import make_link
from tests.conftest import MORNING

DETAILS = "/account/details/"


def status(client, **later) -> int:
    with clock.set_to(MORNING + dt.timedelta(**later)):
        return client.get(DETAILS).status_code


@pytest.fixture
def logged_in(cast, client):
    client.post(f"/l/{make_link(cast.ishani)}/")
    client.get(DETAILS)
    return client


def test_two_hours_without_a_page_end_it(logged_in):
    assert status(logged_in, hours=2, seconds=-1) == 200
    assert status(logged_in, hours=4, seconds=-2) == 200
    assert status(logged_in, hours=6) == 302


def test_it_stays_ended(logged_in):
    assert status(logged_in, hours=2) == 302
    assert status(logged_in, minutes=1) == 302


def test_twelve_hours_end_it_however_busy_one_is(logged_in):
    for hour in range(1, 12):
        assert status(logged_in, hours=hour) == 200
    assert status(logged_in, hours=12, seconds=-1) == 200
    assert status(logged_in, hours=12) == 302


def test_the_log_in_page_says_why(logged_in):
    with clock.set_to(MORNING + dt.timedelta(hours=3)):
        shown = logged_in.get(DETAILS, follow=True).content.decode()
    assert "We logged you out to keep your account safe." in shown
    assert "kept what you wrote" not in shown


def test_logging_in_again_counts_anew(cast, logged_in):
    for hour in range(1, 12):
        assert status(logged_in, hours=hour) == 200
    late = MORNING + dt.timedelta(hours=11, minutes=30)
    with clock.set_to(late):
        token = make_link(cast.ishani)
        logged_in.post("/account/log-out/")
        logged_in.post(f"/l/{token}/")
        assert logged_in.get(DETAILS).status_code == 200
    assert status(logged_in, hours=13) == 200
    with clock.set_to(late):
        assert "logged you out" not in logged_in.get("/account/log-in/", follow=True).content.decode()


def test_reading_writes_the_session_at_most_once_a_minute(logged_in):
    def writes(**later) -> int:
        with clock.set_to(MORNING + dt.timedelta(**later)), CaptureQueriesContext(connection) as queries:
            logged_in.get(DETAILS)
        return sum('UPDATE "accounts_loginsession"' in query["sql"] for query in queries)

    assert [writes(seconds=59), writes(seconds=60), writes(seconds=61)] == [0, 1, 0]
