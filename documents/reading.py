"""What others may read of a document: its blocks in order, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from documents.models import Placing, Version
from documents.redline import Change, compare
from documents.rendering import block_html

__all__ = ["Change", "PlacedBlock", "blocks_of", "blocks_of_each", "redline"]


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block as it stands in one version. `text_id` is the key of that text, for `edit_block`'s `seen`."""

    block_id: UUID
    text_id: int
    kind: str
    level: int
    label: str
    text: str

    @property
    def html(self) -> SafeString:
        """An element that can stand alone."""
        return block_html(self.kind, self.level, self.label, self.text)

    @property
    def anchor(self) -> str:
        """The id of its element, the same in every version."""
        return f"p-{self.block_id}"


def blocks_of(version: Version) -> list[PlacedBlock]:
    """The blocks of `version` in order. One query."""
    return blocks_of_each([version])[version.pk]


def blocks_of_each(versions: Iterable[Version]) -> dict[UUID, list[PlacedBlock]]:
    """The blocks of several versions, by version. One query."""
    found: dict[UUID, list[PlacedBlock]] = {version.pk: [] for version in versions}
    rows = (
        Placing.objects.filter(version__in=list(found))
        .order_by("version", "rank")
        .values_list("version_id", "block_id", "text_id", "text__kind", "text__level", "text__label", "text__text")
    )
    for version_id, block_id, text_id, kind, level, label, text in rows:
        found[version_id].append(PlacedBlock(block_id, text_id, kind, level, label, text))
    return found


def redline(old: Version, new: Version) -> list[Change]:
    """What `new` changed of `old`, in reading order. One query. The same two versions always give the same answer."""
    found = blocks_of_each([old, new])
    return compare(found[old.pk], found[new.pk])
