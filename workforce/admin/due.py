"""One page with everything that is due. A reminder leads here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from workforce import due
from workforce.admin.base import Link, site
from workforce.admin.pages import hr_page, show
from workforce.models import Occupancy, Position, Reminded, Vacancy
from workforce.permissions import READ_ROLE_RECORDS

#: More than this of one kind are on the list of that kind, page by page.
LISTED = 20

#: Heading, what to do, and the saved view with all of them, for each kind in the order of `due.ALL`.
SAID: dict[Reminded.Kind, tuple[str, str, type[Any], str]] = {
    Reminded.Kind.PROBATION: ("Probation ends", "Say how it ended, or give it a new last day.", Occupancy, "probation"),
    Reminded.Kind.REVIEW: ("Reviews of people", "Hold the review, then enter the next date.", Occupancy, "review"),
    Reminded.Kind.ROLE_REVIEW: ("Reviews of roles", "Look at the role, then enter the next date.", Position, "review"),
    Reminded.Kind.ENDING: ("Fixed terms that end in 6 months", "Talk about what comes after.", Occupancy, "ending"),
    Reminded.Kind.CHECKS: ("Checks slower than 4 weeks", "Ask what holds them up.", Vacancy, "slow"),
    Reminded.Kind.UNSUPERVISED: (
        "No peer supervisor",
        "Find somebody, and enter their name.",
        Occupancy,
        "unsupervised",
    ),
}


@dataclass(frozen=True)
class Line:
    """What is due, where it is changed, and by when."""

    link: Link
    day: dt.date


@dataclass(frozen=True)
class Part:
    """One kind of what is due. `all_url` leads to the whole list, or is "" when it stands here."""

    heading: str
    says: str
    by: str
    lines: list[Line]
    all_url: str


@hr_page(site, "due/", "due", permission=READ_ROLE_RECORDS)
def what_is_due(request: HttpRequest) -> HttpResponse:
    parts = [part for each in due.ALL if (part := _part(each)) is not None]
    return show(request, site, "workforce/due.html", "What is due", {"parts": parts, "listed": LISTED})


def _part(each: due.Due) -> Part | None:
    rows = list(each.rows()[: LISTED + 1])
    if not rows:
        return None
    heading, says, model, view = SAID[each.kind]
    kind: Any = site.get_model_admin(model)
    lines = [
        Line(Link(kind.heading_of(row), kind.address("change", row.pk), _post(row)), each.day(row))
        for row in rows[:LISTED]
    ]
    all_url = f"{kind.address('changelist')}?view={view}" if len(rows) > LISTED else ""
    return Part(heading, says, "Without since" if each.kind == Reminded.Kind.UNSUPERVISED else "Due", lines, all_url)


def _post(row: Any) -> str:
    position = row if isinstance(row, Position) else row.position
    return f"{position.number}, {position.team}"
