"""Leaving the Network: every seat that came from it, partnerships and requests end; a corporate seat stays."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Constituency, Deputy, Function, Term
from governance.services.deputies import accept, ask_deputy
from network.models import Partnership
from network.services.leaving import leave_network
from notifications.models import Message
from taskgroups.models import JoinRequest
from taskgroups.services import ask_to_join
from taskgroups.workflows import RequestState
from tests.cast import NAMES, seat
from tests.factories.drafting import out_for_comment
from tests.network.acting import words


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def test_all_that_came_from_it_ends(cast):
    ended = leave_network(by=cast.tunde)
    assert {term.body for term in ended} == {cast.network, cast.group, cast.steering}
    assert standing.of(cast.tunde).body_ids == frozenset()
    assert told("governance.left") == {cast.tunde.email}
    assert Message.objects.filter(kind="governance.left").count() == 1
    assert told("governance.seat_needs_you") == {cast.priya.email, cast.grace.email}


def test_a_seat_for_corporate_services_stays(cast):
    seat(cast.other_group, cast.priya, Constituency.CORPORATE, Function.HR)
    leave_network(by=cast.priya)
    assert standing.of(cast.priya).body_ids == {cast.other_group.pk}


def test_the_other_of_a_pair_is_told_and_the_peer_is_not_left_in_silence(cast):
    leave_network(by=cast.samuel)
    assert Partnership.objects.get().until_on == clock.today()
    assert told("network.unpaired") == {cast.ishani.email}


def test_what_was_asked_and_promised_ends(cast):
    asked = ask_to_join(by=cast.ishani, body=cast.group, line="", form_key=uuid.uuid4())
    deputy = ask_deputy(
        by=cast.tunde,
        term=Term.objects.get(person=cast.tunde, body=cast.group),
        address=cast.ishani.email,
        form_key=uuid.uuid4(),
    )
    accept(by=cast.ishani, deputy=deputy)
    leave_network(by=cast.ishani)
    assert JoinRequest.objects.get(pk=asked.pk).state == RequestState.WITHDRAWN
    assert Deputy.objects.get().ended_by == cast.ishani


def test_twice_and_who_is_not_in_it(cast):
    leave_network(by=cast.ishani)
    for person in (cast.ishani, cast.owen, cast.nadia):
        with pytest.raises(Refused, match="You are not in the Network now"):
            leave_network(by=person)
    assert standing.of(cast.nadia).sits_on(cast.group.pk)


# -- pages ---------------------------------------------------------------------------------------------------------


def test_the_page_says_what_goes_and_the_press_does_it(cast, as_person):
    client = as_person(cast.tunde)
    shown = client.get(reverse("network:leave")).content.decode()
    for part in ("your seat on Role design and job description", "your part as co-lead of Role design", "What stays"):
        assert part in shown
    assert [name for name in NAMES.values() if name in shown] == [], "it names only one's own partners"
    assert (
        "your partnership with Samuel Thistlemoor"
        in as_person(cast.ishani).get(reverse("network:leave")).content.decode()
    )
    client = as_person(cast.tunde)
    assert client.get(reverse("network:leave_for_sure")).status_code == 200
    assert Term.objects.on(clock.today()).filter(person=cast.tunde).count() == 3
    went = client.post(reverse("network:leave_for_sure"), follow=True)
    assert "You have left." in went.content.decode()
    assert client.post(reverse("network:leave_for_sure")).status_code == 403


def test_what_they_were_asked_about_stays_open_to_them_as_the_page_says(cast, as_person):
    told = out_for_comment(cast)
    client = as_person(cast.tunde)
    for page in (reverse("network:leave"), reverse("own_seats:leave", args=[cast.group.pk])):
        assert "drafts you were asked about. You can say what you think until they close" in words(client.get(page))
    leave_network(by=cast.tunde)
    client = as_person(Person.objects.get(pk=cast.tunde.pk))
    assert "Comment on" in words(client.get(reverse("steering:draft", args=[told.policy_id])))


def test_it_costs_the_same_for_one_seat_and_for_three_more(cast, as_person, django_assert_max_num_queries):
    client = as_person(cast.samuel)
    client.get(reverse("network:leave"))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("network:leave"))
    for body in (cast.group, cast.other_group):
        seat(body, cast.samuel, Constituency.SPONSOR)
    with django_assert_max_num_queries(12) as more:
        client.get(reverse("network:leave"))
    assert len(few) == len(more)
