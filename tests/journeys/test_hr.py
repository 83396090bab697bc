"""Step 7: HR finds a post and who holds it, corrects a date, and sees before and after, who and when."""

from __future__ import annotations

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
    before = nadia.date_in("Next review")
    nadia.fills_date("Next review", days=30)
    after = nadia.date_in("Next review")
    nadia.shows("7-occupancy")
    nadia.presses("Save")
    nadia.goes_to(occupancy)
    nadia.follows("History", within="main")
    nadia.sees("Next review")
    assert before != after
    nadia.sees(nhs_date(before))
    nadia.sees(nhs_date(after))
    nadia.sees("Nadia Ferrowick")
    nadia.shows("7-history")


def test_whoever_is_not_hr_finds_nothing_there(someone):
    ishani = someone("ishani")
    ishani.logs_in()
    ishani.goes_to("/hr/")
    ishani.sees("Page not found")
