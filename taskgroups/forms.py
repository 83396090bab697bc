"""What is asked of someone who wants to join, and of whoever answers."""

from __future__ import annotations

from django import forms

from core.forms import CheckedForm


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


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="Why not this time?",
        help_text="The person will read this. Say what they can do next, if there is something.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give a reason", "max_length": "The reason can have up to 500 characters"},
    )
    nhs = {"reason": {"size": "m"}}
