"""A group's page and somebody who has stepped back: a seat covered or kept, and no name but for those who run it."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from governance.models import Term
from governance.services.breaks import step_back
from governance.services.deputies import accept, ask_deputy
from notifications.models import Message
from taskgroups.services import ask_to_join


def term_of(person, body):
    return Term.objects.get(person=person, body=body)


def rows(response):
    table = BeautifulSoup(response.content, "html.parser").find("table")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in table.select("tbody tr")]


@pytest.fixture
def away(cast):
    """Tunde (with Ishani as his deputy) and Nadia have stepped back from Task Group 1."""
    asked = ask_deputy(
        by=cast.tunde, term=term_of(cast.tunde, cast.group), address=cast.ishani.email, form_key=uuid.uuid4()
    )
    accept(by=cast.ishani, deputy=asked)
    for person in (cast.tunde, cast.nadia):
        step_back(by=person, term=term_of(person, cast.group))


def test_others_read_that_a_seat_is_covered_or_kept(cast, away, as_person):
    shown = as_person(cast.cass).get(reverse("taskgroups:group", args=[cast.group.pk]))
    assert rows(shown) == [
        ["Cass Tinderly", "Peer"],
        ["Priya Copperdale, co-lead", "Staff"],
        ["Seat kept", "Staff"],
        ["Seat covered", "Peer"],
    ]
    for word in ("Tunde", "Nadia", "Ishani", "break"):
        assert word not in shown.content.decode()


@pytest.mark.parametrize("who", ["priya", "grace"])
def test_those_who_run_it_read_who_and_not_why(cast, away, as_person, who):
    shown = as_person(cast.people[who]).get(reverse("taskgroups:group", args=[cast.group.pk]))
    assert rows(shown)[2:] == [
        ["Nadia Ferrowick, on a break", "Staff"],
        ["Tunde Osterfield, on a break. Ishani Marrowby sits in", "Peer"],
    ]


def test_whoever_is_away_reads_of_themselves_and_the_deputy_of_nobody(cast, away, as_person):
    address = reverse("taskgroups:group", args=[cast.group.pk])
    shown = as_person(cast.nadia).get(address)
    assert ["Nadia Ferrowick, on a break", "Staff"] in rows(shown)
    assert "Tunde" not in shown.content.decode()
    assert "You are on a break from this group. Your seat is kept." in shown.content.decode()
    assert BeautifulSoup(as_person(cast.ishani).get(address).content, "html.parser").find("table") is None


def test_a_request_to_join_goes_to_the_co_lead_who_is_there(cast, away):
    ask_to_join(by=cast.morgan, body=cast.group, line="", form_key=uuid.uuid4())
    told = Message.objects.filter(kind="taskgroups.asked").values_list("recipient__email", flat=True)
    assert list(told) == [cast.priya.email]
