"""The clock's way in."""

from __future__ import annotations

from celery import shared_task

from network.services import lists


@shared_task
def forget_lists() -> None:
    """Once an hour: delete lists of people to invite that nobody has sent for 30 days."""
    lists.forget_lists()
