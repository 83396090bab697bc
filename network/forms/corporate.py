"""Corporate Services: who speaks for a function, and whom they nominate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F

from accounts.models import Person
from core.forms import OnceForm
from governance.models import Function, Seat
from network.forms.checked import CheckedForm
from network.models import FunctionLead
from network.services.corporate import empty_function_seats

ADDRESS = {
    "required": "Enter their email address",
    "invalid": "Enter an email address in the correct format, like name@example.com",
    "max_length": "The email address can have up to 254 characters",
}


class LeadForm(OnceForm):
    """Who speaks for a function from now on."""

    function = forms.ChoiceField(
        label="Part of Corporate Services",
        choices=Function.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a part of Corporate Services", "invalid_choice": "Choose from the list"},
    )
    email = forms.EmailField(
        label="Their email address", help_text="The one they log in with.", max_length=254, error_messages=ADDRESS
    )

    def said(self) -> dict[str, Any]:
        """Values for `name_lead`."""
        return self.cleaned_data | {"function": Function(self.cleaned_data["function"])}


class SeatChoice(forms.ModelChoiceField):
    def label_from_instance(self, seat: Seat) -> str:  # type: ignore[override]
        return f"{seat.body.name} ({seat.get_function_display()})"


class NominateForm(CheckedForm):
    """An empty seat of a function that the person speaks for, and who is to have it."""

    seat = SeatChoice(
        Seat.objects.none(),
        label="Which seat?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a seat", "invalid_choice": "Choose a seat from the list"},
    )
    email = forms.EmailField(
        label="Email address of the person you nominate",
        help_text="Their work address, exactly.",
        max_length=254,
        error_messages=ADDRESS,
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        led = FunctionLead.objects.current().filter(person=person).values("function")
        seats = empty_function_seats().filter(function__in=led).select_related("body")
        self.fields["seat"].queryset = seats.order_by(F("body__name"), "function", "pk")

    @property
    def has_seats(self) -> bool:
        """Whether there is any to choose."""
        return bool(self.fields["seat"].choices)
