"""Small helpers that keep views thin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.context import settings_words
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


def render_always(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page; if the database is away, the same page as someone not logged in sees it."""
    try:
        return render(request, template, context, status=status)
    except DatabaseError:
        return render_without_database(request, template, context, status=status)


def render_without_database(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page without asking who is there: no session, no person, no query."""
    words = {**settings_words(request), **context}
    return HttpResponse(render_to_string(template, words), status=status)
