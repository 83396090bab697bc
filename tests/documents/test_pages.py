"""Whole texts: lists inside lists, an id for each block, the same few queries however long."""

from __future__ import annotations

import time

from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from documents.models import Upload
from documents.pages import blocks_page, first_words, redline_page
from documents.reading import blocks_of, blocks_of_each
from documents.redline import compare
from documents.services import freeze, open_next_version
from tests.documents.plainly import page_words, words_of
from tests.factories.documents import block, edit, every_kind, make_document, open_version


def page_of(cast, blocks) -> BeautifulSoup:
    return BeautifulSoup(blocks_page(blocks_of(open_version(make_document(cast.grace, blocks=blocks)))), "html.parser")


def item(text: str, level: int) -> dict:
    return block(text, "list_item", level, "•")


def test_every_word_stands_there_in_order(cast):
    version = open_version(make_document(cast.grace, blocks=every_kind()))
    html = render_to_string("documents/_blocks.html", {"blocks": blocks_of(version)})
    assert page_words(html) == words_of(every_kind())


def test_every_block_has_its_own_id(cast):
    version = open_version(make_document(cast.grace, blocks=every_kind()))
    soup = BeautifulSoup(blocks_page(blocks_of(version)), "html.parser")
    assert [e["id"] for e in soup.select("[id]")] == [f"p-{b.block_id}" for b in blocks_of(version)]


def test_lists_stand_inside_lists(cast):
    page = page_of(
        cast, [item("a", 0), item("b", 1), item("c", 2), item("d", 1), item("e", 0), block("x"), item("f", 1)]
    )
    outer, *_, alone = page.find_all("ul")
    assert [li.get_text(" ", strip=True) for li in outer.find_all("li", recursive=False)] == ["• a • b • c • d", "• e"]
    inner = outer.find("ul")
    assert [li.get_text(" ", strip=True) for li in inner.find_all("li", recursive=False)] == ["• b • c", "• d"]
    assert alone.get_text(" ", strip=True) == "• f"


def test_a_list_that_begins_deep_and_comes_up(cast):
    page = page_of(cast, [item("a", 2), item("b", 0), item("c", 1)])
    [outer] = page.find_all("ul", recursive=False)
    assert [li.get_text(" ", strip=True) for li in outer.find_all("li", recursive=False)] == ["• a", "• b • c"]


def test_a_redline_says_in_words_how_each_block_changed(cast):
    document = make_document(cast.grace)
    first = freeze(by=cast.grace, version=open_version(document))
    second = open_next_version(by=cast.grace, document=document)
    edit(cast.grace, second, blocks_of(second)[1], "Two, mended.")
    changes = compare(blocks_of(first), blocks_of(second))
    soup = BeautifulSoup(render_to_string("documents/_redline.html", {"changes": changes}), "html.parser")
    assert [e.get_text() for e in soup.select(".app-change__how")] == ["Changed"]
    assert [e["id"] for e in soup.select("[id]")] == [f"p-{b.block_id}" for b in blocks_of(second)]


def test_the_preview_of_an_upload_says_what_each_part_is_and_what_was_left_out(cast):
    upload = Upload(blocks=every_kind(), left_out=["1 picture was left out."], file_name="a.docx")
    soup = BeautifulSoup(render_to_string("documents/_upload_preview.html", {"upload": upload}), "html.parser")
    assert [e.get_text() for e in soup.select(".app-read__kind")] == [
        "Heading, level 1",
        "Paragraph",
        "List item",
        "List item, 2 deep",
        "List item",
        "Table",
        "Quotation",
        "Footnote",
    ]
    assert soup.find(id="left-out").find_next("li").get_text() == "1 picture was left out."
    assert page_words(str(soup.find("ol"))) == words_of(every_kind())


def test_the_preview_says_so_when_nothing_was_left_out():
    html = render_to_string("documents/_upload_preview.html", {"upload": Upload(blocks=every_kind(), left_out=[])})
    assert "Nothing. Every word was read." in html


def test_the_same_queries_for_one_block_and_for_forty(cast, django_assert_num_queries):
    one = open_version(make_document(cast.grace, "a"))
    forty = open_version(make_document(cast.grace, *(f"Paragraph {n}" for n in range(40))))
    for version in (one, forty):
        with django_assert_num_queries(1):
            blocks_page(blocks_of(version))
    with django_assert_num_queries(1):
        assert {key: len(found) for key, found in blocks_of_each([one, forty]).items()} == {one.pk: 1, forty.pk: 40}


def test_forty_paragraphs_are_written_in_no_time(cast):
    blocks = blocks_of(
        open_version(make_document(cast.grace, *("We all need *time* to talk. " * 12 + str(n) for n in range(40))))
    )
    blocks_page(blocks)
    began = time.perf_counter()
    for _ in range(20):
        blocks_page(blocks)
    assert (time.perf_counter() - began) / 20 < 0.02


def test_first_words():
    assert first_words("*One* two\nthree") == "One two three"
    assert first_words("word " * 40, 12) == "word word…"


def test_a_redline_page_of_two_equal_versions_marks_nothing(cast):
    blocks = blocks_of(open_version(make_document(cast.grace, blocks=every_kind())))
    assert "<ins" not in redline_page(compare(blocks, blocks))
