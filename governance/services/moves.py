"""A body begins, pauses, goes on, closes, or becomes part of another. The record of what it did stays."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance.models import Body, BodyMove, Office, Term
from governance.notifications import seats as told
from governance.people import members_of
from governance.services.bodies import locked
from governance.services.offices import end_at_once
from governance.services.seats import end_term
from governance.workflows import BODY, ENDED
from notifications.services import post


@transaction.atomic
def move_body(*, by: Person, body: Body, move: str, reason: str, into: Body | None = None) -> Body:
    """Make one of the moves of `governance.workflows.BODY`, for a reason that people may read; tell who sits there.

    Closing and merging end every term and office of the body today; nobody is moved to `into`. Raises `Refused` for a
    move that cannot be made from here, without a reason, for the end of the Network or the Steering Group, while other
    bodies report to this one, and for a merger with itself or with what is no standing Task Group.
    """
    body = _locked_pair(body, into)
    reason = reason.strip()
    if not reason:
        raise Refused("Give a reason. People in the group will read it.", field="reason")
    if not BODY.allows(body, move):
        raise Refused(f"This cannot be done now: the group is {body.get_state_display().lower()}.")
    was = body.state
    people = [person for person, _ in members_of([body.pk])]
    ends = BODY.transitions[move].target in ENDED
    if ends:
        _check_may_end(body)
        _end_everything(body, by)
    also = {"merged_into": _standing_task_group(into, body)} if move == BodyMove.Move.MERGE else {}
    BODY.move(body, move, **also)
    moved = BodyMove.objects.create(body=body, move=move, reason=reason, at=clock.now(), by=by)
    record(actor=by, verb="governance.moved_body", about=body, move=move, was=was, reason=moved.pk)
    post(kind=told.BODY_MOVED, recipients=people, occasion=f"move {moved.pk}", about=moved)
    return body


def _locked_pair(body: Body, into: Body | None) -> Body:
    """Both rows, always in the same order, so that two mergers into each other take turns. The first is returned."""
    keys = sorted({body.pk, into.pk} if into else {body.pk})
    for key in keys:
        Body.objects.select_for_update().get(pk=key)
    return locked(body)


def _check_may_end(body: Body) -> None:
    if body.kind != Body.Kind.TASK_GROUP:
        raise Refused("The Network and the Steering Group hold the others together, so they do not close.")
    if Body.objects.alive().filter(reports_to=body).exists():
        raise Refused("Another group reports to this one. Change that first.")


def _standing_task_group(into: Body | None, body: Body) -> Body:
    if into is None or into.pk == body.pk:
        raise Refused("Choose another group that this one becomes part of.", field="into")
    into = Body.objects.get(pk=into.pk)
    if into.kind != Body.Kind.TASK_GROUP or into.has_ended:
        raise Refused("Choose a Task Group that has not closed.", field="into")
    return into


def _end_everything(body: Body, by: Person) -> None:
    """Terms that run and those to come, the later ones first; then every office that is left."""
    for term in Term.objects.filter(body=body, ends_on__gt=clock.today()).order_by("-starts_on"):
        term.refresh_from_db()
        if term.ends_on > max(clock.today(), term.starts_on):
            end_term(by=by, term=term)
    for office in Office.objects.filter(body=body, until_on=None).select_related("person"):
        end_at_once(office, by=by)
