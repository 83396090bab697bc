"""Documents on paper: tagged PDF, with the title, the control block, page numbers, and a banner where there is one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings

from core.errors import Refused
from documents import markup, tables

SECONDS = 30
FAILED = "The PDF could not be made just now. Try again in a few minutes, or read the page instead."


class Printed(Protocol):
    """What printing needs to know of a block."""

    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


def make_pdf(
    *, title: str, blocks: Sequence[Printed], banner: str | None, control: list[tuple[str, str]], organisation: str
) -> bytes:
    """A PDF of `blocks` under `title`; `control` is printed first, as a table; `banner` on every page.

    The same words always give the same bytes. Raises Refused when it cannot be made.
    """
    given = {
        "title": title,
        "organisation": organisation,
        "banner": banner,
        "control": [[str(name), str(value)] for name, value in control],
        "blocks": _as_data(_without_title(title, blocks)),
    }
    return _typeset(json.dumps(given, ensure_ascii=False))


@lru_cache(maxsize=16)
def _typeset(given: str) -> bytes:
    """Typeset in another process, so that a text that takes too long can be stopped. The last few are kept."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, no shell, no argument from outside
            [sys.executable, "-m", "documents.typesetter"],
            input=given.encode(),
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Refused(FAILED) from error
    return done.stdout


def _without_title(title: str, blocks: Sequence[Printed]) -> Sequence[Printed]:
    """The blocks, but for a first heading that only says the title again."""
    says_title = blocks and blocks[0].kind == "heading" and not blocks[0].label
    if says_title and markup.plain(blocks[0].text).casefold() == title.casefold():
        return blocks[1:]
    return blocks


def _as_data(blocks: Iterable[Printed]) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = []
    levels: list[int] = []
    open_lists: list[tuple[int, list[dict[str, Any]]]] = []
    for block in blocks:
        if block.kind == "list_item":
            _add_item(data, open_lists, block)
            continue
        open_lists = []
        if block.kind == "table":
            data.append(_table(block.text))
            continue
        if block.kind == "heading":  # a reader by ear expects no level to be left out
            levels = [level for level in levels if level < block.level] + [block.level]
        data.append({"kind": block.kind, "level": len(levels) + 1, "label": block.label, "runs": _runs(block.text)})
    return data


def _add_item(data: list[dict[str, Any]], open_lists: list[tuple[int, list[dict[str, Any]]]], block: Printed) -> None:
    """Put an item into the list it belongs to, beginning one where it stands deeper than the last."""
    while len(open_lists) > 1 and open_lists[-1][0] > block.level:
        open_lists.pop()
    if not open_lists:
        data.append({"kind": "list", "items": []})
        open_lists.append((block.level, data[-1]["items"]))
    elif open_lists[-1][0] < block.level:
        open_lists.append((block.level, open_lists[-1][1][-1]["items"]))
    open_lists[-1][1].append({"label": block.label, "runs": _runs(block.text), "items": []})


def _table(text: str) -> dict[str, Any]:
    table = tables.load(text)
    head = [[{"runs": _runs(cell)} for cell in row] for row in table.head]
    rows = [[{"runs": _runs(cell)} for cell in row] for row in table.rows]
    return {"kind": "table", "width": table.width, "head": head, "rows": rows}


def _runs(text: str) -> list[dict[str, Any]]:
    return [
        {"words": run.words, "strong": run.strong, "emphasis": run.emphasis, "href": run.href}
        for run in markup.parse(text)
    ]
