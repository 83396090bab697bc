"""The form for one help contact."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import NhsDateField
from helplines.models import HelpContact


class ContactForm(forms.Form):
    kind = forms.ChoiceField(label="When is it for?", choices=HelpContact.Kind, widget=forms.RadioSelect)
    name = forms.CharField(label="What it is", max_length=80)
    how = forms.CharField(
        label="How to reach it", max_length=120, help_text="For example, call 999, or text SHOUT to 85258."
    )
    phone = forms.CharField(
        label="Number to dial",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20"}),
        help_text="Numbers and spaces only. Leave it empty if people do not ring.",
    )
    hours = forms.CharField(label="When it answers", max_length=120, required=False)
    rank = forms.IntegerField(
        label="Place in the list", min_value=0, max_value=999, initial=60, help_text="The lowest number comes first."
    )
    review_on = NhsDateField(
        label="When will you check it again?",
        required=False,
        help_text="If you leave this empty, we set 6 months from today.",
    )

    @classmethod
    def of(cls, contact: HelpContact, data: Any = None) -> ContactForm:
        """A form filled with what `contact` says now."""
        names = ("kind", "name", "how", "phone", "hours", "rank")
        return cls(data, initial={name: getattr(contact, name) for name in names})

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        if not all(sign.isdigit() or sign in " +" for sign in phone):
            raise forms.ValidationError("The number to dial must be numbers and spaces only.")
        return phone
