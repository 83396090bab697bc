"""What people are told about drafts: a row each, and a letter that gives nothing away."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from core import clock
from governance.models import Office, Term
from notifications import letters
from notifications.kinds import kind_named
from notifications.models import Message
from steering.models import Comment
from steering.services import policies
from steering.services.comments import answer_comment
from tests.factories.drafting import TITLE, made_ready, next_draft, out_for_comment, sent

KINDS = {
    "steering.consultation_opened": "draft",
    "steering.new_draft": "draft",
    "steering.answer_given": "comment_place",
    "steering.look_at_draft": "policy",
    "steering.draft_ready": "policy",
    "steering.review_asked": "review",
}
TELLTALE = [
    TITLE,
    "Induction",
    "policy",
    "policies",
    "draft",
    "comment",
    "Role design",
    "Network",
    "Task Group",
    "Steering",
    "peer",
    "sponsor",
    "mental",
    "Canary",
    "Priya",
    "Tunde",
]


@pytest.fixture
def story(cast):
    """One comment, answered, a new draft, and on to the Steering Group: every kind has been posted."""
    consultation = out_for_comment(cast)
    comment = sent(consultation, cast.ishani, words="Canary words.")
    next_draft(cast, consultation.policy)
    answer_comment(by=cast.priya, comment=comment, outcome="noted", reason="Canary reason.")
    policies.share_draft(by=cast.tunde, policy=made_ready(cast, consultation.policy))
    with clock.set_to(consultation.closes_at):
        policies.submit_for_review(by=cast.tunde, policy=consultation.policy)
    return consultation.policy


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_says_what_it_is_about(story, kind):
    message = Message.objects.filter(kind=kind).first()
    with clock.set_to(message.posted_at):
        (letter,), unsent = letters.write([message])
    assert unsent == []
    body = letter.email.body
    kept = [line for line in body.splitlines() if "://" not in line and not line.startswith("Dear ")]
    without_link = "\n".join(kept)
    for word in TELLTALE:
        assert word.lower() not in without_link.lower(), word
        assert word.lower() not in letter.email.subject.lower(), word
    assert "/l/" in body


@pytest.mark.parametrize("kind", KINDS)
def test_each_leads_to_its_page(story, kind):
    message = Message.objects.filter(kind=kind).first()
    comment = [Comment.objects.get().pk] if KINDS[kind] == "comment_place" else []
    assert kind_named(kind).path(message) == reverse(f"steering:{KINDS[kind]}", args=[story.pk, *comment])


def test_facts_hold_ids_and_days_alone(story):
    found = {message.kind: message.facts for message in Message.objects.filter(kind__in=KINDS)}
    policy = {"policy": str(story.pk)}
    assert found == {
        "steering.consultation_opened": {**policy, "last_day": "2026-09-29"},
        "steering.new_draft": {},
        "steering.answer_given": policy,
        "steering.look_at_draft": {},
        "steering.draft_ready": {},
        "steering.review_asked": {},
    }


def test_nobody_is_asked_to_comment_after_closing(cast):
    consultation = out_for_comment(cast)
    message = Message.objects.filter(kind="steering.consultation_opened").first()
    still_due = kind_named(message.kind).still_due
    with clock.set_to(consultation.closes_at - dt.timedelta(minutes=1)):
        assert still_due(message) == ""
    with clock.set_to(consultation.closes_at):
        assert still_due(message) == "Comments have closed."


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("steering.look_at_draft", "priya"),
        ("steering.draft_ready", "grace"),
        ("steering.review_asked", "samuel"),
    ],
)
def test_whoever_has_left_since_is_not_led_to_a_page_that_does_not_open(cast, story, kind, who):
    person = getattr(cast, who)
    message = Message.objects.filter(kind=kind, recipient=person).first()
    due = Message.objects.select_related("recipient").get(pk=message.pk)
    assert kind_named(kind).still_due(due) == ""
    Term.objects.filter(person=person).update(ends_on=clock.today())
    Office.objects.filter(person=person).update(until_on=clock.today())
    late = Message.objects.get(pk=message.pk)
    assert kind_named(kind).still_due(late) == "This person no longer takes part in that way."


def test_the_last_day_is_in_the_letter(cast):
    out_for_comment(cast)
    (letter,), _ = letters.write([Message.objects.filter(kind="steering.consultation_opened").first()])
    assert "until the end of 29 September 2026" in letter.email.body
