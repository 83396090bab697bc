"""What the named styles of a Word file say: headings, quotations, numbering, bold and italic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

HEADING = re.compile(r"heading ([1-9])")
QUOTES = {"quote", "intense quote", "block text", "block quote", "quotations"}


@dataclass(frozen=True, slots=True)
class Looks:
    """What a run or a style says of its letters: True, False, or nothing."""

    strong: bool | None = None
    emphasis: bool | None = None
    hidden: bool | None = None

    def over(self, other: Looks) -> Looks:
        """These looks, and where they say nothing, those of `other`."""
        return Looks(*(a if a is not None else b for a, b in zip(self.all(), other.all(), strict=True)))

    def all(self) -> tuple[bool | None, ...]:
        return (self.strong, self.emphasis, self.hidden)


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    based_on: str
    outline: int | None
    num_id: str | None
    depth: int | None
    looks: Looks


def value(parent: Element | None, path: str, default: str | None = None) -> str | None:
    """The `w.val` of the element at `path` under `parent`."""
    found = parent.find(path) if parent is not None else None
    return found.get("w.val", default) if found is not None else default


def is_on(parent: Element | None, path: str) -> bool | None:
    """Whether a switch such as <w.b/> is on; None when it is not there."""
    found = parent.find(path) if parent is not None else None
    return None if found is None else found.get("w.val", "true") not in {"0", "false", "off", "none"}


def number(text: str | None) -> int | None:
    """`text` as a whole number; None if it is not one."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def looks_of(properties: Element | None) -> Looks:
    """What <w.rPr> says."""
    return Looks(is_on(properties, "w.b"), is_on(properties, "w.i"), is_on(properties, "w.vanish"))


class Styles:
    """The styles of one file, by id. A style that is not defined says nothing, as in Word."""

    def __init__(self, root: Element | None) -> None:
        self.by_id: dict[str, Style] = {}
        self.default = ""
        for row in root.iter("w.style") if root is not None else ():
            style_id = row.get("w.styleId", "")
            paragraph = row.find("w.pPr")
            self.by_id[style_id] = Style(
                name=(value(row, "w.name") or "").casefold(),
                based_on=value(row, "w.basedOn") or "",
                outline=number(value(paragraph, "w.outlineLvl")),
                num_id=value(paragraph, "w.numPr/w.numId"),
                depth=number(value(paragraph, "w.numPr/w.ilvl")),
                looks=looks_of(row.find("w.rPr")),
            )
            if row.get("w.type") == "paragraph" and row.get("w.default") in {"1", "true", "on"}:
                self.default = style_id

    def chain(self, style_id: str) -> Iterator[tuple[str, Style]]:
        """The style and those it is based on, nearest first. A circle ends where it began."""
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            yield style_id, self.by_id[style_id]
            style_id = self.by_id[style_id].based_on

    def outline(self, style_id: str) -> int | None:
        """The outline level (0 is the highest, 9 is body text) of paragraphs in this style."""
        for _, style in self.chain(style_id):
            if style.outline is not None:
                return style.outline
            if match := HEADING.fullmatch(style.name):
                return int(match[1]) - 1
        return None

    def numbering(self, style_id: str) -> tuple[str, str, int | None] | None:
        """(numbering id, id of the style that says so, depth), if this style numbers its paragraphs."""
        for found_id, style in self.chain(style_id):
            if style.num_id is not None:
                return style.num_id, found_id, style.depth
        return None

    def is_named(self, style_id: str, names: set[str]) -> bool:
        """Whether the style, or one it is based on, has one of Word's own `names`."""
        return any(style.name in names for _, style in self.chain(style_id))

    def is_quote(self, style_id: str) -> bool:
        return any(
            style.name in QUOTES or "blockquote" in style.name.replace(" ", "") for _, style in self.chain(style_id)
        )

    def looks(self, style_id: str) -> Looks:
        """What a character style says of its letters."""
        looks = Looks()
        for _, style in self.chain(style_id):
            looks = looks.over(style.looks)
        return looks
