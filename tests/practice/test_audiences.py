"""Who knows of an item, in each state and for each audience; and that the rule and the query agree."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from core.errors import Refused
from core.permissions import can
from governance import standing
from governance.services.seats import end_term
from network.services.partnerships import end_partnership
from practice.models import Audience, ContentNote, Item, Reply, Tag, Witness
from practice.permissions import READ_ITEM
from practice.services import sharing, writing
from practice.workflows import WordsState
from tests.practice.conftest import draft_of, shared_by

NETWORK = {"ishani", "tunde", "cass", "morgan", "priya", "samuel"}
STEERING = {"tunde", "cass", "samuel", "yetunde"}
GROUP = {"tunde", "cass", "priya", "nadia"}


def readers(cast, item):
    """Who sees it, by the query; the rule says the same of everyone."""
    found = set()
    for name, person in cast.people.items():
        standing.forget(person)
        sees = Item.objects.visible_to(person).filter(pk=item.pk).exists()
        assert sees == can(person, READ_ITEM, Item.objects.get(pk=item.pk)), name
        found |= {name} if sees else set()
    assert not Item.objects.visible_to(AnonymousUser()).exists()
    assert not can(AnonymousUser(), READ_ITEM, item)
    return found


def test_each_audience_is_its_own(cast):
    shared_by(cast.morgan, Audience.GROUP, body=cast.other_group)
    assert readers(cast, shared_by(cast.ishani)) == NETWORK
    assert readers(cast, shared_by(cast.ishani, Audience.STEERING)) == NETWORK | STEERING | {"grace"}
    assert readers(cast, shared_by(cast.tunde, Audience.GROUP, body=cast.group)) == GROUP
    assert readers(cast, draft_of(cast.ishani)) == {"ishani"}


@pytest.mark.parametrize("state", [WordsState.HIDDEN, WordsState.CHANGING])
def test_what_moderators_hid_is_for_its_author_alone(cast, item, state):
    Item.objects.update(state=state, sponsor=cast.samuel)
    assert readers(cast, item) == {"ishani"}


def test_what_was_taken_back_is_for_nobody_and_what_was_removed_for_its_author(cast, item):
    sharing.withdraw(by=cast.ishani, item=item)
    assert readers(cast, item) == set()
    Item.objects.update(state=WordsState.REMOVED)
    assert readers(cast, item) == {"ishani"}


def test_a_change_of_audience_counts_at_once(cast, item):
    def change(audience, body=None):
        sharing.choose_audience(by=cast.ishani, item=item, audience=audience, body=body, shown_as="member")
        return readers(cast, item)

    assert change(Audience.STEERING) == NETWORK | STEERING | {"grace"}
    assert change(Audience.NETWORK) == NETWORK
    with pytest.raises(Refused, match="a group that you sit on"):
        change(Audience.GROUP, cast.group)
    assert readers(cast, item) == NETWORK


@pytest.mark.parametrize("body", ["network", "steering", "other_group"])
def test_a_named_group_is_a_task_group_that_one_sits_on(cast, body):
    item = draft_of(cast.tunde)
    with pytest.raises(Refused, match="a group that you sit on"):
        sharing.choose_audience(
            by=cast.tunde, item=item, audience=Audience.GROUP, body=getattr(cast, body), shown_as="member"
        )


def test_a_group_one_has_left_cannot_be_shared_with(cast):
    item = draft_of(cast.cass)
    sharing.choose_audience(by=cast.cass, item=item, audience=Audience.GROUP, body=cast.group, shown_as="member")
    end_term(by=cast.grace, term=cast.cass.terms.get(body=cast.group))
    with pytest.raises(Refused, match="a group that you sit on"):
        sharing.share(by=cast.cass, item=item)
    assert Item.objects.get().state == WordsState.DRAFT


def test_a_closed_group_reads_nothing(cast):
    item = shared_by(cast.tunde, Audience.GROUP, body=cast.group)
    cast.group.state = "closed"
    cast.group.save()
    assert readers(cast, item) == {"tunde"}


# -- the sponsor -------------------------------------------------------------------------------------------------------


def test_the_sponsor_sees_a_draft_only_when_let(cast):
    item = draft_of(cast.ishani)
    assert readers(cast, item) == {"ishani"}
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=cast.samuel)
    assert readers(cast, item) == {"ishani", "samuel"}
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=None)
    assert readers(cast, item) == {"ishani"}


def test_a_partnership_that_ended_shuts_the_draft(cast):
    item = draft_of(cast.ishani)
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=cast.samuel)
    end_partnership(by=cast.grace, partnership=cast.ishani.sponsorships_received.get())
    assert readers(cast, item) == {"ishani"}


def test_only_ones_own_sponsor_can_be_let_see(cast):
    item = draft_of(cast.ishani)
    for other in (cast.priya, cast.tunde):
        with pytest.raises(Refused, match="not your staff sponsor"):
            writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=other)
    assert Item.objects.get().sponsor is None


def test_taking_it_back_deletes_every_word(cast):
    item = shared_by(cast.ishani, Audience.STEERING)
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=cast.samuel)
    writing.say_seen(by=cast.samuel, item=item, line="I was there.")
    ContentNote.objects.create(item=item, note="abuse")
    sharing.withdraw(by=cast.ishani, item=item)
    left = Item.objects.values("title", "what", "place", "with_whom", "helped", "since_year", "kind", "sponsor").get()
    assert set(left.values()) == {"", None}
    assert [model.objects.count() for model in (Tag, ContentNote, Witness, Reply)] == [0, 0, 0, 0]
