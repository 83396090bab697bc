"""The design system's own examples: what each component must give for given parameters."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, NavigableString
from bs4.element import Comment, Tag
from django.conf import settings
from django.utils.safestring import mark_safe

from core.nhs import _drawn_before, component

FIXTURES = Path(settings.BASE_DIR) / "node_modules" / "nhsuk-fixtures"

#: Examples that nhsuk-frontend-jinja 0.10.2 is known to draw otherwise. A new one fails; so does a mended one.
KNOWN_MISSES = Counter({"file-upload: button": 1})


def shape(node: Any) -> Any:
    """The document as nested tuples: white space and the order of attributes do not count."""
    if isinstance(node, Comment):
        return None
    if isinstance(node, NavigableString):
        text = re.sub(r"\s+", " ", str(node)).strip()
        return text or None
    attributes = {name: sorted(value) if isinstance(value, list) else value for name, value in node.attrs.items()}
    return (node.name, sorted(attributes.items(), key=str), [s for s in map(shape, node.children) if s is not None])


def parsed(html: str) -> Any:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        if isinstance(tag, Tag):
            tag.attrs = dict(tag.attrs)
    return shape(soup)


def trusted(value: Any, key: str = "") -> Any:
    """The examples are the design system's own, so their markup may stand."""
    if isinstance(value, dict):
        return {name: trusted(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [trusted(each) for each in value]
    is_markup = isinstance(value, str) and key.lower().endswith("html")
    return mark_safe(value) if is_markup else value  # noqa: S308


def test_every_example_of_the_design_system_comes_out_as_it_should():
    files = sorted(FIXTURES.glob("*.json"))
    assert files, "Run bin/frontend first: it fetches the examples."
    misses: Counter[str] = Counter()
    count = 0
    for file in files:
        for example in json.loads(file.read_text())["fixtures"]:
            count += 1
            block = example.get("callBlock")
            inside = mark_safe(block) if block is not None else None  # noqa: S308
            html = component(file.stem, trusted(example["context"] or {}), inside=inside)
            if parsed(html) != parsed(example["html"]):
                misses[f"{file.stem}: {example['name']}"] += 1
    assert count == 983
    assert misses == KNOWN_MISSES


def test_a_component_drawn_before_never_lends_its_safety_to_a_persons_words():
    safe = component("tag", {"html": mark_safe("<b>new</b>")})
    typed = component("tag", {"html": "<b>new</b>"})
    assert "<b>new</b>" in safe
    assert "<b>new</b>" not in typed


def test_true_and_one_are_drawn_apart():
    assert component("tag", {"text": True}) != component("tag", {"text": 1})


def test_what_someone_typed_is_put_in_afterwards_and_escaped():
    words = {"name": "words", "id": "words", "label": {"text": "Words"}}
    first = component("input", {**words, "value": 'private "one" <b>'})
    remembered = _drawn_before.cache_info().currsize
    second = component("input", {**words, "value": "private two"})
    assert 'value="private &quot;one&quot; &lt;b&gt;"' in first
    assert 'value="private two"' in second
    assert _drawn_before.cache_info().currsize == remembered


def test_each_part_of_a_date_gets_its_own_number():
    parts = [{"name": name, "value": value} for name, value in (("day", "7"), ("month", "8"), ("year", "2026"))]
    drawn = BeautifulSoup(component("date-input", {"id": "on", "items": parts}), "html.parser")
    assert [box["value"] for box in drawn.find_all("input")] == ["7", "8", "2026"]


def test_a_mark_among_the_words_does_no_harm():
    drawn = component("textarea", {"name": "w", "id": "w", "label": {"text": "W"}, "value": "a\ue0000\ue001b"})
    assert ">a0b</textarea>" in drawn
