"""Released figures in words, with the length of a bar beside each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

POSTS = {"filled": "Filled", "vacant": "Vacant", "vacant_long": "Of the vacant ones, for more than 90 days"}
HANDED = {
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
    """`number` in words: "about 10", "fewer than 3", "left out"."""

    label: str
    number: str
    length: int


@dataclass(frozen=True)
class Shown:
    """One table of rounded figures."""

    heading: str
    first_column: str
    rows: list[Row]


@dataclass(frozen=True)
class Release:
    """All that was released of one day. `is_total_only`: there are too few posts for more."""

    total: list[Row]
    tables: list[Shown]
    left_out: list[str]
    is_total_only: bool


def said(number: int | None) -> str:
    """A rounded number in words."""
    if number is None:
        return "left out"
    return f"about {number:,}" if number else "fewer than 3"


def rows(pairs: Iterable[tuple[str, int | None]]) -> list[Row]:
    """Labels with rounded numbers; the longest bar is that of the largest."""
    pairs = list(pairs)
    longest = max((number or 0 for _, number in pairs), default=0) or 1
    return [Row(label, said(number), (number or 0) * 100 // longest) for label, number in pairs]


def released_shown(figures: Mapping[str, Any]) -> Release:
    """Figures as `workforce.figures.rounding` made them, for a page."""
    tables = [
        Shown(table["heading"], table["first_column"], rows((label, number) for label, number in table["rows"]))
        for table in figures["tables"]
    ]
    if figures["posts"]:
        posts = [(words, figures["posts"][name]) for name, words in POSTS.items()]
        tables.insert(0, Shown("Posts", "Posts", rows(posts)))
    total = rows([("Posts open", figures["open"]), ("Roles held", figures["roles"])])
    return Release(total, tables, list(figures["left_out"]), figures["is_total_only"])


def handed_shown(numbers: Mapping[str, int | None]) -> list[Row]:
    """What the Steering Group is handed."""
    return rows((words, numbers[name]) for name, words in HANDED.items())
