"""What someone typed, as rows to check before it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models

from core.said import nhs_date


def rows_of(form: forms.BaseForm) -> list[dict[str, Any]]:
    """The rows of a summary list: each question with its answer, in the order of the form. Needs a valid form."""
    return [_row(field.label, _words(form, field.name)) for field in form.visible_fields()]


def _row(label: Any, words: str) -> dict[str, Any]:
    return {"key": {"text": label}, "value": {"text": words}}


def _words(form: forms.BaseForm, name: str) -> str:
    value, field = form.cleaned_data.get(name), form.fields[name]
    if value is None or value == "":
        return "Not provided"
    if isinstance(value, dt.date):
        return nhs_date(value)
    if isinstance(value, models.Model):
        return str(field.label_from_instance(value))  # type: ignore[attr-defined]
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices)[value])  # type: ignore[arg-type]
    return str(value)


#: What a form carries beside the answers: never sent on with them.
BESIDE = frozenset({"csrfmiddlewaretoken", "kept_for", "confirm", "change", "step"})


def typed_in(data: Mapping[str, str]) -> list[tuple[str, str]]:
    """(name, value) of every answer as it was sent, to be sent again when it is confirmed."""
    return [(name, value) for name, value in data.items() if name not in BESIDE]
