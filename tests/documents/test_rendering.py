"""Blocks as HTML: the right element for each kind, and nothing that a text could smuggle in."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.rendering import block_html
from tests.documents.plainly import page_words
from tests.factories.documents import TABLE

ALLOWED = {"p", "h2", "h3", "h4", "h5", "h6", "em", "strong", "a", "br", "span", "blockquote"} | {
    "table", "thead", "tbody", "tr", "th", "td"
}  # fmt: skip
ATTRIBUTES = {"class", "href", "rel", "role", "scope", "aria-hidden"}


@pytest.mark.parametrize(
    ("given_block", "html"),
    [
        (("heading", 1, "2.", "Why"), '<h2 class="nhsuk-heading-l"><span class="app-block__label">2.</span> Why</h2>'),
        (("heading", 6, "", "Deep"), '<h6 class="nhsuk-heading-xs">Deep</h6>'),
        (("paragraph", 0, "", "a *b* **c**"), "<p>a <em>b</em> <strong>c</strong></p>"),
        (("paragraph", 0, "", "one\ntwo"), "<p>one<br>two</p>"),
        (
            ("list_item", 1, "(i)", "x"),
            '<p class="app-item app-item--1"><span class="app-block__label">(i)</span> x</p>',
        ),
        (("quote", 0, "", "said"), '<blockquote class="app-quote"><p>said</p></blockquote>'),
        (
            ("footnote", 0, "[1]", "note"),
            '<p class="app-footnote"><span class="app-block__label">[1]</span> note</p>',
        ),
        (
            ("paragraph", 0, "", "[a](https://x.org/?a=1&b=2)"),
            '<p><a class="nhsuk-link" href="https://x.org/?a=1&amp;b=2" rel="noopener noreferrer">a</a></p>',
        ),
    ],
)
def test_each_kind(given_block, html):
    assert block_html(*given_block) == html


def test_a_table_names_its_columns_in_each_cell_for_narrow_screens():
    soup = BeautifulSoup(block_html("table", 0, "", TABLE), "html.parser")
    assert [th.get_text() for th in soup.select("thead th[scope=col][role=columnheader]")] == ["What", "How often"]
    first = soup.select("tbody tr")[0].find_all("td")
    assert [td.select_one(".nhsuk-table__heading").get_text() for td in first] == ["What ", "How often "]
    assert str(first[1].find("em")) == "<em>four</em>"


def test_a_table_without_a_head_makes_up_none():
    soup = BeautifulSoup(block_html("table", 0, "", '{"head":[],"rows":[["a","b"]]}'), "html.parser")
    assert soup.find("thead") is None
    assert [td.get_text() for td in soup.find_all("td")] == ["a", "b"]


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '[a](https://x.org/"onclick="alert(1))',
        "[a](javascript:alert(1))",
        "[<b>a</b>](https://x.org)",
        "&lt;script&gt;",
        "{{ secret }} {% debug %}",
    ],
)
@pytest.mark.parametrize("kind", ["heading", "paragraph", "list_item", "quote", "footnote"])
def test_nothing_is_smuggled_in(kind, evil):
    soup = BeautifulSoup(block_html(kind, 1, evil, evil), "html.parser")
    _holds_only_what_is_allowed(soup)


@settings(deadline=None)
@given(st.text(max_size=100), st.text(max_size=20))
def test_whatever_the_text(text, label):
    _holds_only_what_is_allowed(BeautifulSoup(block_html("paragraph", 0, label, text), "html.parser"))


def test_its_words_are_those_of_the_text():
    assert page_words(block_html("paragraph", 0, "3.2", "a *b*\n<c> [d](https://x.org)")) == [
        "3.2",
        "a",
        "b",
        "<c>",
        "d",
    ]


def _holds_only_what_is_allowed(soup: BeautifulSoup) -> None:
    for element in soup.find_all(True):
        assert element.name in ALLOWED
        assert set(element.attrs) <= ATTRIBUTES
        assert element.get("href", "https:").startswith(("https:", "http:", "mailto:", "tel:"))
