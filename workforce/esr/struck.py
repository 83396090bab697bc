"""What imports of ESR files keep of a record that is struck out goes with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q

from workforce.esr.held import MODELS
from workforce.models import Difference, Occupancy, Position, Problem, Worker

STRUCK, START = Difference.State.STRUCK, Difference.Kind.START


def forget(rows: Iterable[Model]) -> list[dict[str, Any]]:
    """Take what every import says about these rows out of it, and give what it said.

    A person of a file who was never brought in is told by the assignment number or the employee number; so are the
    lines that were left out. What is about a row that stays is kept without the number of one that goes. Where an
    import made a post or a worker that stays, its difference is emptied of words and kept: undoing the import still
    finds what it made. Call inside a transaction. Raises OperationalError when somebody is deciding on one.
    """
    rows = list(rows)
    pks = {kind: {row.pk for row in rows if type(row) is model} for kind, model in MODELS.items()}
    posts = [row.number for row in rows if isinstance(row, Position)]
    found = _locked(Difference, _about(pks) | _new(rows, posts))
    assignments = {row.assignment_number for row in rows if isinstance(row, Occupancy)}
    assignments = (assignments | {each.assignment for each in found}) - {""}
    near = _locked(
        Difference,
        (Q(assignment__in=assignments) | Q(number__in=posts)) & ~Q(pk__in=[each.pk for each in found]),
    )
    problems = _locked(Problem, Q(assignment__in=assignments))
    said = [_said(each) for each in [*found, *near, *problems]]
    for each in near:
        each.assignment = "" if each.assignment in assignments else each.assignment
        each.number = "" if each.number in posts else each.number
    for each in found:
        each.made = {name: pk for name, pk in each.made.items() if pk not in pks[name]}
    stays = [each for each in found if each.made]
    for each in stays:
        each.state, each.before, each.after, each.number, each.assignment = STRUCK, None, None, "", ""
    Difference.objects.bulk_update(near, ["number", "assignment"])
    Difference.objects.bulk_update(stays, ["state", "before", "after", "number", "assignment", "made"])
    Difference.objects.filter(pk__in=[each.pk for each in found if not each.made]).delete()
    Problem.objects.filter(pk__in=[each.pk for each in problems]).delete()
    return said


def _about(pks: dict[str, set[int]]) -> Q:
    """Differences of these rows, and starts that made one of them."""
    about = Q(pk__in=[])
    for kind, some in pks.items():
        about |= Q(kind=kind, record__in=some) | Q(kind=START, **{f"made__{kind}__in": sorted(some)})
    return about


def _new(rows: list[Model], posts: list[str]) -> Q:
    """Starts that would bring in the same person, or somebody into the same post."""
    assignments = [row.assignment_number for row in rows if isinstance(row, Occupancy) and row.assignment_number]
    employees = [row.employee_number for row in rows if isinstance(row, Worker)]
    who = Q(assignment__in=assignments) | Q(after__numbers__1__in=employees) | Q(after__numbers__0__in=posts)
    return Q(kind=START) & who


def _locked(model: Any, which: Q) -> list[Any]:
    return list(model.objects.select_for_update(nowait=True).filter(which).order_by("pk"))


def _said(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
