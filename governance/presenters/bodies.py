"""What the pages about a body itself show: how it is set up, what a move would end, who holds its offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core import clock
from core.permissions import can
from core.said import nhs_date
from governance.balance import balances
from governance.models import Body, BodyMove, Office, Side, Term
from governance.people import members_of
from governance.permissions import CHANGE_SETTINGS, GIVE_OFFICES, MOVE_BODY
from governance.presenters.words import office_words
from governance.quorum import out_of_reach
from governance.workflows import BODY, ENDED

#: The move, and what its button says.
BUTTONS = {
    "start": "Start this group",
    "pause": "Pause this group",
    "resume": "Start this group again",
    "close": "Close this group",
    "merge": "Merge this group into another",
}


@dataclass(frozen=True)
class SettingsPage:
    """`rows` are for a summary list; `moves` those that can be made now, with the words of their buttons."""

    body: Body
    rows: list[tuple[str, str]]
    share_warning: str
    out_of_reach: str
    may_change: bool
    moves: list[tuple[str, str]]
    past_moves: list[BodyMove]


def settings_page(body: Body, person: Any) -> SettingsPage:
    """How `body` is set up. Four queries."""
    balance = balances([body])[body.pk]
    return SettingsPage(
        body=body,
        rows=_rows(body),
        share_warning=balance.share_warning,
        out_of_reach=out_of_reach(body, balance),
        may_change=can(person, CHANGE_SETTINGS, body) and not body.has_ended,
        moves=moves_open_to(body, person),
        past_moves=list(body.moves.order_by("-at", "-pk")),
    )


def _rows(body: Body) -> list[tuple[str, str]]:
    most = body.terms_in_a_row
    share = body.wanted_peer_share
    return [
        ("Name", body.name),
        ("Where it stands", _state_words(body)),
        ("How long a term is", "1 year" if body.term_years == 1 else f"{body.term_years} years"),
        ("Terms one after another", f"{most} at most" if most else "As many as people like"),
        ("Least share of seats for peers", f"{share}%" if share else "None"),
        ("How many must come to decide", quorum_words(body)),
        ("Review date", nhs_date(body.review_on) or "None yet"),
        ("Reports to", body.reports_to.name if body.reports_to else "No other group here"),
    ]


def _state_words(body: Body) -> str:
    if body.merged_into:
        return f"Merged into {body.merged_into.name}"
    return str(body.get_state_display())


def quorum_words(body: Body) -> str:
    """ "5 people, at least 2 of them peers and 2 staff"."""
    if not body.quorum_total:
        return "Not said yet"
    return f"{body.quorum_total} people, at least {body.quorum_peer} of them peers and {body.quorum_staff} staff"


def moves_open_to(body: Body, person: Any) -> list[tuple[str, str]]:
    """Moves that `person` can make with `body` from where it stands. Only Task Groups close or merge. No query."""
    if not can(person, MOVE_BODY, body):
        return []
    return [
        (each.name, BUTTONS[each.name])
        for each in BODY
        if BODY.allows(body, each.name) and (body.kind == Body.Kind.TASK_GROUP or each.target not in ENDED)
    ]


@dataclass(frozen=True)
class WhatEnds:
    """How many people's seats and offices end today when a body closes."""

    people: int
    to_come: int
    offices: int


def what_ends(body: Body) -> WhatEnds:
    """Three counts."""
    today = clock.today()
    return WhatEnds(
        people=Term.objects.on(today).filter(body=body).count(),
        to_come=Term.objects.filter(body=body, starts_on__gt=today).count(),
        offices=Office.objects.filter(body=body, until_on=None).count(),
    )


@dataclass(frozen=True)
class OfficeRow:
    """One office. `holder` is None where nobody holds it, and `name` empty for those who may not know who does."""

    kind: str
    side: str
    words: str
    name: str
    holder: Office | None


@dataclass(frozen=True)
class OfficesPage:
    body: Body
    rows: list[OfficeRow]
    may_give: bool


def offices_page(body: Body, person: Any) -> OfficesPage:
    """The two who lead, the secretary and the deputies, for those who may know who they are. Two queries."""
    held = list(Office.objects.filter(body=body, until_on=None).select_related("person").order_by("kind", "side"))
    sitting = {person.pk: side for person, side in members_of([body.pk])}
    rows = []
    for kind in Office.Kind:
        sides: list[Side | None] = [*Side] if kind == Office.Kind.CO_LEAD else [None]
        for side in sides:
            of_kind = [each for each in held if each.kind == kind and (side is None or each.side == side)]
            standing = [each for each in of_kind if kind != Office.Kind.CO_LEAD or sitting.get(each.person_id) == side]
            rows += [_office_row(body, kind, side, each) for each in standing] or [_office_row(body, kind, side, None)]
    return OfficesPage(body, rows, may_give=can(person, GIVE_OFFICES, body) and not body.has_ended)


def _office_row(body: Body, kind: Office.Kind, side: Side | None, holder: Office | None) -> OfficeRow:
    words = office_words(body, kind)
    name = holder.person.name if holder else ""
    side = Side(holder.side) if holder else side
    return OfficeRow(kind, side or "", f"{words} ({side.label.lower()} side)" if side else words, name, holder)
