"""Policies as PDF files. A draft says on every page that it is not Trust policy."""

from __future__ import annotations

from django.conf import settings

from core.said import nhs_date
from documents.models import Version
from documents.pdf import make_pdf
from documents.reading import blocks_of
from steering.models import Policy
from steering.presenters.published import PublishedPolicy

DRAFT = "Draft, not Trust policy"


def published_pdf_of(page: PublishedPolicy) -> bytes:
    """The published words under their control block."""
    return make_pdf(
        title=page.title,
        blocks=page.blocks,
        banner=None,
        control=page.control,
        organisation=settings.ORGANISATION_NAME,
    )


def draft_pdf_of(policy: Policy, version: Version) -> bytes:
    """One version that is not published."""
    control = [
        ("Title", policy.document.title),
        ("Version", version.number),
        ("Status", DRAFT),
        ("Date of this draft", nhs_date(version.frozen_at or version.made_at)),
        ("Written by", policy.body.name),
    ]
    return make_pdf(
        title=policy.document.title,
        blocks=blocks_of(version),
        banner=DRAFT,
        control=control,
        organisation=settings.ORGANISATION_NAME,
    )
