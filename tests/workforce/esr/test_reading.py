"""What comes out of a file, and which files are refused in plain words."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import Refused
from tests.factories.esr import csv_bytes, xlsx_bytes
from workforce.esr import opening
from workforce.esr.columns import guess, key_of
from workforce.esr.opening import REFUSALS, read_file
from workforce.esr.reader import bounds
from workforce.models import EsrImport, FileRows

ROWS = [["Assignment Number", "Last Name", "Start"], ["1-2", "Brontë", "2026-09-01"], ["", "", ""], ["3", "Ashgrove"]]
READ = [[2, "1-2", "Brontë", "2026-09-01"], [4, "3", "Ashgrove"]]


def read(content: bytes, name: str = "staff.csv"):
    return read_file(SimpleUploadedFile(name, content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_reads_the_same(encoding):
    found = read(csv_bytes(ROWS, encoding=encoding))
    assert (found.headings, found.rows) == (ROWS[0], READ)


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_every_delimiter_reads_the_same(between):
    found = read(csv_bytes([["Assignment, or so", "b;c", "d"], ["1", "2", "3"]], between=between))
    assert (found.headings, found.rows) == (["Assignment, or so", "b;c", "d"], [[2, "1", "2", "3"]])


def test_a_spreadsheet_gives_the_same_as_text():
    day = dt.date(2026, 9, 1)
    rows = [["Assignment Number", "Last Name", "Start", "FTE"], [20088101.0, "Brontë", day, 0.6], [None], ["=1+1", "x"]]
    found = read(xlsx_bytes(rows), "staff.xlsx")
    assert found.headings == rows[0]
    assert found.rows == [[2, "20088101", "Brontë", "2026-09-01", "0.6"], [4, "=1+1", "x"]]


def test_cells_come_without_what_no_sentence_needs():
    found = read(csv_bytes([["a", "b"], ["one\x00\ntwo\u200b ", "x" * 400]]).replace(b"\x00", b"\x01"))
    assert found.rows == [[3, "one two", "x" * 300]]


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return kept.getvalue()


def workbook(**parts: bytes) -> bytes:
    """A spreadsheet with more parts, or other ones."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(ROWS))) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return kept.getvalue()


def plain_zip() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    return kept.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


#: By what is wrong with each. A name, not its bytes: those of a zip tell the time, and every process must say the same.
FAULTY = {
    "bytes": (b"\x00\x01\x02", "not_rows"),
    "letters of no kind": (b"a,b\n1,\x81\x8d", "not_rows"),
    "a zip of something else": (plain_zip(), "not_rows"),
    "cut short": (b"PK\x03\x04 and no more", "damaged"),
    "a sheet that breaks": (workbook(**{"xl/worksheets/sheet1.xml": b"<broken"}), "damaged"),
    "an entity": (workbook(**{"xl/sharedStrings.xml": ENTITY}), "damaged"),
    "macros": (workbook(**{"xl/vbaProject.bin": b"x"}), "macros"),
    "a bomb": (bomb(), "unpacks_too_big"),
    "an old Excel file": (opening.OLE_BEGINS + b"x", "old_excel"),
    "one column": (b"one column\nand a row\n", "one_column"),
    "no rows": (b"a,b\n\n,\n", "no_rows"),
    "a cell without end": (b'a,b\n"' + b"x" * 6000, "damaged"),
    "too many columns": (b",".join(b"h" for _ in range(101)) + b"\n" + b"1," * 101, "too_many_columns"),
    "too many rows": (b"a,b\n" + b"1,2\n" * 200_000, "too_many_rows"),
}


@pytest.mark.parametrize(("content", "why"), FAULTY.values(), ids=FAULTY)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words_and_nothing_is_kept(db, content, why):
    with pytest.raises(Refused) as refused:
        read(content)
    assert (refused.value.message, refused.value.field) == (REFUSALS[why], "file")
    assert (EsrImport.objects.count(), FileRows.objects.count()) == (0, 0)


def test_an_empty_file_and_one_too_big(monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 1024 * 1024)
    for content, words in (
        (b" \n", "The file is empty. Choose another file."),
        (b"a,b\n" * 300_000, "The file is too big. It must be smaller than 1 MB."),
    ):
        with pytest.raises(Refused) as refused:
            read(content)
        assert refused.value.message == words


def test_rows_are_counted_while_they_are_read_and_not_after():
    given = []

    def rows():
        for line in range(1, 1_000_000):
            given.append(line)
            yield line, ["a", "b"]

    with pytest.raises(bounds.CannotRead):
        bounds.collect(rows())
    assert len(given) == bounds.MOST_ROWS + 2


def test_a_reader_that_is_stopped_at_a_limit_is_a_refusal(monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 0.001)
    with pytest.raises(Refused) as refused:
        read(csv_bytes(ROWS))
    assert refused.value.message == REFUSALS["too_hard"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("C:\\files\\staff.csv", "staff.csv"), ("../../<b>.csv", "b.csv"), ("\x00", "file.csv"), ("x" * 300, "x" * 200)],
)
def test_the_name_of_a_file_is_shown_without_its_folders(name, shown):
    assert opening.shown_name(name) == shown


def test_columns_are_guessed_from_typical_headings():
    headings = ["Org L5", "Position Number", "ASSIGNMENT_NUMBER", "Grade", "FTE", "Start Date in Position", "NI Number"]
    assert guess(headings) == {
        "directorate": 0,
        "position_number": 1,
        "assignment_number": 2,
        "band": 3,
        "wte": 4,
        "starts_on": 5,
    }
    assert key_of(headings) == key_of(["org l5", *headings[1:]])
    assert key_of(headings) != key_of(headings[::-1])
