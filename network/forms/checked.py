"""Forms that are read once more on a page of their own before they are sent."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Person
from core.forms import OnceForm


class CheckedForm(OnceForm):
    """`step` says which button was pressed: go on to the check page, send, or change what was given."""

    @property
    def is_to_send(self) -> bool:
        """Whole, and confirmed on the check page."""
        return self.is_valid() and self.data.get("step") == "send"

    @property
    def is_to_check(self) -> bool:
        """Whole, and neither sent nor to be changed: what the check page shows."""
        return self.is_valid() and self.data.get("step") != "change"


class PersonChoice(forms.ModelChoiceField):
    """One of a list of people, by the name they show."""

    def __init__(self, queryset: Any, *, missing: str, **options: Any) -> None:
        options.setdefault("empty_label", "Choose a name")
        options["error_messages"] = {"required": missing, "invalid_choice": missing}
        super().__init__(queryset, **options)

    def label_from_instance(self, person: Person) -> str:  # type: ignore[override]
        return person.name


class PersonAndAddressChoice(PersonChoice):
    """For those who keep the list: two people may have one name."""

    def label_from_instance(self, person: Person) -> str:  # type: ignore[override]
        return f"{person.name} ({person.email})"
