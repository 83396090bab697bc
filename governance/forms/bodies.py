"""What is asked about how a body is set up, and about what is to become of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from core.forms import NhsDateField
from governance.models import Body
from governance.services.bodies import LONGEST_TERM, BodySettings

LONGEST_NAME = 120


def name_field(label: str = "Name of the group") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter a name for the group",
            "max_length": f"The name can have up to {LONGEST_NAME} characters",
        },
    )


def number_field(label: str, *, least: int, most: int, hint: str = "") -> forms.IntegerField:
    """A whole number. Zero is written as 0, so that an empty box is a slip and not an answer."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=hint,
        error_messages={
            "required": f"Enter a number for: {label.lower()}",
            "invalid": f"{label} must be a whole number, like 2",
            "min_value": f"{label} must be {least} or more",
            "max_value": f"{label} must be {most} or less",
        },
    )


class SettingsForm(forms.Form):
    """How a body is set up. `settings()` gives the answers as the service takes them."""

    name = name_field()
    term_years = number_field("Years in a term", least=1, most=LONGEST_TERM)
    most_terms = number_field(
        "Terms one after another", least=0, most=20, hint="The most that one person can have. 0 means no limit."
    )
    peer_share = number_field(
        "Least share of seats for peers",
        least=0,
        most=100,
        hint="Out of 100. If peers have less, pages say so. Nobody is kept out because of it.",
    )
    quorum_total = number_field("People who must come to decide", least=0, most=99)
    quorum_peer = number_field("Peers among them", least=0, most=99)
    quorum_staff = number_field("Staff among them", least=0, most=99)
    review_on = NhsDateField(label="Review date", required=False)
    reports_to = forms.ModelChoiceField(
        label="Group above this one",
        queryset=Body.objects.none(),
        required=False,
        empty_label="No other group here",
        help_text="It approves the terms of reference.",
        error_messages={"invalid_choice": "Choose one of the groups on the list"},
    )
    nhs = {"peer_share": {"suffix": "%"}}  # noqa: RUF012

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        super().__init__(*args, **options)
        above = self.fields["reports_to"]
        above.queryset = Body.objects.alive().exclude(pk=body.pk).exclude(kind=Body.Kind.NETWORK)
        above.label_from_instance = lambda each: each.name
        if body.kind == Body.Kind.STEERING:
            del self.fields["reports_to"]

    def settings(self) -> BodySettings:
        return BodySettings(**{"reports_to": None} | self.cleaned_data)

    def clean_review_on(self) -> dt.date | None:
        day = self.cleaned_data["review_on"]
        if day and not 2000 <= day.year < 2200:
            raise forms.ValidationError("Check the year of the review date")
        return day


class MoveForm(forms.Form):
    """Why a body is started, paused or closed; for a merger also into which other. `step` says what was pressed."""

    into = forms.ModelChoiceField(
        label="Which group does it become part of?",
        queryset=Body.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the group that this one becomes part of",
            "invalid_choice": "Choose one of the groups on the list",
        },
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Everyone who can see this group can read this. Do not name anyone.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give a reason", "max_length": "The reason can have up to 500 characters"},
    )

    def __init__(self, *args: Any, body: Body, move: str, **options: Any) -> None:
        super().__init__(*args, **options)
        others = self.fields["into"]
        others.queryset = Body.objects.task_groups().alive().exclude(pk=body.pk)
        others.label_from_instance = lambda each: each.name
        if move != "merge":
            del self.fields["into"]

    @property
    def is_confirmed(self) -> bool:
        return self.data.get("step") == "confirm"

    @property
    def is_to_change(self) -> bool:
        return self.data.get("step") == "change"
