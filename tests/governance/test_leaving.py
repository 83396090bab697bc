"""Leaving a body: what ends, what stays, and who is told without a name or a reason."""

from __future__ import annotations

import uuid

import pytest

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Break, Deputy, Office, Side, Term
from governance.people import members_of
from governance.services.breaks import step_back
from governance.services.deputies import accept, ask_deputy
from governance.services.leaving import leave_body
from governance.services.offices import appoint
from notifications.models import Message
from tests.cast import office, seat


def term_of(person, body):
    return Term.objects.get(person=person, body=body)


def told(kind):
    return set(Message.objects.filter(kind=f"governance.{kind}").values_list("recipient__email", flat=True))


def test_leaving_ends_the_seat_and_what_came_with_it(cast):
    asked = ask_deputy(
        by=cast.tunde, term=term_of(cast.tunde, cast.group), address=cast.ishani.email, form_key=uuid.uuid4()
    )
    accept(by=cast.ishani, deputy=asked)
    office(cast.group, cast.tunde, Office.Kind.SECRETARY, Side.PEER)
    left = leave_body(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    assert left.ends_on == clock.today()
    assert not standing.of(cast.tunde).body_ids & {cast.group.pk}
    assert standing.of(cast.tunde).sits_on(cast.steering.pk), "other seats stay"
    assert not Office.objects.filter(body=cast.group, person=cast.tunde, until_on=None).exists()
    assert Deputy.objects.get().ended_by == cast.tunde
    assert cast.tunde not in [person for person, _ in members_of([cast.group.pk])]
    assert AuditEntry.objects.get(verb="governance.left").actor == cast.tunde
    assert (told("left"), told("sit_in_over")) == ({cast.tunde.email}, {cast.ishani.email})
    assert told("seat_needs_you") == {cast.priya.email, cast.grace.email}


def test_a_message_that_a_seat_is_free_names_nobody(cast):
    leave_body(by=cast.cass, term=term_of(cast.cass, cast.group))
    posted = Message.objects.filter(kind="governance.seat_needs_you")
    assert {(message.about_type, message.about_id) for message in posted} == {("governance.Body", str(cast.group.pk))}
    assert [message.facts for message in posted] == [{}, {}, {}]


def test_leaving_as_the_last_co_lead_tells_the_secretary(cast):
    leave_body(by=cast.priya, term=term_of(cast.priya, cast.group))
    Message.objects.all().delete()
    leave_body(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    assert told("seat_needs_you") == {cast.grace.email}
    assert not Office.objects.filter(body=cast.group, until_on=None).exists()


def test_leaving_during_a_break(cast):
    step_back(by=cast.cass, term=term_of(cast.cass, cast.group))
    leave_body(by=cast.cass, term=term_of(cast.cass, cast.group))
    assert not standing.of(cast.cass).sits_on(cast.group.pk)
    assert Break.objects.count() == 1


def test_twice_and_somebody_elses(cast):
    term = term_of(cast.cass, cast.group)
    with pytest.raises(Refused, match="You do not have this seat now"):
        leave_body(by=cast.tunde, term=term)
    leave_body(by=cast.cass, term=term)
    with pytest.raises(Refused, match="You do not have this seat now"):
        leave_body(by=cast.cass, term=term)
    assert Message.objects.filter(kind="governance.left").count() == 1


def test_the_steering_group_keeps_a_secretary(cast):
    seat(cast.steering, cast.grace, "sponsor")
    with pytest.raises(Refused, match="You are the only secretary"):
        leave_body(by=cast.grace, term=term_of(cast.grace, cast.steering))
    assert standing.of(cast.grace).sits_on(cast.steering.pk)
    appoint(by=cast.grace, body=cast.steering, person=cast.owen, kind=Office.Kind.DEPUTY, side=Side.STAFF)
    leave_body(by=cast.grace, term=term_of(cast.grace, cast.steering))
    assert not standing.of(cast.grace).is_steering_secretary
    assert told("seat_needs_you") == {cast.owen.email}
