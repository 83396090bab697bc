"""The clock's way in."""

from __future__ import annotations

from celery import shared_task

from network.services import gaps, invitations, lists


@shared_task
def notice_gaps() -> None:
    """Each minute: write down who is without a sponsor, and tell them and the secretary."""
    gaps.notice_gaps()


@shared_task
def forget() -> None:
    """Once an hour: delete lists that nobody sent for 30 days, and invitations that led to nothing 3 months ago."""
    lists.forget_lists()
    invitations.forget_invitations()
