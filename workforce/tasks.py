"""The clock's way in."""

from __future__ import annotations

from celery import shared_task

from workforce import reminders
from workforce.esr import working


@shared_task
def work() -> None:
    """When asked, and each minute: check, save or undo the ESR files that wait."""
    working.work()


@shared_task
def forget() -> None:
    """Once an hour: forget ESR files that are a day old."""
    working.forget()


@shared_task
def remind() -> None:
    """Every quarter of an hour: tell HR once a working day that something new is due."""
    reminders.remind()
