"""Rows of a text file: which encoding, what stands between the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from workforce.esr.reader.bounds import CannotRead
from workforce.esr.reader.limits import answer

#: A field longer than this is no cell but a quotation mark that was never closed.
LONGEST_FIELD = 5_000
BETWEEN = ",;\t|"


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row. Raises CannotRead."""
    text = _decoded(content)
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise CannotRead("damaged") from error


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, or else what Windows writes in this country."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16")
    if b"\0" in content:
        raise CannotRead("not_rows")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _strictly(content, "cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise CannotRead("not_rows") from error


def _delimiter(text: str) -> str:
    """What stands most often in the first line that is not empty, outside quotation marks."""
    first = next((line for line in text[:100_000].splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    found = max(BETWEEN, key=outside.count)
    if not outside.count(found):
        raise CannotRead("one_column")
    return found


if __name__ == "__main__":
    answer(rows_of)
