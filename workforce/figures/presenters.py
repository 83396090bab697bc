"""Released figures as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.rounded import Row, rows

POSTS = {"filled": "Filled", "vacant": "Vacant", "vacant_long": "Of the vacant ones, for more than 90 days"}


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
