"""Terms of reference: written and proposed below, approved or sent back above, each version kept."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core import clock
from core.errors import Refused, Stale
from documents.models import Block
from documents.reading import blocks_of
from governance import standing
from governance.charter_words import parts_of, words_of
from governance.models import CharterDraft, Office, Side
from governance.presenters.charters import approved_charter, charter_changes, words_to_change
from governance.services.charters import approve_charter, give_back_charter, propose_charter, write_charter
from notifications.models import Message
from tests.cast import office

WORDS = "# What we are for\n\nWe write.\nTwo lines.\n\n# How we decide\n\nTogether."


def write(body, by, words=WORDS, seen=None):
    return write_charter(by=by, body=body, words=words, seen=words_to_change(body)["seen"] if seen is None else seen)


def first(cast, words=WORDS):
    write(cast.group, cast.tunde, words, seen="")
    return propose_charter(by=cast.tunde, body=cast.group)


def test_words_go_in_and_come_out_the_same():
    assert words_of(blocks_like(WORDS)) == WORDS
    assert parts_of("#One\ntext\n##  Two  \n\n\n\n  \ntext") == [
        ("heading", "One"),
        ("paragraph", "text"),
        ("heading", "Two"),
        ("paragraph", "text"),
    ]
    assert parts_of(" \r\n\r\n # \n") == []


def blocks_like(words):
    class Says:
        def __init__(self, kind, text):
            self.kind, self.text = kind, text

    return [Says(*part) for part in parts_of(words)]


def test_from_the_first_words_to_version_2(cast):
    draft = first(cast)
    assert (draft.state, draft.version.number) == ("proposed", "0.1")
    assert approved_charter(cast.group) is None
    approve_charter(by=cast.grace, draft=draft)
    found = approved_charter(cast.group)
    assert (found.number, found.by) == ("1.0", "the secretary of the Peer Support Steering Group")
    assert cast.grace.name not in found.by
    assert words_of(blocks_of(found.version)) == WORDS
    write(cast.group, cast.priya, WORDS.replace("We write.", "We write well.") + "\n\nAnd kindly.")
    again = propose_charter(by=cast.priya, body=cast.group)
    approve_charter(by=cast.grace, draft=again)
    assert approved_charter(cast.group).number == "2.0"
    changes = charter_changes(cast.group, 2)
    assert [change.how for change in changes.changes] == ["same", "changed", "same", "same", "added"]
    assert charter_changes(cast.group, 1) is None
    assert Block.objects.filter(document=cast.group.charter.document).count() == 5
    verbs = AuditEntry.objects.filter(verb__startswith="governance.").values_list("verb", flat=True)
    assert [verb for verb in verbs if "charter" in verb].count("governance.answered_charter") == 2


def test_a_heading_turned_into_a_paragraph_is_another_block(cast):
    write(cast.group, cast.tunde, seen="")
    words = "How we start\n\nWe write.\n\nLast."
    draft = write(cast.group, cast.tunde, words)
    assert words_of(blocks_of(draft.version)) == words


def test_who_is_told(cast):
    draft = first(cast)
    waiting = Message.objects.filter(kind="governance.charter_proposed")
    assert [message.recipient for message in waiting] == [cast.grace]
    give_back_charter(by=cast.grace, draft=draft, reason="Say who sits here.")
    told = Message.objects.filter(kind="governance.charter_answered")
    assert {message.recipient for message in told} == {cast.tunde, cast.priya}
    assert "Say who" not in str(list(told.values()))


def test_sent_back_and_written_again(cast):
    draft = first(cast)
    with pytest.raises(Refused) as refused:
        give_back_charter(by=cast.grace, draft=draft, reason="  ")
    assert refused.value.field == "reason"
    give_back_charter(by=cast.grace, draft=draft, reason="Say who sits here.")
    again = write(cast.group, cast.tunde, WORDS + "\n\nFive sit here.")
    assert (again.state, again.version.number) == ("writing", "0.2")
    assert approve_charter(by=cast.grace, draft=propose_charter(by=cast.tunde, body=cast.group)).final.number == "1.0"


def test_a_repeat_changes_nothing(cast):
    write(cast.group, cast.tunde, seen="")
    assert write(cast.group, cast.tunde, seen="").version.number == "0.1"
    draft = propose_charter(by=cast.tunde, body=cast.group)
    assert propose_charter(by=cast.priya, body=cast.group) == draft
    approve_charter(by=cast.grace, draft=draft)
    approve_charter(by=cast.grace, draft=draft)
    assert AuditEntry.objects.filter(verb="governance.answered_charter").count() == 1


def test_nothing_changes_while_it_waits(cast):
    first(cast)
    with pytest.raises(Refused, match="waits for its answer"):
        write(cast.group, cast.priya, "Other words.")


def test_the_same_words_are_no_new_draft(cast):
    approve_charter(by=cast.grace, draft=first(cast))
    with pytest.raises(Refused, match="the words that stand now"):
        write(cast.group, cast.tunde)
    with pytest.raises(Refused, match="no draft to send"):
        propose_charter(by=cast.tunde, body=cast.group)


@pytest.mark.parametrize("words", ["", "  \n \n", "#"])
def test_no_words(cast, words):
    with pytest.raises(Refused) as refused:
        write(cast.group, cast.tunde, words, seen="")
    assert refused.value.field == "words"
    assert not CharterDraft.objects.exists()


def test_two_who_write_at_once(cast):
    write(cast.group, cast.tunde, seen="")
    seen = words_to_change(cast.group)["seen"]
    write(cast.group, cast.priya, "Her words.", seen=seen)
    with pytest.raises(Stale) as stale:
        write(cast.group, cast.tunde, "His words.", seen=seen)
    assert (stale.value.theirs, stale.value.yours) == ("Her words.", "His words.")
    with pytest.raises(Stale):
        write(cast.group, cast.tunde, "His words.", seen="")


@pytest.mark.parametrize("who", ["priya", "cass", "owen", "samuel", "morgan"])
def test_only_the_body_above_answers(cast, who):
    draft = first(cast)
    for act in (approve_charter, lambda **said: give_back_charter(reason="No.", **said)):
        with pytest.raises(Refused, match="Only the co-chairs and the secretary"):
            act(by=cast.people[who], draft=draft)


def test_the_steering_groups_own_is_answered_by_the_governance_lead(cast):
    write(cast.steering, cast.grace, seen="")
    draft = propose_charter(by=cast.grace, body=cast.steering)
    assert [each.recipient for each in Message.objects.filter(kind="governance.charter_proposed")] == [cast.owen]
    with pytest.raises(Refused):
        approve_charter(by=cast.cass, draft=draft)
    approve_charter(by=cast.owen, draft=draft)
    assert approved_charter(cast.steering).by == "the governance lead"


def test_nobody_answers_their_own(cast):
    office(cast.steering, cast.tunde, Office.Kind.CO_LEAD, Side.PEER)
    standing.forget(cast.tunde)
    draft = first(cast)
    with pytest.raises(Refused, match="somebody else must answer"):
        approve_charter(by=cast.tunde, draft=draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterDraft.objects.filter(pk=draft.pk).update(
            state="returned", reason="No.", answered_by=cast.tunde, answered_at=clock.now()
        )


def test_a_group_that_reports_to_nobody_cannot_send_its_words(cast):
    cast.group.reports_to = None
    cast.group.save()
    write(cast.group, cast.tunde, seen="")
    with pytest.raises(Refused, match="Nobody can approve this yet"):
        propose_charter(by=cast.tunde, body=cast.group)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "approved"},
        {"state": "returned"},
        {"answered_at": clock.now},
        {"proposed_by": None},
    ],
)
def test_the_database_holds_what_an_answer_is(cast, values):
    draft = first(cast)
    values = {name: value() if callable(value) else value for name, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterDraft.objects.filter(pk=draft.pk).update(**values)


def test_one_draft_at_a_time(cast):
    draft = write(cast.group, cast.tunde, seen="")
    again = CharterDraft(charter=draft.charter, version=draft.version, made_at=clock.now(), made_by=cast.priya)
    with pytest.raises(IntegrityError, match="charterdraft|one_charter"), transaction.atomic():
        again.save()
