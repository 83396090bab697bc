"""The clock's way in."""

from __future__ import annotations

from celery import shared_task

from documents import services


@shared_task
def purge_uploads() -> None:
    """Once an hour: forget uploads that were read and not saved within a day."""
    services.purge_uploads()
