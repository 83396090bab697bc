"""Forms of the admin sites, in the words and boxes of the NHS design system."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from core.errors import Refused
from core.forms import NhsDateField


class PlainModelForm(forms.ModelForm):
    """A form whose database constraints speak under the field that they are about.

    A constraint names its field in `violation_error_code` as `field:<name>`. `refusal` is what a service said when
    these same answers were handed to it. `kept` is what the person sent from this page after their session had run out.
    """

    refusal: Refused | None = None
    kept: dict[str, Any] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.kept and not self.is_bound:
            for name, field in self.fields.items():
                self.initial[name] = field.widget.value_from_datadict(self.kept, {}, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refusal:
            self.add_error(self.refusal.field if self.refusal.field in self.fields else None, self.refusal.message)
        return cleaned

    def _update_errors(self, errors: ValidationError) -> None:
        unplaced = errors.error_dict.pop(NON_FIELD_ERRORS, []) if hasattr(errors, "error_dict") else []
        for error in unplaced:
            field = str(error.code).removeprefix("field:")
            errors.error_dict.setdefault(field if field in self.fields else NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(errors)  # type: ignore[misc] # Django's own, which the stubs leave out


#: As many digits as the number of a row may have.
LONGEST_ID = 18


def row_number(text: str) -> int:
    """The number of a row that an address or a box names; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else 0


class ByNumberField(forms.ModelChoiceField):
    """Names a row by the number people know it by. Nothing is suggested, so nothing can be leafed through."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> models.Model | None:
        return super().to_python(value.replace("\0", "").strip() if isinstance(value, str) else value)


def plain_field(db_field: models.Field, **more: Any) -> forms.Field | None:
    """The form field for a column: dates in three boxes, no scripted widget, errors in plain words."""
    name = str(db_field.verbose_name)
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        more.setdefault("form_class", NhsDateField)
        more.setdefault("error_messages", {"required": f"Enter the {name}"})
    elif db_field.choices:
        more.setdefault(
            "error_messages", {"required": f"Choose the {name}", "invalid_choice": "Choose one from the list"}
        )
    else:
        more.setdefault("error_messages", {"required": f"Enter the {name}", "invalid": f"Enter the {name} as a number"})
    field: Any = db_field.formfield(**more)
    if db_field.choices and field is not None and not field.choices[0][0]:
        field.choices = [("", "Choose one"), *field.choices[1:]]
    return field
