"""Dates and times as the NHS content guide writes them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def local(value: dt.datetime) -> dt.datetime:
    """An instant in the Trust's own time zone."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def nhs_date(value: dt.date | dt.datetime | None, *, weekday: bool = False) -> str:
    """ "6 August 2026", or with its weekday "Thursday 6 August 2026". Empty for None."""
    if value is None:
        return ""
    day = local(value).date() if isinstance(value, dt.datetime) else value
    text = f"{day.day} {day:%B} {day.year}"
    return f"{day:%A} {text}" if weekday else text


def nhs_time(value: dt.time | dt.datetime | None) -> str:
    """ "5:30pm", "9am", "midday", "midnight". Empty for None."""
    if value is None:
        return ""
    time = local(value).time() if isinstance(value, dt.datetime) else value
    if (time.hour, time.minute) in ((0, 0), (12, 0)):
        return "midnight" if time.hour == 0 else "midday"
    half = "am" if time.hour < 12 else "pm"
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{half}"


def nhs_when(value: dt.datetime | None) -> str:
    """ "Thursday 6 August 2026 at 5:30pm". Empty for None."""
    return f"{nhs_date(value, weekday=True)} at {nhs_time(value)}" if value else ""


def how_long(value: dt.timedelta | None) -> str:
    """ "40 seconds", "1 minute", "3 hours", "2 days": the largest unit that fits. Empty for None."""
    if value is None:
        return ""
    seconds = max(int(value.total_seconds()), 0)
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count:,} {unit}{'' if count == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def dial(number: str) -> str:
    """A number as a phone dials it: digits, and a plus."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")
