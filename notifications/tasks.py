"""The two tasks there are. Both carry no argument and may run twice, late or not at all: the rows are the truth."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from notifications import outbox
from notifications.hints import ask_for_drain


@shared_task
def drain() -> None:
    """Send what is due."""
    outbox.drain()


@shared_task
def tick() -> None:
    """Each minute: take back what dead senders held, end what has expired, send what is due."""
    outbox.sweep()
    outbox.drain()


@worker_ready.connect
def look_at_once(**kwargs: Any) -> None:
    """A worker that starts asks for a drain, so that what piled up meanwhile does not wait for the next minute."""
    ask_for_drain()
