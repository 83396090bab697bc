"""What is wrong with a field, in the words of the NHS content guide.

A form's own words stand as they are; only Django's stock phrases are said again more plainly.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField


def first_error(field: BoundField) -> str:
    """The one error to show for a field: the same words beside it and in the summary."""
    error = field.errors.as_data()[0]
    if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
        return _required(field)
    if error.code == "max_length" and "max_length" not in field.field.error_messages and error.params:
        return _too_long(field, error)
    if error.code == "invalid" and isinstance(field.field, forms.EmailField):
        return "Enter an email address in the correct format, like name@example.com"
    return str(error.messages[0])


def _required(field: BoundField) -> str:
    widget = field.field.widget
    label = str(field.label).removesuffix("?")
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick the box to say: {label}"
    if isinstance(widget, forms.FileInput):
        return "Choose a file"
    chooses = isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple)
    if str(field.label).endswith("?"):
        return "Choose an answer" if chooses else "Write an answer"
    return f"{'Choose' if chooses else 'Enter'} {_mid_sentence(label)}"


def _mid_sentence(label: str) -> str:
    """Small first letter, unless the first word is a name or letters said one by one."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _too_long(field: BoundField, error: ValidationError) -> str:
    params = error.params or {}
    limit, written = params["limit_value"], params["show_value"]
    return f"{field.label} must be {limit:,} characters or fewer. You have written {written:,}."
