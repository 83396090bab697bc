"""The text of a table block: JSON of cells, each in the same small Markdown subset. No Django here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells: those that head the columns, and the others. Every row is equally long."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        return max((len(row) for row in self.head + self.rows), default=0)


def make(head: Any, rows: Any) -> Table:
    """A table of `head` and `rows`, short rows filled with empty cells. Raises ValueError if a cell is not words."""
    width = max((len(row) for row in [*head, *rows]), default=0)
    return Table(tuple(_row(row, width) for row in head), tuple(_row(row, width) for row in rows))


def load(text: str) -> Table:
    """The table kept in `text`. Raises ValueError if it is not one."""
    try:
        kept = json.loads(text)
        return make(kept["head"], kept["rows"])
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("Not a table.") from error


def dump(table: Table) -> str:
    """The text a table is kept in: the same table always gives the same text."""
    return json.dumps({"head": table.head, "rows": table.rows}, ensure_ascii=False, separators=(",", ":"))


def _row(cells: Any, width: int) -> Row:
    if isinstance(cells, str) or not all(isinstance(cell, str) for cell in cells):
        raise ValueError("A row is a list of cells.")
    return tuple(cells) + ("",) * (width - len(cells))
