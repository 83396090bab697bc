"""Terms of reference as plain words: paragraphs with an empty line between them, headings that begin with "#"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from documents.models import BlockKind

Part = tuple[str, str]
HEADING_LEVEL = 1
_HEADING = re.compile(r"#+[ \t]*(.*)")


class Says(Protocol):
    """What is read of a block."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


def parts_of(words: str) -> list[Part]:
    """The parts of a text, each its kind and its words. A heading stands on a line of its own."""
    found: list[Part] = []
    for chunk in re.split(r"\n[ \t]*\n", words.replace("\r\n", "\n").replace("\r", "\n")):
        lines: list[str] = []
        for line in chunk.strip().split("\n"):
            heading = _HEADING.fullmatch(line.strip())
            if heading is None:
                lines.append(line.rstrip())
                continue
            _put(found, BlockKind.PARAGRAPH, "\n".join(lines))
            _put(found, BlockKind.HEADING, heading[1])
            lines = []
        _put(found, BlockKind.PARAGRAPH, "\n".join(lines))
    return found


def _put(found: list[Part], kind: BlockKind, words: str) -> None:
    if words.strip():
        found.append((kind.value, words.strip()))


def words_of(blocks: Iterable[Says]) -> str:
    """The text again, for a box to change it in. `parts_of` gives the same parts back."""
    return "\n\n".join(f"# {block.text}" if block.kind == BlockKind.HEADING else block.text for block in blocks)


def block_of(part: Part) -> dict[str, object]:
    """A part as `documents.services` takes a block."""
    kind, text = part
    return {"kind": kind, "level": HEADING_LEVEL if kind == BlockKind.HEADING else 0, "label": "", "text": text}
