"""The proof of a policy: hashes, names only for a reason that is logged, and one file that can be checked."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEntry, Look
from audit.services import record
from core import clock
from core.errors import Refused
from notifications.models import Attempt, Message
from notifications.services import post
from steering.bundle import facts_of, problems_with
from steering.models import Comment
from steering.notifications import deciding as kinds
from steering.notifications.drafting import ANSWER_GIVEN, CONSULTATION_OPENED, NEW_DRAFT
from steering.presenters.acts import SENTENCES, in_words
from steering.presenters.evidence import Evidence
from steering.services import evidence as services
from steering.services import review
from tests.factories import steering as make


@pytest.fixture
def story(cast):
    """Published, with one view left on the way."""
    story = make.policy_under_review(cast)
    review.leave_view(by=cast.cass, policy=story.policy, position="support", words=make.CANARY_VIEW)
    make.meeting_held(story)
    review.record_recommendation(**make.said(story))
    story.policy.refresh_from_db()
    make.sign_off(story)
    make.ratify(story)
    story.publication = make.publication.publish(**make.to_publish(story))
    story.policy.refresh_from_db()
    return story


def at(name: str, story) -> str:
    return reverse(f"steering:{name}", args=[story.policy.pk])


def text(response) -> str:
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


# -- the chain -------------------------------------------------------------------------------------------------------


def test_each_version_stands_with_its_hash_worked_out_again(cast, as_person, story):
    page = text(as_person(cast.owen).get(at("evidence", story)))
    for version in story.policy.document.versions.all():
        assert f"Version {version.number} Closed" in page
        assert version.sha256 in page
    assert page.count("Matches") == 3
    assert "All of them match." in page
    assert "The words that were ratified are the words that were published." in page


def test_words_changed_behind_the_hash_are_found(cast, as_person, story):
    make.tamper_with(story.first)
    page = text(as_person(cast.owen).get(at("evidence", story)))
    assert "A hash does not match." in page
    assert "Does not match" in page
    assert Evidence(story.policy).all_match is False


def test_who_was_asked_is_shown_in_counts_and_not_by_name(cast, as_person, story):
    page = text(as_person(cast.owen).get(at("evidence", story)))
    assert "Peers asked 4 Staff asked 3 Comments 3, of which 3 have an answer" in page
    peers = (cast.ishani, cast.cass, cast.tunde, cast.morgan)
    assert [person.name for person in peers if person.name in page] == []


def test_who_decided_stands_by_side(cast, as_person, story):
    page = text(as_person(cast.owen).get(at("evidence", story)))
    assert "Peers 2 0 0 Staff 2 0 0" in page
    assert f"A peer: I support it, 1 September 2026. {make.CANARY_VIEW}" in page
    assert "People Committee, 1 September 2026, PC/2026/41." in page
    assert "Sign-off, before publication: a positive effect" in page
    assert "by Grace Hollowbank" in page


def test_a_peer_who_acted_is_not_named(cast, story):
    proof = Evidence(story.policy)
    assert proof.who_alone(cast.tunde) == "a peer"
    assert proof.who_alone(cast.priya) == "Priya Copperdale"
    assert Evidence(story.policy, named=True).who_alone(cast.tunde) == "Tunde Osterfield"
    assert [each.frozen_by for each in proof.proofs] == ["Grace Hollowbank", "a peer", "Owen Bramblecote"]


def test_each_comment_stands_as_its_author_chose_with_its_answer(cast, as_person, story):
    page = as_person(cast.owen).get(at("evidence_comments", story))
    said = [
        item.get_text(" ", strip=True) for item in BeautifulSoup(page.content, "html.parser").select(".app-comment")
    ]
    assert [words.split(",")[0] for words in said] == ["A member", "Cass Tinderly", "A member of staff"]
    assert "A line manager meets the worker each month." in said[0]
    assert "Accepted, Tuesday 1 September 2026 at 10am, by Priya Copperdale, changed in version 0.2" in said[0]
    assert cast.ishani.name not in page.content.decode()


# -- messages and the log --------------------------------------------------------------------------------------------


def test_the_fate_of_each_message_is_told_with_its_times(cast, as_person, story):
    messages = list(Message.objects.filter(kind="steering.published").order_by("recipient__name"))
    for message, state in zip(messages, ["handed_over", "refused", "waiting"], strict=False):
        settled = clock.now() if state != "waiting" else None
        Message.objects.filter(pk=message.pk).update(state=state, settled_at=settled)
    Attempt.objects.create(message=messages[3], started_at=clock.now(), outcome=Attempt.Outcome.UNKNOWN)
    page = as_person(cast.owen).get(at("evidence_messages", story))
    counts = dict(Evidence(story.policy).message_counts)[kinds.PUBLISHED.purpose]
    assert dict(counts) == {"Handed to the mail server": 1, "Refused": 1, "Not known": 1, "Waiting": 4}
    said = text(page)
    assert "Handed to the mail server: 1" in said
    assert "Not known: 1" in said
    assert "Handed to the mail server, Tuesday 1 September 2026 at 10am" in said
    assert [person.name for person in (cast.ishani, cast.morgan, cast.tunde) if person.name in said] == []


def test_messages_about_another_policy_are_not_in_it(cast, story):
    other = make.policy_published(cast, title="Another", slug="another", reference="PSW-09")
    mine = {fate.message_id for fate in Evidence(story.policy).fates}
    others = {fate.message_id for fate in Evidence(other.policy).fates}
    assert mine
    assert mine & others == set()


def test_the_log_is_told_in_words(cast, as_person, story):
    page = text(as_person(cast.owen).get(at("evidence_messages", story)))
    assert "Grace Hollowbank recorded that the Steering Group recommends it." in page
    assert "A member left a view for the Steering Group." in page
    assert "Owen Bramblecote published it." in page
    assert "A peer changed a paragraph." in page


def test_a_verb_that_nobody_put_into_words_is_shown_plainly(story, cast):
    record(actor=cast.grace, verb="steering.rang_a_bell", about=story.policy)
    assert [act.what for act in map(Evidence(story.policy).act, Evidence(story.policy).entries)][-1] == "rang a bell"


def test_every_verb_of_this_story_has_its_words(story):
    used = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {verb for verb in used if verb not in SENTENCES} == set()
    assert in_words("steering.published") == "published it"


# -- names -----------------------------------------------------------------------------------------------------------


def test_names_are_shown_once_for_a_reason_that_is_logged(cast, as_person, story):
    client = as_person(cast.owen)
    assert cast.ishani.name not in client.get(at("recipients", story)).content.decode()
    assert not Look.objects.exists()
    shown = client.post(at("recipients", story), {"reason": "A freedom of information request."})
    assert cast.ishani.name in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    look = Look.objects.get()
    assert (look.actor, look.what, look.reason) == (
        cast.owen,
        "steering.names_of_people_asked",
        "A freedom of information request.",
    )
    assert look.about_id == str(story.policy.pk)
    assert cast.ishani.name not in client.get(at("recipients", story)).content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "why not"])
def test_no_names_without_a_reason(cast, as_person, story, reason):
    shown = as_person(cast.owen).post(at("recipients", story), {"reason": reason})
    assert cast.ishani.name not in shown.content.decode()
    assert not Look.objects.exists()


def test_the_verb_too_asks_for_a_reason(cast, story):
    with pytest.raises(Refused):
        services.open_names(by=cast.owen, policy=story.policy, reason=" ")


# -- the bundle ------------------------------------------------------------------------------------------------------


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def repacked(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return out.getvalue()


def test_one_file_holds_it_all(cast, as_person, story):
    response = as_person(cast.owen).post(at("bundle", story), {})
    assert response["Content-Type"] == "application/zip"
    files = opened(response.content)
    numbers = ("0.1", "0.2", "1.0")
    versions = [f"versions/{number}.{ending}" for number in numbers for ending in ("html", "json", "txt")]
    assert sorted(files) == sorted(
        ["README.txt", "evidence.html", "evidence.json", "manifest.json", "policy.pdf", *versions]
    )
    manifest = json.loads(files["manifest.json"])["files"]
    assert manifest == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"
    }
    for version in story.policy.document.versions.all():
        assert hashlib.sha256(files[f"versions/{version.number}.json"]).hexdigest() == version.sha256
    facts = json.loads(files["evidence.json"])
    assert facts["consultations"][0]["asked"] == {"Peers": 4, "Staff": 3}
    assert [said["outcome"] for said in facts["comments"]] == ["Accepted", "Accepted in part", "Noted"]
    assert facts["recommendations"][0]["counts"]["peers_for"] == 2
    assert facts["publication"]["address"].endswith("/published/induction-plan/")
    assert len(facts["messages"]) == len(Evidence(story.policy).fates) > 0
    assert "<script" not in files["evidence.html"].decode()


def test_no_name_of_a_peer_leaves_without_a_reason(cast, as_person, story):
    files = opened(as_person(cast.owen).post(at("bundle", story), {"reason": "Left in the box by mistake."}).content)
    everything = b"".join(content for name, content in files.items() if name != "policy.pdf").decode()
    hidden = (cast.ishani, cast.tunde, cast.morgan, cast.leyla)
    assert [person.name for person in hidden if person.name in everything] == []
    assert cast.cass.name in everything, "she chose to be shown by name on her comment"
    assert Look.objects.get().what == "steering.evidence_bundle"
    assert json.loads(files["evidence.json"])["people_asked"] is None


def test_names_leave_with_a_reason_and_that_is_logged(cast, as_person, story):
    asked = {"with_names": "on", "reason": "For the inspection in May."}
    files = opened(as_person(cast.owen).post(at("bundle", story), asked).content)
    facts = json.loads(files["evidence.json"])
    assert {each["name"] for each in facts["people_asked"]} >= {cast.ishani.name, cast.morgan.name}
    look = Look.objects.get()
    assert (look.what, look.reason) == ("steering.evidence_bundle_with_names", "For the inspection in May.")


@pytest.mark.parametrize("named", [False, True])
def test_a_comment_stays_as_its_author_chose_whatever_the_reason(cast, story, named):
    """Ishani chose "a member", Cass her name, Samuel his side. Nothing else in the proof tells who wrote what."""
    comment = Comment.objects.get(author=cast.ishani)
    record(actor=cast.ishani, verb="steering.sent_comment", about=comment)
    policy = str(story.policy.pk)
    post(kind=ANSWER_GIVEN, recipients=[cast.ishani], occasion="answered", about=comment, facts={"policy": policy})
    post(kind=NEW_DRAFT, recipients=[cast.ishani], occasion="shared", about=story.policy)
    facts = facts_of(Evidence(story.policy, named=named), clock.now())
    assert [(said["who"], said["side"]) for said in facts["comments"]] == [
        ("A member", ""),
        ("Cass Tinderly", "Peer"),
        ("A member of staff", "Staff"),
    ]
    assert [act["who"] for act in facts["acts"] if act["verb"] == "steering.sent_comment"] == ["A member"]
    told = {letter["kind"]: letter["to"] for letter in facts["messages"]}
    assert (told["steering.answer_given"], told["steering.new_draft"]) == ("One person", "One person")


@pytest.mark.parametrize(("named", "to"), [(False, "One person"), (True, "Ishani Marrowby")])
def test_with_a_reason_those_who_were_asked_are_named_as_recipients(cast, story, named, to):
    asked = story.policy.consultations.get()
    said = {"policy": str(story.policy.pk), "last_day": "2026-08-30"}
    post(kind=CONSULTATION_OPENED, recipients=[cast.ishani], occasion="opened", about=asked, facts=said)
    facts = facts_of(Evidence(story.policy, named=named), clock.now())
    assert [each["to"] for each in facts["messages"] if each["kind"] == "steering.consultation_opened"] == [to]


def test_names_asked_for_without_a_reason_give_no_file(cast, as_person, story):
    answer = as_person(cast.owen).post(at("bundle", story), {"with_names": "on", "reason": "x"})
    assert answer["Content-Type"].startswith("text/html")
    assert "Enter why you need their names" in answer.content.decode()
    assert not Look.objects.exists()


def test_made_twice_at_one_instant_it_is_the_same(cast, story):
    first = services.take_bundle(by=cast.owen, policy=story.policy)
    assert services.take_bundle(by=cast.owen, policy=story.policy) == first
    with clock.set_to(clock.now() + dt.timedelta(minutes=1)):
        later = opened(services.take_bundle(by=cast.owen, policy=story.policy))
    changed = {name for name, content in opened(first).items() if later[name] != content}
    assert changed == {"evidence.json", "evidence.html", "manifest.json"}


def test_a_bundle_as_it_was_made_has_no_problems(cast, story):
    assert problems_with(services.take_bundle(by=cast.owen, policy=story.policy)) == []


def test_a_file_changed_later_is_found(cast, story):
    files = opened(services.take_bundle(by=cast.owen, policy=story.policy))
    files["versions/0.2.json"] += b" "
    assert problems_with(repacked(files)) == [
        "versions/0.2.json is not what the manifest says.",
        "The words of version 0.2 do not have the hash it was closed with.",
    ]


def test_a_file_taken_out_is_found(cast, story):
    files = opened(services.take_bundle(by=cast.owen, policy=story.policy))
    del files["versions/0.1.txt"]
    assert problems_with(repacked(files)) == ["versions/0.1.txt is missing."]


def test_words_changed_in_the_database_later_are_found_in_the_next_bundle(cast, story):
    make.tamper_with(story.second)
    found = problems_with(services.take_bundle(by=cast.owen, policy=story.policy))
    assert "The words of version 0.2 do not have the hash it was closed with." in found


def test_a_bundle_can_be_taken_at_any_stage(cast):
    for stage in (make.policy_in_drafting, make.policy_out_for_comment, make.policy_under_review):
        story = stage(cast, title=f"Policy {stage.__name__}")
        content = services.take_bundle(by=cast.owen, policy=story.policy)
        assert problems_with(content) == []
        assert "policy.pdf" not in opened(content)


# -- cost ------------------------------------------------------------------------------------------------------------


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_pages_cost_the_same_with_more_rows(cast, as_person, story):
    client = as_person(cast.owen)
    paths = [at(name, story) for name in ("evidence", "evidence_comments", "evidence_messages")]
    before = [queries(client, path) for path in paths]
    for _ in range(3):
        make.answer(story, make.comment(story, cast.morgan, place=1), make.Answer.Outcome.NOTED)
    for person in (cast.ishani, cast.cass, cast.robin):
        make.post_again(story, person)
    assert [queries(client, path) for path in paths] == before
    assert max(before) <= 12
