"""A new Task Group, with what it is for; and what each group says of itself."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from governance.models import Body
from taskgroups.models import Remit
from tests.taskgroups.test_pages import page, url, words

SAID = {"name": "Communications", "stage_key": "every", "does": "Tells people."}
SAID |= {"time_asked": "2 hours", "paid": "Fares"}


def test_the_secretary_starts_a_group_once(cast, as_person):
    client, path = as_person(cast.grace), reverse("taskgroups:new_group")
    said = SAID | {"form_key": uuid.uuid4()}
    for _ in range(2):
        assert client.post(path, said).status_code == 302
    body = Body.objects.get(name="Communications")
    assert (body.state, body.kind, body.reports_to) == ("forming", "task_group", cast.steering)
    assert (body.remit.stage_key, body.remit.does) == (None, "Tells people.")
    shown = words(as_person(cast.ishani).get(url("group", body)))
    assert "Works on Every stage of the project" in shown
    assert "Terms of reference : none approved yet" in shown


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "Recruitment and Selection"}, "There is a group of this name"),
        ({"name": "x" * 300}, "The name can have up to 120 characters"),
        ({"name": ""}, "Enter a name for the group"),
        ({"stage_key": "7"}, "Choose one of the answers"),
        ({"does": "x" * 601}, "This can have up to 600 characters"),
        ({"paid": "a\x00b"}, "Null characters are not allowed"),
        ({"form_key": "no key"}, "valid UUID"),
    ],
)
def test_bad_input_makes_nothing(cast, as_person, changed, says):
    said = SAID | {"form_key": uuid.uuid4()} | changed
    shown = as_person(cast.grace).post(reverse("taskgroups:new_group"), said)
    assert (shown.status_code, says in words(shown)) == (200, True)
    assert page(shown).find("input", {"name": "time_asked"})["value"] == "2 hours"
    assert Body.objects.count() == 4


def test_what_a_group_is_for_is_changed_by_who_runs_it(cast, as_person):
    path = url("remit", cast.group)
    assert as_person(cast.tunde).get(path).status_code == 403
    assert as_person(cast.grace).post(path, SAID | {"stage_key": "3"}).status_code == 302
    assert Remit.objects.get(body=cast.group).stage_words == "Stage 3: Training"
    assert "Stage 3: Training." in words(as_person(cast.ishani).get(reverse("taskgroups:groups")))
    Body.objects.filter(pk=cast.group.pk).update(state="closed")
    assert "This group has closed." in words(as_person(cast.grace).post(path, SAID))


def test_the_warning_of_too_few_peers_stands_in_the_list_and_on_the_page(cast, as_person):
    client = as_person(cast.ishani)
    warning = "Not enough peer seats: 3 of 7 are for peers. This group asks for 50% or more."
    assert warning in words(client.get(reverse("taskgroups:groups")))
    assert warning in words(client.get(url("group", cast.group)))
