"""What other pages show of this room: one question each, and nothing that the reader may not know."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.counts import numbers_of
from governance import standing
from network.models import Partnership
from network.presenters.front import needs, places, waits_for_secretary
from network.services import handovers
from network.services.partnerships import end_partnership
from tests.network.acting import accepted, asked, ishanis, proposed


def titles(person):
    return [need.title for need in needs(person)]


def test_what_needs_each(cast):
    end_partnership(by=cast.grace, partnership=Partnership.objects.create(
        peer=cast.cass, sponsor=cast.priya, from_on=ishanis(cast).from_on
    ))  # fmt: skip
    handover, request = proposed(cast), asked(cast)
    assert titles(cast.ishani) == []
    assert [need.path for need in needs(cast.priya)] == [reverse("network:handover", args=[handover.pk])]
    assert titles(cast.cass) == ["You have no staff sponsor now"]
    handovers.accept(by=cast.priya, handover=handover)
    assert titles(cast.ishani) == ["Say if you want this staff sponsor"]
    assert titles(cast.priya) == []
    assert titles(cast.grace) == ["Answer a private request", "Find a staff sponsor"]
    assert next(needs(cast.grace)).path == reverse("network:sponsor_request", args=[request.pk])
    for nobody in (cast.samuel, cast.owen, cast.nadia, cast.robin):
        assert titles(nobody) == []


def test_no_card_names_a_person(cast):
    accepted(cast)
    asked(cast)
    said = str([list(needs(person)) for person in cast.everyone()])
    assert not any(person.name.split()[1] in said for person in cast.everyone())


def test_the_counts(cast):
    proposed(cast)
    asked(cast)
    assert numbers_of(waits_for_secretary(cast.grace)) == {"gaps": 3, "requests": 1, "handovers": 1, "nominations": 0}
    handovers.agree(by=cast.ishani, handover=accepted(cast, by=cast.grace))
    assert numbers_of(waits_for_secretary(cast.grace)) == {"gaps": 3, "requests": 0, "handovers": 0, "nominations": 0}


@pytest.mark.parametrize("who", ["ishani", "samuel", "grace", "owen", "nadia"])
def test_each_is_one_question_whatever_there_is(cast, who, django_assert_max_num_queries):
    accepted(cast)
    asked(cast)
    person = cast.people[who]
    standing.of(person)
    assert person.role_names is not None
    for what in (lambda: list(needs(person)), lambda: places(person), lambda: numbers_of(waits_for_secretary(person))):
        with django_assert_max_num_queries(1):
            what()


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("ishani", ["My staff sponsor"]),
        ("samuel", ["My peers"]),
        ("grace", ["People in the Network", "What waits in the Network", "Corporate Services seats"]),
        ("owen", []),
    ],
)
def test_whose_pages_these_are(cast, who, names):
    assert [place.name for place in places(cast.people[who])] == names
