"""What changed between two versions: blocks by their identity, words inside a block one by one.

Leave out what stands in <ins> and the old version is left; leave out <del> and the new one is. The answer depends
on the two texts alone (no time limit cuts a comparison short), so a redline is the same whenever it is read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from diff_match_patch import diff_match_patch
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from documents import markup, tables
from documents.markup import Run
from documents.rendering import block_html, label_html, runs_html, table_element, words_html, wrap

#: Above this (words of one times words of the other, common ends aside) the middle is shown as replaced whole.
MOST_COMPARISONS = 1_000_000
WORD = re.compile(r"\s+|[\w’'-]+|[^\w\s]")
#: Words are lent a letter each, from here on, so that a comparison of letters compares words.
FIRST_LETTER, LAST_LETTER = 0x3400, 0xD7FF
SPOKEN = {
    "ins": ("added: ", " end of added"),
    "del": ("removed: ", " end of removed"),
    "moved_out": ("moved away from here: ", " end of moved"),
    "moved_in": ("moved to here: ", " end of moved"),
}


class Placed(Protocol):
    """What a comparison needs to know of a block."""

    @property
    def block_id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Change:
    """One block of a redline. `how` is same, changed, added, removed or moved.

    A moved block stands twice: where it was (`moved_out`), and where it is now. `html` can stand alone.
    """

    how: str
    block_id: UUID
    kind: str
    level: int
    label: str
    html: SafeString
    moved_out: bool = False

    @property
    def anchor(self) -> str:
        """The id of its element: that of the block, but where it has left from."""
        return f"p-{self.block_id}-was" if self.moved_out else f"p-{self.block_id}"


def compare(old: Sequence[Placed], new: Sequence[Placed]) -> list[Change]:
    """The redline from `old` to `new`."""
    was = {block.block_id: block for block in old}
    stays = _in_same_order([block.block_id for block in old], [block.block_id for block in new])
    kept = {block.block_id for block in new}
    gone: dict[UUID | None, list[Placed]] = {None: []}
    last: UUID | None = None
    for block in old:
        if block.block_id in stays:
            last = block.block_id
            gone[last] = []
        else:
            gone[last].append(block)
    changes = [_gone(block, kept) for block in gone[None]]
    for block in new:
        changes.append(_now(block, was.get(block.block_id), block.block_id in stays))
        changes.extend(_gone(left, kept) for left in gone.get(block.block_id, ()))
    return changes


def words_redline(old: str, new: str) -> SafeString:
    """The words of one paragraph, old and new."""
    return _words(old, new)


def _now(block: Placed, before: Placed | None, stays: bool) -> Change:
    if before is None:
        return _change("added", block, _whole(block, "ins", "ins"))
    if not stays:
        return _change("moved", block, _whole(block, "ins", "moved_in"))
    if _says(block) == _says(before):
        return _change("same", block, block_html(*_says(block)))
    return _change("changed", block, _changed(_says(before), _says(block)))


def _gone(block: Placed, kept: set[UUID]) -> Change:
    if block.block_id in kept:
        return replace(_change("moved", block, _whole(block, "del", "moved_out")), moved_out=True)
    return _change("removed", block, _whole(block, "del", "del"))


def _change(how: str, block: Placed, html: SafeString) -> Change:
    return Change(how, block.block_id, block.kind, block.level, block.label, html)


def _says(block: Placed) -> tuple[str, int, str, str]:
    return (block.kind, block.level, block.label, block.text)


def _in_same_order(old: Sequence[UUID], new: Sequence[UUID]) -> set[UUID]:
    """The longest set of blocks that stand in the same order in both: those that did not move."""
    place = {block_id: index for index, block_id in enumerate(old)}
    shared = [block_id for block_id in new if block_id in place]
    ends: list[int] = []
    ends_at: list[int] = []
    before: list[int | None] = []
    for index, block_id in enumerate(shared):
        at = bisect_left(ends, place[block_id])
        before.append(ends_at[at - 1] if at else None)
        ends[at : at + 1] = [place[block_id]]
        ends_at[at : at + 1] = [index]
    stays: set[UUID] = set()
    step = ends_at[-1] if ends_at else None
    while step is not None:
        stays.add(shared[step])
        step = before[step]
    return stays


# -- one block ----------------------------------------------------------------------------------------------------


def _mark(tag: str, html: SafeString, spoken: str = "") -> SafeString:
    """`html` in <ins> or <del>, said aloud to those who cannot see the line through it."""
    if not html:
        return html
    before, after = SPOKEN[spoken or tag]
    hidden = '<span class="nhsuk-u-visually-hidden">{}</span>'
    return format_html(f"<{tag}>{hidden}{{}}{hidden}</{tag}>", before, html, after)


def _whole(block: Placed, tag: str, spoken: str) -> SafeString:
    return _whole_block(*_says(block), tag, spoken)


@lru_cache(maxsize=2048)
def _whole_block(kind: str, level: int, label: str, text: str, tag: str, spoken: str) -> SafeString:
    if kind == "table":
        table = tables.load(text)
        head = [[_mark(tag, words_html(cell), spoken) for cell in row] for row in table.head]
        rows = [(f"app-row-{tag}", [_mark(tag, words_html(cell), spoken) for cell in row]) for row in table.rows]
        return table_element(table, head, rows)
    inside = format_html("{} {}", label_html(label), words_html(text)) if label else words_html(text)
    return wrap(kind, level, SafeString(""), _mark(tag, inside, spoken))


def _changed(old: tuple[str, int, str, str], new: tuple[str, int, str, str]) -> SafeString:
    if old[:2] != new[:2]:
        return format_html("{}{}", _whole_block(*old, "del", "del"), _whole_block(*new, "ins", "ins"))
    kind, level, label, text = new
    if kind == "table":
        return _table(old[3], text)
    labels = label_html(label)
    if old[2] != label:
        labels = format_html("{}{}", _mark("del", label_html(old[2])), _mark("ins", label_html(label)))
    return wrap(kind, level, labels, _words(old[3], text))


# -- words --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def _words(old: str, new: str) -> SafeString:
    parts = [
        runs_html(markup.join(runs)) if how == "same" else _mark(how, runs_html(markup.join(runs)))
        for how, runs in _compare_words(_split(old), _split(new))
    ]
    return mark_safe("".join(parts))  # noqa: S308 -- every part is made by runs_html


def _split(text: str) -> list[Run]:
    return [replace(run, words=word) for run in markup.parse(text) for word in WORD.findall(run.words)]


def _compare_words(old: list[Run], new: list[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Stretches of words that are the same, in `old` alone (del), or in `new` alone (ins)."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield "same", new[:start]
    yield from _compare_middle(old[start : len(old) - end], new[start : len(new) - end])
    yield "same", new[len(new) - end :]


def _common(one: Sequence[Run], other: Sequence[Run]) -> int:
    """How many words at the start are the same."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _compare_middle(old: list[Run], new: list[Run]) -> Iterator[tuple[str, list[Run]]]:
    words = list(dict.fromkeys(old + new))
    if len(old) * len(new) > MOST_COMPARISONS or len(words) > LAST_LETTER - FIRST_LETTER:
        yield "del", old
        yield "ins", new
        return
    letter = {word: chr(FIRST_LETTER + index) for index, word in enumerate(words)}
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    edits = differ.diff_main("".join(letter[w] for w in old), "".join(letter[w] for w in new), False)
    differ.diff_cleanupSemantic(edits)
    names = {differ.DIFF_EQUAL: "same", differ.DIFF_DELETE: "del", differ.DIFF_INSERT: "ins"}
    for how, letters in edits:
        yield names[how], [words[ord(one) - FIRST_LETTER] for one in letters]


# -- tables -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _table(old_text: str, new_text: str) -> SafeString:
    """A table cell by cell where its rows can be matched, row by row where not; replaced whole if its shape changed."""
    old, new = tables.load(old_text), tables.load(new_text)
    if old.width != new.width or len(old.head) != len(new.head):
        was, now = (
            _whole_block("table", 0, "", old_text, "del", "del"),
            _whole_block("table", 0, "", new_text, "ins", "ins"),
        )
        return format_html("{}{}", was, now)
    head = [_cells(a, b) for a, b in zip(old.head, new.head, strict=True)]
    return table_element(new, head, list(_rows(old.rows, new.rows)))


def _rows(old: Sequence[tables.Row], new: Sequence[tables.Row]) -> Iterator[tuple[str, list[SafeString]]]:
    for how, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a2 - a1 == b2 - b1:
            yield from _row_by_row(old[a1:a2], new[b1:b2], "" if how == "equal" else "app-row-changed")
        else:
            yield from _rows_by_first_cell(old[a1:a2], new[b1:b2])


def _rows_by_first_cell(old: Sequence[tables.Row], new: Sequence[tables.Row]) -> Iterator[tuple[str, list[SafeString]]]:
    """Rows that have become more or fewer: those that begin alike are the same row."""
    begins = SequenceMatcher(None, [row[0] for row in old], [row[0] for row in new], autojunk=False)
    for how, a1, a2, b1, b2 in begins.get_opcodes():
        if how == "equal":
            yield from _row_by_row(old[a1:a2], new[b1:b2], "app-row-changed")
        else:
            yield from _whole_rows(old[a1:a2], "del")
            yield from _whole_rows(new[b1:b2], "ins")


def _row_by_row(
    old: Sequence[tables.Row], new: Sequence[tables.Row], classes: str
) -> Iterator[tuple[str, list[SafeString]]]:
    for a, b in zip(old, new, strict=True):
        yield classes, _cells(a, b)


def _whole_rows(rows: Iterable[tables.Row], tag: str) -> Iterator[tuple[str, list[SafeString]]]:
    for row in rows:
        yield f"app-row-{tag}", [_mark(tag, words_html(cell)) for cell in row]


def _cells(old: tables.Row, new: tables.Row) -> list[SafeString]:
    return [_words(a, b) if a != b else words_html(b) for a, b in zip(old, new, strict=True)]
