"""Cells into values. What cannot be read is said in plain words, without the name of a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from workforce.esr.columns import LABELS
from workforce.models import FULL_TIME_HOURS, Occupancy, Position, Worker

FULL_TIME = Decimal(FULL_TIME_HOURS)
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,19}")
SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
BAND = re.compile(r"(?:X[RN]|NHS|BAND)?\s*0*([1-9])\s*(?:-?\s*RANGE\s*)?([A-D]?)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]*)?", re.ASCII)
SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
NAMED_MONTH = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ](\d{4})", re.ASCII)
#: Excel counts days from here; its serial numbers of 1950 to 2100.
EXCEL_BEGAN, SERIALS = dt.date(1899, 12, 30), (18_264, 73_415)
YEARS = (1950, 2100)
CONTRACTS = {
    "fixed term temp": "fixed",
    "fixed term": "fixed",
    "fixed": "fixed",
    "internal secondment": "secondment",
    "apprentice": "apprentice",
}
ROOM = {
    "title": Position._meta.get_field("title").max_length or 0,
    "directorate": Position._meta.get_field("directorate").max_length or 0,
    "team": Position._meta.get_field("team").max_length or 0,
    "last_name": Worker._meta.get_field("last_name").max_length or 0,
    "first_name": Worker._meta.get_field("first_name").max_length or 0,
    **dict.fromkeys(("staff_group", "job_role", "occupation_code", "area_of_work"), 120),
}


class Unreadable(Exception):
    """Why a cell says nothing we can use, in words."""


def read_line(cells: list[str], columns: dict[str, int]) -> tuple[dict[str, Any], list[str]]:
    """What the cells of one line say, by fact, and what is wrong with them. An empty cell says nothing."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name in (name for name in LABELS if name in columns):  # PostgreSQL keeps the columns in an order of its own
        place = columns[name]
        cell = cells[place] if place < len(cells) else ""
        if not cell:
            continue
        try:
            values[name] = _read(name, cell)
        except Unreadable as problem:
            wrong.append(str(problem))
    wrong += [
        f"There is no {LABELS[name].lower()}."
        for name in ("assignment_number", "position_number")
        if name not in values and not _has(cells, columns.get(name))
    ]
    return values, wrong + _against_each_other(values)


def _has(cells: list[str], place: int | None) -> bool:
    return place is not None and place < len(cells) and bool(cells[place])


def _against_each_other(values: dict[str, Any]) -> list[str]:
    starts = values.get("starts_on")
    wrong = []
    if starts and values.get("ended_on", starts) < starts:
        wrong.append("The last day is before the first day.")
    if starts and values.get("expected_end_on", starts) < starts:
        wrong.append("The expected last day is before the first day.")
    return wrong


def _read(name: str, cell: str) -> Any:
    if cell.startswith("="):
        raise Unreadable(f"{LABELS[name]}: there is a formula here. Put in the value itself.")
    return READERS.get(name, _text)(name, cell)


def _text(name: str, cell: str) -> str:
    if len(cell) > ROOM[name]:
        raise Unreadable(f"{LABELS[name]}: this is longer than {ROOM[name]} characters.")
    return cell


def _number(name: str, cell: str) -> str:
    if SHORTENED.fullmatch(cell):
        raise Unreadable(f"{LABELS[name]}: a spreadsheet has shortened this number ({_shown(cell)}).")
    if not NUMBER.fullmatch(cell):
        raise Unreadable(f"{LABELS[name]}: this is not a number we can use.")
    return cell


def _band(name: str, cell: str) -> str:
    """ "XR03|NHS|XR03", "Band 3" and "3" are all band 3."""
    for part in cell.upper().split("|"):
        found = BAND.fullmatch(part.strip())
        band = (found[1] + found[2]).lower() if found else ""
        if band in Position.Band.values:
            return band
    raise Unreadable(f"There is no band “{_shown(cell)}”.")


def _contract(name: str, cell: str) -> str:
    word = " ".join(cell.lower().split())
    by_label = {label.lower(): value for value, label in Occupancy.Contract.choices}
    found = by_label.get(word) or CONTRACTS.get(word)
    if not found:
        raise Unreadable(f"Kind of contract: we do not know “{_shown(cell)}”.")
    return str(found)


def _decimal(name: str, cell: str) -> Decimal:
    try:
        value = Decimal(cell.replace(",", "."))
    except InvalidOperation:
        raise Unreadable(f"{LABELS[name]}: “{_shown(cell)}” is not a number.") from None
    if not value.is_finite() or value <= 0:
        raise Unreadable(f"{LABELS[name]} must be more than 0.")
    return value


def _wte(name: str, cell: str) -> Decimal:
    value = _decimal(name, cell)
    if value > 1:
        raise Unreadable(f"WTE is {_shown(cell)}. It cannot be above 1.")
    return value


def _hours(name: str, cell: str) -> Decimal:
    value = _decimal(name, cell)
    if value > FULL_TIME:
        raise Unreadable(f"Hours are {_shown(cell)} a week. They cannot be above {FULL_TIME_HOURS}.")
    return value.quantize(Decimal("0.01"))


def _date(name: str, cell: str) -> dt.date:
    """2026-09-01, 01/09/2026, 01-SEP-2026, or the number of a day as Excel counts."""
    day = _real_day(cell)
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        raise Unreadable(f"{LABELS[name]}: “{_shown(cell)}” is not a date we can read.")
    return day


def _real_day(cell: str) -> dt.date | None:
    if cell.isascii() and cell.isdigit() and len(cell) == 5 and SERIALS[0] <= int(cell) <= SERIALS[1]:
        return EXCEL_BEGAN + dt.timedelta(days=int(cell))
    parts: tuple[str, str, str] | None = None
    if found := ISO.fullmatch(cell):
        parts = found[1], found[2], found[3]
    elif found := SLASHES.fullmatch(cell):
        parts = found[3], found[2], found[1]
    elif (found := NAMED_MONTH.fullmatch(cell)) and found[2].lower() in MONTHS:
        parts = found[3], str(MONTHS.index(found[2].lower()) + 1), found[1]
    if parts is None:
        return None
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None


def _shown(cell: str) -> str:
    """What stands in a cell, short enough for a sentence."""
    return cell if len(cell) <= 30 else f"{cell[:30]}…"


READERS: dict[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(("assignment_number", "position_number", "employee_number"), _number),
    **dict.fromkeys(("starts_on", "expected_end_on", "ended_on"), _date),
    "band": _band,
    "contract": _contract,
    "wte": _wte,
    "hours": _hours,
}
