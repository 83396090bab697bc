"""The clock's way in. A task may run twice, late or not at all: what is due is read from the rows."""

from __future__ import annotations

from celery import shared_task

from governance.services import interests


@shared_task
def ask_about_interests() -> None:
    """Once an hour: put the yearly question to those whose year has passed."""
    interests.ask_about_interests()
