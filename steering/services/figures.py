"""Figures about peer support posts: taking what HR hands over, and letting go what it takes back.

HR's room is not known here, nor this one there: the joining room puts the two together. What comes in is held to
numbers and a day at this door, so that nothing else can come through it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from audit.services import record
from core import clock
from core.errors import Refused
from core.rounded import BASE
from steering.models import StaffFigures

NAMES = (
    *("posts_open", "posts_filled", "posts_vacant", "posts_vacant_long"),
    *("roles", "fixed_term", "with_peer_supervisor"),
)


@transaction.atomic
def receive(*, by: Any, as_of: dt.date, numbers: Mapping[str, int | None]) -> StaffFigures:
    """From now on the Steering Group reads these. Raises ValueError for anything but rounded numbers by their names."""
    if set(numbers) != set(NAMES):
        raise ValueError("These are not the figures that the Steering Group is handed.")
    if any(type(each) is not int or each < 0 or each % BASE for each in numbers.values() if each is not None):
        raise ValueError("A figure is not rounded.")
    row = StaffFigures.objects.create(as_of=as_of, numbers=dict(numbers), handed_at=clock.now(), handed_by=by)
    record(actor=by, verb="steering.received_staff_figures", about=row, as_of=as_of.isoformat())
    return row


@transaction.atomic
def take_back(*, by: Any) -> StaffFigures:
    """From now on it reads none. Raises `Refused` when it reads none as it is."""
    if standing() is None:
        raise Refused("The Steering Group has no figures to take back.")
    row = StaffFigures.objects.create(handed_at=clock.now(), handed_by=by)
    record(actor=by, verb="steering.lost_staff_figures", about=row)
    return row


def latest() -> StaffFigures | None:
    """The last handing over or taking back; None before the first."""
    return StaffFigures.objects.first()


def standing() -> StaffFigures | None:
    """The figures that are read now, or None."""
    row = latest()
    return row if row is not None and row.as_of is not None else None
