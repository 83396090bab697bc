"""Terms one after another: a gap shorter than a year does not break the run."""

from __future__ import annotations

import datetime as dt

import pytest

from governance.consecutive import run_with, years_after


def days(text):
    """ "2020-2022" is from 1 January 2020 up to 1 January 2022; a month may be said: "2020.6-2022"."""

    def day(part):
        year, _, month = part.partition(".")
        return dt.date(int(year), int(month or 1), 1)

    first, last = text.split("-")
    return day(first), day(last)


@pytest.mark.parametrize(
    ("others", "new", "count", "free_from"),
    [
        ([], "2026-2028", 1, "2027-2027"),
        (["2024-2026"], "2026-2028", 2, "2027-2027"),
        (["2022-2024", "2024-2026"], "2026-2028", 3, "2027-2027"),
        (["2022-2024", "2024-2026"], "2026.12-2028", 3, "2027-2027"),  # eleven months away
        (["2022-2024", "2024-2026"], "2027-2029", 1, "2028-2028"),  # a whole year away
        (["2018-2020", "2024-2026"], "2026-2028", 2, "2027-2027"),  # the first run is over
        (["2026-2026", "2025-2025"], "2026-2028", 1, "2027-2027"),  # called off: nobody sat
        (["2028-2030", "2024-2026"], "2026-2028", 3, "2031-2031"),  # in between
        (["2028-2030"], "2024-2026", 1, "2025-2025"),  # long before another
        (["2026.6-2028"], "2024-2026", 2, "2029-2029"),  # just before another
    ],
)
def test_runs(others, new, count, free_from):
    run = run_with([days(each) for each in others], days(new))
    assert run.count == count
    if count > 1:
        assert run.free_from == days(free_from)[0]


def test_a_year_after_a_leap_day():
    assert years_after(dt.date(2028, 2, 29), 1) == dt.date(2029, 3, 1)
    assert years_after(dt.date(2028, 2, 29), 4) == dt.date(2032, 2, 29)
