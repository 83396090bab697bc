"""All rows, of every module `rows_*` beside this one, and what is wrong with the answers to one of them."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.permissions.asking import Answer, Askers
from tests.permissions.notation import Row
from tests.permissions.world import PEOPLE

ROWS = [
    row
    for path in sorted(Path(__file__).parent.glob("rows_*.py"))
    for row in importlib.import_module(f"tests.permissions.{path.stem}").ROWS
]


def wrong_cells(askers: Askers, row: Row, people: Iterable[str] = tuple(PEOPLE)) -> Iterator[str]:
    """One sentence for each cell of a row that is not as written, for those people."""
    path = askers.world.path(row.address, row.about)
    for method in ("GET", "POST"):
        for person in people:
            answer = askers.ask(person, method, path)
            for complaint in _complaints(row, method, person, answer):
                yield f"{method} {row} as {person}: {complaint}"


def _complaints(row: Row, method: str, person: str, answer: Answer) -> Iterator[str]:
    expected = row.expected(method, person)
    if answer.status != expected:
        yield f"{answer.status} instead of {expected} {answer.error}"
    elif answer.wrote_something and not (method == "POST" and row.may_write(person)):
        yield f"wrote to {', '.join(sorted(answer.wrote_something))}"
    elif method == "GET" and answer.status == 200:
        for words, readers in row.shows.items():
            if (words.encode() in answer.content) != (person in readers):
                yield f"{'shows' if person not in readers else 'hides'} {words!r}"
