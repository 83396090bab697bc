"""Where HR's figures go: the Steering Group's own table. It stands here because it joins two rooms that know nothing
of each other; what passes is numbers and a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from core.rounded import Row
from steering.presenters.figures import rows_of
from steering.services import figures
from workforce.figures.ports import HandedOver


class SteeringDesk:
    """See `workforce.figures.ports.Desk`."""

    def receive(self, *, by: Any, as_of: dt.date, numbers: Mapping[str, int | None]) -> None:
        figures.receive(by=by, as_of=as_of, numbers=numbers)

    def take_back(self, *, by: Any) -> None:
        figures.take_back(by=by)

    def standing(self) -> HandedOver | None:
        row = figures.standing()
        return HandedOver(row.as_of, row.handed_at) if row is not None and row.as_of is not None else None

    def shown(self, numbers: Mapping[str, int | None]) -> list[Row]:
        return rows_of(numbers)
