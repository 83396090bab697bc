"""The one clock. Rules compare `now()`; nothing else in the product asks the time.

A test sets it with `clock.set_to(...)`; a demonstration, whose web server and worker are separate
processes, sets it through the file named by the `CLOCK_FILE` setting (refused in production).
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_fixed: dt.datetime | None = None


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    if _fixed is not None:
        return _fixed
    return dt.datetime.now(dt.UTC) + _offset_from_file()


def today() -> dt.date:
    """The present day in the Trust's own time zone."""
    return timezone.localtime(now()).date()


@contextlib.contextmanager
def set_to(instant: dt.datetime) -> Iterator[None]:
    """Stop the clock at `instant` (aware) for the length of a `with` block, in this process only."""
    global _fixed
    before, _fixed = _fixed, instant
    try:
        yield
    finally:
        _fixed = before


def _offset_from_file() -> dt.timedelta:
    """Seconds to add, as written in `settings.CLOCK_FILE`; none when unset or unreadable."""
    path = settings.CLOCK_FILE
    if not path:
        return dt.timedelta()
    try:
        return dt.timedelta(seconds=float(Path(path).read_text()))
    except (OSError, ValueError):
        return dt.timedelta()
