"""The clock's way in."""

from __future__ import annotations

from celery import shared_task

from governance.services import term_clock


@shared_task
def notice_what_ends() -> None:
    """Each minute: notice the terms that end soon, and ask their members if they would like to stay."""
    term_clock.notice_what_ends()
