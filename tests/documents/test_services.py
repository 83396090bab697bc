"""The verbs of a document, and what each refuses."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from core import clock
from core.errors import Refused, Stale
from documents import services
from documents.models import Block, BlockText, Document, Placing, Upload, Version
from documents.reading import blocks_of
from documents.wording import LONGEST_TEXT
from tests.factories.documents import TABLE, block, edit, every_kind, make_document, open_version, texts_of


def seen(placed) -> dict:
    """What `edit_block` and `remove_block` need of a block that was read."""
    return {"block": Block.objects.get(pk=placed.block_id), "seen": BlockText.objects.get(pk=placed.text_id)}


def make_upload(by) -> Upload:
    return Upload.objects.create(by=by, at=clock.now(), file_name="a.docx", title="t", blocks=every_kind())


@pytest.fixture
def document(cast):
    return make_document(cast.grace)


def test_a_new_document_has_an_open_version_of_its_blocks_in_order(cast):
    document = make_document(cast.grace, blocks=every_kind())
    version = document.versions.get()
    assert (version.number, version.frozen_at, version.sha256, version.made_by) == ("0.1", None, "", cast.grace)
    kept = [{"kind": b.kind, "level": b.level, "label": b.label, "text": b.text} for b in blocks_of(version)]
    assert kept == every_kind()


@pytest.mark.parametrize(
    ("title", "words"), [("  ", "Enter a title."), ("a" * 201, "The title must be 200 characters or fewer.")]
)
def test_a_title_is_needed(cast, title, words):
    with pytest.raises(Refused) as refused:
        services.start_document_from_blocks(by=cast.grace, title=title, blocks=[block("a")])
    assert (refused.value.message, refused.value.field) == (words, "title")
    assert Document.objects.count() == 0


def test_what_was_read_becomes_a_document_once(cast):
    upload = Upload.objects.create(
        by=cast.grace, at="2026-09-01T09:00Z", file_name="a.docx", title="t", blocks=every_kind()
    )
    document = services.start_document(by=cast.grace, title="Our  policy", upload=upload)
    assert document.title == "Our policy"
    assert texts_of(open_version(document)) == [b["text"] for b in every_kind()]
    assert not Upload.objects.exists()
    with pytest.raises(Refused, match="Choose the file again"):
        services.start_document(by=cast.grace, title="Our policy", upload=upload)
    assert Document.objects.count() == 1


def test_nobody_saves_what_another_read(cast):
    upload = Upload.objects.create(
        by=cast.grace, at="2026-09-01T09:00Z", file_name="a.docx", title="t", blocks=every_kind()
    )
    with pytest.raises(Refused):
        services.start_document(by=cast.tunde, title="Mine", upload=upload)
    assert Upload.objects.count() == 1


def test_an_edit_keeps_the_words_before_it(cast, document):
    version = open_version(document)
    before = blocks_of(version)
    new = edit(cast.tunde, version, before[1], " Two,\r\nmended.\x00 ")
    assert texts_of(version) == ["One.", "Two,\nmended.", "Three."]
    assert (new.by, new.kind) == (cast.tunde, "paragraph")
    assert BlockText.objects.get(pk=before[1].text_id).text == "Two."


def test_an_edit_that_changes_nothing_writes_nothing(cast, document):
    version = open_version(document)
    placed = blocks_of(version)[0]
    assert edit(cast.tunde, version, placed, "One. ").pk == placed.text_id
    assert BlockText.objects.count() == 3


def test_a_stale_edit_shows_both_and_loses_neither(cast, document):
    version = open_version(document)
    read = blocks_of(version)[1]
    edit(cast.tunde, version, read, "Tunde's words.")
    with pytest.raises(Stale) as stale:
        edit(cast.priya, version, read, "Priya's words.")
    assert (stale.value.theirs, stale.value.yours) == ("Tunde's words.", "Priya's words.")
    assert texts_of(version) == ["One.", "Tunde's words.", "Three."]
    assert BlockText.objects.count() == 4


def test_an_edit_back_to_what_was_seen_is_stale_too(cast, document):
    version = open_version(document)
    read = blocks_of(version)[1]
    edit(cast.tunde, version, read, "Tunde's words.")
    with pytest.raises(Stale):
        edit(cast.priya, version, read, "Two.")


def test_an_edit_of_a_removed_paragraph_keeps_the_words(cast, document):
    version = open_version(document)
    read = blocks_of(version)[1]
    services.remove_block(by=cast.tunde, version=version, **seen(read))
    with pytest.raises(Stale, match="removed this paragraph") as stale:
        edit(cast.priya, version, read, "Mended.")
    assert (stale.value.theirs, stale.value.yours) == ("", "Mended.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n ", "Enter what this paragraph should say. To take it out, choose Remove."),
        ("a" * (LONGEST_TEXT + 1), "This paragraph is too long. It must be 20,000 characters or fewer."),
    ],
)
def test_words_that_cannot_be_kept(cast, document, text, words):
    version = open_version(document)
    with pytest.raises(Refused) as refused:
        edit(cast.tunde, version, blocks_of(version)[0], text)
    assert (refused.value.message, refused.value.field) == (words, "text")
    assert texts_of(version) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    "text", ["words", "[]", '{"head":[],"rows":[[1]]}', '{"head":[],"rows":["ab"]}', '{"rows":[]}', "[" * 9000]
)
def test_a_table_stays_a_table(cast, text):
    version = open_version(make_document(cast.grace, blocks=[block(TABLE, "table")]))
    with pytest.raises(Refused):
        edit(cast.tunde, version, blocks_of(version)[0], text)
    assert texts_of(version) == [TABLE]


def test_a_removed_block_keeps_its_identity_and_words(cast, document):
    version = open_version(document)
    read = blocks_of(version)[0]
    services.remove_block(by=cast.tunde, version=version, **seen(read))
    assert texts_of(version) == ["Two.", "Three."]
    assert Block.objects.count() == 3
    assert BlockText.objects.count() == 3


def test_the_only_block_stays(cast):
    version = open_version(make_document(cast.grace, "Alone."))
    with pytest.raises(Refused, match="at least one"):
        services.remove_block(by=cast.tunde, version=version, **seen(blocks_of(version)[0]))
    assert texts_of(version) == ["Alone."]


def test_a_block_is_added_where_it_is_wanted(cast, document):
    version = open_version(document)
    first = Block.objects.get(pk=blocks_of(version)[0].block_id)
    add = {"by": cast.tunde, "version": version, "kind": "paragraph", "level": 0}
    second = services.add_block_after(**add, after=first, text="After one.")
    services.add_block_after(**add, after=None, text="Before all.")
    services.add_block_after(**add, after=second, text="After that.")
    assert texts_of(version) == ["Before all.", "One.", "After one.", "After that.", "Two.", "Three."]


def test_a_block_is_not_added_after_one_that_is_gone(cast, document):
    version = open_version(document)
    read = blocks_of(version)[0]
    services.remove_block(by=cast.tunde, version=version, **seen(read))
    with pytest.raises(Refused, match="has been removed"):
        services.add_block_after(
            by=cast.tunde, version=version, after=seen(read)["block"], kind="paragraph", level=0, text="x"
        )


def test_a_frozen_version_refuses_every_change(cast, document):
    version = services.freeze(by=cast.grace, version=open_version(document))
    read = blocks_of(version)[0]
    attempts = [
        lambda: edit(cast.tunde, version, read, "New."),
        lambda: services.remove_block(by=cast.tunde, version=version, **seen(read)),
        lambda: services.add_block_after(
            by=cast.tunde, version=version, after=None, kind="paragraph", level=0, text="x"
        ),
        lambda: services.freeze(by=cast.tunde, version=version),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match="closed and can no longer be changed"):
            attempt()
    assert texts_of(version) == ["One.", "Two.", "Three."]


def test_an_old_copy_of_a_version_does_not_open_it_again(cast, document):
    """The service looks again under the lock; what the caller holds may be out of date."""
    held = open_version(document)
    services.freeze(by=cast.grace, version=open_version(document))
    with pytest.raises(Refused):
        edit(cast.tunde, held, blocks_of(held)[0], "New.")


def test_the_next_version_begins_with_the_same_words(cast, document):
    first = services.freeze(by=cast.grace, version=open_version(document))
    second = services.open_next_version(by=cast.tunde, document=document)
    assert (second.number, second.frozen_at) == ("0.2", None)
    assert blocks_of(second) == blocks_of(first)
    edit(cast.tunde, second, blocks_of(second)[0], "One, mended.")
    assert texts_of(first) == ["One.", "Two.", "Three."]


def test_one_version_is_open_at_a_time(cast, document):
    with pytest.raises(Refused, match="open already"):
        services.open_next_version(by=cast.tunde, document=document)
    assert Version.objects.count() == 1


def test_the_fingerprint_is_of_the_words_in_order(cast, document):
    version = services.freeze(by=cast.grace, version=open_version(document))
    said = [[str(b.block_id), "paragraph", 0, "", b.text] for b in blocks_of(version)]
    by_hand = hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    assert version.sha256 == by_hand == services.fingerprint(version)


@pytest.mark.parametrize("change", [{"text": "Two!"}, {"label": "2."}, {"kind": "quote"}, {"level": 1}])
def test_whatever_changes_the_fingerprint_changes(cast, change):

    blocks = blocks_of(open_version(make_document(cast.grace)))
    assert services.fingerprint_of(blocks) != services.fingerprint_of(
        [blocks[0], replace(blocks[1], **change), blocks[2]]
    )
    assert services.fingerprint_of(blocks) != services.fingerprint_of(blocks[::-1])


def test_the_final_version_is_word_for_word_the_frozen_one(cast, document):
    draft = services.freeze(by=cast.grace, version=open_version(document))
    final = services.finalise(by=cast.owen, version=draft)
    assert (final.number, final.sha256, final.frozen_by) == ("1.0", draft.sha256, cast.owen)
    assert blocks_of(final) == blocks_of(draft)
    following = services.open_next_version(by=cast.grace, document=document)
    assert following.number == "1.1"


def test_only_the_newest_frozen_version_is_made_final(cast, document):
    first = services.freeze(by=cast.grace, version=open_version(document))
    second = services.open_next_version(by=cast.grace, document=document)
    with pytest.raises(Refused, match="open already"):
        services.finalise(by=cast.owen, version=first)
    services.freeze(by=cast.grace, version=second)
    with pytest.raises(Refused, match="newer version"):
        services.finalise(by=cast.owen, version=first)
    services.finalise(by=cast.owen, version=second)
    with pytest.raises(Refused, match="Version 1.0 is there already"):
        services.finalise(by=cast.owen, version=document.versions.get(major=1))
    assert sorted(v.number for v in document.versions.all()) == ["0.1", "0.2", "1.0"]


def test_every_act_is_in_the_audit_log_without_a_word_of_the_text(cast, document):
    version = open_version(document)
    edit(cast.tunde, version, blocks_of(version)[0], "Secret words.")
    block_ = services.add_block_after(by=cast.tunde, version=version, after=None, kind="quote", level=0, text="Secret.")
    text = BlockText.objects.get(block=block_)
    services.remove_block(by=cast.tunde, version=version, block=block_, seen=text)
    services.freeze(by=cast.grace, version=version)
    services.open_next_version(by=cast.grace, document=document)
    entries = AuditEntry.objects.filter(verb__startswith="documents.").order_by("id")
    assert [(e.verb, e.actor) for e in entries] == [
        ("documents.started", cast.grace),
        ("documents.edited_block", cast.tunde),
        ("documents.added_block", cast.tunde),
        ("documents.removed_block", cast.tunde),
        ("documents.froze_version", cast.grace),
        ("documents.opened_version", cast.grace),
    ]
    assert "Secret" not in json.dumps([e.facts for e in entries])


def test_an_edit_takes_as_many_queries_in_a_long_document(cast):
    short = open_version(make_document(cast.grace, "a"))
    long = open_version(make_document(cast.grace, *"abcdefghijklmnopqrst"))
    read_short, read_long = blocks_of(short)[0], blocks_of(long)[9]
    with CaptureQueriesContext(connection) as once:
        edit(cast.tunde, short, read_short, "new")
    with CaptureQueriesContext(connection) as again:
        edit(cast.tunde, long, read_long, "new")
    assert len(once) == len(again)


def test_a_document_is_made_in_as_many_queries_whatever_its_length(cast):
    with CaptureQueriesContext(connection) as once:
        make_document(cast.grace, "a")
    with CaptureQueriesContext(connection) as again:
        make_document(cast.grace, *["a"] * 100)
    assert len(once) == len(again)
    assert Placing.objects.count() == 101
