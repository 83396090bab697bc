"""The page of figures about peer support posts."""

from __future__ import annotations

from dataclasses import dataclass

from steering.models import StaffFigures
from steering.services.figures import latest

WORDS = {
    "posts_open": "Posts open",
    "posts_filled": "Posts filled",
    "posts_vacant": "Posts vacant",
    "posts_vacant_long": "Posts vacant for more than 90 days",
    "roles": "Roles held",
    "fixed_term": "Roles on a fixed-term contract",
    "with_peer_supervisor": "Roles with a peer supervisor",
}


@dataclass(frozen=True)
class Row:
    """A number in words, and the length of its bar in hundredths of the longest."""

    label: str
    number: str
    length: int


@dataclass(frozen=True)
class FiguresPage:
    """`handed` is the last handing over or taking back; `rows` are empty when none stands."""

    handed: StaffFigures | None
    rows: list[Row]
    has_left_out: bool


def figures_page() -> FiguresPage:
    """What HR handed over last. One query."""
    row = latest()
    numbers = (row.numbers or {}) if row else {}
    longest = max((number or 0 for number in numbers.values()), default=0) or 1
    rows = [
        Row(words, _said(numbers[name]), (numbers[name] or 0) * 100 // longest)
        for name, words in WORDS.items()
        if name in numbers
    ]
    return FiguresPage(row, rows, None in numbers.values())


def _said(number: int | None) -> str:
    if number is None:
        return "left out"
    return f"about {number:,}" if number else "fewer than 3"
