"""What belongs to a record, read from the models: which rows go with it, and which hold it where it is.

A foreign key to a record says which by its `on_delete`: CASCADE goes with the record, PROTECT stands in the way, and
SET_NULL lets go of it and stays. The history points without holding. Nobody calls `delete()` on a record: see
`services.striking`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac

from workforce.models import Adjustments, Check, Dbs, Recorded, WellbeingPlan, WorkHealth

#: Nobody learns from the page of another record whether there is one of these.
SENSITIVE: tuple[Any, ...] = (WorkHealth, Dbs, Adjustments, WellbeingPlan)


def keys_to(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys of other tables that hold on to rows of this one."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_from_elsewhere = relation.auto_created and not relation.concrete
        if is_from_elsewhere and (relation.one_to_many or relation.one_to_one):
            field: Any = relation.field  # type: ignore[union-attr] # a relation from elsewhere has one
            if field.db_constraint:
                yield field


def goes_with(record: models.Model) -> list[models.Model]:
    """Every row that goes when this one goes, and this one last: no row comes after one that it points to.

    Each is taken for the length of the transaction, without waiting for one that somebody else has: call it with the
    record itself locked. Raises OperationalError when a row is taken.
    """
    return [*_below([record], lambda model, rows: rows.select_for_update(nowait=True)), record]


def told_with(record: models.Model) -> list[models.Model]:
    """The same, of what a page about striking out names, and nothing is taken."""
    return [*_below([record], _to_tell), record]


def told(rows: list[models.Model]) -> list[models.Model]:
    """Those of `rows`, as `goes_with` gives them, that such a page names: always the record itself."""
    return [row for row in rows if row is rows[-1] or _is_told(type(row))]


def _is_told(model: type[models.Model]) -> bool:
    return issubclass(model, Recorded) and model not in SENSITIVE


def _to_tell(model: type[models.Model], rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    owners = [field.name for field in model._meta.concrete_fields if belongs_by(field)]
    return rows.select_related(*owners) if _is_told(model) else rows.none()


def belongs_by(field: Any) -> bool:
    """Whether a row goes with the one that this field of it names."""
    return field.remote_field is not None and field.remote_field.on_delete is models.CASCADE


def _below(rows: list[models.Model], read: Callable[..., models.QuerySet[Any]]) -> list[models.Model]:
    found: list[models.Model] = []
    for key in filter(belongs_by, keys_to(type(rows[0]))):
        below = list(read(key.model, key.model._base_manager.filter(**{f"{key.name}__in": rows}).order_by("pk")))
        if below:
            found += [*_below(below, read), *below]
    return found


def in_the_way(rows: Iterable[models.Model]) -> dict[type[models.Model], int]:
    """Rows that hold one of these where it is: how many, by their table."""
    found: dict[type[models.Model], int] = {}
    for key, some in _held_by(rows, models.PROTECT):
        count = key.model._base_manager.filter(**{f"{key.name}__in": some}).count()
        if count:
            found[key.model] = found.get(key.model, 0) + count
    return found


def let_go_of(rows: Iterable[models.Model]) -> None:
    """Rows that stay forget that they led to one of these, and so do their earlier states."""
    for key, some in _held_by(rows, models.SET_NULL):
        for kept in (key.model._base_manager, key.model.history):
            kept.filter(**{f"{key.name}__in": [row.pk for row in some]}).update(**{key.name: None})


def _held_by(rows: Iterable[models.Model], on_delete: Any) -> Iterator[tuple[Any, list[models.Model]]]:
    """The keys that hold these rows in that way, each with the rows of the table that it names."""
    for model, some in by_table(rows).items():
        for key in keys_to(model):
            if key.remote_field.on_delete is on_delete:
                yield key, some


def by_table(rows: Iterable[models.Model]) -> dict[type[models.Model], list[models.Model]]:
    """Rows by their table, the tables in the order in which they first come."""
    found: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found


def mark_of(rows: list[models.Model]) -> str:
    """Changes when any of these rows does, or when one comes or goes. For a form to bring back.

    Keyed, since a few guesses would find out what stands in some of the rows. What checks tell of health and of
    criminal records is left out where it is about more than that one check: whoever sees the mark may not know it. So
    that such a check of a vacancy changed is not seen.
    """
    values = [
        [row._meta.label, *(repr(field.to_python(getattr(row, field.attname))) for field in row._meta.concrete_fields)]
        for row in rows
        if len(rows) == 1 or not _tells_of_health(row)
    ]
    return salted_hmac("workforce.belonging.mark_of", repr(sorted(values)), algorithm="sha256").hexdigest()


def _tells_of_health(row: models.Model) -> bool:
    return isinstance(row, Check) and row.kind in Check.SENSITIVE
