"""The two tasks there are. Both carry no argument and may run twice, late or not at all: the rows are the truth."""

from __future__ import annotations

from celery import shared_task

from notifications import outbox


@shared_task
def drain() -> None:
    """Send what is due."""
    outbox.drain()


@shared_task
def tick() -> None:
    """Each minute: take back what dead senders held, end what has expired, send what is due."""
    outbox.sweep()
    outbox.drain()
