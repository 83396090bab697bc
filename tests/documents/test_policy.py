"""A policy of ten pages, from Word file to draft: every word, every printed number, in order."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import services
from documents.importing import read_word
from documents.reading import blocks_of
from tests.documents.plainly import words_of
from tests.support.word_files import POLICY, POLICY_TITLE, policy_docx

ROMAN = ["(i)", "(ii)", "(iii)", "(iv)"]


@pytest.fixture(scope="module")
def found():
    return read_word(SimpleUploadedFile("policy.docx", policy_docx()))


def expected_words() -> list[str]:
    """The policy's words with the numbers Word prints, worked out from its plain text and from nothing else."""
    words, notes = POLICY_TITLE.split(), []
    section = part = letter = roman = 0
    for line in POLICY.splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "#":
            section, part = section + 1, 0
            words.append(f"{section}.")
        elif mark == "##":
            part += 1
            words.append(f"{section}.{part}")
        elif mark == "-":
            words.append("•")
        elif mark in {"i)", "ii)", "iii)"}:
            roman = 0 if mark == "i)" else roman + 1
            words.append(ROMAN[roman])
        elif re.fullmatch("[a-z]\\)", mark):
            letter = 0 if mark == "a)" else letter + 1
            words.append(f"({chr(ord('a') + letter)})")
        elif mark not in {">", "|"}:
            rest = line
        notes += re.findall(r"\^\[([^]]+)\]", rest)
        rest = re.sub(r"\^\[[^]]+\]", f"[{len(notes)}]", rest)
        words += re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", rest.replace("*", "").replace("|", " ")).split()
    for number, note in enumerate(notes, 1):
        words += [f"[{number}]", *note.split()]
    return words


def test_every_word_and_number_in_order(found):
    assert words_of(found.blocks) == expected_words()


def test_it_is_as_long_as_a_real_policy(found):
    assert len(words_of(found.blocks)) > 2_500
    assert len(found.blocks) > 150


def test_nothing_was_left_out(found):
    assert found.left_out == []


def test_its_title_is_suggested(found):
    assert found.title == POLICY_TITLE


def test_its_headings_and_their_levels(found):
    headings = [(b["level"], b["label"]) for b in found.blocks if b["kind"] == "heading"]
    assert headings[:6] == [(1, ""), (1, "1."), (2, "1.1"), (2, "1.2"), (1, "2."), (1, "3.")]
    assert headings[-1] == (2, "12.2")


def test_its_lists_and_their_depths(found):
    items = [(b["level"], b["label"]) for b in found.blocks if b["kind"] == "list_item"]
    start = items.index((0, "(b)"))
    assert items[start : start + 5] == [(0, "(b)"), (1, "(i)"), (1, "(ii)"), (1, "(iii)"), (0, "(c)")]


def test_its_table(found):
    [table] = [json.loads(b["text"]) for b in found.blocks if b["kind"] == "table"]
    assert table["head"] == [["What", "Who with", "How often", "For how long"]]
    assert len(table["rows"]) == 5


def test_its_looks_and_links(found):
    texts = [b["text"] for b in found.blocks]
    assert any(text.startswith("**Line supervision** is a planned talk") for text in texts)
    assert any("[records team](mailto:records@anytown-riverside.example)" in text for text in texts)
    assert any("*Do you have the supervision you need?" in text for text in texts)


def test_its_footnotes(found):
    notes = [(b["label"], b["text"][:12]) for b in found.blocks if b["kind"] == "footnote"]
    assert notes == [("[1]", "The voluntee"), ("[2]", "An adjustmen"), ("[3]", "This is the ")]


def test_it_becomes_a_draft_word_for_word(cast):
    upload = services.read_upload(by=cast.grace, file=SimpleUploadedFile("policy.docx", policy_docx()))
    document = services.start_document(by=cast.grace, title=upload.title, upload=upload)
    version = document.versions.get()
    placed = [{"kind": b.kind, "label": b.label, "text": b.text} for b in blocks_of(version)]
    assert version.number == "0.1"
    assert words_of(placed) == expected_words()
