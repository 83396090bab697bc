"""Pages of deciding: who gets in, what they read, and that nothing typed is lost."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.permissions import can
from meetings.papers import papers_for
from steering import permissions as may
from steering.models import EqualityRecord, MemberView, Policy, Ratification, Recommendation
from steering.services import review
from steering.workflows import PolicyState
from tests.factories import steering as make

PAGES = ["review", "recommendation", "conditions", "equality", "ratification", "publish", "evidence"]


def at(name: str, policy: Policy) -> str:
    return reverse(f"steering:{name}", args=[policy.pk])


def main(response) -> BeautifulSoup:
    """What stands in the page's main part."""
    return BeautifulSoup(response.content, "html.parser").main


@pytest.fixture
def story(cast):
    return make.policy_under_review(cast)


# -- who gets in -----------------------------------------------------------------------------------------------------

#: For each page, who of the cast may open it. Everyone else who may know of the policy gets 403, and others 404.
OPEN_TO = {
    "review": {"tunde", "cass", "samuel", "yetunde", "grace", "owen"},
    "recommendation": {"grace"},
    "conditions": {"grace"},
    "equality": {"yetunde"},
    "ratification": {"grace", "owen"},
    "publish": {"grace", "owen"},
    "evidence": {"grace", "owen"},
    "evidence_comments": {"grace", "owen"},
    "evidence_messages": {"grace", "owen"},
    "recipients": {"grace", "owen"},
    "bundle": {"grace", "owen"},
}
NOT_KNOWN_TO = {"robin"}


@pytest.mark.parametrize("page", OPEN_TO)
def test_each_page_opens_to_those_it_is_for_and_no_other(cast, as_person, story, page):
    for name, person in cast.people.items():
        status = as_person(person).get(at(page, story.policy)).status_code
        if name == "leyla":
            assert status == 302, "someone deactivated is logged out"
        elif name in NOT_KNOWN_TO:
            assert status == 404, name
        else:
            assert status == (200 if name in OPEN_TO[page] else 403), name


@pytest.mark.parametrize("page", OPEN_TO)
def test_a_visitor_is_asked_to_log_in(client, story, page):
    assert client.get(at(page, story.policy)).status_code == 302


@pytest.mark.parametrize("page", ["review", "recommendation", "equality", "ratification"])
def test_a_policy_that_has_not_come_to_the_group_is_not_found_there(cast, as_person, page):
    story = make.policy_out_for_comment(cast)
    person = cast.yetunde if page == "equality" else cast.grace
    assert as_person(person).get(at(page, story.policy)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_policy_that_is_not_there(cast, as_person, page):
    assert as_person(cast.owen).get(reverse(f"steering:{page}", args=[uuid.uuid4()])).status_code == 404


def test_one_may_leave_a_view_exactly_with_a_seat(cast):
    may_leave = {name for name, person in cast.people.items() if can(person, may.LEAVE_VIEW)}
    assert may_leave == {"tunde", "cass", "samuel", "yetunde"}


def test_a_secretary_without_a_seat_cannot_leave_a_view(cast, as_person, story):
    answer = as_person(cast.grace).post(at("review", story.policy), {"position": "support"})
    assert answer.status_code == 403
    assert not MemberView.objects.exists()


# -- the review page -------------------------------------------------------------------------------------------------


def test_the_summary_comes_before_the_words(cast, as_person, story):
    text = main(as_person(cast.cass).get(at("review", story.policy))).get_text(" ", strip=True)
    assert text.index("Draft, not Trust policy") < text.index("What happens in the first weeks") < text.index("2.1")
    assert "from draft 0.1 to draft 0.2" in text
    assert "1 paragraph changed since people were asked" in text


def test_the_redline_and_the_comments_stand_together(cast, as_person, story):
    page = main(as_person(cast.samuel).get(at("review", story.policy)))
    block = page.find(id=f"p-{story.block(2).pk}")
    assert "month" in " ".join(words.get_text() for words in block.find_all("del"))
    assert "first" in " ".join(words.get_text() for words in block.find_all("ins"))
    assert [item.find(class_="app-comment__who").get_text() for item in block.find_all(class_="app-comment")] == [
        "A member, 27 August 2026",
        "Cass Tinderly, 27 August 2026",
    ]
    assert "Accepted in part" in block.get_text()
    tags = {item.get_text(" ", strip=True) for item in page.select(".app-outcomes li")}
    assert tags == {"Accepted 1 comment", "Accepted in part 1 comment", "Noted 1 comment"}


def test_others_views_are_read_after_ones_own(cast, as_person, story):
    review.leave_view(by=cast.cass, policy=story.policy, position="against", words=make.CANARY_VIEW)
    client = as_person(cast.samuel)
    assert make.CANARY_VIEW not in client.get(at("review", story.policy)).content.decode()
    sent = client.post(at("review", story.policy), {"position": "support", "words": "It is clear."}, follow=True)
    text = main(sent).get_text(" ", strip=True)
    assert "Your view is kept." in text
    assert f"Cass Tinderly: I do not support it {make.CANARY_VIEW}" in text
    assert "Samuel Thistlemoor: I support it It is clear." in text


def test_the_secretary_reads_views_and_a_co_lead_without_a_seat_does_not(cast, as_person, story):
    review.leave_view(by=cast.cass, policy=story.policy, position="against", words=make.CANARY_VIEW)
    assert make.CANARY_VIEW in as_person(cast.grace).get(at("review", story.policy)).content.decode()
    assert as_person(cast.priya).get(at("review", story.policy)).status_code == 403


def test_everyone_in_the_group_reads_the_views_once_it_has_decided(cast, as_person, story):
    review.leave_view(by=cast.cass, policy=story.policy, position="support", words=make.CANARY_VIEW)
    make.meeting_held(story)
    review.record_recommendation(**make.said(story))
    page = main(as_person(cast.samuel).get(at("review", story.policy)))
    assert make.CANARY_VIEW in page.get_text()
    assert page.find("form") is None
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.table.tbody.find_all("tr")]
    assert rows == [["Peers", "2", "0", "0"], ["Staff", "2", "0", "0"]]


def test_a_view_needs_a_choice_and_keeps_the_words(cast, as_person, story):
    answer = as_person(cast.cass).post(at("review", story.policy), {"words": "I typed this."})
    assert "Choose what you think of this draft" in answer.content.decode()
    assert "I typed this." in answer.content.decode()


def test_one_reads_ones_own_view_back(cast, as_person, story):
    review.leave_view(by=cast.cass, policy=story.policy, position="unsure", words="Let me think.")
    page = main(as_person(cast.cass).get(at("review", story.policy)))
    assert page.find("input", {"name": "position", "checked": True})["value"] == "unsure"
    assert "Let me think." in page.find("textarea").get_text()


def test_the_secretary_calls_the_meeting_from_here_until_there_is_one(cast, as_person, story):
    href = reverse("meetings:call", args=[cast.steering.pk]) + f"?paper={story.second.pk}"
    page = main(as_person(cast.grace).get(at("review", story.policy)))
    assert page.find("a", string="Call the meeting")["href"] == href
    form = as_person(cast.grace).get(href)
    assert "Induction Plan for Peer Support Workers, draft 0.2" in form.content.decode()
    assert main(as_person(cast.cass).get(at("review", story.policy))).find("a", string="Call the meeting") is None
    make.meeting_held(story)
    page = main(as_person(cast.grace).get(at("review", story.policy)))
    assert page.find("a", string="Call the meeting") is None
    assert page.find("a", string="See the meeting")["href"] == reverse("meetings:meeting", args=[story.item.meeting_id])


def test_a_paper_is_found_by_those_who_take_part(cast, story):
    found = papers_for(cast.cass, [story.first.pk, story.second.pk])
    assert {paper.path for paper in found.values()} == {at("review", story.policy), at("policy", story.policy)}
    assert papers_for(cast.robin, [story.second.pk]) == {}


def test_the_page_costs_the_same_with_more_comments_and_views(cast, as_person, story):
    client = as_person(cast.cass)
    before = queries(client, at("review", story.policy))
    for _ in range(3):
        make.answer(story, make.comment(story, cast.morgan, place=1), make.Answer.Outcome.NOTED)
    for person in (cast.tunde, cast.samuel, cast.yetunde):
        review.leave_view(by=person, policy=story.policy, position="support")
    assert queries(client, at("review", story.policy)) == before <= 12


def test_each_page_of_deciding_is_cheap(cast, as_person, story):
    make.meeting_held(story)
    for name, person in {"recommendation": cast.grace, "publish": cast.owen, "equality": cast.yetunde}.items():
        assert queries(as_person(person), at(name, story.policy)) <= 12, name
    review.record_recommendation(**make.said(story))
    assert queries(as_person(cast.cass), at("review", story.policy)) <= 12
    assert queries(as_person(cast.owen), at("ratification", story.policy)) <= 12


def test_the_policys_own_page_leads_to_what_one_may_do(cast, as_person, story):
    def leads_to(person):
        links = main(as_person(person).get(at("policy", story.policy))).find_all("a")
        names = {at(name, story.policy): name for name in OPEN_TO}
        return [names[link["href"]] for link in links if link["href"] in names]

    assert leads_to(cast.grace) == ["review", "recommendation", "publish", "evidence"]
    assert leads_to(cast.yetunde) == ["review", "equality"]
    assert leads_to(cast.owen) == ["review", "publish", "evidence"]
    assert leads_to(cast.cass) == ["review"]
    assert leads_to(cast.ishani) == []


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


# -- the secretary records -------------------------------------------------------------------------------------------


def typed(story, **changes):
    counts = {"peers_for": 2, "peers_against": 0, "peers_neither": 0, "staff_for": 1, "staff_against": 1}
    facts = {
        "item": story.item.pk,
        "outcome": "recommended",
        "reasons": "It says what is needed.",
        **counts,
        "staff_neither": 0,
        "form_key": "7e57d004-2b97-4e7a-b45f-5387367791cd",
    }
    return {**facts, **changes}


def test_before_a_meeting_the_page_says_what_to_do_first(cast, as_person, story):
    page = main(as_person(cast.grace).get(at("recommendation", story.policy)))
    assert "First call the meeting." in page.get_text()
    assert page.find("form") is None


def test_the_decision_is_checked_and_then_recorded_once(cast, as_person, story):
    make.meeting_held(story)
    client = as_person(cast.grace)
    address = at("recommendation", story.policy)
    assert "31 August 2026: 2 peers and 2 staff were there" in client.get(address).content.decode()
    outvoted = client.post(address, typed(story))
    assert "One side cannot outvote the other." in outvoted.content.decode()
    assert "It says what is needed." in outvoted.content.decode()
    right = typed(story, staff_for=2, staff_against=0)
    check = main(client.post(address, right))
    assert "Check before you record it" in check.h1
    assert {field["name"]: field["value"] for field in check.find_all("input") if field["name"] in right} == {
        name: str(value) for name, value in right.items()
    }
    assert not Recommendation.objects.exists()
    for _ in range(2):
        client.post(address, {**right, "confirm": "yes"})
    assert Recommendation.objects.get().by == cast.grace


def test_conditions_left_under_another_choice_are_dropped(cast, as_person, story):
    make.meeting_held(story)
    facts = typed(story, staff_for=2, staff_against=0, conditions="Left over.", confirm="yes")
    as_person(cast.grace).post(at("recommendation", story.policy), facts)
    assert Recommendation.objects.get().conditions == ""


@pytest.mark.parametrize("number", ["", "x", "-1", "99999"])
def test_a_count_that_is_no_count_is_told_in_words(cast, as_person, story, number):
    make.meeting_held(story)
    answer = as_person(cast.grace).post(at("recommendation", story.policy), typed(story, peers_for=number))
    assert answer.status_code == 200
    assert main(answer).find(class_="nhsuk-error-summary")
    assert not Recommendation.objects.exists()


def test_a_meeting_about_something_else_cannot_be_chosen(cast, as_person, story):
    item = make.meeting_held(story, paper=story.first)
    answer = as_person(cast.grace).post(at("recommendation", story.policy), typed(story, item=item.pk))
    assert answer.status_code == 200
    assert not Recommendation.objects.exists()


def test_the_equality_lead_signs_off_and_sees_the_screening(cast, as_person, story):
    client = as_person(cast.yetunde)
    page = client.get(at("equality", story.policy))
    assert "Nothing was found at screening." in page.content.decode()
    facts = {"impact": "positive", "words": "Helps everyone.", "form_key": uuid.uuid4()}
    client.post(at("equality", story.policy), facts)
    client.post(at("equality", story.policy), facts)
    found = EqualityRecord.objects.get(stage=EqualityRecord.Stage.SIGN_OFF)
    assert (found.by, found.version, found.impact) == (cast.yetunde, story.second, "positive")
    assert "Helps everyone." in client.get(at("equality", story.policy)).content.decode()


def test_the_ratification_is_recorded_with_its_minute(cast, as_person):
    story = make.policy_recommended(cast)
    facts = {
        "committee": "People Committee",
        "decided_on_day": "1",
        "decided_on_month": "9",
        "decided_on_year": "2026",
        "minute_reference": "Item 6",
    }
    client = as_person(cast.owen)
    wrong = client.post(at("ratification", story.policy), {**facts, "decided_on_year": "2031"})
    assert "cannot be in the future" in wrong.content.decode()
    assert 'value="People Committee"' in wrong.content.decode()
    client.post(at("ratification", story.policy), facts)
    assert Ratification.objects.get().minute_reference == "Item 6"


def test_what_was_typed_outlives_the_session(cast, as_person):
    story = make.policy_recommended(cast)
    address = at("ratification", story.policy)
    client = as_person(cast.owen)
    field = main(client.get(address)).find("input", {"name": "kept_for"})["value"]
    client.logout()
    typed = {"committee": "People Committee", "decided_on_day": "1", "decided_on_month": "9", "decided_on_year": "2026"}
    client.post(address, {**typed, "minute_reference": "Item 6", "kept_for": field})
    page = main(as_person(cast.owen).get(address))
    shown = {box["name"]: box.get("value", "") for box in page.find_all("input") if box["name"] in typed}
    assert shown == typed


def test_how_the_conditions_were_met_is_asked_where_it_is_needed(cast, as_person):
    story = make.policy_recommended(cast, outcome="conditions", conditions="Train managers first.")
    client = as_person(cast.grace)
    page = main(client.get(at("review", story.policy)))
    href = page.find("a", string="Say how the conditions were met")["href"]
    client.post(href, {"words": "They were trained."})
    page = main(client.get(at("review", story.policy)))
    assert page.find("a", string="Say how the conditions were met") is None
    assert "They were trained." in page.get_text()


def test_who_took_part_reads_the_decision_and_its_reasons(cast, as_person, story):
    make.meeting_held(story)
    before = main(as_person(cast.ishani).get(at("policy", story.policy))).get_text(" ", strip=True)
    assert "What the Steering Group decided" not in before
    review.record_recommendation(**make.said(story, outcome="returned", reasons="Say who covers leave."))
    page = main(as_person(cast.ishani).get(at("policy", story.policy))).get_text(" ", strip=True)
    assert "Returned to the group, 31 August 2026." in page
    assert "Say who covers leave." in page


def test_who_did_not_take_part_reads_no_reasons_even_when_it_is_published(cast, as_person):
    story = make.policy_published(cast)
    page = main(as_person(cast.robin).get(at("policy", story.policy))).get_text(" ", strip=True)
    assert "Published" in page
    assert "It says what a new worker needs." not in page


def test_a_returned_draft_is_still_read_by_the_group(cast, as_person, story):
    make.meeting_held(story)
    review.record_recommendation(**make.said(story, outcome="returned"))
    page = main(as_person(cast.cass).get(at("review", story.policy)))
    assert "Returned to the group" in page.get_text()
    story.policy.refresh_from_db()
    assert story.policy.state == PolicyState.DRAFTING


@pytest.mark.parametrize("page", ["review", "recommendation", "conditions", "equality", "ratification", "publish"])
def test_nothing_sent_is_no_error(cast, as_person, story, page):
    make.meeting_held(story)
    person = {"review": cast.cass, "equality": cast.yetunde}.get(page, cast.grace)
    answer = as_person(person).post(at(page, story.policy), {})
    assert answer.status_code == 200
