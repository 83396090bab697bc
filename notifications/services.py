"""Post a message: a row, in the transaction of the act that caused it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models

from core import clock
from notifications.kinds import Kind
from notifications.models import Message


def post(*, kind: Kind, recipients: Iterable[Any], occasion: str, about: models.Model | None = None, facts: dict[str, Any] | None = None) -> int:
    """Post one message to each of `recipients` (people who log in). Told already means not told again.

    `occasion` names this happening, and is unique with kind, recipient and channel. `facts` must match `kind.facts`.
    Returns how many rows were asked for. Must be called inside the transaction of the act.
    Raises TypeError for facts that do not match.
    """
    _check(kind, facts or {})
    rows = [_row(kind, occasion, about, facts, recipient=person) for person in _once(recipients)]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def _once(people: Iterable[Any]) -> list[Any]:
    return list({person.pk: person for person in people}.values())


def _check(kind: Kind, facts: dict[str, Any]) -> None:
    if set(facts) != set(kind.facts):
        raise TypeError(f"{kind.name} takes the facts {sorted(kind.facts)}, not {sorted(facts)}.")
    for name, wanted in kind.facts.items():
        if not isinstance(facts[name], wanted):
            raise TypeError(f"{kind.name}: the fact {name} must be {wanted.__name__}.")


def _row(kind: Kind, occasion: str, about: models.Model | None, facts: dict[str, Any] | None, **to: Any) -> Message:
    now = clock.now()
    return Message(
        kind=kind.name,
        lane=kind.lane,
        occasion=occasion,
        about_type=about._meta.label if about else "",
        about_id=str(about.pk) if about else "",
        facts=facts or {},
        posted_at=now,
        due_at=now,
        expires_at=now + (kind.lasts if kind.lasts else dt.timedelta(days=7)),
        **to,
    )
