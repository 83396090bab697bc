"""Blocks and pages as plain words, for comparing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bs4 import BeautifulSoup

from documents import markup


def words_of(blocks: Iterable[Mapping[str, Any]], *, labels: bool = True) -> list[str]:
    """Every word of `blocks` in order, with the printed numbers or without."""
    words: list[str] = []
    for block in blocks:
        if labels:
            words += block["label"].split()
        texts = [block["text"]]
        if block["kind"] == "table":
            table = json.loads(block["text"])
            texts = [cell for row in table["head"] + table["rows"] for cell in row]
        for text in texts:
            words += markup.plain(text).split()
    return words


def page_words(html: str, *, without: str = "") -> list[str]:
    """The words of a page as a reader sees them, leaving out the elements called `without`."""
    soup = BeautifulSoup(html, "html.parser")
    for line_break in soup.find_all("br"):
        line_break.replace_with("\n")
    hidden = soup.select(".nhsuk-u-visually-hidden, [aria-hidden=true], .app-change__how, .app-read__kind")
    for element in [*hidden, *(soup.find_all(without) if without else [])]:
        element.decompose()
    for element in soup.find_all(["p", "h2", "h3", "h4", "h5", "h6", "td", "th", "li", "ul", "blockquote"]):
        element.insert_before(" ")
        element.append(" ")
    return soup.get_text().split()
