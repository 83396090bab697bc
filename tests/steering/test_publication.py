"""Publication: the gate in every order, the same words, and public pages that name nobody."""

from __future__ import annotations

import datetime as dt
import io
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from core import clock
from core.errors import Refused
from helplines.models import HelpContact
from notifications.models import Message
from steering.models import Answer, Asked, EqualityRecord, MemberView, Publication, Recommendation
from steering.presenters.next_steps import what_is_missing
from steering.services import publication, review
from steering.workflows import PolicyState
from tests.factories import steering as make

RECOMMENDED, SIGNED, RATIFIED = "recommended", "signed off", "ratified"
Outcome = Recommendation.Outcome


def whats(policy):
    return [missing.what for missing in what_is_missing(policy)]


# -- the gate --------------------------------------------------------------------------------------------------------


def test_what_was_ratified_is_published_word_for_word(cast):
    story = make.policy_ratified(cast)
    published = publication.publish(**make.to_publish(story))
    story.policy.refresh_from_db()
    assert story.policy.state == PolicyState.PUBLISHED
    assert published.version.number == "1.0"
    assert published.version.sha256 == story.second.sha256
    assert published.version.frozen_by == cast.owen
    assert what_is_missing(story.policy) == []


def test_everyone_who_was_asked_or_commented_is_told(cast):
    make.policy_published(cast)
    told = set(Message.objects.filter(kind="steering.published").values_list("recipient__name", flat=True))
    everyone = (cast.ishani, cast.tunde, cast.cass, cast.morgan, cast.priya, cast.samuel, cast.nadia)
    assert told == {person.name for person in everyone}


def test_a_repeat_for_the_same_address_is_one_publication(cast):
    story = make.policy_ratified(cast)
    facts = make.to_publish(story)
    assert publication.publish(**facts) == publication.publish(**facts)
    assert Publication.objects.count() == 1


def test_it_is_published_once(cast):
    story = make.policy_published(cast)
    with pytest.raises(Refused, match="This is published already"):
        publication.publish(**make.to_publish(story, slug="another-address", reference="PSW-02"))


@pytest.mark.parametrize("steps", [()] + [s for n in (1, 2) for s in itertools.permutations((SIGNED, RATIFIED), n)])
def test_the_gate_opens_only_when_all_is_there_in_any_order(cast, steps):
    story = make.policy_recommended(cast)
    for step in steps:
        make.sign_off(story) if step == SIGNED else make.ratify(story)
    if set(steps) == {SIGNED, RATIFIED}:
        assert publication.publish(**make.to_publish(story)).version.sha256 == story.second.sha256
        return
    with pytest.raises(Refused, match="This cannot be published yet"):
        publication.publish(**make.to_publish(story))
    assert not Publication.objects.exists()


def test_a_sign_off_before_the_recommendation_counts_for_that_version(cast):
    story = make.policy_under_review(cast)
    make.sign_off(story)
    make.meeting_held(story)
    review.record_recommendation(**make.said(story))
    story.policy.refresh_from_db()
    make.ratify(story)
    assert publication.publish(**make.to_publish(story))


def test_a_sign_off_of_an_earlier_version_opens_nothing(cast):
    story = make.policy_ratified(cast)
    EqualityRecord.objects.filter(stage=EqualityRecord.Stage.SIGN_OFF).update(version=story.first)
    assert whats(story.policy) == ["The equality lead has not signed off this version."]
    with pytest.raises(Refused, match="Ask Yetunde Larchmere, the equality lead"):
        publication.publish(**make.to_publish(story))


def test_a_finding_that_cannot_be_justified_shuts_the_gate_and_a_newer_one_opens_it(cast):
    story = make.policy_ratified(cast)
    make.sign_off(story, EqualityRecord.Impact.NOT_JUSTIFIED)
    assert whats(story.policy) == ["The equality lead found a negative effect that cannot be justified."]
    with pytest.raises(Refused, match="cannot be justified"):
        publication.publish(**make.to_publish(story))
    make.sign_off(story, EqualityRecord.Impact.JUSTIFIED)
    assert publication.publish(**make.to_publish(story))


def test_conditions_must_be_said_to_be_met(cast):
    story = make.policy_recommended(cast, outcome=Outcome.CONDITIONS, conditions="Train managers first.")
    make.sign_off(story)
    make.ratify(story)
    assert whats(story.policy) == ["Nobody has said how the Steering Group's conditions were met."]
    with pytest.raises(Refused, match="Ask Grace Hollowbank, the Steering Group secretary"):
        publication.publish(**make.to_publish(story))
    review.record_conditions_met(by=cast.grace, policy=story.policy, words="They were trained.")
    assert publication.publish(**make.to_publish(story))


def test_what_is_missing_is_said_at_every_stage(cast):
    stages = {
        make.policy_in_drafting: "The Steering Group has not been asked to review it.",
        make.policy_out_for_comment: "The Steering Group has not been asked to review it.",
        make.policy_under_review: "The Steering Group has not recommended this version.",
        make.policy_recommended: "The equality lead has not signed off this version.",
    }
    for stage, first in stages.items():
        assert whats(stage(cast, title=f"Policy {first}").policy)[0] == first


def test_words_changed_behind_the_hash_stop_everything(cast):
    story = make.policy_ratified(cast)
    make.tamper_with(story.second)
    with pytest.raises(RuntimeError, match="no longer matches"):
        publication.publish(**make.to_publish(story))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"effective_from": dt.date(2020, 1, 1)}, "effective_from"),
        ({"review_on": dt.date(2020, 1, 1)}, "review_on"),
    ],
)
def test_dates_follow_one_another(cast, changes, field):
    story = make.policy_ratified(cast)
    with pytest.raises(Refused) as refusal:
        publication.publish(**make.to_publish(story, **changes))
    assert refusal.value.field == field


@pytest.mark.parametrize(("changes", "field"), [({"slug": "other"}, "reference"), ({"reference": "PSW-02"}, "slug")])
def test_a_reference_and_an_address_are_used_once(cast, changes, field):
    make.policy_published(cast, title="The first")
    story = make.policy_ratified(cast, title="The second")
    with pytest.raises(Refused) as refusal:
        publication.publish(**make.to_publish(story, **changes))
    assert refusal.value.field == field


# -- the page to publish ---------------------------------------------------------------------------------------------


def fields(**changes):
    typed = {
        "reference": "PSW-01",
        "executive_lead": "Dr Helen Mossbridge",
        "audience": "All staff",
        "supersedes": "",
        "effective_from_day": "14",
        "effective_from_month": "9",
        "effective_from_year": "2026",
        "review_on_day": "14",
        "review_on_month": "9",
        "review_on_year": "2029",
        "slug": "induction-plan",
    }
    return {**typed, **changes}


def test_who_comes_too_early_reads_what_is_missing_and_whom_to_ask(cast, as_person):
    story = make.policy_recommended(cast)
    page = as_person(cast.owen).get(reverse("steering:publish", args=[story.policy.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "The equality lead has not signed off this version." in text
    assert "Ask Yetunde Larchmere, the equality lead." in text
    assert "No committee is recorded as having ratified this version." in text
    assert "<form" not in text.split("<main")[1].split("</main>")[0]


def test_publishing_too_early_anyway_is_refused_in_words(cast, as_person):
    story = make.policy_recommended(cast)
    page = as_person(cast.owen).post(reverse("steering:publish", args=[story.policy.pk]), fields(confirm="yes"))
    assert page.status_code == 200
    assert "This cannot be published yet." in page.content.decode()
    assert not Publication.objects.exists()


def test_publish_is_checked_first_and_then_confirmed(cast, as_person):
    story = make.policy_ratified(cast)
    client, address = as_person(cast.owen), reverse("steering:publish", args=[story.policy.pk])
    check = client.post(address, fields())
    assert "Check before you publish it" in check.content.decode()
    assert "14 September 2029" in check.content.decode()
    assert not Publication.objects.exists()
    change = client.post(address, fields(change="yes"))
    assert 'value="PSW-01"' in change.content.decode()
    done = client.post(address, fields(confirm="yes"))
    assert done.url == "/published/induction-plan/"
    assert Publication.objects.get().published_by == cast.owen


def test_a_refusal_at_confirming_keeps_what_was_typed(cast, as_person):
    make.policy_published(cast, title="The first")
    story = make.policy_ratified(cast, title="The second")
    page = as_person(cast.owen).post(
        reverse("steering:publish", args=[story.policy.pk]), fields(confirm="yes", slug="other")
    )
    assert "Another policy has this reference." in page.content.decode()
    assert 'value="Dr Helen Mossbridge"' in page.content.decode()


# -- in public -------------------------------------------------------------------------------------------------------


@pytest.fixture
def published(cast):
    HelpContact.objects.create(
        kind=HelpContact.Kind.PERSON,
        name="Volunteering Services",
        how="Call on working days",
        phone="020 7946 0100",
        checked_on=clock.today(),
        review_on=clock.today() + dt.timedelta(days=90),
    )
    story = make.policy_under_review(cast)
    review.leave_view(by=cast.cass, policy=story.policy, position=MemberView.Position.SUPPORT, words=make.CANARY_VIEW)
    make.meeting_held(story)
    review.record_recommendation(**make.said(story))
    story.policy.refresh_from_db()
    make.sign_off(story)
    make.ratify(story)
    story.publication = publication.publish(**make.to_publish(story))
    return story


def queries(client, path):
    """How many queries a page makes once what every page shares is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


PUBLIC = [
    "/published/",
    "/published/induction-plan/",
    "/published/induction-plan/what-you-said/",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_anyone_reads_it_without_logging_in(client, published, path):
    page = client.get(path)
    assert page.status_code == 200
    assert "public" in page["Cache-Control"]
    assert "Set-Cookie" not in page.headers
    assert "Draft, not Trust policy" not in page.content.decode()


@pytest.mark.parametrize("path", [*PUBLIC, "/published/induction-plan/pdf"])
def test_nothing_private_is_public(client, cast, published, path):
    response = client.get(path)
    text = pdf_text(response.content) if path.endswith("pdf") else response.content.decode()
    private = [make.CANARY_COMMENT, make.CANARY_VIEW, "Canary", *(person.name for person in cast.everyone())]
    assert [words for words in private if words in text] == []
    assert all(person.get_short_name() not in text for person in (cast.ishani, cast.cass, cast.tunde, cast.morgan))


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_that_names_its_reader_is_kept_by_nobody(as_person, cast, published, path):
    page = as_person(cast.ishani).get(path)
    assert "private" in page["Cache-Control"]
    assert "public" not in page["Cache-Control"]


def test_the_control_block_is_whole(client, published):
    text = client.get("/published/induction-plan/").content.decode()
    for words in (
        "PSW-01",
        "1.0",
        "Role design and job description (Task Group)",
        "Dr Helen Mossbridge",
        "Peer Support Steering Group, 31 August 2026",
        "People Committee, 1 September 2026 (PC/2026/41)",
        "11 September 2026",
        "31 August 2029",
        "All staff and peers",
        "Nothing: this is a new policy",
        "Signed off 1 September 2026: a positive effect",
        "4 peers and 3 staff were asked",
        "call Volunteering Services on 020 7946 0100",
        "Changed after 2 comments",
        "Page last reviewed: 1 September 2026",
    ):
        assert words in text, words


def test_each_person_asked_twice_is_counted_once(client, cast, published):
    second = published.consultation
    second.pk, second.form_key = None, None
    again = type(second).objects.create(
        policy=published.policy,
        version=published.second,
        purpose="Again",
        summary="Again",
        opens_at=clock.now() - dt.timedelta(days=3),
        closes_at=clock.now() - dt.timedelta(days=2),
        contact_name="x",
        contact_phone="1",
        opened_by=cast.grace,
    )
    Asked.objects.create(consultation=again, person=cast.ishani, side="peer")
    assert "4 peers and 3 staff were asked" in client.get("/published/induction-plan/").content.decode()


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (3, "3 peers and 3 staff were asked"),
        (2, "Fewer than 3 peers and 3 staff were asked"),
        (1, "Fewer than 3 peers and 3 staff were asked"),
        (0, "0 peers and 3 staff were asked"),
    ],
)
def test_few_peers_are_not_counted_in_public(client, published, left, words):
    peers = Asked.objects.filter(consultation=published.consultation, side="peer").values_list("pk", flat=True)
    Asked.objects.filter(pk__in=list(peers)[left:]).delete()
    for page in ("", "what-you-said/"):
        assert words in client.get(f"/published/induction-plan/{page}").content.decode()


def test_what_you_said_gives_counts_and_reasons_by_paragraph(client, published):
    text = client.get("/published/induction-plan/what-you-said/").content.decode()
    assert "People sent 3 comments." in text
    assert "We read this with care: accepted in part." in text
    assert "1.2 A line manager meets the worker every week for the first three…" in text
    assert "Changed in draft 0.2." in text


def test_the_list_costs_the_same_for_one_and_three(client, cast, published):
    one = queries(client, "/published/")
    for number in (2, 3):
        make.policy_published(cast, title=f"Policy {number}", slug=f"policy-{number}", reference=f"PSW-0{number}")
    assert queries(client, "/published/") == one <= 3


def test_the_page_costs_the_same_with_more_comments(client, cast, published):
    before = [queries(client, path) for path in PUBLIC[1:]]
    for _ in range(3):
        more = make.comment(published, cast.morgan, place=1)
        make.answer(published, more, Answer.Outcome.NOTED)
    assert [queries(client, path) for path in PUBLIC[1:]] == before
    assert max(before) <= 10


# -- PDF -------------------------------------------------------------------------------------------------------------


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_published_file_holds_the_words_and_the_control_block(client, published):
    response = client.get("/published/induction-plan/pdf")
    assert response["Content-Type"] == "application/pdf"
    text = pdf_text(response.content)
    assert "A line manager meets the worker every week" in text
    assert "PSW-01" in text
    assert "Draft, not Trust policy" not in text


def test_the_published_file_is_not_sent_again_to_who_has_it(client, published):
    first = client.get("/published/induction-plan/pdf")
    again = client.get("/published/induction-plan/pdf", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/published/induction-plan/pdf", headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_every_page_of_a_draft_file_says_that_it_is_a_draft(cast, as_person):
    story = make.policy_under_review(cast)
    response = as_person(cast.cass).get(reverse("steering:draft_pdf", args=[story.policy.pk]))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages]
    assert pages
    assert all("Draft, not Trust policy" in page for page in pages)
    assert "no-store" in response["Cache-Control"]


def test_a_draft_file_is_for_those_who_take_part(cast, client, as_person):
    story = make.policy_under_review(cast)
    address = reverse("steering:draft_pdf", args=[story.policy.pk])
    assert client.get(address).status_code == 302
    assert as_person(cast.nadia).get(address).status_code == 200
    assert as_person(cast.robin).get(address).status_code == 404


def test_the_draft_address_of_a_published_policy_leads_to_the_public_file(cast, as_person, published):
    address = reverse("steering:draft_pdf", args=[published.policy.pk])
    assert as_person(cast.cass).get(address).url == "/published/induction-plan/pdf"
    earlier = as_person(cast.cass).get(f"{address}?version=0.2")
    assert "Draft, not Trust policy" in pdf_text(earlier.content)


def test_an_address_that_is_not_published_is_not_there(client, cast):
    make.policy_ratified(cast)
    assert client.get("/published/induction-plan/").status_code == 404
    assert client.get("/published/induction-plan/pdf").status_code == 404
