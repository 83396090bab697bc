"""Whole texts as HTML: lists inside lists, notes together, each block under its own id. Built in one go, for speed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from documents.markup import plain
from documents.models import BlockKind
from documents.reading import Change, PlacedBlock
from documents.rendering import block_html, label_html, words_html

HOW = {"added": "Added", "removed": "Removed", "changed": "Changed", "moved": "Moved to here"}
MOVED_OUT = "Moved away from here"


def blocks_page(blocks: Iterable[PlacedBlock]) -> SafeString:
    """A version to be read from beginning to end."""
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind == BlockKind.LIST_ITEM:
            parts.append(_list(list(group)))
        elif kind == BlockKind.FOOTNOTE:
            parts.append(f'<section class="app-footnotes" aria-label="Footnotes">{_each(group)}</section>')
        else:
            parts.append(_each(group))
    return mark_safe("".join(parts))  # noqa: S308 -- every part is made of block_html and ids


def redline_page(changes: Iterable[Change]) -> SafeString:
    """Every block of a redline, those that changed with a word that says how."""
    return mark_safe("".join(_change(change) for change in changes))  # noqa: S308 -- every part is made by format_html


def upload_page(blocks: Iterable[Mapping[str, Any]]) -> SafeString:
    """What was read of a file: each block with what it was taken for."""
    rows = (
        format_html(
            '<li class="app-read"><span class="app-read__kind">{}</span>{}</li>',
            _kind(block),
            block_html(block["kind"], block["level"], block["label"], block["text"]),
        )
        for block in blocks
    )
    return format_html('<ol class="app-read-list" role="list">{}</ol>', mark_safe("".join(rows)))  # noqa: S308 -- as above


def first_words(text: str, most: int = 80) -> str:
    """The beginning of a block's words, to say which one is meant."""
    words = " ".join(plain(text).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"


def _each(blocks: Iterable[PlacedBlock]) -> str:
    return "".join(f'<div id="{block.anchor}">{block.html}</div>' for block in blocks)


def _list(items: list[PlacedBlock]) -> str:
    """One list, with lists inside where an item stands deeper than the one before it."""
    parts: list[str] = []
    open_at: list[int] = []
    for item in items:
        while len(open_at) > 1 and open_at[-1] > item.level:
            parts.append("</li></ul>")
            open_at.pop()
        if open_at and open_at[-1] >= item.level:
            parts.append("</li>")
            open_at[-1] = item.level
        else:
            parts.append('<ul class="nhsuk-list app-list" role="list">')
            open_at.append(item.level)
        parts.append(f'<li id="{item.anchor}">{label_html(item.label)} {words_html(item.text)}')
    parts.append("</li></ul>" * len(open_at))
    return "".join(parts)


def _change(change: Change) -> str:
    if change.how == "same":
        return f'<div id="{change.anchor}">{change.html}</div>'
    return format_html(
        '<div class="app-change app-change--{}" id="{}"><span class="app-change__how">{}</span>{}</div>',
        change.how,
        change.anchor,
        MOVED_OUT if change.moved_out else HOW[change.how],
        change.html,
    )


def _kind(block: Mapping[str, Any]) -> str:
    name = BlockKind(block["kind"]).label
    if block["kind"] == BlockKind.HEADING:
        return f"{name}, level {block['level']}"
    if block["kind"] == BlockKind.LIST_ITEM and block["level"]:
        return f"{name}, {block['level'] + 1} deep"
    return name
