"""What forms of every room share."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.said import nhs_time

#: More digits than this are no day, month or year; Python refuses to read thousands of them.
LONGEST_NUMBER = 9


class OnceForm(forms.Form):
    """A form that creates something. Its key makes a double press one thing, not two.

    The service passes `form_key` to a unique column and gives the first result to the repeat.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class CheckedForm(OnceForm):
    """A form whose answers are shown once more before they are sent. `step` says which button was pressed."""

    @property
    def is_to_send(self) -> bool:
        """The check page was read and confirmed."""
        return self.data.get("step") == "send"

    @property
    def is_to_change(self) -> bool:
        return self.data.get("step") == "change"


class DateParts(forms.Widget):
    """Three boxes: day, month, year. In the data they are `<name>_day`, `<name>_month`, `<name>_year`."""

    PARTS = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in self.PARTS}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in self.PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day" if id_ else id_

    @classmethod
    def parts_of(cls, value: Any) -> dict[str, str]:
        """What stands in each box, from a date or from what was typed."""
        if isinstance(value, dict):
            return {part: value.get(part, "") for part in cls.PARTS}
        if isinstance(value, dt.date):
            return {part: str(getattr(value, part)) for part in cls.PARTS}
        return dict.fromkeys(cls.PARTS, "")

    def wrong_parts(self, typed: Any) -> tuple[str, ...]:
        """The boxes to mark and to lead to: those left empty or out of range; all of them when each is fine alone."""
        parts = self.parts_of(typed)
        limits = {"day": (1, 31), "month": (1, 12), "year": (1000, 9999)}
        wrong = tuple(part for part, (low, high) in limits.items() if not _is_between(parts[part], low, high))
        return wrong or self.PARTS

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Plain boxes, where no template pack draws the form."""
        parts = self.parts_of(value)
        rows = ((f"{name}_{part}", parts[part], part) for part in self.PARTS)
        return format_html_join(" ", '<input name="{}" value="{}" aria-label="{}">', rows)


class NhsDateField(forms.Field):
    """A date in three boxes. Says which box is wrong, in the words of the NHS content guide."""

    widget = DateParts
    default_error_messages: ClassVar[dict[str, str]] = {
        "required": "Enter the date",
        "missing": "The date must include a {missing}",
        "wrong": "The date must be a real date, like 6 8 2026",
    }

    def has_changed(self, initial: Any, data: Any) -> bool:
        return DateParts.parts_of(initial) != DateParts.parts_of(data)

    def clean(self, value: Any) -> dt.date | None:
        """The date; None when empty and not required. Raises ValidationError naming what is missing or wrong."""
        parts = DateParts.parts_of(value)
        if not any(parts.values()):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        missing = [part for part, text in parts.items() if not text]
        if missing:
            words = self.error_messages["missing"].format(missing=" and ".join(missing))
            raise forms.ValidationError(words, code="missing")
        date = _real_date(parts)
        if date is None:
            raise forms.ValidationError(self.error_messages["wrong"], code="wrong")
        self.run_validators(date)
        return date


def _real_date(parts: Mapping[str, str]) -> dt.date | None:
    """The date, or None. A month may be written as a name."""
    if max(map(len, parts.values())) > LONGEST_NUMBER:
        return None
    month = parts["month"].lower()
    names = [calendar.month_abbr[number].lower() for number in range(1, 13)]
    number = names.index(month[:3]) + 1 if month[:3] in names else month
    try:
        date = dt.date(int(parts["year"]), int(number), int(parts["day"]))
    except ValueError:
        return None
    return date if date.year >= 1000 else None


def _is_between(text: str, low: int, high: int) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_NUMBER and low <= int(text) <= high


class NhsTimeField(forms.CharField):
    """A time as people write it: "5:30pm", "17:30", "5pm", "midday"."""

    default_error_messages: ClassVar[dict[str, str]] = {
        "required": "Enter the time",
        "wrong": "Enter a time like 9:30am or 2pm",
    }
    NAMED: ClassVar[dict[str, dt.time]] = {"midday": dt.time(12), "noon": dt.time(12), "midnight": dt.time(0)}
    WRITTEN = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?")

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"width": "10"}))
        options.setdefault("help_text", "For example, 5:30pm")
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return nhs_time(value) if isinstance(value, dt.time) else value

    def clean(self, value: Any) -> dt.time | None:  # type: ignore[override]
        """The time; None when empty and not required. Raises ValidationError for what is not a time."""
        text = super().clean(value)
        if not text:
            return None
        time = self.NAMED.get(text.lower()) or self._read(text.lower().replace(" ", ""))
        if time is None:
            raise forms.ValidationError(self.error_messages["wrong"], code="wrong")
        return time

    def _read(self, text: str) -> dt.time | None:
        found = self.WRITTEN.fullmatch(text)
        if not found:
            return None
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and not 1 <= hour <= 12:
            return None
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        return dt.time(hour, minute) if hour < 24 and minute < 60 else None
