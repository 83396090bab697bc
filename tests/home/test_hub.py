"""What needs each person, on their own front page."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.services.agreements import agree, write_new_version
from core import clock
from documents import services as documents
from governance.models import Constituency
from helplines.models import HelpContact
from home import needs
from home.presenters import hub, look_after
from meetings.models import Meeting, Reply
from network.models import Partnership
from steering.models import Answer, CommentDraft, Ready
from steering.models.comments import ShownAs
from taskgroups.models import JoinRequest
from tests.factories import steering as story
from tests.factories.drafting import out_for_comment

TITLE = story.TITLE
GROUPS = "Your groups, and what waits there"


@pytest.fixture(autouse=True)
def _no_contact_is_due(db):
    HelpContact.objects.update(checked_on=clock.today(), review_on=clock.today() + dt.timedelta(days=182))


@pytest.fixture(autouse=True)
def _nobody_is_without_a_sponsor(cast):
    for peer in (cast.tunde, cast.cass, cast.morgan):
        Partnership.objects.create(peer=peer, sponsor=cast.priya, from_on=clock.today())


def needed(person):
    """The titles of the cards that `person` sees, read again each time."""
    person = type(person).objects.get(pk=person.pk)
    return [card.title for card in hub(person).cards]


def reopen(told):
    """Let the consultation of the story run for another week."""
    told.consultation.closes_at = clock.now() + dt.timedelta(days=7)
    told.consultation.save()


def test_nothing_needs_someone_who_was_asked_nothing(cast):
    assert [needed(person) for person in (cast.ishani, cast.robin, cast.nadia)] == [[], [], []]


AGREE_AGAIN = "Say yes again to keeping things private"


def test_a_member_is_asked_once_a_year_to_agree_again(cast):
    agree(by=cast.ishani, version=1)
    with clock.set_to(clock.now() + dt.timedelta(days=364)):
        assert AGREE_AGAIN not in needed(cast.ishani)
    with clock.set_to(clock.now() + dt.timedelta(days=365)):
        assert (AGREE_AGAIN in needed(cast.ishani), AGREE_AGAIN in needed(cast.robin)) == (True, False)
        agree(by=cast.ishani, version=1)
        assert AGREE_AGAIN not in needed(cast.ishani)


def test_a_member_is_asked_to_agree_to_new_words(cast):
    agree(by=cast.ishani, version=1)
    write_new_version(by=cast.owen, text="# New words", seen=1)
    assert AGREE_AGAIN in needed(cast.ishani)


def test_an_empty_front_page_leads_on_to_the_groups(cast, as_person):
    page = BeautifulSoup(as_person(cast.ishani).get("/").content, "html.parser")
    assert [link["href"] for link in page.main.find_all("a")] == [reverse("taskgroups:groups")]


class TestCommenting:
    def test_whoever_was_asked_and_has_not_said_anything(self, cast):
        told = story.policy_out_for_comment(cast)
        reopen(told)
        assert f"Say what you think of {TITLE}" in needed(cast.morgan)
        assert needed(cast.ishani) == []  # has commented
        assert needed(cast.yetunde) == []  # was not asked

    def test_not_after_it_closed(self, cast):
        story.policy_out_for_comment(cast)
        assert needed(cast.morgan) == []

    def test_words_that_were_begun_come_first(self, cast):
        told = story.policy_out_for_comment(cast)
        reopen(told)
        said = told.comments[0]
        CommentDraft.objects.create(
            consultation=told.consultation,
            person=cast.morgan,
            block=said.block,
            version=said.version,
            text_seen=said.text_seen,
            words="I think",
            shown_as=ShownAs.MEMBER,
            saved_at=clock.now(),
        )
        assert needed(cast.morgan) == [f"Finish your comment on {TITLE}"]
        assert f"Finish your comment on {TITLE}" not in needed(cast.tunde)

    def test_my_comments_stand_there_with_what_became_of_them_and_nobody_elses(self, cast):
        told = story.policy_under_review(cast)
        page = hub(cast.ishani)
        assert page.comments == [told.comments[0]]
        assert page.comments[0].answer.get_outcome_display() == "Accepted"
        assert hub(cast.morgan).comments == []


class TestTheGroup:
    def test_each_co_lead_until_they_said_ready(self, cast):
        told = story.policy_in_drafting(cast)
        card = f"Finish the draft of {TITLE}"
        assert (needed(cast.tunde), needed(cast.priya), needed(cast.cass)) == ([card], [card], [])
        Ready.objects.create(policy=told.policy, version=told.first, side="peer", person=cast.tunde, at=clock.now())
        assert (needed(cast.tunde), needed(cast.priya), needed(cast.grace)) == ([], [card], [])
        Ready.objects.create(policy=told.policy, version=told.first, side="staff", person=cast.priya, at=clock.now())
        assert (needed(cast.priya), needed(cast.grace)) == ([], [f"Ask people what they think of {TITLE}"])

    def test_the_next_draft_when_the_last_is_fixed(self, cast):
        told = story.policy_in_drafting(cast)
        documents.freeze(by=cast.tunde, version=told.first)
        assert needed(cast.priya) == [f"Start the next draft of {TITLE}"]

    def test_comments_that_wait_for_an_answer(self, cast):
        story.policy_out_for_comment(cast)
        [card] = hub(cast.priya).cards
        assert (card.title, card.words) == (f"Answer comments on {TITLE}", "3 are waiting.")
        assert needed(cast.cass) == []

    def test_the_draft_goes_on_when_every_comment_has_its_answer(self, cast):
        told = story.policy_out_for_comment(cast)
        for said in told.comments:
            story.answer(told, said, Answer.Outcome.NOTED)
        card = f"Send to the Steering Group: {TITLE}"
        assert (needed(cast.priya), needed(cast.grace), needed(cast.cass)) == ([card], [card], [])
        documents.open_next_version(by=cast.tunde, document=told.policy.document)
        assert (needed(cast.priya), needed(cast.grace)) == ([f"Finish and share the next draft of {TITLE}"], [])
        reopen(told)
        assert f"Finish and share the next draft of {TITLE}" not in needed(cast.priya)

    def test_someone_who_asks_to_join(self, cast):
        request = JoinRequest.objects.create(
            body=cast.group, person=cast.ishani, constituency=Constituency.PEER, asked_at=clock.now()
        )
        assert needed(cast.tunde) == [f"Answer someone who wants to join {cast.group.name}"]
        assert needed(cast.ishani) == []
        assert hub(cast.ishani).requests == [request]
        assert needed(cast.cass) == []


class TestDeciding:
    def test_under_review(self, cast):
        told = story.policy_under_review(cast)
        view = f"Give your view on {TITLE}"
        assert needed(cast.samuel) == [view]
        assert needed(cast.grace) == [f"Put before the Steering Group: {TITLE}"]
        assert needed(cast.yetunde) == [view, f"Sign off the equality analysis for {TITLE}"]
        assert needed(cast.priya) == []
        told.policy.views.create(
            version=told.second, person=cast.samuel, side="staff", position="support", at=clock.now()
        )
        assert needed(cast.samuel) == []

    def test_recommended(self, cast):
        story.policy_recommended(cast)
        card = f"Record that a committee ratified {TITLE}"
        assert (needed(cast.grace), needed(cast.owen), needed(cast.tunde)) == ([card], [card], [])

    def test_published_needs_nobody(self, cast):
        story.policy_published(cast)
        assert [needed(person) for person in cast.everyone() if person.is_active] == [[]] * 11


class TestMeetings:
    @pytest.fixture
    def meeting(self, cast):
        start = clock.now() + dt.timedelta(days=3)
        return Meeting.objects.create(
            body=cast.group,
            starts_at=start,
            ends_at=start + dt.timedelta(hours=2),
            place="Room 1",
            called_at=clock.now(),
            called_by=cast.tunde,
        )

    def test_until_one_has_answered(self, cast, meeting):
        card = f"Say if you can come: {cast.group.name}"
        assert (needed(cast.cass), needed(cast.morgan)) == ([card], [])
        Reply.objects.create(meeting=meeting, person=cast.cass, answer="coming", answered_at=clock.now())
        assert needed(cast.cass) == []
        assert hub(cast.cass).meetings == [meeting]

    def test_not_when_it_is_over(self, cast, meeting):
        with clock.set_to(meeting.ends_at):
            assert needed(cast.cass) == []


def test_help_contacts_that_are_due_for_those_who_look_after_them(cast):
    HelpContact.objects.filter(name="Shout").update(review_on=clock.today() + dt.timedelta(days=1))
    assert needed(cast.grace) == []
    with clock.set_to(clock.now() + dt.timedelta(days=1)):
        [card] = hub(cast.grace).cards
        assert (card.title, card.words) == ("Check the help contacts", "1 help contact is due for a check.")
        assert needed(cast.tunde) == []


def test_what_each_looks_after(cast):
    found = {name: [place.name for place in look_after(person)] for name, person in cast.people.items()}
    assert {name: places for name, places in found.items() if places} == {
        "tunde": [GROUPS],
        "priya": [GROUPS],
        "nadia": ["Role records"],
        "grace": [GROUPS, "Help contacts", "Messages sent"],
        "owen": ["Help contacts", "Messages sent", "Role records struck out", "Lost second steps"],
        "robin": ["Help contacts", "Lost second steps", "People who log in"],
    }


class TestThePage:
    def test_every_card_leads_to_a_page_that_opens(self, as_person, cast):
        story.policy_in_drafting(cast)
        told = story.policy_under_review(cast, title="Another Policy")
        for person in (cast.tunde, cast.priya, cast.grace, cast.samuel, cast.yetunde):
            browser = as_person(person)
            for card in hub(person).cards:
                assert browser.get(card.path).status_code == 200, card
        assert told.policy.pk

    def test_it_shows_my_comment_and_its_answer(self, as_person, cast):
        told = story.policy_under_review(cast)
        page = BeautifulSoup(as_person(cast.ishani).get("/").content, "html.parser")
        link = page.select_one("main .nhsuk-list a")
        assert link["href"] == reverse("steering:comment_place", args=[told.policy.pk, told.comments[0].pk])
        assert "Answered 1 September 2026: accepted." in " ".join(page.main.get_text().split())

    @pytest.mark.parametrize("who", ["ishani", "tunde", "grace", "owen"])
    def test_it_costs_the_same_for_any_number(self, as_person, cast, who):
        browser = as_person(cast.people[who])
        story.policy_out_for_comment(cast)
        browser.get("/")
        with CaptureQueriesContext(connection) as few:
            browser.get("/")
        for number in range(3):
            reopen(story.policy_out_for_comment(cast, title=f"Policy {number}"))
            story.policy_in_drafting(cast, title=f"Draft {number}")
        with CaptureQueriesContext(connection) as many:
            browser.get("/")
        assert len(many) == len(few)
        assert len(many) <= 12

    def test_someone_not_logged_in_is_told_what_this_is(self, client, db):
        page = BeautifulSoup(client.get("/").content, "html.parser")
        assert page.h1.get_text() == "Have your say on how we work"
        links = {link["href"] for link in page.main.find_all("a")}
        assert links == {reverse("account_request_login_code"), "/published/", "/help/"}


def test_every_state_of_a_policy_has_its_needs_or_none():
    assert set(needs.NEEDS) == {"drafting", "consulting", "review", "recommended", "ratified"}


def test_a_long_list_of_needs_is_cut_and_says_that_there_is_more(cast, as_person, monkeypatch):
    monkeypatch.setattr("home.presenters.CARDS_SHOWN", 1)
    for _ in range(3):
        out_for_comment(cast)
    page = BeautifulSoup(as_person(cast.ishani).get("/").content, "html.parser")
    assert len(page.select(".app-need")) == 1
    assert "There is more." in page.find("main").get_text(" ", strip=True)


class TestWhatWaits:
    """What waits in other rooms is kept in the session for a while, sealed, and forgotten with each act."""

    @pytest.fixture
    def no_sponsor(self, cast):
        Partnership.objects.filter(peer=cast.cass).delete()

    def cards(self, client):
        page = BeautifulSoup(client.get("/").content, "html.parser")
        return [link.get_text() for link in page.select(".app-need a")]

    def test_it_is_asked_again_after_five_minutes(self, cast, as_person, no_sponsor):
        client = as_person(cast.cass)
        assert self.cards(client) == ["You have no staff sponsor now"]
        Partnership.objects.create(peer=cast.cass, sponsor=cast.priya, from_on=clock.today())
        assert self.cards(client) == ["You have no staff sponsor now"]
        with clock.set_to(clock.now() + dt.timedelta(minutes=5)):
            assert self.cards(client) == []

    def test_and_after_whatever_the_reader_does(self, cast, as_person, no_sponsor):
        client = as_person(cast.cass)
        assert self.cards(client) == ["You have no staff sponsor now"]
        Partnership.objects.create(peer=cast.cass, sponsor=cast.priya, from_on=clock.today())
        client.post(reverse("accounts:details"), {"name": "Cass Tinderly", "phone": ""})
        assert self.cards(client) == []

    def test_the_session_does_not_tell(self, cast, as_person, no_sponsor):
        client = as_person(cast.cass)
        assert self.cards(client) == ["You have no staff sponsor now"]
        assert "sponsor" not in str(dict(client.session))
