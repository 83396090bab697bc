"""Releasing the figures of a quarter, handing them to the Steering Group, and taking them back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction

from audit.services import record as record_act
from core import clock
from core.errors import Refused
from core.said import nhs_date
from core.turns import take_turn_at
from workforce.figures.counting import count_on
from workforce.figures.ports import desk
from workforce.figures.quarters import is_last_day, last_days_before
from workforce.figures.rounding import basis_of, figures_of
from workforce.figures.tables import SUPERVISED
from workforce.models import Occupancy
from workforce.models.snapshots import ReleasedFigures

#: So many quarters back may still be released.
QUARTERS_BACK = 8

CHANGED = "The figures have changed since you looked. Nothing is released yet. Look at them again, then release them."
ALREADY = "The figures of this quarter are released already. They stay as they are."


def to_release() -> list[dt.date]:
    """Last days of the quarters whose figures may be released now, newest first. One query."""
    days = last_days_before(clock.today(), QUARTERS_BACK)
    done = set(ReleasedFigures.objects.filter(as_of__in=days).values_list("as_of", flat=True))
    return [day for day in days if day not in done]


def mark_of(figures: dict[str, Any]) -> str:
    """Changes when any of these figures does. For a form to bring back."""
    return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()


def would_release(day: dt.date) -> dict[str, Any]:
    """The figures of a day as they would be released."""
    return figures_of(count_on(day), _earlier())


@transaction.atomic
def release(*, by: Any, day: dt.date, seen: str) -> ReleasedFigures:
    """Release the figures of the quarter that ended on `day`: as they stand now, for good.

    `seen` is the `mark_of` the figures that were shown. Raises `Refused` when they are others now, for a day on which
    no quarter ended or that is not over, and for a quarter that was released.
    """
    take_turn_at(ReleasedFigures)
    if not is_last_day(day) or day not in last_days_before(clock.today(), QUARTERS_BACK):
        raise Refused("Choose a quarter from the list", field="quarter")
    if ReleasedFigures.objects.filter(as_of=day).exists():
        raise Refused(ALREADY, field="quarter")
    counted = count_on(day)
    figures = figures_of(counted, _earlier())
    if mark_of(figures) != seen:
        raise Refused(CHANGED)
    made = ReleasedFigures.objects.create(
        as_of=day,
        figures=figures,
        basis=basis_of(counted),
        released_at=clock.now(),
        released_by=by,
    )
    record_act(actor=by, verb="workforce.released_figures", about=made, as_of=day.isoformat())
    return made


def numbers_of(released: ReleasedFigures) -> dict[str, int | None]:
    """What the Steering Group is handed: rounded numbers that were released, and None for what was left out."""
    found = released.figures
    tables = {table["key"]: dict(table["rows"]) for table in found["tables"]}
    posts = found["posts"] or {}
    return {
        "posts_open": found["open"],
        "posts_filled": posts.get("filled"),
        "posts_vacant": posts.get("vacant"),
        "posts_vacant_long": posts.get("vacant_long"),
        "roles": found["roles"],
        "fixed_term": tables.get("contract", {}).get(Occupancy.Contract.FIXED.label),
        "with_peer_supervisor": tables.get("supervisor", {}).get(SUPERVISED[0]),
    }


@transaction.atomic
def hand_over(*, by: Any, released: ReleasedFigures) -> None:
    """Hand released figures to the Steering Group. They stand instead of those that were handed over before.

    Raises `Refused` when these already stand there.
    """
    take_turn_at(ReleasedFigures)  # not at the desk's own table: this room does not know it
    now = desk().standing()
    if now is not None and now.as_of == released.as_of:
        raise Refused(f"The Steering Group has the figures of {nhs_date(released.as_of)} already.")
    desk().receive(by=by, as_of=released.as_of, numbers=numbers_of(released))
    record_act(actor=by, verb="workforce.handed_figures_over", about=released)


@transaction.atomic
def take_back(*, by: Any) -> None:
    """The Steering Group reads no figures from now on. Raises `Refused` when it reads none."""
    take_turn_at(ReleasedFigures)  # so that it does not fall between another's look at the desk and their handing over
    desk().take_back(by=by)


def _earlier() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return list(ReleasedFigures.objects.values_list("figures", "basis"))
