"""Documents for tests."""

from __future__ import annotations

from typing import Any

from documents import services
from documents.models import Block, BlockText, Document, Version
from documents.reading import PlacedBlock, blocks_of

TABLE = '{"head":[["What","How often"]],"rows":[["Supervision","Every *four* weeks"],["Review","Yearly"]]}'


def block(text: str, kind: str = "paragraph", level: int = 0, label: str = "") -> dict[str, Any]:
    """One block as the services take it."""
    return {"kind": kind, "level": level, "label": label, "text": text}


def every_kind() -> list[dict[str, Any]]:
    """One block of each kind, and a list inside a list."""
    return [
        block("Why", "heading", 1, "1."),
        block("We *all* need **time**. See [the guide](https://www.example.org/guide)."),
        block("first", "list_item", 0, "(a)"),
        block("inside", "list_item", 1, "(i)"),
        block("second", "list_item", 0, "(b)"),
        block(TABLE, "table"),
        block("Nothing about us without us.", "quote"),
        block("A note.", "footnote", 0, "[1]"),
    ]


def make_document(by: Any, *texts: str, blocks: list[dict[str, Any]] | None = None) -> Document:
    """A document with an open version 0.1 of plain paragraphs, or of `blocks`."""
    blocks = blocks if blocks is not None else [block(text) for text in texts or ("One.", "Two.", "Three.")]
    return services.start_document_from_blocks(by=by, title="Supervision", blocks=blocks)


def open_version(document: Document) -> Version:
    return document.versions.get(frozen_at=None)


def edit(by: Any, version: Version, placed: PlacedBlock, text: str) -> BlockText:
    """Change one block as someone who has just read it."""
    return services.edit_block(
        by=by,
        version=version,
        block=Block.objects.get(pk=placed.block_id),
        seen=BlockText.objects.get(pk=placed.text_id),
        text=text,
    )


def texts_of(version: Version) -> list[str]:
    return [placed.text for placed in blocks_of(version)]
