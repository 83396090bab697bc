"""Changing several records at once: the team, the line manager and the review date, and nothing else.

Everything else is about one post or one person, and is changed on their own page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core.errors import Refused
from workforce.belonging import mark_of
from workforce.esr.writing import Writer
from workforce.models import Occupancy, Position, Recorded

#: What may be changed together, by kind of record.
TOGETHER: dict[type[Recorded], tuple[str, ...]] = {
    Position: ("team", "review_on"),
    Occupancy: ("line_manager", "review_on"),
}
CHANGED = "Some of these have changed since you looked. Nothing is saved yet. Look at them again, then save."


@transaction.atomic
def change_together(*, by: Any, records: Sequence[Recorded], values: dict[str, Any], seen: str) -> int:
    """Give each record these values, with its history row and its audit row. Says how many were changed.

    `seen` is the `mark_of` the records as they were shown before and after. Raises `Refused` when one has changed or
    gone since; then none is saved. Raises ValueError for a field that is not changed together.
    """
    model = type(records[0])
    if not set(values) <= set(TOGETHER[model]):
        raise ValueError(f"Not changed together: {sorted(values)}")
    rows: Any = model._base_manager.select_for_update().filter(pk__in=[each.pk for each in records]).order_by("pk")
    found = list(rows)
    if mark_of(found) != seen:
        raise Refused(CHANGED)
    changed = [row for row in found if any(getattr(row, name) != value for name, value in values.items())]
    for row in changed:
        for name, value in values.items():
            setattr(row, name, value)
    Writer(by=by, reason="Changed together with others").change(changed, values)
    return len(changed)
