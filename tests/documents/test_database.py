"""The database is the last reviewer: it refuses what the services would never ask."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core import clock
from documents import services
from documents.models import Block, BlockText, Placing, Version
from tests.factories.documents import make_document, open_version, texts_of


@pytest.fixture
def document(cast):
    return make_document(cast.grace)


@pytest.fixture
def frozen(cast, document):
    return services.freeze(by=cast.grace, version=open_version(document))


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_a_placing_of_a_frozen_version_never_changes(cast, document, frozen):
    first = Placing.objects.filter(version=frozen).first()
    block = Block.objects.create(document=document)
    text = BlockText.objects.create(block=block, kind="paragraph", text="x", at=clock.now(), by=cast.grace)
    refused(lambda: Placing.objects.filter(pk=first.pk).update(rank=9))
    refused(lambda: Placing.objects.filter(pk=first.pk).delete())
    refused(lambda: Placing.objects.create(version=frozen, block=block, text=text, rank=9))
    opened = services.open_next_version(by=cast.grace, document=document)
    placing = Placing.objects.create(version=opened, block=block, text=text, rank=9)
    refused(lambda: Placing.objects.filter(pk=placing.pk).update(version=frozen))
    assert texts_of(frozen) == ["One.", "Two.", "Three."]


def test_a_frozen_version_stays_as_it_is(frozen):
    refused(lambda: Version.objects.filter(pk=frozen.pk).update(sha256="0" * 64))
    refused(lambda: Version.objects.filter(pk=frozen.pk).update(frozen_at=None, frozen_by=None, sha256=""))
    refused(lambda: Version.objects.filter(pk=frozen.pk).update(major=7))


def test_a_text_is_written_once(document):
    text = BlockText.objects.first()
    refused(lambda: BlockText.objects.filter(pk=text.pk).update(text="Rewritten."))
    Placing.objects.filter(text=text).delete()
    refused(lambda: BlockText.objects.filter(pk=text.pk).delete())


def test_a_placing_fits_its_block_and_its_document(cast, document):
    version = open_version(document)
    one, two, _ = Placing.objects.filter(version=version)
    refused(lambda: Placing.objects.filter(pk=one.pk).update(text=two.text))
    other = make_document(cast.grace, "Elsewhere.")
    strange = Placing.objects.get(version=open_version(other))
    refused(lambda: Placing.objects.create(version=version, block=strange.block, text=strange.text, rank=9))


@pytest.mark.django_db(transaction=True)
def test_what_is_frozen_and_committed_is_refused_too_and_the_tests_can_still_clean_up(cast):
    frozen = services.freeze(by=cast.grace, version=open_version(make_document(cast.grace)))
    with pytest.raises(IntegrityError):
        Placing.objects.filter(version=frozen).delete()
    assert texts_of(frozen) == ["One.", "Two.", "Three."]


def test_the_triggers_are_there_again_after_that(frozen):
    refused(lambda: Placing.objects.filter(version=frozen).delete())


def test_two_versions_are_never_open(cast, document):
    refused(
        lambda: Version.objects.create(document=document, major=0, minor=2, made_at=clock.now(), made_by=cast.grace)
    )


def test_a_block_stands_once_in_a_version(document):
    first = Placing.objects.filter(version=open_version(document)).first()
    refused(lambda: Placing.objects.create(version=first.version, block=first.block, text=first.text, rank=9))
