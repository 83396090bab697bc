"""How a body is set up: the usual of its kind, numbers that add up, and nobody above that is below."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core.errors import Refused
from governance.balance import balances
from governance.models import Body, Constituency, Seat
from governance.quorum import out_of_reach
from governance.services.bodies import change_settings, settings_of, start_body


def change(cast, body, **changed):
    return change_settings(by=cast.grace, body=body, settings=replace(settings_of(body), **changed))


def test_the_usual_of_each_kind(cast):
    for body, share, terms in ((cast.group, 50, 2), (cast.steering, 33, 2), (cast.network, 0, 0)):
        found = settings_of(body)
        assert (found.peer_share, found.most_terms, found.term_years) == (share, terms, 2)


def test_what_was_changed_is_written_down_by_its_name_only(cast):
    changed = change(cast, cast.group, name="  Role   design ", most_terms=3, review_on=dt.date(2027, 9, 1))
    changed.refresh_from_db()
    assert (changed.name, changed.most_terms, changed.peer_share) == ("Role design", 3, None)
    entry = AuditEntry.objects.get(verb="governance.changed_settings")
    assert entry.facts == {"changed": ["most_terms", "name", "review_on"]}
    change(cast, changed, name="Role design")
    assert AuditEntry.objects.filter(verb="governance.changed_settings").count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"quorum_total": 3, "quorum_peer": 2, "quorum_staff": 2}, "quorum_total", "2 peers and 2 staff are 4 people"),
        ({"name": "RECRUITMENT AND SELECTION"}, "name", "There is a group of this name"),
        ({"name": "   "}, "name", "Enter a name"),
        ({"term_years": 0}, "term_years", "from 1 to 10 years"),
        ({"term_years": 11}, "term_years", "from 1 to 10 years"),
        ({"peer_share": 101}, "peer_share", "from 0 to 100"),
    ],
)
def test_what_cannot_be(cast, changed, field, words):
    before = Body.objects.values().get(pk=cast.group.pk)
    with pytest.raises(Refused, match=words) as refused:
        change(cast, cast.group, **changed)
    assert refused.value.field == field
    assert Body.objects.values().get(pk=cast.group.pk) == before


@pytest.mark.parametrize(
    "values",
    [
        {"quorum_total": 3, "quorum_peer": 2, "quorum_staff": 2},
        {"name": "RECRUITMENT AND SELECTION"},
        {"term_years": 0},
        {"term_years": 11},
        {"peer_share": 101},
    ],
)
def test_the_database_holds_it_too(cast, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.filter(pk=cast.group.pk).update(**values)


def test_nobody_above_is_below(cast):
    Body.objects.filter(pk=cast.other_group.pk).update(reports_to=cast.group)
    for body, above in ((cast.group, cast.other_group), (cast.group, cast.group), (cast.steering, cast.group)):
        with pytest.raises(Refused) as refused:
            change(cast, body, reports_to=above)
        assert refused.value.field == "reports_to"
    assert change(cast, cast.other_group, reports_to=None).reports_to is None


def test_a_closed_group_is_not_set_up_anew(cast):
    Body.objects.filter(pk=cast.group.pk).update(state="closed")
    with pytest.raises(Refused, match="This group has closed"):
        change(cast, cast.group, name="Another name")


def test_a_group_is_started_once_whatever_is_pressed_twice(cast):
    key = uuid.uuid4()
    first = start_body(by=cast.grace, name="A new group", reports_to=cast.steering, form_key=key)
    assert start_body(by=cast.grace, name="A new group", reports_to=cast.steering, form_key=key) == first
    with pytest.raises(Refused, match="There is a group of this name"):
        start_body(by=cast.grace, name="a NEW group", reports_to=cast.steering, form_key=uuid.uuid4())


# -- not enough peers: a warning ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (50, "Not enough peer seats: 3 of 7 are for peers. This group asks for 50% or more."),
        (42, ""),
        (0, ""),
    ],
)
def test_the_share_is_of_seats(cast, share, words):
    body = change(cast, cast.group, peer_share=share)
    assert balances([body])[body.pk].share_warning == words


def test_the_share_is_then_of_those_who_sit_there(cast):
    for person in (cast.cass, cast.tunde):
        cast_term = person.terms.get(body=cast.group)
        cast_term.ends_on = cast_term.starts_on
        cast_term.save()
    body = change(cast, cast.group, peer_share=40)
    words = "Not enough peer seats are filled: 0 of the 2 people here are peers. This group asks for 40% or more."
    assert balances([body])[body.pk].share_warning == words


def test_an_empty_body_is_not_warned_of(cast):
    body = start_body(by=cast.grace, name="A new group", reports_to=cast.steering, form_key=uuid.uuid4())
    assert balances([body])[body.pk].share_warning == ""


def test_a_quorum_out_of_reach_is_said(cast):
    body = change(cast, cast.other_group, quorum_total=2, quorum_peer=1, quorum_staff=1)
    words = "This group needs 1 staff to decide, and has no seats for them."
    assert out_of_reach(body, balances([body])[body.pk]).startswith(words)
    Seat.objects.create(body=body, constituency=Constituency.SPONSOR, opened_on=dt.date(2026, 1, 1))
    assert out_of_reach(body, balances([body])[body.pk]) == ""
