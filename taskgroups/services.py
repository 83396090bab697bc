"""Ask for a seat in a Task Group, and answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from governance import standing
from governance.models import Body, Constituency, Function
from governance.people import co_leads_of, secretaries_of
from governance.services.bodies import locked, start_body
from governance.services.seats import seat_person, usual_end
from notifications.services import post
from taskgroups import notifications as told
from taskgroups.models import JoinRequest, Remit
from taskgroups.seating import Chair, chair_for, empty_seat
from taskgroups.workflows import REQUEST, RequestState

NEEDS_MEMBERSHIP = (
    "This group's seats are for current members of the Network, or for Corporate Services. "
    "Ask the secretary if you think you should have one."
)


@transaction.atomic
def ask_to_join(*, by: Person, body: Body, line: str, form_key: UUID) -> JoinRequest:
    """Ask for a seat on `body`, of the kind that `by` has in the Network or serves for Corporate Services.

    Tells the co-leads. A repeated `form_key` gives the first request. Raises `Refused` without a membership, when the
    group does not take people on, and for someone who sits there or has an open request.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    first = first_result(JoinRequest.objects.all(), form_key, person_id=by.pk, body_id=body.pk)
    if first:
        return first
    standing.forget(by)
    _check_may_ask(by, body)
    chair = chair_for(standing.of(by))
    if chair is None:
        raise Refused(NEEDS_MEMBERSHIP)
    asked = JoinRequest.objects.create(
        body=body,
        person=by,
        constituency=chair.constituency,
        function=chair.function,
        line=line,
        asked_at=clock.now(),
        form_key=form_key,
    )
    record(actor=by, verb="taskgroups.asked_to_join", about=asked, body=str(body.pk))
    post(kind=told.ASKED, recipients=_who_answers(body), occasion=f"request {asked.pk}", about=asked)
    return asked


@transaction.atomic
def accept(*, by: Person, join_request: JoinRequest) -> JoinRequest:
    """Say yes: seat the person for the group's usual term in an empty seat of their kind, and tell them.

    A repeat by the same person gives the same answer. Raises `Refused` when there is no such seat, when the person is
    no longer a member of the Network, and when someone else has answered.
    """
    asked = _locked(join_request)
    if asked.state == RequestState.ACCEPTED and asked.answered_by_id == by.pk:
        return asked
    _check_waiting(asked)
    starts_on = clock.today()
    ends_on = usual_end(starts_on, asked.body.term_years)
    chair = chair_of(asked)
    seat = empty_seat(asked.body, chair, starts_on, ends_on)
    if seat is None:
        raise Refused(f"There is no empty seat for {chair.words}. You can say no, or wait until a seat is free.")
    term = seat_person(by=by, seat=seat, person=asked.person, starts_on=starts_on, ends_on=ends_on)
    REQUEST.move(asked, "accept", term=term, answered_at=clock.now(), answered_by=by)
    record(actor=by, verb="taskgroups.accepted_request", about=asked, term=term.pk)
    post(kind=told.ACCEPTED, recipients=[asked.person], occasion=f"request {asked.pk}", about=asked)
    return asked


@transaction.atomic
def decline(*, by: Person, join_request: JoinRequest, reason: str) -> JoinRequest:
    """Say no, with a reason the person will read, and tell them. A repeat by the same person changes nothing.

    Raises `Refused` without a reason, and when someone else has answered.
    """
    asked = _locked(join_request)
    if asked.state == RequestState.DECLINED and asked.answered_by_id == by.pk:
        return asked
    _check_waiting(asked)
    if not reason.strip():
        raise Refused("Give a reason. The person will read it.", field="reason")
    REQUEST.move(asked, "decline", reason=reason.strip(), answered_at=clock.now(), answered_by=by)
    record(actor=by, verb="taskgroups.declined_request", about=asked)
    post(kind=told.DECLINED, recipients=[asked.person], occasion=f"request {asked.pk}", about=asked)
    return asked


@transaction.atomic
def withdraw(*, by: Person, join_request: JoinRequest) -> JoinRequest:
    """Take one's own request back. Raises `Refused` once it is answered, and for somebody else's."""
    asked = _locked(join_request)
    if asked.person_id != by.pk:
        raise Refused("Only the person who asked can take this back.")
    if asked.state == RequestState.WITHDRAWN:
        return asked
    _check_waiting(asked)
    REQUEST.move(asked, "withdraw")
    record(actor=by, verb="taskgroups.withdrew_request", about=asked)
    return asked


def withdraw_all(*, by: Person) -> None:
    """Take back what somebody asked for as a member of the Network, for the verb by which they leave it.

    Raises `Refused` when one is answered at the same moment. Locks no body: whoever leaves holds some already.
    """
    for asked in JoinRequest.objects.waiting().filter(person=by).exclude(constituency=Constituency.CORPORATE):
        REQUEST.move(asked, "withdraw")
        record(actor=by, verb="taskgroups.withdrew_request", about=asked)


@transaction.atomic
def start_group(*, by: Person, name: str, remit: dict[str, Any], form_key: UUID) -> Body:
    """Begin a Task Group below the Steering Group, forming and without seats, with what it is for.

    `remit` holds `does`, `time_asked`, `paid` and `stage_key`. A repeated `form_key` gives the first group. Raises
    `Refused` for a name that another group has, and where there is no Steering Group yet.
    """
    above = Body.objects.filter(kind=Body.Kind.STEERING).first()
    if above is None:
        raise Refused("There is no Steering Group yet. A Task Group reports to it.")
    body = start_body(by=by, name=name, reports_to=above, form_key=form_key)
    Remit.objects.get_or_create(body=body, defaults=remit)
    return body


@transaction.atomic
def change_remit(*, by: Person, body: Body, remit: dict[str, Any]) -> Remit:
    """Say anew what a group is for; `remit` as for `start_group`. Raises `Refused` unless it is a living Task Group."""
    body = locked(body)
    if body.kind != Body.Kind.TASK_GROUP:
        raise Refused("Only a Task Group says here what it is for.")
    changed, _ = Remit.objects.update_or_create(body=body, defaults=remit)
    record(actor=by, verb="taskgroups.changed_remit", about=changed, body=str(body.pk))
    return changed


def chair_of(asked: JoinRequest) -> Chair:
    """The kind of chair that was asked for."""
    return Chair(Constituency(asked.constituency), Function(asked.function) if asked.function else None)


def _locked(join_request: JoinRequest) -> JoinRequest:
    """The request as it stands, once the body's row is ours: seats are filled one at a time."""
    Body.objects.select_for_update().get(pk=join_request.body_id)
    return JoinRequest.objects.select_related("body", "person").get(pk=join_request.pk)


def _check_waiting(asked: JoinRequest) -> None:
    if asked.state == RequestState.WITHDRAWN:
        raise Refused("The person has taken this request back.")
    if asked.state != RequestState.ASKED:
        raise Refused("This request has an answer already. Open the page again to see it.")


def _check_may_ask(by: Person, body: Body) -> None:
    if body.kind != Body.Kind.TASK_GROUP:
        raise Refused("You can ask to join a Task Group only.")
    if not body.takes_people:
        raise Refused(f"This group is {body.get_state_display().lower()}, so nobody can join it now.")
    if standing.of(by).sits_on(body.pk):
        raise Refused("You have a seat in this group already.")
    if JoinRequest.objects.waiting().filter(body=body, person=by).exists():
        raise Refused("You have asked to join this group already. The co-leads will answer you.")


def _who_answers(body: Body) -> list[Person]:
    """The co-leads; where there are none, the secretary of the body it reports to."""
    found = co_leads_of(body) or secretaries_of(body)
    return found or (secretaries_of(body.reports_to) if body.reports_to else [])
