"""What imports of ESR files keep of a record that is struck out goes with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q

from workforce.esr.held import MODELS
from workforce.models import Difference, Occupancy, Problem

STRUCK, START = Difference.State.STRUCK, Difference.Kind.START


def forget(rows: Iterable[Model]) -> list[dict[str, Any]]:
    """Take every difference and problem about these rows out of every import, and give what it said.

    A person of a file who was never brought in is told by the assignment number; so are the lines that were left out.
    Where an import made a post or a worker that stays, its difference is emptied of words and kept: undoing the import
    still finds what it made. Call inside a transaction. Raises OperationalError when somebody is deciding on one.
    """
    pks = {kind: {row.pk for row in rows if type(row) is model} for kind, model in MODELS.items()}
    about, made = Q(pk__in=[]), Q(pk__in=[])
    for kind, some in pks.items():
        about |= Q(kind=kind, record__in=some)
        made |= Q(kind=START, **{f"made__{kind}__in": sorted(some)})
    assignments = [row.assignment_number for row in rows if isinstance(row, Occupancy) and row.assignment_number]
    new = Q(kind=START, assignment__in=assignments)
    found = list(Difference.objects.select_for_update(nowait=True).filter(about | made | new).order_by("pk"))
    problems = list(Problem.objects.select_for_update(nowait=True).filter(assignment__in=assignments).order_by("pk"))
    said = [_said(each) for each in [*found, *problems]]
    for each in found:
        each.made = {name: pk for name, pk in each.made.items() if pk not in pks[name]}
    stays = [each for each in found if each.made]
    for each in stays:
        each.state, each.before, each.after, each.number, each.assignment = STRUCK, None, None, "", ""
    Difference.objects.bulk_update(stays, ["state", "before", "after", "number", "assignment", "made"])
    Difference.objects.filter(pk__in=[each.pk for each in found if not each.made]).delete()
    Problem.objects.filter(pk__in=[each.pk for each in problems]).delete()
    return said


def _said(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
