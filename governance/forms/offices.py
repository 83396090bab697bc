"""Who co-leads a body, and who is its secretary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import Person
from governance.forms.seats import AddressForm
from governance.models import Side


class CoLeadForm(forms.Form):
    """One of those who sit there: their seat says for which side."""

    person = forms.ChoiceField(
        label="Who?",
        help_text="The two who lead are one peer and one member of staff. Each sits in the group.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a person", "invalid_choice": "Choose one of the people on the list"},
    )

    def __init__(self, *args: Any, sitting: Iterable[tuple[Person, Side]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sitting = {str(person.pk): (person, side) for person, side in sitting}
        self.fields["person"].choices = [
            (key, f"{person.name} ({side.label.lower()})") for key, (person, side) in self.sitting.items()
        ]

    @property
    def nobody_to_choose(self) -> bool:
        return not self.sitting

    def chosen(self) -> tuple[Person, Side]:
        return self.sitting[self.cleaned_data["person"]]


class SecretaryForm(AddressForm):
    """Anybody with an account. A secretary may serve without a seat, so their side is asked."""

    side = forms.ChoiceField(
        label="Which side are they from?",
        choices=Side.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a side", "invalid_choice": "Choose one of the answers"},
    )

    def chosen(self) -> tuple[Person, Side]:
        return self.who(), Side(self.cleaned_data["side"])
