"""The same records with every sensitive value another one: whoever may not read those must not see any difference.

This finds what no mark can: a yes or no, a count, an order, a filter that narrows by what it does not show.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator

from django.db import models, transaction

from tests.factories import workforce as make
from tests.leaks.fields import sensitive_fields
from tests.leaks.planting import Planted
from workforce.models import Adjustments, Check, Dbs, WellbeingPlan, WorkHealth

OTHER_DAY = dt.date(2020, 2, 2)
OTHERWISE: dict[type[models.Model], dict[str, object]] = {
    WorkHealth: {"status": "asked", "on": OTHER_DAY},
    Dbs: {"level": "basic", "is_cleared": False, "on": None},
    Adjustments: {"in_place": False, "review_on": OTHER_DAY},
    WellbeingPlan: {"status": "offered", "on": OTHER_DAY},
}
CHECKED_OTHERWISE = {"status": "referred", "on": OTHER_DAY, "checked_by": "Somebody Else"}


def not_twinned() -> list[str]:
    """Sensitive fields that no twin changes: there must be none. Whose record it is changes with the record."""
    changed = {f"{model.__name__}.{name}" for model, values in OTHERWISE.items() for name in [*values, "worker"]}
    return sorted(set(sensitive_fields()) ^ (changed | {f"Check.{name}" for name in CHECKED_OTHERWISE}))


@contextlib.contextmanager
def otherwise() -> Iterator[None]:
    """Every sensitive value another one, in the records and their histories; then as it was."""
    with transaction.atomic():
        for model, values in OTHERWISE.items():
            model.objects.update(**values)
            model.history.update(**values)  # type: ignore[attr-defined] # made by the history library
        Check.objects.filter(kind__in=Check.SENSITIVE).update(**CHECKED_OTHERWISE)
        Check.history.filter(kind__in=Check.SENSITIVE).update(**CHECKED_OTHERWISE)  # type: ignore[attr-defined]
        yield
        transaction.set_rollback(True)


@contextlib.contextmanager
def without() -> Iterator[None]:
    """No sensitive record at all; then as it was."""
    with transaction.atomic():
        for model in OTHERWISE:
            model.history.all().delete()  # type: ignore[attr-defined]
            model.objects.all()._raw_delete("default")
        yield
        transaction.set_rollback(True)


@contextlib.contextmanager
def many_more(here: Planted) -> Iterator[None]:
    """More of everything that HR holds, and other words in it: nobody outside HR may see any difference."""
    with transaction.atomic():
        for row in here.rows:
            if type(row).__name__ in ("Position", "Worker"):
                name = "team" if type(row).__name__ == "Position" else "last_name"
                type(row)._base_manager.filter(pk=row.pk).update(**{name: "Otherwise"})
        for _ in range(3):
            some = make.OccupancyFactory()
            make.DbsFactory(worker=some.worker)
            make.PeerTrainingFactory(worker=some.worker)
            make.VacancyFactory(position=some.position)
        yield
        transaction.set_rollback(True)
