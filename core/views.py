"""Small helpers that keep views thin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from core.errors import Refused

Result = TypeVar("Result")


def attempt(form: forms.Form, verb: Callable[[], Result]) -> Result | None:
    """Call a service for a bound, valid form. A refusal becomes the form's error, and the answer is None.

    What the person typed stays in the form, because nothing but the error is added to it.
    """
    try:
        return verb()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
