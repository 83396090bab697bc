"""A policy that concerns a member's own care or team: they leave no view, and the record says how many took no part."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core.errors import Refused
from governance.services.recusals import say_it_concerns_me, take_back
from meetings.presenters import matter_of as matter_of_item
from steering.models import MemberView, Recommendation
from steering.services import review
from tests.factories import steering as story

REASON = "Because of my team"


@pytest.fixture
def told(cast):
    told = story.policy_under_review(cast)
    story.meeting_held(told)
    return told


def says(cast, told, person, effect="out"):
    return say_it_concerns_me(
        by=person,
        body=cast.steering,
        matter=review.matter_of(told.policy),
        effect=effect,
        reason=REASON,
        is_shared=False,
        form_key=uuid.uuid4(),
    )


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def page_of(told):
    return reverse("steering:review", args=[told.policy.pk])


def test_an_item_with_a_paper_and_its_policy_are_one_matter(told):
    item = type(told.item).objects.select_related("paper").get(pk=told.item.pk)
    assert matter_of_item(item).key == review.matter_of(told.policy).key


@pytest.mark.parametrize("effect", ["out", "speaks"])
def test_who_does_not_decide_leaves_no_view(cast, told, effect):
    kept = says(cast, told, cast.cass, effect)
    with pytest.raises(Refused, match="you leave no view"):
        review.leave_view(by=cast.cass, policy=told.policy, position="support")
    assert not MemberView.objects.exists()
    take_back(by=cast.cass, recusal=kept)
    assert review.leave_view(by=cast.cass, policy=told.policy, position="support").pk


def test_who_says_so_and_takes_part_leaves_a_view(cast, told):
    says(cast, told, cast.cass, "takes_part")
    assert review.leave_view(by=cast.cass, policy=told.policy, position="support").pk


def test_the_page_says_so_and_a_form_sent_all_the_same_is_refused_in_words(cast, told, as_person):
    browser = as_person(cast.cass)
    assert "This concerns my own care or my team" in text(browser.get(page_of(told)))
    sent = {"form_key": str(uuid.uuid4()), "effect": "out", "reason": REASON}
    assert browser.post(reverse("steering:concerns_me", args=[told.policy.pk]), sent)["Location"] == page_of(told)
    page = browser.get(page_of(told))
    assert "So you leave no view." in text(page)
    assert b"Keep my view" not in page.content
    refused = browser.post(page_of(told), {"position": "support", "words": "All the same"})
    assert "So you leave no view." in text(refused)
    assert not MemberView.objects.exists()
    assert REASON not in page.content.decode()


def test_a_view_left_before_is_shown_to_nobody_after(cast, told, as_person):
    review.leave_view(by=cast.cass, policy=told.policy, position="against", words="Words of before")
    review.leave_view(by=cast.tunde, policy=told.policy, position="support", words="Words that stay")
    says(cast, told, cast.cass)
    page = text(as_person(cast.grace).get(page_of(told)))
    assert "Words that stay" in page
    assert "Words of before" not in page


def test_only_members_while_it_is_before_them(cast, told, as_person):
    address = reverse("steering:concerns_me", args=[told.policy.pk])
    given = {key: as_person(person).get(address).status_code for key, person in cast.people.items()}
    assert {key for key, status in given.items() if status == 200} == {"tunde", "cass", "samuel", "yetunde"}
    story.review.record_recommendation(**story.said(told))
    assert as_person(cast.cass).get(address).status_code == 302


FIVE = [("tunde", "peer"), ("cass", "peer"), ("samuel", "staff"), ("yetunde", "staff")]


def five_there(cast, told):
    """Three peers and two staff: enough, when one peer takes no part."""
    cast.steering.quorum_total = 4
    cast.steering.save()
    told.item.meeting.replies.create(person=cast.morgan, was_there=True, side="peer")


def test_the_record_counts_who_took_no_part_by_side(cast, told):
    five_there(cast, told)
    says(cast, told, cast.cass)
    says(cast, told, cast.samuel, "takes_part")
    made = review.record_recommendation(**story.said(told))
    assert (made.peers_out, made.staff_out, made.peers_for, made.staff_for) == (1, 0, 2, 2)


def test_who_takes_no_part_and_was_not_there_is_not_counted(cast, told):
    five_there(cast, told)
    told.item.meeting.replies.filter(person=cast.cass).update(was_there=False)
    says(cast, told, cast.cass)
    assert review.record_recommendation(**story.said(told)).peers_out == 0


def test_their_number_may_not_be_counted_for_a_side(cast, told):
    five_there(cast, told)
    says(cast, told, cast.cass)
    with pytest.raises(Refused) as refused:
        review.record_recommendation(**story.said(told, peers_for=3))
    assert refused.value.message == (
        "3 peers were at the meeting and 1 took no part, but your numbers for peers add up to 3."
    )


def test_staff_do_not_decide_alone_because_peers_take_no_part(cast, told):
    says(cast, told, cast.cass)
    with pytest.raises(Refused, match="Those who take no part in this item do not count. There were not enough people"):
        review.record_recommendation(**story.said(told, peers_for=1))
    assert not Recommendation.objects.exists()


def test_recorded_on_the_page_and_shown_afterwards(cast, told, as_person):
    five_there(cast, told)
    says(cast, told, cast.cass)
    browser = as_person(cast.grace)
    address = reverse("steering:recommendation", args=[told.policy.pk])
    assert "1 peer and no staff take no part in this item." in text(browser.get(address))
    sent = {
        **dict.fromkeys(("peers_for", "staff_for"), "2"),
        **{f"{side}_{way}": "0" for side in ("peers", "staff") for way in ("against", "neither")},
        "item": str(told.item.pk),
        "outcome": "recommended",
        "reasons": "It is good.",
        "form_key": str(uuid.uuid4()),
    }
    assert "At the meeting, 1 peer and no staff took no part in this item." in text(browser.post(address, sent))
    browser.post(address, {**sent, "confirm": "yes"})
    page = text(as_person(cast.tunde).get(page_of(told)))
    assert "Peers who were at the meeting and took no part in this item: 1." in page
    assert "Staff who were at the meeting" not in page
    assert REASON not in page
