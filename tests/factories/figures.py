"""Figures of HR's that have left."""

from __future__ import annotations

import datetime as dt
from typing import Any

from workforce.figures import services
from workforce.models import ReleasedFigures


def released(*, by: Any, day: dt.date) -> ReleasedFigures:
    """The figures of the quarter that ended on that day, looked at and released."""
    return services.release(by=by, day=day, seen=services.mark_of(services.would_release(day)))
