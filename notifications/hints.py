"""Ask a worker to look at the outbox. Only a hint: the row is the truth, and the minute tick finds it anyway."""

from __future__ import annotations

import logging
import time

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

DRAIN = "notifications.tasks.drain"
QUIET_SECONDS = 10
AT_ONCE = 0.2

_quiet_until = 0.0


def hint_on_commit() -> None:
    """Ask for one drain when the transaction commits, however often this is called inside it."""
    waiting = transaction.get_connection().run_on_commit
    if not any(hook[1] is ask_for_drain for hook in waiting):
        transaction.on_commit(ask_for_drain)


def ask_for_drain() -> bool:
    """Put one "go and look" in the broker. Returns whether it went.

    A broker that refuses or hangs is logged and ignored, within the socket timeouts of the settings; after
    that this process does not try again for a few seconds, so that a dead broker slows one page and not all.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    for again in (True, False):
        began = time.monotonic()
        try:
            current_app.send_task(DRAIN, retry=False, ignore_result=True)
        except Exception as problem:  # noqa: BLE001 -- whatever ails the broker, the page must not fail
            if again and time.monotonic() - began < AT_ONCE:
                continue  # a connection kept from before the broker was restarted fails once, and at once
            _quiet_until = time.monotonic() + QUIET_SECONDS
            logger.warning("The broker took no hint (%s); the tick will find the rows.", type(problem).__name__)
            return False
        return True
    return False
