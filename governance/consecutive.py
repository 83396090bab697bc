"""Terms one after another: how many somebody has had without a year away in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Run:
    """`count` terms follow each other, the new one among them; without it one could begin again on `free_from`."""

    count: int
    free_from: dt.date


def run_with(others: Iterable[Days], new: Days) -> Run:
    """The run of terms that `new` (first day, day after the last) would be in.

    A gap shorter than one year does not break a run: who is made to go for a month has not made way.
    """
    others = [days for days in others if days[1] > days[0]]
    run: list[Days] = []
    for days in sorted([*others, new]):
        if run and days[0] >= years_after(run[-1][1], 1):
            if new in run:
                break
            run = []
        run.append(days)
    ends = [last for first, last in run if (first, last) != new]
    return Run(count=len(run), free_from=years_after(max(ends, default=new[0]), 1))


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years on; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)
