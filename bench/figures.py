"""A figure: what was measured, against which bar. `bin/bench` prints them and writes them as JSON Lines."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """`bar` is the limit in words ("≤ 1.5"), or "" for a floor that others are held against."""

    name: str
    value: float
    unit: str
    bar: str = ""
    ok: bool = True

    @property
    def line(self) -> str:
        verdict = "" if not self.bar else f"   bar {self.bar}   {'ok' if self.ok else 'NOT MET'}"
        return f"{self.name:<64} {self.value:>12,.3f} {self.unit}{verdict}"


def at_most(name: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(name, round(value, 4), unit, f"≤ {limit:g}", value <= limit)


def at_least(name: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(name, round(value, 4), unit, f"≥ {limit:g}", value >= limit)


def floor(name: str, value: float, unit: str) -> Figure:
    return Figure(name, round(value, 4), unit)


def write(figures: Iterable[Figure], file: Path) -> None:
    """One JSON object a line."""
    with file.open("w") as lines:
        for figure in figures:
            lines.write(json.dumps(asdict(figure), ensure_ascii=False) + "\n")


def medians(calls: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median seconds of each call. The calls take turns, so that a noisy moment troubles all alike."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            began = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in times.items()}
