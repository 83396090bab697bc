"""Every file of a folder of Word files, against an extractor of our own that shares no code with the reader."""

from __future__ import annotations

import json
import os
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import markup
from documents.importing import read_word
from tests.documents.plainly import words_of

pytestmark = pytest.mark.corpus

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What Word would print of each file, beside its text: numbers and bullets before paragraphs, and marks of notes.
PRINTED = {
    "lists.docx": ["1.", "2.", "a.", "b.", "•", "•", "−", "•", "•", "•"],
    "notes.docx": ["[1]", "[i]", "[1]", "[i]"],
    "numbered_header.docx": ["1."],
    "table_with_list_cell.docx": ["•", "•", "•", "1.", "2.", "3."],
}
#: Files where that stands among the words, not before a block.
PRINTED_INSIDE = {"notes.docx", "table_with_list_cell.docx"}
#: What must be said to be left out; every other file loses nothing.
SAID = {
    "comments.docx": ["5 comments in the margin were left out."],
    "inline_formatting.docx": [
        "Some words were crossed out. They were kept as ordinary words, so check them.",
        "Underlining, highlighting, and raised or lowered letters were left out. The words were kept.",
    ],
    "links.docx": ["2 links to other places in the document were taken off. Their words were kept."],
    "track_changes_deletion.docx": ["This file had tracked changes. They were read as if all of them were accepted."],
    "track_changes_insertion.docx": ["This file had tracked changes. They were read as if all of them were accepted."],
    "track_changes_move.docx": ["This file had tracked changes. They were read as if all of them were accepted."],
}


def folder() -> Path:
    return Path(os.environ.get("WORD_CORPUS", "no folder named"))


def files() -> list[str]:
    found = sorted(path.name for path in folder().glob("*.docx"))
    return found or ["(none)"]


@pytest.fixture(params=files())
def name(request):
    assert request.param != "(none)", f"There are no Word files in {folder()}."
    return request.param


def accepted_words(path: Path) -> list[str]:
    """The words of the text, then of its notes, by the plainest walk there is: <w:t> in order, deletions left out."""
    words: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for part in ("document", "footnotes", "endnotes"):
            if f"word/{part}.xml" in archive.namelist():
                words += _walk(ElementTree.fromstring(archive.read(f"word/{part}.xml")))  # noqa: S314 -- known files
    return words


def _walk(root: ElementTree.Element) -> list[str]:
    text = ""
    gone = {id(e) for tag in ("del", "moveFrom") for holder in root.iter(W + tag) for e in holder.iter()}
    for element in root.iter():
        if id(element) in gone:
            continue
        if element.tag in {W + "p", W + "br", W + "tab"}:
            text += " "
        elif element.tag == W + "t":
            text += element.text or ""
        elif element.tag == W + "sym":
            text += "∨"  # the one symbol in the folder: letter DA of the Symbol font
    return text.replace("\uf0da", "(").replace("\uf028", "(").split()


def read(name: str):
    return read_word(SimpleUploadedFile(name, (folder() / name).read_bytes()))


def test_the_folder_is_there():
    assert folder().is_dir()


def test_every_word_in_order(name):
    """Take away what Word prints by itself; what is left is the file's own words, every one, in order."""
    found = words_of(read(name).blocks, labels=False)
    expected = accepted_words(folder() / name)
    inside = PRINTED[name] if name in PRINTED_INSIDE else []
    assert _without(found, inside[:2] if name == "notes.docx" else inside) == expected


def test_what_word_prints_by_itself_is_kept(name):
    found = words_of(read(name).blocks, labels=True)
    printed = Counter("".join(found)) - Counter("".join(accepted_words(folder() / name)))
    assert printed == Counter("".join(PRINTED.get(name, [])))


def test_what_is_left_out_is_said(name):
    assert read(name).left_out == SAID.get(name, [])


def test_every_block_is_one_that_can_be_kept(name):
    for block in read(name).blocks:
        assert set(block) == {"kind", "level", "label", "text"}
        if block["kind"] == "table":
            assert set(json.loads(block["text"])) == {"head", "rows"}
        else:
            assert markup.plain(block["text"]).strip() == markup.plain(block["text"]) != ""


def _without(words: list[str], marks: list[str]) -> list[str]:
    """`words` but for each of `marks`, once, the first time it stands there."""
    text = " ".join(words)
    for mark in marks:
        text = text.replace(mark, "", 1)
    return text.split()
