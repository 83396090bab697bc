"""What the pages of an import show, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from workforce.esr.columns import LABELS
from workforce.esr.held import LISTS, field_of
from workforce.esr.workflows import State
from workforce.models import Difference, EsrImport, Occupancy, Position, ReferenceValue
from workforce.presenters import NOT_SET, value_said

PER_PAGE = 50
#: Of a number that went with an entry that was struck out.
NOT_SHOWN = "not shown"
START = Difference.Kind.START
DECISION = Difference.State
TABS = {
    DECISION.OPEN.value: "To decide",
    DECISION.ACCEPTED.value: "Accepted",
    DECISION.LEFT.value: "Left as they were",
    DECISION.STALE.value: "Not saved, changed meanwhile",
    DECISION.UNDONE.value: "Undone",
    DECISION.KEPT.value: "Not undone, changed since",
    "problems": "Lines left out",
    "absent": "Not in the file",
}
#: Shown even when there is nothing in them.
ALWAYS = {DECISION.OPEN.value, "problems", "absent"}


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    count: int
    is_here: bool


@dataclass(frozen=True)
class Shown:
    """A difference in words."""

    pk: int
    line: int
    number: str
    assignment: str
    what: str
    before: str
    after: str


def tabs_of(run: EsrImport, wanted: str) -> list[Tab]:
    """The parts of what was found, each with its count. Three queries."""
    counts: dict[str, int] = dict.fromkeys(TABS, 0)
    counts |= dict(run.differences.order_by().values_list("state").annotate(Count("pk")))
    counts |= {"problems": run.problems.count(), "absent": run.absences.count()}
    shown = [key for key in TABS if counts[key] or (key in ALWAYS and run.state in (State.READY, State.DONE))]
    first = _first(run, shown)
    here = wanted if wanted in shown else first
    return [Tab(key, TABS[key], counts[key], key == here) for key in shown]


def _first(run: EsrImport, shown: list[str]) -> str:
    """What matters most: after an undoing, what could not be undone."""
    order = [DECISION.KEPT.value, DECISION.OPEN.value] if run.undone_at else [DECISION.OPEN.value]
    return next((key for key in order if key in shown), shown[0] if shown else "")


def page_of(run: EsrImport, tab: str, number: str) -> Page:
    """The rows of one part, a page at a time."""
    rows: QuerySet[Any]
    if tab == "problems":
        rows = run.problems.all()
    elif tab == "absent":
        rows = Occupancy.objects.filter(pk__in=run.absences.values("occupancy"))
        rows = rows.select_related("position", "worker").order_by("position__number", "pk")
    else:
        rows = run.differences.filter(state=tab)
    page = Paginator(rows, PER_PAGE).get_page(number)
    if tab not in ("problems", "absent"):
        page.object_list = list(_in_words(page.object_list))
    return page


def _in_words(rows: Iterable[Difference]) -> Iterable[Shown]:
    entries = {entry.pk: str(entry) for entry in ReferenceValue.objects.all()}
    for row in rows:
        common = (row.pk, row.line, row.number or NOT_SHOWN, row.assignment or NOT_SHOWN)
        if row.kind == START:
            yield Shown(*common, "Starts in this post", "Not held", _start_said(row.after or {}))
        else:
            values = (_said(entries, row.kind, row.field, value) for value in (row.before, row.after))
            yield Shown(*common, LABELS.get(row.field, row.field), *values)


def _said(entries: dict[int, str], kind: str, name: str, value: Any) -> str:
    if value is None:
        return NOT_SET
    if name in LISTS:
        return entries.get(value, NOT_SET)
    field: Any = field_of(kind, name)
    return value_said(field, field.to_python(value))


def _start_said(after: dict[str, Any]) -> str:
    """A new holder in one sentence: who, from when, on what contract; and what else is new."""
    occupancy, position, worker = after["occupancy"], after["position"], after["worker"]
    parts = [
        f"{worker['first_name']} {worker['last_name']}" if worker else f"Employee {after['numbers'][1]}",
        f"from {_said({}, 'occupancy', 'starts_on', occupancy['starts_on'])}",
        _said({}, "occupancy", "contract", occupancy["contract"]).lower(),
        f"{occupancy['hours']} hours a week",
    ]
    if position:
        band = dict(Position.Band.choices).get(position["band"], "")
        parts.append(f"in a new post: {position['title']}, band {band}, {position['team']}")
    return ", ".join(parts)
