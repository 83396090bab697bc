"""The clock's way in."""

from __future__ import annotations

from celery import shared_task

from network.services import gaps


@shared_task
def notice_gaps() -> None:
    """Each minute: write down who is without a sponsor, and tell them and the secretary."""
    gaps.notice_gaps()
