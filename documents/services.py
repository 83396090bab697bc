"""What can be done with a document: begin it, open its next version, change that, freeze it, make it final."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from audit.services import record
from core import clock
from core.errors import Refused, Stale
from documents import importing
from documents.models import Block, BlockKind, BlockText, Document, Placing, Upload, Version
from documents.reading import PlacedBlock, blocks_of
from documents.wording import clean_text, clean_title

CHANGED = "Someone else changed this paragraph while you were changing it. Read both, then save the words you want."
REMOVED = "Someone else removed this paragraph while you were changing it. Your words are kept below."
FROZEN = "This version is closed and can no longer be changed. Open the next version to make changes."
UPLOADS_KEPT = dt.timedelta(days=1)


def read_upload(*, by: Any, file: Any) -> Upload:
    """Read the Word file that `by` chose and keep what was read until they save it, or for a day.

    `file` is Django's uploaded file. Nothing of the file itself is kept, nor its properties (author, company).
    Raises Refused (field "file") in plain words for anything that is not a Word file we can read.
    """
    name = importing.shown_name(file.name)
    found = importing.read_word(file)
    return Upload.objects.create(
        by=by, at=clock.now(), file_name=name, title=found.title, blocks=found.blocks, left_out=found.left_out
    )


def purge_uploads() -> int:
    """Forget what was read from files and not saved within a day. Returns how many were forgotten."""
    forgotten, _ = Upload.objects.filter(at__lt=clock.now() - UPLOADS_KEPT).delete()
    return forgotten


@transaction.atomic
def start_document(*, by: Any, title: str, upload: Upload) -> Document:
    """Make a document with an open version 0.1 of what was read, and forget the upload.

    Raises Refused when the title is empty or too long, or the upload is not theirs or no longer there.
    """
    kept = Upload.objects.select_for_update().filter(pk=upload.pk, by=by).first()
    if kept is None:
        raise Refused("What was read from that file is no longer kept. Choose the file again.", field="file")
    document = start_document_from_blocks(by=by, title=title, blocks=kept.blocks)
    kept.delete()
    return document


@transaction.atomic
def start_document_from_blocks(*, by: Any, title: str, blocks: Iterable[Mapping[str, Any]]) -> Document:
    """Make a document with an open version 0.1 of `blocks`, each {"kind", "level", "label", "text"}."""
    document = Document.objects.create(title=clean_title(title))
    version = Version.objects.create(document=document, major=0, minor=1, made_at=clock.now(), made_by=by)
    blocks = list(blocks)
    made = [Block(document=document) for _ in blocks]
    Block.objects.bulk_create(made)
    texts = [
        BlockText(
            block=block,
            kind=BlockKind(given["kind"]),
            level=given["level"],
            label=given["label"],
            text=clean_text(given["kind"], given["text"], label=given["label"]),
            at=version.made_at,
            by=by,
        )
        for block, given in zip(made, blocks, strict=True)
    ]
    BlockText.objects.bulk_create(texts)
    Placing.objects.bulk_create(
        Placing(version=version, block=text.block, text=text, rank=rank) for rank, text in enumerate(texts)
    )
    record(actor=by, verb="documents.started", about=document, version=str(version.pk), blocks=len(texts))
    return document


@transaction.atomic
def open_next_version(*, by: Any, document: Document) -> Version:
    """Open the next draft of `document`, with the words of its newest version. Raises Refused if one is open."""
    newest = _newest_frozen(document)
    version = Version.objects.create(
        document=document, major=newest.major, minor=newest.minor + 1, made_at=clock.now(), made_by=by
    )
    _copy_placings(newest, version)
    record(actor=by, verb="documents.opened_version", about=version, number=version.number, copied_from=str(newest.pk))
    return version


@transaction.atomic
def edit_block(*, by: Any, version: Version, block: Block, seen: BlockText, text: str) -> BlockText:
    """Put `text` in the place of `seen`, the words the person was changing.

    Returns the text that now stands. Raises Stale, with both texts, when someone else changed or removed the
    paragraph meanwhile; Refused when the version is frozen or the text cannot be kept.
    """
    _lock_open(version)
    text = clean_text(seen.kind, text, label=seen.label)
    if text == seen.text and Placing.objects.filter(version=version, block=block, text=seen).exists():
        return seen
    new = BlockText.objects.create(
        block=block, kind=seen.kind, level=seen.level, label=seen.label, text=text, at=clock.now(), by=by
    )
    if not Placing.objects.filter(version=version, block=block, text=seen).update(text=new):
        raise _stale(version, block, yours=text)
    record(actor=by, verb="documents.edited_block", about=version, block=str(block.pk), was=seen.pk, now=new.pk)
    return new


@transaction.atomic
def remove_block(*, by: Any, version: Version, block: Block, seen: BlockText) -> None:
    """Take a block out of the open version. Its identity, texts and comments stay. Raises as `edit_block` does."""
    _lock_open(version)
    if Placing.objects.filter(version=version).count() == 1:
        raise Refused("This is the only paragraph. A draft needs at least one.")
    removed, _ = Placing.objects.filter(version=version, block=block, text=seen).delete()
    if not removed:
        raise _stale(version, block, yours="")
    record(actor=by, verb="documents.removed_block", about=version, block=str(block.pk), was=seen.pk)


@transaction.atomic
def add_block_after(
    *, by: Any, version: Version, after: Block | None, kind: str, level: int, text: str, label: str = ""
) -> Block:
    """Add a block after `after`, or at the start. Raises Refused when frozen, or `after` is no longer there."""
    _lock_open(version)
    rank = 0
    if after is not None:
        place = Placing.objects.filter(version=version, block=after).first()
        if place is None:
            raise Refused("The paragraph before it has been removed. Open the page again to see the draft now.")
        rank = place.rank + 1
    Placing.objects.filter(version=version, rank__gte=rank).update(rank=F("rank") + 1)
    block = Block.objects.create(document=version.document)
    words = clean_text(kind, text, label=label)
    new = BlockText.objects.create(
        block=block, kind=BlockKind(kind), level=level, label=label, text=words, at=clock.now(), by=by
    )
    Placing.objects.create(version=version, block=block, text=new, rank=rank)
    record(actor=by, verb="documents.added_block", about=version, block=str(block.pk), now=new.pk)
    return block


@transaction.atomic
def freeze(*, by: Any, version: Version) -> Version:
    """Close `version` for good and take its fingerprint. Raises Refused when it is closed already or says nothing."""
    _lock_open(version)
    blocks = blocks_of(version)
    if not blocks:
        raise Refused("There are no words in this draft yet.")
    version.frozen_at, version.frozen_by, version.sha256 = clock.now(), by, fingerprint_of(blocks)
    version.save(update_fields=["frozen_at", "frozen_by", "sha256"])
    record(actor=by, verb="documents.froze_version", about=version, number=version.number, sha256=version.sha256)
    return version


@transaction.atomic
def finalise(*, by: Any, version: Version, major: int = 1) -> Version:
    """Make the frozen `version`, word for word, into version `major`.0, which is frozen from the start.

    Both have the same fingerprint. Raises Refused when `version` is open or not the newest, or `major`.0 is there.
    """
    newest = _newest_frozen(version.document)
    if newest.pk != version.pk:
        raise Refused("There is a newer version than this one. Only the newest can be made final.")
    if newest.major >= major:
        raise Refused(f"Version {newest.number} is there already. Choose a higher number.")
    final = Version.objects.create(document=newest.document, major=major, minor=0, made_at=clock.now(), made_by=by)
    _copy_placings(newest, final)
    return freeze(by=by, version=final)


def fingerprint(version: Version) -> str:
    """The SHA-256 of what `version` says: its blocks in order, whatever its number. One query."""
    return fingerprint_of(blocks_of(version))


def fingerprint_of(blocks: Iterable[PlacedBlock]) -> str:
    """SHA-256, in hexadecimal, of the canonical form of `blocks`."""
    return hashlib.sha256(canonical(blocks)).hexdigest()


def canonical(blocks: Iterable[PlacedBlock]) -> bytes:
    """What is hashed: the JSON list of [block id, kind, level, label, text], without spaces, in UTF-8."""
    said = [[str(block.block_id), block.kind, block.level, block.label, block.text] for block in blocks]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _lock_open(version: Version) -> None:
    """Hold the document, then look again whether `version` is still open."""
    Document.objects.select_for_update().get(pk=version.document_id)
    if not Version.objects.filter(pk=version.pk, frozen_at=None).exists():
        raise Refused(FROZEN)


def _newest_frozen(document: Document) -> Version:
    """Hold the document and return its newest version. Raises Refused when a version is open."""
    Document.objects.select_for_update().get(pk=document.pk)
    newest = document.versions.order_by("-major", "-minor").first()
    if newest is None or newest.frozen_at is None:
        raise Refused("A draft is open already. Close it first." if newest else "This document has no version yet.")
    return newest


def _copy_placings(source: Version, target: Version) -> None:
    Placing.objects.bulk_create(
        Placing(version=target, block_id=placing.block_id, text_id=placing.text_id, rank=placing.rank)
        for placing in source.placings.all()
    )


def _stale(version: Version, block: Block, *, yours: str) -> Stale:
    now = Placing.objects.filter(version=version, block=block).select_related("text").first()
    return Stale(CHANGED if now else REMOVED, theirs=now.text.text if now else "", yours=yours)
