"""Step 7: HR finds a post and who holds it, corrects a date, and sees before and after, who and when."""

from __future__ import annotations

import datetime as dt

import pytest

from core.said import nhs_date

pytestmark = pytest.mark.journey


def test_hr_corrects_a_review_date(someone, one_screen):
    nadia = someone("nadia", viewport=one_screen)
    nadia.logs_in()
    nadia.goes_to("/hr/")
    nadia.shows("7-hr")
    nadia.follows("Positions", within="main")
    nadia.fills("Search", "Eastmere")
    nadia.presses("Show")
    nadia.shows("7-positions")
    nadia.follows("30412211", within="main table")
    nadia.shows("7-position")
    nadia.follows("Sorrel Greenhalghton", within="main")
    occupancy = nadia.page.url
    before = dt.date.today() + dt.timedelta(days=20)  # noqa: DTZ011 -- the day that the demo Trust was made on
    nadia.fills_date("Next review", days=30)
    nadia.shows("7-occupancy")
    nadia.presses("Save")
    nadia.goes_to(occupancy)
    nadia.follows("History", within="main")
    nadia.sees("Next review")
    nadia.sees(nhs_date(before))
    nadia.sees(nhs_date(before + dt.timedelta(days=10)))
    nadia.sees("Nadia Ferrowick")
    nadia.shows("7-history")


def test_whoever_is_not_hr_finds_nothing_there(someone):
    ishani = someone("ishani")
    ishani.logs_in()
    ishani.goes_to("/hr/")
    ishani.sees("Page not found")
