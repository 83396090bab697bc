"""What is asked about one's own seats: whom one would have as a deputy, and if one would like to stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from core.forms import CheckedForm
from core.said import nhs_date
from governance.models import StayAnswer


class DeputyForm(CheckedForm):
    """An exact address."""

    address = forms.EmailField(
        label="Their email address",
        help_text="Enter the whole address. There is no list to choose from, because who belongs here is private.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={
            "required": "Enter their email address",
            "max_length": "An email address can have up to 254 characters",
        },
    )


class StayForm(forms.Form):
    answer = forms.ChoiceField(
        label="Would you like to stay?",
        choices=StayAnswer.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer", "invalid_choice": "Choose one of the answers"},
    )
    nhs = {"answer": {"size": "xl", "heading": True}}

    def __init__(self, *args: Any, last_day: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].help_text = (
            f"Your time in this seat ends on {nhs_date(last_day)}. The people who look after the group will see your "
            "answer. You can change it until then."
        )


class DeputiesCountForm(forms.Form):
    deputies_count = forms.TypedChoiceField(
        label="Do deputies count in this group?",
        help_text="Choose what the group has agreed in its terms of reference.",
        choices=[("yes", "Yes, a deputy counts when the person they sit in for is away"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no", "invalid_choice": "Choose yes or no"},
    )
    nhs = {"deputies_count": {"size": "xl", "heading": True}}
