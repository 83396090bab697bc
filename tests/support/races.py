"""Things done at the same instant, each over its own connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from core.errors import Refused

IS_POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]

#: For a race between two connections. SQLite's test database lives in the memory of one.
race = [
    pytest.mark.skipif(not IS_POSTGRESQL, reason="A race needs two connections; this test runs on PostgreSQL."),
    pytest.mark.django_db(transaction=True),
]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or the words it was refused with, in the order of the acts. Other errors are raised."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=10)
            outcomes[place] = act()
        except Refused as refused:
            outcomes[place] = refused.message
        except Exception as error:  # noqa: BLE001 -- handed to the test, which raises it
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return outcomes
