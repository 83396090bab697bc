"""The person to call, on every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from helplines.reading import person_to_call as named_person


def person_to_call(request: HttpRequest) -> dict[str, Any]:
    """The named person for ordinary questions, read only when a template asks."""
    return {"person_to_call": named_person}
