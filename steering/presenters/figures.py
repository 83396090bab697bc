"""The page of figures about peer support posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.rounded import Row, rows
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
class FiguresPage:
    """`handed` is the last handing over or taking back; `rows` are empty when none stands."""

    handed: StaffFigures | None
    rows: list[Row]
    has_left_out: bool


def figures_page() -> FiguresPage:
    """What HR handed over last. One query."""
    row = latest()
    numbers = (row.numbers or {}) if row else {}
    return FiguresPage(row, rows_of(numbers), None in numbers.values())


def rows_of(numbers: Mapping[str, int | None]) -> list[Row]:
    """Numbers by their names, as the Steering Group reads them."""
    return rows((words, numbers[name]) for name, words in WORDS.items() if name in numbers)
