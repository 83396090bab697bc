"""The Steering Group's views and recommendation, the equality sign-off and the committee's ratification."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance.models import Side
from meetings.models import Meeting, Reply
from notifications.models import Message
from steering.models import EqualityRecord, MemberView, Ratification, Recommendation
from steering.services import review
from steering.workflows import PolicyState
from tests.factories import steering as make

Outcome = Recommendation.Outcome
Impact = EqualityRecord.Impact
Position = MemberView.Position


@pytest.fixture
def story(cast):
    """Draft 0.2 is before the Steering Group, which has met about it with two peers and two staff."""
    story = make.policy_under_review(cast)
    make.meeting_held(story)
    return story


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("recipient__name", flat=True))


# -- views -----------------------------------------------------------------------------------------------------------


def test_a_view_keeps_the_side_its_author_sits_for(cast, story):
    peer = review.leave_view(by=cast.cass, policy=story.policy, position=Position.SUPPORT, words=" Good. ")
    staff = review.leave_view(by=cast.samuel, policy=story.policy, position=Position.UNSURE)
    assert (peer.side, peer.words, peer.version) == (Side.PEER, "Good.", story.second)
    assert (staff.side, staff.position) == (Side.STAFF, Position.UNSURE)


def test_a_second_view_replaces_the_first_and_not_its_side(cast, story):
    review.leave_view(by=cast.cass, policy=story.policy, position=Position.SUPPORT)
    MemberView.objects.update(side=Side.STAFF)
    review.leave_view(by=cast.cass, policy=story.policy, position=Position.AGAINST, words="I thought again.")
    view = MemberView.objects.get()
    assert (view.position, view.words, view.side) == (Position.AGAINST, "I thought again.", Side.STAFF)
    verbs = AuditEntry.objects.filter(verb__contains="view").values_list("verb", flat=True)
    assert list(verbs) == ["steering.left_view", "steering.changed_view"]


def test_only_a_seat_gives_a_view(cast, story):
    for person in (cast.grace, cast.owen, cast.ishani, cast.leyla):
        with pytest.raises(Refused, match="Only people with a seat"):
            review.leave_view(by=person, policy=story.policy, position=Position.SUPPORT)
    assert not MemberView.objects.exists()


def test_views_end_when_the_group_has_decided(cast, story):
    review.record_recommendation(**make.said(story))
    with pytest.raises(Refused, match="You cannot leave a view now"):
        review.leave_view(by=cast.cass, policy=story.policy, position=Position.SUPPORT)


def test_no_view_before_the_draft_comes_to_the_group(cast):
    story = make.policy_out_for_comment(cast)
    with pytest.raises(Refused, match="does not have this draft"):
        review.leave_view(by=cast.cass, policy=story.policy, position=Position.SUPPORT)


# -- the recommendation ----------------------------------------------------------------------------------------------


def test_a_recommendation_moves_the_policy_on_and_tells_who_took_part(cast, story):
    said = review.record_recommendation(**make.said(story))
    story.policy.refresh_from_db()
    assert story.policy.state == PolicyState.RECOMMENDED
    assert said.version == story.second
    assert told("steering.decided") == {
        name.name for name in (cast.tunde, cast.priya, cast.ishani, cast.cass, cast.samuel)
    }
    assert told("steering.next_step") == {cast.yetunde.name, cast.owen.name}
    entry = AuditEntry.objects.get(verb="steering.decided_recommended")
    assert entry.actor == cast.grace
    assert (entry.facts["peers_for"], entry.facts["staff_for"]) == (2, 2)


def test_a_return_sends_it_back_to_its_group(cast, story):
    votes = {"peers_for": 0, "peers_against": 2}
    review.record_recommendation(**make.said(story, outcome=Outcome.RETURNED, **votes))
    story.policy.refresh_from_db()
    assert story.policy.state == PolicyState.DRAFTING
    assert told("steering.next_step") == set()
    assert cast.tunde.name in told("steering.decided")


def test_a_repeat_of_one_form_is_one_recommendation(story):
    facts = make.said(story)
    assert review.record_recommendation(**facts) == review.record_recommendation(**facts)
    assert Recommendation.objects.count() == 1


def test_another_form_after_the_decision_is_refused(story):
    review.record_recommendation(**make.said(story))
    with pytest.raises(Refused, match="nothing to record"):
        review.record_recommendation(**make.said(story))


def test_a_version_is_decided_on_once(cast, story):
    review.record_recommendation(**make.said(story, outcome=Outcome.RETURNED))
    type(story.policy).objects.update(state=PolicyState.REVIEW)
    with pytest.raises(Refused, match="decided on this version already"):
        review.record_recommendation(**make.said(story))


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"peers_for": 1}, "peers_for"),
        ({"peers_for": 3}, "peers_for"),
        ({"staff_neither": 1}, "staff_for"),
        ({"staff_for": 0}, "staff_for"),
    ],
)
def test_counts_add_up_to_those_who_were_there(story, counts, field):
    with pytest.raises(Refused, match="add up to") as refusal:
        review.record_recommendation(**make.said(story, outcome=Outcome.RETURNED, **counts))
    assert refusal.value.field == field


@pytest.mark.parametrize("outcome", [Outcome.RECOMMENDED, Outcome.CONDITIONS])
@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"peers_for": 0, "peers_against": 2}, "peers_for"),
        ({"peers_for": 1, "peers_against": 1}, "peers_for"),
        ({"peers_for": 0, "peers_neither": 2}, "peers_for"),
        ({"staff_for": 0, "staff_against": 2}, "staff_for"),
        ({"staff_for": 1, "staff_against": 1}, "staff_for"),
    ],
)
def test_neither_side_outvotes_the_other(story, outcome, counts, field):
    conditions = "Train managers first." if outcome == Outcome.CONDITIONS else ""
    with pytest.raises(Refused, match="One side cannot outvote the other") as refusal:
        review.record_recommendation(**make.said(story, outcome=outcome, conditions=conditions, **counts))
    assert refusal.value.field == field
    assert not Recommendation.objects.exists()


def test_many_staff_do_not_outvote_two_peers(cast, story):
    for person in (cast.grace, cast.owen, cast.nadia, cast.robin):
        Reply.objects.create(meeting=story.item.meeting, person=person, was_there=True, side=Side.STAFF)
    with pytest.raises(Refused, match="One side cannot outvote"):
        review.record_recommendation(**make.said(story, peers_for=0, peers_against=2, staff_for=6))


def test_a_majority_of_each_side_with_some_against_is_enough(cast, story):
    Reply.objects.create(meeting=story.item.meeting, person=cast.ishani, was_there=True, side=Side.PEER)
    said = review.record_recommendation(**make.said(story, peers_for=2, peers_against=1, staff_for=1, staff_neither=1))
    assert said.outcome == Outcome.RECOMMENDED


def test_a_meeting_without_enough_peers_cannot_decide(cast, story):
    make.meeting_held(
        story,
        present=[
            (cast.tunde, Side.PEER),
            (cast.samuel, Side.STAFF),
            (cast.yetunde, Side.STAFF),
            (cast.priya, Side.STAFF),
        ],
    )
    with pytest.raises(Refused, match="1 more peer needed") as refusal:
        review.record_recommendation(**make.said(story, peers_for=1, staff_for=3))
    assert refusal.value.field == "item"


def test_a_meeting_without_enough_staff_cannot_decide(cast, story):
    peers = [(person, Side.PEER) for person in (cast.tunde, cast.cass, cast.ishani)]
    make.meeting_held(story, present=[*peers, (cast.samuel, Side.STAFF)])
    with pytest.raises(Refused, match="1 more member of staff needed"):
        review.record_recommendation(**make.said(story, peers_for=3, staff_for=1))


@pytest.mark.parametrize("state", [Meeting.State.PLANNED, Meeting.State.CANCELLED])
def test_a_meeting_that_was_not_held_decides_nothing(story, state):
    Meeting.objects.update(state=state, held_at=None, held_by=None)
    with pytest.raises(Refused, match="First record that the meeting was held"):
        review.record_recommendation(**make.said(story))


def test_another_bodys_meeting_decides_nothing(cast, story):
    make.meeting_held(story, body=cast.group)
    with pytest.raises(Refused, match="Choose a meeting of the Steering Group"):
        review.record_recommendation(**make.said(story))


def test_a_meeting_about_another_version_decides_nothing(story):
    make.meeting_held(story, paper=story.first)
    with pytest.raises(Refused, match="did not have this version as its paper"):
        review.record_recommendation(**make.said(story))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reasons": "  "}, "reasons"),
        ({"outcome": Outcome.CONDITIONS}, "conditions"),
        ({"conditions": "Only on Tuesdays."}, "conditions"),
    ],
)
def test_words_that_are_missing_or_do_not_fit(story, changes, field):
    with pytest.raises(Refused) as refusal:
        review.record_recommendation(**make.said(story, **changes))
    assert refusal.value.field == field


# -- conditions ------------------------------------------------------------------------------------------------------


def test_how_conditions_were_met_is_said_once(cast):
    story = make.policy_recommended(cast, outcome=Outcome.CONDITIONS, conditions="Train managers first.")
    said = review.record_conditions_met(by=cast.grace, policy=story.policy, words="They were trained in August.")
    assert (said.conditions_met, said.conditions_met_by) == ("They were trained in August.", cast.grace)
    again = review.record_conditions_met(by=cast.owen, policy=story.policy, words="Something else.")
    assert (again.conditions_met, again.conditions_met_by) == ("They were trained in August.", cast.grace)


def test_no_conditions_cannot_be_met(cast):
    story = make.policy_recommended(cast)
    with pytest.raises(Refused, match="set no conditions"):
        review.record_conditions_met(by=cast.grace, policy=story.policy, words="Met.")


def test_conditions_are_not_met_without_words(cast):
    story = make.policy_recommended(cast, outcome=Outcome.CONDITIONS, conditions="Train managers first.")
    with pytest.raises(Refused) as refusal:
        review.record_conditions_met(by=cast.grace, policy=story.policy, words=" ")
    assert refusal.value.field == "words"


# -- equality --------------------------------------------------------------------------------------------------------


def test_a_sign_off_is_about_the_version_under_review(cast, story):
    found = make.sign_off(story)
    assert (found.version, found.stage, found.by) == (story.second, EqualityRecord.Stage.SIGN_OFF, cast.yetunde)
    assert told("steering.equality_finding") == set()


def test_a_finding_that_cannot_be_justified_is_told_to_those_who_can_mend_it(cast, story):
    make.sign_off(story, Impact.NOT_JUSTIFIED)
    assert told("steering.equality_finding") == {cast.tunde.name, cast.priya.name, cast.grace.name}


def test_a_sign_off_sent_twice_is_one(cast, story):
    facts = {
        "by": cast.yetunde,
        "policy": story.policy,
        "impact": Impact.NONE,
        "words": "Looked.",
        "form_key": uuid.uuid4(),
    }
    assert review.record_equality_sign_off(**facts) == review.record_equality_sign_off(**facts)
    assert EqualityRecord.objects.filter(stage=EqualityRecord.Stage.SIGN_OFF).count() == 1


def test_nothing_to_sign_off_before_review(cast):
    story = make.policy_out_for_comment(cast)
    with pytest.raises(Refused, match="There is no version to sign off"):
        make.sign_off(story)


def test_a_returned_version_is_not_signed_off(story):
    review.record_recommendation(**make.said(story, outcome=Outcome.RETURNED))
    with pytest.raises(Refused, match="There is no version to sign off"):
        make.sign_off(story)


def test_a_sign_off_says_what_was_found(cast, story):
    with pytest.raises(Refused) as refusal:
        review.record_equality_sign_off(by=cast.yetunde, policy=story.policy, impact=Impact.NONE, words="  ")
    assert refusal.value.field == "words"


# -- ratification ----------------------------------------------------------------------------------------------------


def test_a_ratification_is_about_the_recommended_version(cast):
    story = make.policy_recommended(cast)
    ratified = make.ratify(story)
    assert (ratified.version, story.policy.state) == (story.second, PolicyState.RATIFIED)
    assert AuditEntry.objects.get(verb="steering.recorded_ratification").actor == cast.owen


def test_the_same_ratification_twice_is_one(cast):
    story = make.policy_recommended(cast)
    assert make.ratify(story) == make.ratify(story)
    assert Ratification.objects.count() == 1


def test_another_ratification_after_the_first_is_refused(cast):
    story = make.policy_recommended(cast)
    make.ratify(story)
    with pytest.raises(Refused, match="This is not recommended now"):
        make.ratify(story, committee="Another Committee")


@pytest.mark.parametrize("days", [1, 300])
def test_a_committee_cannot_have_decided_in_the_future(cast, days):
    story = make.policy_recommended(cast)
    with pytest.raises(Refused, match="cannot be in the future") as refusal:
        make.ratify(story, decided_on=clock.today() + dt.timedelta(days=days))
    assert refusal.value.field == "decided_on"


def test_a_committee_cannot_have_decided_before_the_steering_group(cast):
    story = make.policy_recommended(cast)
    met_on = story.item.meeting.starts_at.date()
    with pytest.raises(Refused, match="cannot have decided before"):
        make.ratify(story, decided_on=met_on - dt.timedelta(days=1))
    assert make.ratify(story, decided_on=met_on).decided_on == met_on


def test_a_committee_ratifies_only_what_was_recommended(story):
    with pytest.raises(Refused, match="The committee ratifies what the Steering Group has recommended"):
        make.ratify(story)
