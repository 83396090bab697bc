"""A body starts, pauses, goes on, closes and merges: with a reason, a record, and everybody told."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, BodyMove, Office, Seat, Term
from governance.services.bodies import start_body
from governance.services.moves import move_body
from governance.services.seats import renew_term
from notifications.models import Message
from taskgroups.services import ask_to_join


def go(cast, body, move, **more):
    body.refresh_from_db()
    return move_body(by=cast.grace, body=body, move=move, reason=more.pop("reason", "It is time."), **more)


def test_from_forming_to_paused_and_on(cast):
    body = start_body(by=cast.grace, name="A new group", reports_to=cast.steering, form_key=uuid.uuid4())
    assert body.state == "forming"
    for move, state in (("start", "active"), ("pause", "paused"), ("resume", "active")):
        assert go(cast, body, move).state == state
    assert list(body.moves.values_list("move", "reason", "by")) == [
        (move, "It is time.", cast.grace.pk) for move in ("start", "pause", "resume")
    ]
    facts = AuditEntry.objects.filter(verb="governance.moved_body").order_by("pk").values_list("facts", flat=True)
    assert [fact["was"] for fact in facts] == ["forming", "active", "paused"]
    assert "It is time." not in str(list(facts))


@pytest.mark.parametrize(("state", "move"), [("forming", "pause"), ("active", "start"), ("paused", "start")])
def test_a_move_that_is_not_on_the_table(cast, state, move):
    Body.objects.filter(pk=cast.group.pk).update(state=state)
    with pytest.raises(Refused, match=f"the group is {state}"):
        go(cast, cast.group, move)
    assert not BodyMove.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_every_move_has_a_reason(cast, reason):
    with pytest.raises(Refused) as refused:
        go(cast, cast.group, "pause", reason=reason)
    assert refused.value.field == "reason"
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyMove.objects.create(body=cast.group, move="pause", reason="", at=clock.now(), by=cast.grace)


def test_pausing_tells_who_sits_there_and_keeps_their_seats(cast):
    go(cast, cast.group, "pause")
    told = Message.objects.filter(kind="governance.body_moved")
    assert {message.recipient for message in told} == {cast.tunde, cast.cass, cast.priya, cast.nadia}
    standing.forget(cast.cass)
    assert standing.of(cast.cass).sits_on(cast.group.pk)


@pytest.mark.parametrize("move", ["close", "merge"])
def test_the_end_ends_terms_and_offices_and_keeps_the_record(cast, move):
    renew_term(by=cast.grace, term=cast.cass.terms.get(body=cast.group), ends_on=dt.date(2030, 9, 1))
    terms, seats = Term.objects.count(), Seat.objects.count()
    into = {"into": cast.other_group} if move == "merge" else {}
    body = go(cast, cast.group, move, **into)
    assert (body.state, body.merged_into) == (("merged", cast.other_group) if into else ("closed", None))
    assert (Term.objects.count(), Seat.objects.count()) == (terms, seats)
    running = [term for term in Term.objects.filter(body=body) if term.ends_on > max(clock.today(), term.starts_on)]
    assert running == []
    assert not Office.objects.filter(body=body, until_on=None).exists()
    assert Office.objects.filter(body=body).count() == 2
    assert not Term.objects.filter(body=cast.other_group, person=cast.cass).exists(), "nobody is moved"
    for person in (cast.tunde, cast.cass):
        standing.forget(person)
        assert not standing.of(person).sits_on(body.pk)
        assert Message.objects.filter(kind="governance.body_moved", recipient=person).count() == 1
    for state in ("active", "paused"):
        with pytest.raises(Refused, match="This group has closed"):
            go(cast, cast.group, {"active": "start", "paused": "pause"}[state])
    with pytest.raises(Refused, match="nobody can join it now"):
        ask_to_join(by=cast.ishani, body=body, line="", form_key=uuid.uuid4())


def test_who_sits_on_a_merged_group_stands_nowhere_even_if_a_term_was_left(cast):
    Body.objects.filter(pk=cast.group.pk).update(state="merged", merged_into=cast.other_group.pk)
    assert not standing.of(cast.tunde).sits_on(cast.group.pk)
    assert not standing.of(cast.tunde).co_leads(cast.group.pk)


def test_the_network_and_the_steering_group_do_not_close(cast):
    for body in (cast.network, cast.steering):
        with pytest.raises(Refused, match="do not close"):
            go(cast, body, "close")
        with pytest.raises(IntegrityError), transaction.atomic():
            Body.objects.filter(pk=body.pk).update(state="closed")


def test_a_group_that_others_report_to_does_not_close(cast):
    Body.objects.filter(pk=cast.other_group.pk).update(reports_to=cast.group)
    with pytest.raises(Refused, match="Another group reports to this one"):
        go(cast, cast.group, "close")
    Body.objects.filter(pk=cast.other_group.pk).update(state="closed")
    assert go(cast, cast.group, "close").state == "closed"


@pytest.mark.parametrize("into", ["group", "steering", "network", None, "closed"])
def test_what_a_group_cannot_become_part_of(cast, into):
    if into == "closed":
        Body.objects.filter(pk=cast.other_group.pk).update(state="closed")
    target = cast.other_group if into == "closed" else getattr(cast, into) if into else None
    with pytest.raises(Refused) as refused:
        go(cast, cast.group, "merge", into=target)
    assert refused.value.field == "into"
    cast.group.refresh_from_db()
    assert cast.group.state == "active"
    assert standing.of(cast.cass).sits_on(cast.group.pk), "nothing half done"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "merged"},
        {"state": "active", "merged_into": "other"},
        {"state": "merged", "merged_into": "self"},
        {"reports_to": "self"},
    ],
)
def test_the_database_holds_what_merged_is(cast, change):
    bodies = {"other": cast.other_group.pk, "self": cast.group.pk}
    values = {name: bodies.get(value, value) for name, value in change.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.filter(pk=cast.group.pk).update(**values)


def test_a_move_is_written_once(cast):
    go(cast, cast.group, "pause")
    with pytest.raises(DatabaseError), transaction.atomic():
        BodyMove.objects.update(reason="Another one.")
    with pytest.raises(DatabaseError), transaction.atomic():
        BodyMove.objects.all().delete()
