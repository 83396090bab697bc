"""What every verb about a body does first; and how a body is begun and set up."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core.errors import Refused
from core.once import first_result
from governance.models import Body

LONGEST_TERM = 10


@dataclass(frozen=True)
class BodySettings:
    """What those who run a body may change. `most_terms` of 0 is as many as they like; `peer_share` is in a hundred."""

    name: str
    term_years: int
    most_terms: int
    peer_share: int
    quorum_total: int
    quorum_peer: int
    quorum_staff: int
    review_on: dt.date | None
    reports_to: Body | None


def locked(body: Body) -> Body:
    """The body's row, ours until the transaction ends. Raises `Refused` for a body that has closed or merged."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.has_ended:
        raise Refused("This group has closed.")
    return body


@transaction.atomic
def start_body(*, by: Person, name: str, reports_to: Body, form_key: UUID) -> Body:
    """Begin a Task Group, which is forming and has no seats yet. A repeated `form_key` gives the first one.

    Raises `Refused` for a name that another body has.
    """
    locked(reports_to)
    first = first_result(Body.objects.all(), form_key, kind=Body.Kind.TASK_GROUP, reports_to_id=reports_to.pk)
    if first:
        return first
    name = _clean_name(name)
    body = Body.objects.create(kind=Body.Kind.TASK_GROUP, name=name, reports_to=reports_to, form_key=form_key)
    record(actor=by, verb="governance.started_body", about=body, reports_to=str(reports_to.pk))
    return body


@transaction.atomic
def change_settings(*, by: Person, body: Body, settings: BodySettings) -> Body:
    """Set a body up anew. The same settings once more change nothing.

    Raises `Refused` for a quorum that does not add up, a name that another body has, numbers out of range, and a body
    above that is below this one, or has ended.
    """
    body = locked(body)
    _check_numbers(settings)
    _check_quorum(settings)
    _check_above(body, settings.reports_to)
    wanted = asdict(settings) | {"name": _clean_name(settings.name, of=body), "reports_to": settings.reports_to}
    changed = [name for name, value in wanted.items() if _value(body, name) != value]
    for name in changed:
        setattr(body, name, wanted[name])
    if changed:
        body.save(update_fields=changed)
        record(actor=by, verb="governance.changed_settings", about=body, changed=sorted(changed))
    return body


def settings_of(body: Body) -> BodySettings:
    """How a body is set up now, the usual of its kind where nothing else was said."""
    values: dict[str, Any] = {each.name: _value(body, each.name) for each in fields(BodySettings)}
    return BodySettings(**values)


def _value(body: Body, name: str) -> Any:
    usual = {"most_terms": body.terms_in_a_row, "peer_share": body.wanted_peer_share}
    return usual[name] if name in usual else getattr(body, name)


def _clean_name(name: str, *, of: Body | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("Enter a name for the group.", field="name")
    others = Body.objects.exclude(pk=of.pk) if of else Body.objects.all()
    if others.filter(name__iexact=name).exists():
        raise Refused("There is a group of this name. Choose another name.", field="name")
    return name


def _check_numbers(settings: BodySettings) -> None:
    if not 1 <= settings.term_years <= LONGEST_TERM:
        raise Refused(f"A term lasts from 1 to {LONGEST_TERM} years.", field="term_years")
    if not 0 <= settings.peer_share <= 100:
        raise Refused("The share must be from 0 to 100.", field="peer_share")


def _check_quorum(settings: BodySettings) -> None:
    least = settings.quorum_peer + settings.quorum_staff
    if settings.quorum_total < least:
        raise Refused(
            f"{settings.quorum_peer} peers and {settings.quorum_staff} staff are {least} people, "
            f"so the number in all must be {least} or more.",
            field="quorum_total",
        )


def _check_above(body: Body, above: Body | None) -> None:
    """Walks up from the body above: one that comes back to this one would have nobody on top."""
    if above is None:
        return
    if body.kind == Body.Kind.STEERING:
        raise Refused("The Steering Group reports to no other group here.", field="reports_to")
    seen: Body | None = Body.objects.get(pk=above.pk)
    if seen and seen.has_ended:
        raise Refused("That group has closed. Choose another one.", field="reports_to")
    while seen is not None:
        if seen.pk == body.pk:
            raise Refused("That group reports to this one. Choose another one.", field="reports_to")
        seen = seen.reports_to
