"""A form sent twice makes one thing."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from core.errors import Refused

Row = TypeVar("Row", bound=models.Model)


def first_result(rows: models.QuerySet[Row] | models.Manager[Row], form_key: UUID, **mine: Any) -> Row | None:
    """What the form with this key made before, or None if it made nothing yet.

    `mine` says whose and what about it must be. Raises `Refused` when the key made something else: a page that was
    copied, or changed on its way.
    """
    first = rows.filter(form_key=form_key).first()
    if first is not None and any(getattr(first, name) != value for name, value in mine.items()):
        raise Refused("This page has been used already. Open it again and fill it in once more.")
    return first
