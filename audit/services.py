"""Write to the logs. Both refuse to record nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from audit.models import AuditEntry, Look
from core import clock


def record(*, actor: Any, verb: str, about: models.Model, system: str = "", **facts: Any) -> AuditEntry:
    """Record that `actor` did `verb` (past tense, "room.did_something") to `about`.

    `facts` must be JSON: ids, counts, ISO dates, hashes; never names or free text. For an act of the system
    pass `actor=None` and name the act in `system`.
    Raises ValueError when neither an actor nor a system act is named.
    """
    if (actor is None) == (not system):
        raise ValueError("An audit entry names an actor, or else a system act.")
    return AuditEntry.objects.create(
        at=clock.now(),
        actor=actor,
        system=system,
        verb=verb,
        about_type=about._meta.label,
        about_id=str(about.pk),
        facts=facts,
    )


def record_each(*, actor: Any, verb: str, about: Iterable[models.Model]) -> None:
    """Record that `actor` did `verb` to each of many rows, in few queries. Raises ValueError when nobody is named."""
    if actor is None:
        raise ValueError("An audit entry names an actor.")
    at = clock.now()
    AuditEntry.objects.bulk_create(
        (AuditEntry(at=at, actor=actor, verb=verb, about_type=row._meta.label, about_id=str(row.pk)) for row in about),
        batch_size=500,
    )


def record_look(*, actor: Any, what: str, about: models.Model, reason: str = "") -> Look:
    """Record that `actor` looked at, or exported, something sensitive about `about`."""
    return Look.objects.create(
        at=clock.now(), actor=actor, what=what, about_type=about._meta.label, about_id=str(about.pk), reason=reason
    )


def entries_about(*rows: models.Model) -> models.QuerySet[AuditEntry]:
    """The entries about any of `rows`, oldest first, with their actors. However many rows, one query."""
    ids: dict[str, list[str]] = {}
    for row in rows:
        ids.setdefault(row._meta.label, []).append(str(row.pk))
    wanted = models.Q(pk__in=[])
    for label, keys in ids.items():
        wanted |= models.Q(about_type=label, about_id__in=keys)
    return AuditEntry.objects.filter(wanted).select_related("actor")
