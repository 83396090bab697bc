"""The clock's way in. May run twice, late or not at all: what is due is asked of the rows."""

from __future__ import annotations

from celery import shared_task

from access import services


@shared_task
def tick() -> None:
    """Every 15 minutes: end consents of those who left, tell of changes, ask for reviews."""
    services.end_consents_of_those_who_left()
    services.tell_of_changes()
    services.ask_for_reviews()
