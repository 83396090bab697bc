"""Drafts and people who have stepped back: they are not asked, and nobody of the other side decides for theirs."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core import clock
from core.errors import Refused
from core.permissions import can
from governance import standing
from governance.models import Side, Term
from governance.services.breaks import come_back, step_back
from governance.services.deputies import accept, ask_deputy, decline
from meetings.models import Reply
from notifications.models import Message
from steering import permissions as may
from steering.forms.deciding import RecommendationForm
from steering.models import Asked, Policy, Ready
from steering.services import policies, review
from tests.factories import drafting
from tests.factories import steering as deciding


def term_of(person, body):
    return Term.objects.get(person=person, body=body)


def told(kind):
    found = Message.objects.filter(kind=f"steering.{kind}").values_list("recipient__email", flat=True)
    return sorted(address.partition("@")[0] for address in found)


def deputise(of, body, deputy):
    asked = ask_deputy(by=of, term=term_of(of, body), address=deputy.email, form_key=uuid.uuid4())
    return accept(by=deputy, deputy=asked)


@pytest.fixture
def away(cast):
    """Tunde, who co-leads Task Group 1 for the peers, has stepped back from it; Ishani sits in."""
    deputy = deputise(cast.tunde, cast.group, cast.ishani)
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    return deputy


def test_the_deputy_says_it_for_their_side_and_the_other_co_lead_cannot(cast, away):
    policy = drafting.drafted(cast)
    policies.say_ready(by=cast.priya, policy=policy)
    policies.say_ready(by=cast.priya, policy=policy)
    assert told("look_at_draft") == ["ishani"]
    with pytest.raises(Refused, match="The peer co-lead must first say it is ready"):
        policies.require_both_ready(policy)
    ready = policies.say_ready(by=cast.ishani, policy=policy)
    assert (ready.side, ready.person) == (Side.PEER, cast.ishani)
    assert policies.require_both_ready(policy)
    assert told("draft_ready") == ["grace"]


def test_when_the_deputy_says_it_first_the_staff_co_lead_is_told(cast, away):
    policies.say_ready(by=cast.ishani, policy=drafting.drafted(cast))
    assert told("look_at_draft") == ["priya"]


def test_who_is_away_says_nothing_and_a_deputy_only_meanwhile(cast, away):
    policy = drafting.drafted(cast)
    with pytest.raises(Refused, match="Only a co-lead"):
        policies.say_ready(by=cast.tunde, policy=policy)
    come_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    with pytest.raises(Refused, match="Only a co-lead"):
        policies.say_ready(by=cast.ishani, policy=policy)
    assert policies.say_ready(by=cast.tunde, policy=policy).side == Side.PEER


def test_without_a_deputy_the_draft_waits(cast):
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    policy = drafting.drafted(cast)
    policies.say_ready(by=cast.priya, policy=policy)
    assert (told("look_at_draft"), Ready.objects.count()) == ([], 1)
    with pytest.raises(Refused, match="The peer co-lead must first"):
        policies.require_both_ready(policy)


def test_a_deputy_reads_the_drafts_and_presses_ready_and_no_more(cast, away, as_person):
    policy = drafting.drafted(cast)
    for permission, yes in (
        (may.SEE_OPEN_DRAFT, True),
        (may.SAY_READY, True),
        (may.EDIT_DRAFT, False),
        (may.SHARE_DRAFT, False),
        (may.ANSWER_COMMENT, False),
    ):
        assert can(cast.ishani, permission, policy) == yes, permission.name
    page = as_person(cast.ishani).get(reverse("steering:policy", args=[policy.pk])).content
    text = BeautifulSoup(page, "html.parser").find("main").get_text(" ", strip=True)
    assert "Say that draft 0.1 is ready" in text
    assert "Change the words" not in text
    assert as_person(cast.ishani).post(reverse("steering:say_ready", args=[policy.pk])).status_code == 302
    decline(by=cast.ishani, deputy=away)
    assert as_person(cast.ishani).get(reverse("steering:policy", args=[policy.pk])).status_code == 404


def test_who_is_away_may_still_read(cast, away):
    policy = drafting.drafted(cast)
    assert (can(cast.tunde, may.SEE_OPEN_DRAFT, policy), can(cast.tunde, may.EDIT_DRAFT, policy)) == (True, False)
    assert policy in Policy.objects.taking_part(cast.tunde)


# -- who is asked ----------------------------------------------------------------------------------------------------


def test_a_consultation_asks_nobody_through_a_seat_on_a_break(cast):
    step_back(by=cast.ishani, term=term_of(cast.ishani, cast.network))
    step_back(by=cast.cass, term=term_of(cast.cass, cast.network))
    consultation = drafting.out_for_comment(cast)
    asked = {person.pk: side for person, side in ((each.person, each.side) for each in consultation.asked.all())}
    assert cast.ishani.pk not in asked
    assert asked[cast.cass.pk] == Side.PEER, "through Task Group 1"
    assert "ishani" not in told("consultation_opened")
    assert Asked.objects.count() == len(told("consultation_opened"))


def test_a_draft_for_review_is_not_announced_to_who_is_away(cast):
    step_back(by=cast.samuel, term=term_of(cast.samuel, cast.steering))
    step_back(by=cast.samuel, term=term_of(cast.samuel, cast.network))
    consultation = drafting.out_for_comment(cast)
    with clock.set_to(clock.now() + dt.timedelta(days=30)):
        policies.submit_for_review(by=cast.grace, policy=consultation.policy)
    assert told("review_asked") == ["cass", "tunde", "yetunde"]


# -- the Steering Group ----------------------------------------------------------------------------------------------


@pytest.fixture
def story(cast):
    return deciding.policy_under_review(cast)


def test_who_is_away_reads_the_review_and_leaves_no_view(cast, story):
    step_back(by=cast.cass, term=term_of(cast.cass, cast.steering))
    assert (can(cast.cass, may.READ_REVIEW, story.policy), can(cast.cass, may.LEAVE_VIEW, story.policy)) == (
        True,
        False,
    )
    with pytest.raises(Refused, match="Only people with a seat"):
        review.leave_view(by=cast.cass, policy=story.policy, position="support")
    come_back(by=cast.cass, term=term_of(cast.cass, cast.steering))
    assert review.leave_view(by=cast.cass, policy=story.policy, position="support").side == Side.PEER


def test_who_sits_in_reads_the_review_and_leaves_no_view(cast, story):
    assert not can(cast.morgan, may.READ_REVIEW, story.policy)
    deputise(cast.cass, cast.steering, cast.morgan)
    step_back(by=cast.cass, term=term_of(cast.cass, cast.steering))
    standing.forget(cast.morgan)
    assert can(cast.morgan, may.READ_REVIEW, story.policy)
    assert not can(cast.morgan, may.LEAVE_VIEW, story.policy)
    assert story.policy in Policy.objects.taking_part(cast.morgan)


def test_deputies_who_do_not_count_make_no_recommendation(cast, story):
    item = deciding.meeting_held(story)
    Reply.objects.filter(meeting=item.meeting, person=cast.cass).update(as_deputy=True, counts=False)
    offered = RecommendationForm(policy=story.policy).fields["item"].queryset.get(pk=item.pk)
    assert (offered.peers, offered.staff) == (1, 2)
    with pytest.raises(Refused, match="This meeting could not decide. There were not enough people"):
        review.record_recommendation(**deciding.said(story, item=item))
