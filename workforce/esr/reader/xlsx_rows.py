"""Rows of a spreadsheet. Formulas are read as their text and never worked out; no link is followed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from workforce.esr.reader.bounds import MOST_COLUMNS, CannotRead
from workforce.esr.reader.limits import answer

MOST_PARTS = 500
MOST_BYTES = 100 * 1024 * 1024
MOST_TIMES_ITS_SIZE = 100
#: Below this a file may unpack to any multiple of its size.
HARMLESS_BYTES = 2 * 1024 * 1024
CHUNK = 64 * 1024


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row of the first sheet with any. Raises CannotRead."""
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1):
            yield line, [_said(cell) for cell in cells]
    except (CannotRead, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 -- whatever the library stumbles over, the file is not a sound one
        raise CannotRead("damaged") from error


def _said(value: Any) -> str:
    """A cell as text: dates as ISO writes them, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 6))
    return str(value)


def _check_archive(content: bytes) -> None:
    """Refuse what no spreadsheet program writes. Everything is unpacked once, counted and thrown away."""
    most = min(MOST_BYTES, max(HARMLESS_BYTES, len(content) * MOST_TIMES_ITS_SIZE))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or len(names) != len(parts):
                raise CannotRead("damaged")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise CannotRead("macros")
            if "xl/workbook.xml" not in names:
                raise CannotRead("not_rows")
            total = 0
            for part in parts:
                total += _unpacked(archive, part, most - total)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError) as error:
        raise CannotRead("damaged") from error


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    size, tail = 0, b""
    with archive.open(part) as opened:
        while chunk := opened.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise CannotRead("unpacks_too_big")
            # An entity can grow without end; no spreadsheet program declares one. The mark may stand across two chunks.
            if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
                raise CannotRead("damaged")
            tail = chunk[-9:]
    return size


if __name__ == "__main__":
    answer(rows_of)
