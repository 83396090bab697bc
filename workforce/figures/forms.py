"""Forms of the pages of figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from core import clock
from core.forms import NhsDateField
from core.said import nhs_date

#: No Trust kept such posts before.
FIRST_DAY = dt.date(2000, 1, 1)


class DayForm(forms.Form):
    """The day that is asked about: today or before."""

    day = NhsDateField(
        label="Which day?",
        help_text="Today or a day before. For example, 1 11 2025",
        error_messages={"required": "Enter the day"},
    )

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        today = clock.today()
        if day > today:
            raise forms.ValidationError(f"The day must be today, {nhs_date(today)}, or before")
        if day < FIRST_DAY:
            raise forms.ValidationError(f"The day must be {nhs_date(FIRST_DAY)} or later")
        return day

    @classmethod
    def of(cls, asked: Any) -> DayForm:
        """The form for the query of an address: today when it asks for no day."""
        is_asked = any(f"day_{part}" in asked for part in ("day", "month", "year"))
        today = clock.today()
        plain = {"day_day": str(today.day), "day_month": str(today.month), "day_year": str(today.year)}
        return cls(asked if is_asked else plain)


class QuarterForm(forms.Form):
    """Which quarter to release. `days` are the last days of those that may be."""

    quarter = forms.ChoiceField(
        label="Which quarter?",
        error_messages={
            "required": "Choose a quarter from the list",
            "invalid_choice": "Choose a quarter from the list",
        },
    )

    def __init__(self, *args: Any, days: Iterable[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["quarter"]
        field.choices = [
            ("", "Choose one"),
            *((day.isoformat(), f"The quarter that ended on {nhs_date(day)}") for day in days),
        ]

    def clean_quarter(self) -> dt.date:
        return dt.date.fromisoformat(self.cleaned_data["quarter"])
