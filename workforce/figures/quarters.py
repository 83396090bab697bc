"""Quarters of a year, which end with March, June, September and December."""

from __future__ import annotations

import datetime as dt

ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def is_last_day(day: dt.date) -> bool:
    """Whether a quarter ends on `day`."""
    return (day.month, day.day) in ENDS


def last_days_before(today: dt.date, number: int) -> list[dt.date]:
    """The last days of the latest quarters that are over, newest first."""
    days = [dt.date(year, *end) for year in range(today.year, today.year - number // 4 - 2, -1) for end in ENDS[::-1]]
    return [day for day in days if day < today][:number]
