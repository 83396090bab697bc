"""Two at once: a press counts once, a window closes for all, and nobody's words are written over."""

from __future__ import annotations

import uuid

from governance import standing
from notifications.models import Message
from steering.models import Answer, Comment, CommentDraft, Consultation, Policy, Ready
from steering.services import comments, consultations, policies
from tests.cast import make_cast
from tests.factories import drafting as make
from tests.support.races import at_once, race

pytestmark = race


def test_the_same_upload_saved_three_times_is_one_policy():
    cast = make_cast()
    upload = make.upload_of(cast.grace)
    facts = {"by": cast.grace, "body": cast.group, "title": make.TITLE, "upload": upload, "form_key": upload.pk}
    outcomes = at_once(*[lambda: policies.start_policy(**facts).pk] * 3)
    assert outcomes == [Policy.objects.get().pk] * 3


def test_ready_said_three_times_is_said_once():
    cast = make_cast()
    policy = make.drafted(cast)
    standing.of(cast.tunde)
    outcomes = at_once(*[lambda: policies.say_ready(by=cast.tunde, policy=policy).pk] * 3)
    assert outcomes == [Ready.objects.get().pk] * 3
    assert Message.objects.filter(kind="steering.look_at_draft").count() == 1


def test_a_word_changed_while_it_is_opened_is_either_in_or_refused():
    cast = make_cast()
    policy = make.made_ready(cast, make.drafted(cast))
    version = policy.open_version
    seen = make.text_at(version, 1)
    edit = {
        "by": cast.tunde,
        "policy": policy,
        "block": seen.block,
        "seen": seen,
        "text": "At the last moment.",
    }
    opened, edited = at_once(
        lambda: consultations.open_consultation(**make.opening(cast, policy)),
        lambda: policies.edit_paragraph(**edit),
    )
    assert isinstance(opened, str) != isinstance(edited, str)
    changed = make.text_at(version, 1).text == "At the last moment."
    assert changed == isinstance(opened, str)
    assert Consultation.objects.exists() != changed


def test_opened_twice_at_once_asks_everyone_once():
    cast = make_cast()
    policy = make.made_ready(cast, make.drafted(cast))
    same = make.opening(cast, policy)
    outcomes = at_once(
        lambda: consultations.open_consultation(**same).pk,
        lambda: consultations.open_consultation(**same).pk,
        lambda: consultations.open_consultation(**{**same, "form_key": uuid.uuid4()}).pk,
    )
    assert Consultation.objects.count() == 1
    assert len({each for each in outcomes if not isinstance(each, str)}) == 1
    assert Message.objects.filter(kind="steering.consultation_opened").count() == 7


def test_a_comment_sent_three_times_at_once_is_one():
    cast = make_cast()
    consultation = make.out_for_comment(cast)
    seen = make.text_at(consultation.version, 1)
    words = {"version": consultation.version, "text_seen": seen, "words": "Once.", "shown_as": "member"}
    kept = at_once(*[lambda: comments.save_words(by=cast.ishani, consultation=consultation, **words).form_key] * 3)
    assert kept == [CommentDraft.objects.get().form_key] * 3
    send = {"by": cast.ishani, "consultation": consultation, "block": seen.block, "form_key": kept[0]}
    sent = at_once(*[lambda: comments.send_comment(**send).pk] * 3)
    assert sent == [Comment.objects.get().pk] * 3


def test_two_co_leads_answer_at_once():
    cast = make_cast()
    comment = make.sent(make.out_for_comment(cast), cast.ishani)
    said = {"comment": comment, "reason": "Thank you."}
    outcomes = at_once(
        lambda: comments.answer_comment(by=cast.tunde, outcome="accepted", **said),
        lambda: comments.answer_comment(by=cast.priya, outcome="noted", **said),
    )
    assert sum(isinstance(each, str) for each in outcomes) == 1
    assert Answer.objects.count() == 1
    assert Message.objects.filter(kind="steering.answer_given").count() == 1


def test_two_change_one_paragraph_at_once():
    cast = make_cast()
    policy = make.drafted(cast)
    seen = make.text_at(policy.open_version, 1)
    edit = {"policy": policy, "block": seen.block, "seen": seen}
    outcomes = at_once(
        lambda: policies.edit_paragraph(by=cast.tunde, text="Tunde's words.", **edit).text,
        lambda: policies.edit_paragraph(by=cast.priya, text="Priya's words.", **edit).text,
    )
    stands = make.text_at(policy.open_version, 1).text
    assert stands in outcomes
    assert sum("Someone else changed this paragraph" in each for each in outcomes) == 1


def test_the_next_draft_is_started_once():
    cast = make_cast()
    policy = make.out_for_comment(cast).policy
    outcomes = at_once(
        lambda: policies.start_next_draft(by=cast.tunde, policy=policy).number,
        lambda: policies.start_next_draft(by=cast.priya, policy=policy).number,
    )
    assert outcomes.count("0.2") == 1
    assert policy.document.versions.count() == 2
