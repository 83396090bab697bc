"""Rows into a file on the disk, one after another, so that no file is ever whole in memory."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable
from typing import IO, Any

from openpyxl import Workbook

from workforce.cells import plain, safe_cell
from workforce.models.snapshots import Export

Rows = Iterable[list[Any]]


def write_csv(rows: Rows, file: IO[bytes]) -> int:
    """UTF-8 with the mark by which Excel knows it. Gives the number of rows, without the headings."""
    file.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    written = -1
    for row in rows:
        writer.writerow([plain(each) for each in row])
        written += 1
    text.detach()
    return written


def write_xlsx(rows: Rows, file: IO[bytes]) -> int:
    """Text is marked as text. Gives the number of rows, without the headings."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Role records")
    written = -1
    for row in rows:
        sheet.append([safe_cell(sheet, each) for each in row])
        written += 1
    book.save(file)
    return written


WRITERS: dict[str, Callable[[Rows, IO[bytes]], int]] = {Export.Format.CSV: write_csv, Export.Format.XLSX: write_xlsx}
TYPES: dict[str, str] = {
    Export.Format.CSV: "text/csv; charset=utf-8",
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write(rows: Rows, file_format: str) -> tuple[IO[bytes], int]:
    """A file open at its beginning, gone from the disk once it is closed; and how many rows it has."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it when it is sent
    try:
        written = WRITERS[file_format](rows, file)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file, written
