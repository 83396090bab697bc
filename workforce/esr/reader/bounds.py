"""How much of a file is read, and the one way to refuse it."""

from __future__ import annotations

from collections.abc import Iterable

MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 300


class CannotRead(Exception):
    """`why` is one of the keys of `workforce.esr.opening.REFUSALS`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def collect(rows: Iterable[tuple[int, list[str]]]) -> dict[str, object]:
    """Headings, and the rows below them with their line numbers. Stops at the first row too many."""
    headings: list[str] = []
    kept: list[list[object]] = []
    for line, cells in rows:
        cells = [clean(cell) for cell in cells]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise CannotRead("too_many_columns")
        if not headings:
            headings = cells
        elif cells:
            if len(kept) == MOST_ROWS:
                raise CannotRead("too_many_rows")
            kept.append([line, *cells[: len(headings)]])
    if not headings or not kept:
        raise CannotRead("no_rows")
    return {"headings": headings, "rows": kept}


def clean(cell: str) -> str:
    """One line, no control characters, no more than is ever needed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in cell[: LONGEST_CELL * 2]).split())[
        :LONGEST_CELL
    ]
