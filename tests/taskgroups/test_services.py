"""Asking to join a Task Group, and the answer."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Function, Office, Seat, Side, Term
from governance.services.offices import end_office
from governance.services.seats import end_term
from notifications.models import Message
from taskgroups import services
from taskgroups.models import JoinRequest
from taskgroups.services import accept, ask_to_join, decline, withdraw
from taskgroups.workflows import RequestState


def ask(person, body, line="", form_key=None):
    return ask_to_join(by=person, body=body, line=line, form_key=form_key or uuid.uuid4())


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def emails(*people):
    return {person.email for person in people}


def test_asking_infers_the_side_and_tells_both_co_leads(cast):
    asked = ask(cast.ishani, cast.group, "I was on a ward for a year.")
    assert (asked.constituency, asked.function, asked.state) == (Constituency.PEER, None, RequestState.ASKED)
    assert told("taskgroups.asked") == emails(cast.tunde, cast.priya)
    entry = AuditEntry.objects.get(verb="taskgroups.asked_to_join")
    assert (entry.actor, entry.facts) == (cast.ishani, {"body": str(cast.group.pk)})


def test_a_sponsor_asks_as_a_sponsor_and_corporate_staff_for_their_function(cast):
    assert ask(cast.samuel, cast.group).constituency == Constituency.SPONSOR
    asked = ask(cast.nadia, cast.other_group)
    assert (asked.constituency, asked.function) == (Constituency.CORPORATE, Function.HR)


def test_without_co_leads_the_secretary_is_told(cast):
    ask(cast.ishani, cast.other_group)
    assert told("taskgroups.asked") == emails(cast.grace)


def test_a_co_lead_whose_seat_ran_out_is_not_told(cast):
    end_term(by=cast.grace, term=cast.tunde.terms.get(body=cast.group))
    ask(cast.ishani, cast.group)
    assert told("taskgroups.asked") == emails(cast.priya)


def test_a_repeat_gives_the_first_request_and_tells_nobody_again(cast):
    key = uuid.uuid4()
    assert ask(cast.ishani, cast.group, form_key=key) == ask(cast.ishani, cast.group, "More", form_key=key)
    assert JoinRequest.objects.count() == 1
    assert Message.objects.count() == 2


def test_a_key_that_was_used_for_something_else_is_refused(cast):
    key = uuid.uuid4()
    ask(cast.ishani, cast.group, form_key=key)
    for person, body in ((cast.morgan, cast.group), (cast.ishani, cast.other_group)):
        with pytest.raises(Refused, match="used already"):
            ask(person, body, form_key=key)


def refusals(cast):
    ask(cast.ishani, cast.group)
    return [
        (cast.ishani, cast.group, "You have asked to join this group already. The co-leads will answer you."),
        (cast.cass, cast.group, "You have a seat in this group already."),
        (cast.owen, cast.group, services.NEEDS_MEMBERSHIP),
        (cast.leyla, cast.group, services.NEEDS_MEMBERSHIP),
        (cast.ishani, cast.steering, "You can ask to join a Task Group only."),
        (cast.ishani, cast.network, "You can ask to join a Task Group only."),
    ]


def test_who_may_not_ask_is_told_why_and_nothing_changes(cast):
    for person, body, words in refusals(cast):
        with pytest.raises(Refused) as refused:
            ask(person, body)
        assert refused.value.message == words
    assert JoinRequest.objects.count() == 1


@pytest.mark.parametrize("state", [Body.State.PAUSED, Body.State.CLOSED])
def test_nobody_joins_a_group_that_is_paused_or_closed(cast, state):
    Body.objects.filter(pk=cast.group.pk).update(state=state)
    with pytest.raises(Refused, match=f"This group is {state.label.lower()}, so nobody can join it now."):
        ask(cast.ishani, cast.group)


def test_a_peer_and_a_sponsor_ask_and_are_seated_and_told(cast):
    for person, constituency in ((cast.ishani, Constituency.PEER), (cast.samuel, Constituency.SPONSOR)):
        asked = accept(by=cast.tunde, join_request=ask(person, cast.group))
        assert (asked.state, asked.answered_by, asked.term.person) == (RequestState.ACCEPTED, cast.tunde, person)
        assert asked.term.seat.constituency == constituency
        assert (asked.term.starts_on, asked.term.ends_on) == (dt.date(2026, 9, 1), dt.date(2028, 9, 1))
        standing.forget(person)
        assert standing.of(person).side_on(cast.group.pk) == constituency.side
    assert told("taskgroups.accepted") == emails(cast.ishani, cast.samuel)


def test_yes_twice_is_one_seat_and_one_message(cast):
    asked = ask(cast.ishani, cast.group)
    assert accept(by=cast.tunde, join_request=asked) == accept(by=cast.tunde, join_request=asked)
    assert Term.objects.filter(person=cast.ishani, body=cast.group).count() == 1
    assert Message.objects.filter(kind="taskgroups.accepted").count() == 1


def test_both_co_leads_answer_at_once_and_the_first_stands(cast):
    asked = ask(cast.ishani, cast.group)
    accept(by=cast.tunde, join_request=asked)
    with pytest.raises(Refused, match="has an answer already"):
        decline(by=cast.priya, join_request=asked, reason="Full")
    with pytest.raises(Refused, match="has an answer already"):
        accept(by=cast.priya, join_request=asked)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == (RequestState.ACCEPTED, cast.tunde)


def test_a_group_is_never_over_filled(cast):
    first, second = ask(cast.ishani, cast.group), ask(cast.morgan, cast.group)
    accept(by=cast.tunde, join_request=first)
    with pytest.raises(Refused) as refused:
        accept(by=cast.tunde, join_request=second)
    assert refused.value.message == ("There is no empty seat for a peer. You can say no, or wait until a seat is free.")
    second.refresh_from_db()
    assert (second.state, second.term) == (RequestState.ASKED, None)
    seats = Seat.objects.filter(body=cast.group, constituency=Constituency.PEER).count()
    assert Term.objects.on(clock.today()).filter(body=cast.group, seat__constituency="peer").count() == seats == 3


def test_an_empty_corporate_seat_for_something_else_is_not_given(cast):
    Seat.objects.create(
        body=cast.other_group, constituency="corporate", function=Function.EQUALITY, opened_on=clock.today()
    )
    asked = ask(cast.nadia, cast.other_group)
    with pytest.raises(Refused, match=r"no empty seat for Corporate Services \(Human Resources\)"):
        accept(by=cast.grace, join_request=asked)


def test_a_seat_that_closes_before_the_term_ends_is_not_given(cast):
    empty = Seat.objects.filter(body=cast.group, constituency="peer", terms=None)
    assert empty.update(closed_on=clock.today() + dt.timedelta(days=60)) == 1
    with pytest.raises(Refused, match="no empty seat"):
        accept(by=cast.tunde, join_request=ask(cast.ishani, cast.group))


def test_whoever_left_the_network_meanwhile_is_not_seated(cast):
    asked = ask(cast.ishani, cast.group)
    end_term(by=cast.grace, term=cast.ishani.terms.get(body=cast.network))
    with pytest.raises(Refused, match="current member of the Network"):
        accept(by=cast.tunde, join_request=asked)
    asked.refresh_from_db()
    assert asked.state == RequestState.ASKED
    assert not cast.ishani.terms.filter(body=cast.group).exists()


def test_no_needs_a_reason_and_tells_the_person(cast):
    asked = ask(cast.ishani, cast.group)
    with pytest.raises(Refused) as refused:
        decline(by=cast.tunde, join_request=asked, reason="  ")
    assert refused.value.field == "reason"
    asked = decline(by=cast.tunde, join_request=asked, reason="We start again in May.")
    assert (asked.state, asked.reason, asked.term) == (RequestState.DECLINED, "We start again in May.", None)
    assert told("taskgroups.declined") == emails(cast.ishani)
    assert ask(cast.ishani, cast.group).state == RequestState.ASKED


def test_only_the_asker_takes_it_back_and_only_while_it_waits(cast):
    asked = ask(cast.ishani, cast.group)
    with pytest.raises(Refused, match="Only the person who asked"):
        withdraw(by=cast.tunde, join_request=asked)
    assert withdraw(by=cast.ishani, join_request=asked).state == RequestState.WITHDRAWN
    assert withdraw(by=cast.ishani, join_request=asked).state == RequestState.WITHDRAWN
    with pytest.raises(Refused, match="has taken this request back"):
        accept(by=cast.tunde, join_request=asked)
    answered = accept(by=cast.tunde, join_request=ask(cast.ishani, cast.group))
    with pytest.raises(Refused, match="has an answer already"):
        withdraw(by=cast.ishani, join_request=answered)


def test_an_office_that_ended_answers_no_more(cast):
    end_office(by=cast.grace, office=Office.objects.get(body=cast.group, side=Side.PEER))
    ask(cast.ishani, cast.group)
    assert told("taskgroups.asked") == emails(cast.priya)
