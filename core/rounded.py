"""Numbers that are rounded so that they tell of nobody, in words, with a bar beside each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: What they are rounded to.
BASE = 5


@dataclass(frozen=True)
class Row:
    """`number` in words: "about 10", "fewer than 3", "left out". `length` of its bar in hundredths of the longest."""

    label: str
    number: str
    length: int


def said(number: int | None) -> str:
    """A rounded number in words; None is one that was left out."""
    if number is None:
        return "left out"
    return f"about {number:,}" if number else "fewer than 3"


def rows(pairs: Iterable[tuple[str, int | None]]) -> list[Row]:
    """Labels with rounded numbers; the longest bar is that of the largest."""
    pairs = list(pairs)
    longest = max((number or 0 for _, number in pairs), default=0) or 1
    return [Row(label, said(number), (number or 0) * 100 // longest) for label, number in pairs]
