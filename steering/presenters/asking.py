"""The answers to the questions about a consultation, as a summary list."""

from __future__ import annotations

from typing import Any

from django import forms

from core.said import nhs_date


def answers_to_check(form: forms.Form) -> list[dict[str, Any]]:
    """Rows of a summary list, one for each question, in words."""
    return [
        {"key": {"text": field.label}, "value": {"text": _in_words(field, form.cleaned_data[field.name])}}
        for field in form.visible_fields()
    ]


def _in_words(field: forms.BoundField, value: Any) -> str:
    if field.name == "bodies":
        return ", ".join(body.name for body in value)
    if field.name == "closes_on":
        return f"The end of {nhs_date(value, weekday=True)}"
    return str(dict(getattr(field.field, "choices", ())).get(value, value))
