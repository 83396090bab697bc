"""Saying something about a paragraph, and being answered."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from documents.models import Version
from governance.models import Side
from notifications.models import Message
from steering.models import Answer, Comment, CommentDraft, Policy
from steering.services import comments, policies
from tests.factories.drafting import block_at, made_ready, next_draft, out_for_comment, sent, text_at


def save(consultation, person, **changes):
    facts = {"version": consultation.version, "text_seen": text_at(consultation.version, 1), "words": "My words."}
    return comments.save_words(by=person, consultation=consultation, **{**facts, "shown_as": "member", **changes})


def answered(cast, comment, **changes):
    facts = {"by": cast.priya, "comment": comment, "outcome": Answer.Outcome.NOTED, "reason": "Thank you. We heard it."}
    return comments.answer_comment(**{**facts, **changes})


def test_words_are_kept_for_their_writer_and_kept_again(cast):
    consultation = out_for_comment(cast)
    first = save(consultation, cast.ishani)
    again = save(consultation, cast.ishani, words="Better words.", shown_as="side")
    assert first.pk == again.pk
    kept = CommentDraft.objects.get()
    assert (kept.words, kept.shown_as, kept.form_key) == ("Better words.", "side", first.form_key)


def test_a_sent_comment_keeps_the_words_that_were_read_and_the_side(cast):
    consultation = out_for_comment(cast)
    comment = sent(consultation, cast.samuel, shown_as="side")
    assert comment.text_seen == text_at(consultation.version, 1)
    assert (comment.side, comment.version, comment.author) == (Side.STAFF, consultation.version, cast.samuel)
    assert not CommentDraft.objects.exists()
    entry = AuditEntry.objects.get(verb="steering.sent_comment")
    assert (entry.actor, entry.facts) == (cast.samuel, {"consultation": str(consultation.pk)})


def test_sent_twice_is_one_comment(cast):
    consultation = out_for_comment(cast)
    draft = save(consultation, cast.ishani)
    facts = {"by": cast.ishani, "consultation": consultation, "block": draft.block, "form_key": draft.form_key}
    assert comments.send_comment(**facts) == comments.send_comment(**facts)
    assert Comment.objects.count() == 1


def test_a_key_of_someone_else_sends_nothing(cast):
    consultation = out_for_comment(cast)
    theirs = sent(consultation, cast.samuel)
    for key in (theirs.form_key, uuid.uuid4(), save(consultation, cast.cass).form_key):
        with pytest.raises(Refused):
            comments.send_comment(by=cast.ishani, consultation=consultation, block=theirs.block, form_key=key)
    assert Comment.objects.count() == 1


def test_who_was_not_asked_cannot_keep_or_send(cast):
    consultation = out_for_comment(cast)
    for person in (cast.owen, cast.grace, cast.yetunde, cast.leyla):
        with pytest.raises(Refused, match="not one of the people"):
            save(consultation, person)


def test_after_closing_nothing_is_kept_or_sent_to_the_instant(cast):
    consultation = out_for_comment(cast)
    draft = save(consultation, cast.ishani)
    facts = {"by": cast.ishani, "consultation": consultation, "block": draft.block, "form_key": draft.form_key}
    with clock.set_to(consultation.closes_at):
        with pytest.raises(Refused, match="have closed"):
            save(consultation, cast.ishani, words="Too late.")
        with pytest.raises(Refused, match="have closed"):
            comments.send_comment(**facts)
    assert CommentDraft.objects.get().words == "My words."
    with clock.set_to(consultation.closes_at - dt.timedelta(microseconds=1)):
        comments.send_comment(**facts)
    assert Comment.objects.count() == 1


def test_words_that_never_stood_in_a_shared_draft_cannot_be_commented_on(cast):
    consultation = out_for_comment(cast)
    other = out_for_comment(cast)
    next_draft(cast, consultation.policy)
    still_open = Version.objects.get(frozen_at=None)
    wrong = [
        {"version": still_open, "text_seen": text_at(still_open, 1)},
        {"version": other.version, "text_seen": text_at(other.version, 1)},
        {"text_seen": text_at(still_open, 1)},
    ]
    for place in wrong:
        with pytest.raises(Refused, match="could not find"):
            save(consultation, cast.ishani, **place)
    assert not CommentDraft.objects.exists()


def test_a_comment_may_be_about_the_earlier_draft_after_a_newer_one(cast):
    consultation = out_for_comment(cast)
    policy = consultation.policy
    next_draft(cast, policy)
    policies.share_draft(by=cast.tunde, policy=made_ready(cast, policy))
    comment = sent(consultation, cast.ishani)
    assert comment.text_seen.text == "A new worker meets their team in the first week."


def test_an_answer_tells_its_author_and_nobody_else(cast):
    consultation = out_for_comment(cast)
    comment = sent(consultation, cast.ishani)
    sent(consultation, cast.cass)
    answer = answered(cast, comment)
    assert (answer.comment, answer.by, answer.outcome) == (comment, cast.priya, "noted")
    told = Message.objects.filter(kind="steering.answer_given")
    assert list(told.values_list("recipient_id", flat=True)) == [cast.ishani.pk]


def test_the_same_answer_twice_is_one_and_another_is_refused(cast):
    comment = sent(out_for_comment(cast), cast.ishani)
    assert answered(cast, comment) == answered(cast, comment)
    with pytest.raises(Refused, match="already answered"):
        answered(cast, comment, by=cast.tunde, outcome=Answer.Outcome.ACCEPTED)
    assert Answer.objects.get().outcome == "noted"


def test_an_answer_may_name_the_draft_that_changed_the_paragraph_and_no_other(cast):
    consultation = out_for_comment(cast)
    changed, same = sent(consultation, cast.ishani, place=1), sent(consultation, cast.ishani, place=4)
    version = next_draft(cast, consultation.policy)
    assert answered(cast, changed, outcome=Answer.Outcome.ACCEPTED, changed_in=version).changed_in == version
    with pytest.raises(Refused) as refusal:
        answered(cast, same, changed_in=version)
    assert refusal.value.field == "changed_in"
    with pytest.raises(Refused):
        answered(cast, same, changed_in=consultation.version)
    assert Answer.objects.count() == 1


def test_a_removed_paragraph_counts_as_changed(cast):
    consultation = out_for_comment(cast)
    comment = sent(consultation, cast.ishani, place=2)
    version = policies.start_next_draft(by=cast.tunde, policy=consultation.policy)
    seen = text_at(version, 2)
    policies.remove_paragraph(by=cast.tunde, policy=consultation.policy, block=seen.block, seen=seen)
    assert answered(cast, comment, changed_in=version).changed_in == version


# -- on to the Steering Group ----------------------------------------------------------------------------------------


def test_the_way_to_the_steering_group_names_what_is_missing(cast):
    consultation = out_for_comment(cast)
    policy = consultation.policy
    first, second = sent(consultation, cast.ishani), sent(consultation, cast.cass)
    with pytest.raises(Refused, match="can still comment"):
        policies.submit_for_review(by=cast.tunde, policy=policy)
    with clock.set_to(consultation.closes_at):
        with pytest.raises(Refused, match="^2 comments still need"):
            policies.submit_for_review(by=cast.tunde, policy=policy)
        answered(cast, first)
        with pytest.raises(Refused, match="^1 comment still needs"):
            policies.submit_for_review(by=cast.tunde, policy=policy)
        version = next_draft(cast, policy)
        answered(cast, second, changed_in=version)
        with pytest.raises(Refused, match="Draft 0.2 is still being written"):
            policies.submit_for_review(by=cast.tunde, policy=policy)
        policies.share_draft(by=cast.tunde, policy=made_ready(cast, policy))
        policies.submit_for_review(by=cast.tunde, policy=policy)
    policy.refresh_from_db()
    assert (policy.state, policy.under_review) == ("review", Version.objects.get(minor=2))
    told = Message.objects.filter(kind="steering.review_asked").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted(p.pk for p in (cast.tunde, cast.cass, cast.samuel, cast.yetunde))


def test_a_draft_that_nobody_was_asked_about_goes_nowhere(cast):
    policy = out_for_comment(cast).policy
    Policy.objects.update(state="drafting")
    policy.refresh_from_db()
    with pytest.raises(Refused, match="asked for comments first"):
        policies.submit_for_review(by=cast.tunde, policy=policy)


def test_no_answer_after_the_policy_has_gone_on(cast):
    comment = sent(out_for_comment(cast), cast.ishani)
    Policy.objects.update(state="withdrawn")
    with pytest.raises(Refused):
        answered(cast, comment)
    assert not Answer.objects.exists()


def test_the_end_of_the_window_is_a_day_in_the_trusts_time(cast):
    consultation = out_for_comment(cast)
    assert timezone.localtime(consultation.closes_at).hour == 0
    assert block_at(consultation.version, 1).document == consultation.policy.document
