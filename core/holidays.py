"""Days on which most people in England and Wales are away."""

from __future__ import annotations

import datetime as dt


def easter_sunday(year: int) -> dt.date:
    """Easter Sunday of a year (the anonymous Gregorian reckoning)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def holidays_within(first: dt.date, last: dt.date) -> list[str]:
    """The names of the long holidays that touch the days from `first` to `last`, both included."""
    found = []
    for year in range(first.year - 1, last.year + 1):
        easter = easter_sunday(year)
        spans = {
            "Easter": (easter - dt.timedelta(days=2), easter + dt.timedelta(days=1)),
            "Christmas": (dt.date(year, 12, 24), dt.date(year + 1, 1, 1)),
        }
        found += [name for name, (start, end) in spans.items() if start <= last and end >= first]
    return found
