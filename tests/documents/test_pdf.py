"""Documents on paper: every word in order, the banner on each page, no word that becomes a command."""

from __future__ import annotations

import io
import subprocess

import pytest
from pypdf import PdfReader

from core.errors import Refused
from documents import pdf, services
from documents.pdf import make_pdf
from documents.reading import blocks_of
from tests.factories.documents import block, every_kind, make_document, open_version

BANNER = "Draft, not Trust policy"
EVIL = '#panic("x") $x^2$ @ref \\*a\\* _b_ `c` \\\\ <label> [d] {e} // no /* no */ = head - item + 1. ~ --- "q" #import'
LONG = "Words enough to fill a line and more. " * 12
SHOWN = EVIL.replace("\\*", "*").replace("\\\\", "\\")


@pytest.fixture(autouse=True)
def _forget():
    pdf._typeset.cache_clear()


@pytest.fixture
def made(cast):
    """Make a PDF of blocks, and read it."""

    def make(blocks, **more) -> PdfReader:
        version = open_version(make_document(cast.grace, blocks=blocks))
        given = {"title": "Supervision", "banner": None, "control": [], "organisation": "Anytown", **more}
        return PdfReader(io.BytesIO(make_pdf(blocks=blocks_of(version), **given)))

    return make


def body_words(reader: PdfReader, *, title: str = "Supervision", organisation: str = "Anytown") -> list[str]:
    """The words of all pages but for what stands at the top and bottom of each."""
    words: list[str] = []
    for number, page in enumerate(reader.pages, 1):
        found = page.extract_text().split()
        for margin in (organisation.split(), [*title.split(), "Page", str(number), "of", str(len(reader.pages))]):
            at = next(i for i in range(len(found)) if found[i : i + len(margin)] == margin)
            del found[at : at + len(margin)]
        words += found
    return words


def test_every_word_in_order(made):
    reader = made(every_kind(), control=[("Version", "0.1"), ("Owner", "Task Group 3")])
    said = "Supervision Version 0.1 Owner Task Group 3 1. Why We all need time. See the guide."
    lists = "(a) first (i) inside (b) second"
    table = "What How often Supervision Every four weeks Review Yearly"
    end = "Nothing about us without us. [1] A note."
    assert " ".join(body_words(reader)) == f"{said} {lists} {table} {end}"


@pytest.mark.parametrize("kind", ["heading", "paragraph", "list_item", "quote", "footnote"])
def test_no_word_becomes_a_command(made, kind):
    reader = made([block(EVIL, kind, 1, "#(1)")], title=SHOWN, control=[(SHOWN, SHOWN)], organisation=SHOWN)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "".join(text.split()).count("".join(SHOWN.split())) >= 5
    assert "#(1)" in text


def test_no_word_in_a_table_does_either(made):
    text = made([block('{"head":[["#panic(1)"]],"rows":[["$ @x"]]}', "table")]).pages[0].extract_text()
    assert "#panic(1)" in text
    assert "$ @x" in text


def test_the_banner_is_on_every_page(made):
    reader = made(
        [block(f"Paragraph {n}. " + "Words enough to fill a line and more. " * 12) for n in range(30)], banner=BANNER
    )
    assert len(reader.pages) > 3
    assert all(BANNER in page.extract_text() for page in reader.pages)


def test_there_is_no_banner_unless_one_is_given(made):
    assert BANNER not in made([block("a")]).pages[0].extract_text()


def test_pages_are_numbered(made):
    reader = made([block(LONG) for _ in range(30)])
    pages = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        assert f"Page {number} of {pages}" in page.extract_text()


def test_everybody_can_use_it(made):
    reader = made(every_kind())
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "en-GB"
    assert reader.metadata.title == "Supervision"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data()


def test_its_fonts_are_in_it_and_it_asks_for_nothing(made):
    text = made(every_kind())
    fonts = text.pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].split("+")[1].split("-")[0] for font in fonts}
    assert names == {"AtkinsonHyperlegible"}


def test_a_letter_no_font_has_does_not_stop_it(made):
    assert "before" in made([block("before \U0001f9ff\u2fff after")]).pages[0].extract_text()


def test_headings_leave_out_no_level(made):
    blocks = [block("a", "heading", 2), block("b", "heading", 5), block("c", "heading", 2), block("d", "heading", 1)]
    reader = made(blocks)
    found = (reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1))
    tags = [each["/S"] for each in found if _is_heading(each)]
    assert sorted(tags) == ["/H1", "/H2", "/H2", "/H2", "/H3"]


def _is_heading(found) -> bool:
    return isinstance(found, dict) and str(found.get("/S", "")).startswith("/H")


def test_a_first_heading_that_is_the_title_is_not_printed_twice(made):
    words = body_words(made([block("SUPERVISION", "heading", 1), block("a")]))
    assert words == ["Supervision", "a"]


def test_the_same_words_give_the_same_bytes(cast):
    blocks = blocks_of(open_version(make_document(cast.grace, blocks=every_kind())))
    given = {"title": "T", "blocks": blocks, "banner": BANNER, "control": [("a", "b")], "organisation": "o"}
    first = make_pdf(**given)
    pdf._typeset.cache_clear()
    assert make_pdf(**given) == first


def test_one_that_takes_too_long_is_given_up(cast, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.001)
    with pytest.raises(Refused, match="could not be made just now"):
        make_pdf(title="T", blocks=[], banner=None, control=[], organisation="o")


def test_a_frozen_version_prints(cast):
    version = services.freeze(by=cast.grace, version=open_version(make_document(cast.grace)))
    assert make_pdf(title="T", blocks=blocks_of(version), banner=None, control=[], organisation="o").startswith(b"%PDF")


def test_the_words_never_reach_a_command_line(cast, monkeypatch):
    seen = []
    usual = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: seen.append(a[0]) or usual(*a, **k))
    make_pdf(title="Secret title", blocks=[], banner=None, control=[], organisation="o")
    assert [part for command in seen for part in command if "Secret" in part] == []
