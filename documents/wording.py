"""What words a document may hold."""

from __future__ import annotations

import re

from core.errors import Refused
from documents import tables

LONGEST_TEXT = 20_000
LONGEST_TABLE = 200_000
LONGEST_TITLE = 200
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_title(title: str) -> str:
    """`title` on one line. Raises Refused (field "title") when it is empty or too long."""
    title = " ".join(CONTROLS.sub(" ", title).split())
    if not title:
        raise Refused("Enter a title.", field="title")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"The title must be {LONGEST_TITLE} characters or fewer.", field="title")
    return title


def clean_text(kind: str, text: str, *, label: str = "") -> str:
    """The text as it will be kept. Raises Refused (field "text") when it is empty, too long or not a table.

    An item that Word numbered and left empty keeps its number.
    """
    if kind == "table":
        return _clean_table(text)
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text and not label:
        raise Refused("Enter what this paragraph should say. To take it out, choose Remove.", field="text")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"This paragraph is too long. It must be {LONGEST_TEXT:,} characters or fewer.", field="text")
    return text


def _clean_table(text: str) -> str:
    try:
        table = tables.load(text)
    except ValueError:
        raise Refused("This table could not be read. Go back and change one cell at a time.", field="text") from None
    kept = tables.dump(
        tables.make(
            [[CONTROLS.sub("", cell).strip() for cell in row] for row in table.head],
            [[CONTROLS.sub("", cell).strip() for cell in row] for row in table.rows],
        )
    )
    if table.width == 0:
        raise Refused("A table needs at least one cell.", field="text")
    if len(kept) > LONGEST_TABLE:
        raise Refused("This table is too big. Make two tables of it.", field="text")
    return kept
