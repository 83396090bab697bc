"""Text that people work on together. A paragraph has a permanent identity across the versions of a draft."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import PublicId, both_or_neither


class Document(PublicId):
    """A text with versions. What it is for (a policy, terms of reference) is said by the room that owns it."""

    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"document {self.pk}"


class BlockKind(models.TextChoices):
    HEADING = "heading", "Heading"
    PARAGRAPH = "paragraph", "Paragraph"
    LIST_ITEM = "list_item", "List item"
    TABLE = "table", "Table"
    QUOTE = "quote", "Quotation"
    FOOTNOTE = "footnote", "Footnote"


class Block(models.Model):
    """The identity of one paragraph (or heading, list item, table, footnote). Never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="blocks")

    def __str__(self) -> str:
        return f"block {self.pk}"


class BlockText(models.Model):
    """What a block said at one time. Append-only.

    `text` is a small Markdown subset (emphasis, strong, links to http, https, mailto or tel); of a table it is JSON:
    {"head": [[cell, …], …], "rows": [[cell, …], …]} whose cells are the same subset. Never HTML.
    `label` is the number or bullet that Word printed ("3.2", "(a)", "•"); printed numbers count as words.
    `level` is 1–6 for a heading, 0–8 the depth of a list item, else 0.
    """

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=10, choices=BlockKind)
    level = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"text {self.pk}"


class Version(PublicId):
    """One numbered state of a document. Open while `frozen_at` is empty; then it never changes.

    `sha256` is taken over the version's blocks when it is frozen (see `documents.services.fingerprint`).
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["major", "minor"]
        constraints = [
            models.UniqueConstraint(fields=["document", "major", "minor"], name="version_number_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(frozen_at=None), name="one_open_version"),
            both_or_neither("frozen_at", "frozen_by", name="version_frozen_by_someone"),
            models.CheckConstraint(
                condition=Q(frozen_at=None, sha256="") | (Q(frozen_at__isnull=False) & ~Q(sha256="")),
                name="frozen_has_sha256",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"


class Placing(models.Model):
    """Where a block stands in a version, and which of its texts stands there. Refused once the version is frozen."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="placings")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="placings")
    text = models.ForeignKey(BlockText, on_delete=models.PROTECT, related_name="placings")
    rank = models.PositiveIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["version", "block"], name="block_placed_once")]
        indexes = [models.Index(fields=["version", "rank"], name="placing_in_order")]

    def __str__(self) -> str:
        return f"placing {self.pk}"


class Upload(PublicId):
    """A Word file that was read and not yet saved as a draft: what was read, and what was left out.

    `blocks` is a list of {"kind", "level", "label", "text"}; `left_out` a list of plain sentences. The file itself
    and its properties (author, company) are not kept. Removed when saved or after a day.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    blocks = models.JSONField()
    left_out = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"upload {self.pk}"
