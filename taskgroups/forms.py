"""What is asked of someone who wants to join, and of whoever answers."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import CheckedForm, OnceForm
from governance.forms.bodies import name_field
from taskgroups.models import EVERY_STAGE, STAGES, Remit


class JoinForm(CheckedForm):
    """One optional line."""

    line = forms.CharField(
        label="Is there anything you would like to say?",
        help_text="You do not have to. The co-leads of the group will read it.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "What you write can have up to 500 characters"},
    )


class RemitForm(forms.Form):
    """What a group is for, and what people should know before they ask to join."""

    stage_key = forms.TypedChoiceField(
        label="Which stage of the project does it work on?",
        choices=[*((str(key), f"Stage {key}: {name}") for key, name in STAGES.items()), ("every", EVERY_STAGE)],
        coerce=lambda key: None if key == "every" else int(key),
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a stage", "invalid_choice": "Choose one of the answers"},
    )
    does = forms.CharField(
        label="What does the group do?",
        help_text="One or two sentences in plain words. Everyone who logs in can read this.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what the group does", "max_length": "This can have up to 600 characters"},
    )
    time_asked = forms.CharField(
        label="How much time does it take?",
        max_length=200,
        error_messages={
            "required": "Say how much time it takes",
            "max_length": "How much time it takes can have up to 200 characters",
        },
    )
    paid = forms.CharField(
        label="What is paid?",
        help_text="Fares, other costs, and payment for time.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say what is paid",
            "max_length": "What is paid can have up to 300 characters",
        },
    )

    def remit(self) -> dict[str, Any]:
        """The answers, as the services take them."""
        return {name: self.cleaned_data[name] for name in ("stage_key", "does", "time_asked", "paid")}

    @staticmethod
    def values_of(remit: Remit | None) -> dict[str, Any]:
        """What stands now, to start a change from."""
        if remit is None:
            return {}
        stage = "every" if remit.stage_key is None else str(remit.stage_key)
        return {"stage_key": stage, "does": remit.does, "time_asked": remit.time_asked, "paid": remit.paid}


class NewGroupForm(RemitForm, OnceForm):
    name = name_field()
    field_order = ("form_key", "name", "stage_key", "does", "time_asked", "paid")


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="Why not this time?",
        help_text="The person will read this. Say what they can do next, if there is something.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give a reason", "max_length": "The reason can have up to 500 characters"},
    )
    nhs = {"reason": {"size": "m"}}
