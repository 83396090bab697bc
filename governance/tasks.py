"""The clock's way in. A task may run twice, late or not at all: what is due is read from the rows."""

from __future__ import annotations

from celery import shared_task

from governance.services import interests, term_clock


@shared_task
def notice_what_ends() -> None:
    """Each minute: notice the terms that end soon, and ask their members if they would like to stay."""
    term_clock.notice_what_ends()


@shared_task
def ask_about_interests() -> None:
    """Once an hour: put the yearly question to those whose year has passed."""
    interests.ask_about_interests()
