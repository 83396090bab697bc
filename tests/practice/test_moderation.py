"""Reports and what moderators do: every act from every state, who is told, and who may not act."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core import clock
from core.counts import numbers_of
from core.errors import Refused
from notifications.models import Message
from practice.models import Act, Audience, Item, Moderator, Reply, Report
from practice.moderators import who_looks
from practice.presenters.needs import items_with_news, waits_for_secretary
from practice.services import moderation, replies, sharing, writing
from practice.services.moderators import end_moderator, name_moderator
from practice.workflows import WORDS, WordsState
from tests.practice.conftest import CANARY, draft_of, reported, shared_by

pytestmark = pytest.mark.django_db
A, S = Act.Kind, WordsState


def does(by, report, kind, reason="Somebody could be recognised.", note="", key=None):
    return moderation.act(by=by, report=report, kind=kind, reason=reason, note=note, form_key=key or uuid.uuid4())


def told(kind):
    return set(Message.objects.filter(kind=f"practice.{kind}").values_list("recipient_id", flat=True))


def state(words):
    words.refresh_from_db()
    return words.state


# -- the tables --------------------------------------------------------------------------------------------------------

MOVES = {
    ("draft", "share"): "shared",
    ("draft", "withdraw"): "withdrawn",
    ("shared", "stop_sharing"): "draft",
    ("shared", "withdraw"): "withdrawn",
    ("shared", "hide"): "hidden",
    ("shared", "ask_to_change"): "changing",
    ("shared", "remove"): "removed",
    ("hidden", "withdraw"): "withdrawn",
    ("hidden", "ask_to_change"): "changing",
    ("hidden", "restore"): "shared",
    ("hidden", "remove"): "removed",
    ("changing", "withdraw"): "withdrawn",
    ("changing", "hand_back"): "hidden",
    ("changing", "restore"): "shared",
    ("changing", "remove"): "removed",
}
ERASED = {"title": "", "what": "", "kind": "", "place": "", "with_whom": "", "helped": ""}
ERASED |= {"since_month": None, "since_year": None}


@pytest.mark.parametrize(("before", "move"), [(str(s), move.name) for s in S for move in WORDS])
def test_all_pairs_of_the_words(item, before, move):
    Item.objects.update(state=before, **(ERASED if before in ("withdrawn", "removed") else {}))
    item.refresh_from_db()
    ends = MOVES.get((before, move))
    also = ERASED if ends in ("withdrawn", "removed") else {}
    if ends is None:
        with pytest.raises(Refused, match="cannot be done now"):
            WORDS.move(item, move, **also)
    else:
        WORDS.move(item, move, **also)
    assert Item.objects.get().state == (ends or before)


ENDS = {
    ("shared", A.NO_ACTION): "shared",
    ("shared", A.HIDE): "hidden",
    ("shared", A.ASK_TO_CHANGE): "changing",
    ("shared", A.REMOVE): "removed",
    ("hidden", A.ASK_TO_CHANGE): "changing",
    ("hidden", A.RESTORE): "shared",
    ("hidden", A.REMOVE): "removed",
    ("changing", A.RESTORE): "shared",
    ("changing", A.REMOVE): "removed",
    ("draft", A.NO_ACTION): "draft",
    ("withdrawn", A.NO_ACTION): "withdrawn",
    ("removed", A.NO_ACTION): "removed",
}
BY_MODERATORS = (A.NO_ACTION, A.HIDE, A.ASK_TO_CHANGE, A.RESTORE, A.REMOVE)
CLOSES = {A.NO_ACTION, A.RESTORE, A.REMOVE}


@pytest.mark.parametrize(("before", "kind"), [(str(s), kind) for s in S for kind in BY_MODERATORS])
def test_all_pairs_of_acts(cast, item, moderators, before, kind):
    """What ends where; the author hears of what was done to their words, and the reporter once it is settled."""
    report = reported(cast.samuel, item)
    Item.objects.update(state=before, **(ERASED if before in ("withdrawn", "removed") else {}))
    ends = ENDS.get((before, kind))
    if ends is None:
        with pytest.raises(Refused, match="cannot be done now. It stands as"):
            does(cast.priya, report, kind)
    else:
        does(cast.priya, report, kind)
    report.refresh_from_db()
    assert state(item) == (ends or before)
    assert Act.objects.count() == (ends is not None)
    assert (report.state == "looked_at") == (ends is not None and kind in CLOSES)
    assert told("decided") == ({cast.ishani.pk} if ends and kind != A.NO_ACTION else set())
    assert told("looked") == ({cast.samuel.pk} if ends and kind in CLOSES else set())


# -- reporting ---------------------------------------------------------------------------------------------------------


def test_a_worry_alerts_every_moderator_today_and_notes_that_the_route_was_shown(cast, item, moderators):
    report = reported(cast.samuel, item, Report.Reason.WORRIED)
    assert report.route_shown
    sent = Message.objects.filter(kind="practice.to_look_at")
    assert {(each.recipient_id, each.facts["today"]) for each in sent} == {
        (cast.priya.pk, True),
        (cast.cass.pk, True),
    }
    facts = AuditEntry.objects.get(verb="practice.reported").facts
    assert facts == {"reason": "worried", "route_shown": True}


def test_what_was_said_is_sealed(cast, item, moderators):
    report = reported(cast.samuel, item, said="The name of a street.")
    act = does(cast.priya, report, A.HIDE, reason="A reason of ours.", note="A note of ours.")
    assert (report.said, act.reason, act.note) == ("The name of a street.", "A reason of ours.", "A note of ours.")
    kept = [*Report.objects.values_list("said_sealed"), *Act.objects.values_list("reason_sealed", "note_sealed")]
    assert not any(words in str(kept) for words in ("street", "ours"))


def test_one_report_while_it_waits_however_often_it_is_pressed(cast, item, moderators):
    first = reported(cast.samuel, item)
    assert reported(cast.samuel, item) == first
    does(cast.priya, first, A.NO_ACTION)
    assert reported(cast.samuel, item) != first


@pytest.mark.parametrize("who", ["ishani", "nadia", "grace", "leyla"])
def test_who_wrote_it_or_does_not_read_it_cannot_report_it(cast, item, who):
    with pytest.raises(Refused, match="cannot report this"):
        reported(cast.people[who], item)
    assert not Report.objects.exists()


def test_what_is_not_shown_any_more_cannot_be_reported(cast, item):
    sharing.stop_sharing(by=cast.ishani, item=item)
    with pytest.raises(Refused, match="cannot report this"):
        reported(cast.samuel, item)


# -- who looks ---------------------------------------------------------------------------------------------------------


def lookers(cast, report):
    by_query = {
        name for name, who in cast.people.items() if Report.objects.for_moderator(who).filter(pk=report.pk).exists()
    }
    names = {who.pk: name for name, who in cast.people.items()}
    assert by_query == {names[who.pk] for who in who_looks(report)}
    return by_query


def test_reports_go_to_the_moderators_who_had_no_part_in_it(cast, item, moderators):
    assert lookers(cast, reported(cast.samuel, item)) == {"priya", "cass"}
    assert lookers(cast, reported(cast.morgan, shared_by(cast.cass))) == {"priya"}
    by_priya = reported(cast.priya, item)
    assert lookers(cast, by_priya) == {"cass"}


def test_a_moderator_who_reported_words_does_not_act_through_the_report_of_another(cast, item, moderators):
    other = reported(cast.samuel, item)
    reported(cast.priya, item)
    with pytest.raises(Refused, match="Another moderator must look"):
        does(cast.priya, other, A.NO_ACTION)
    assert does(cast.cass, other, A.NO_ACTION)
    assert not Report.objects.open().exists()


def test_an_author_does_not_act_on_their_own_words(cast, moderators):
    report = reported(cast.samuel, shared_by(cast.cass))
    with pytest.raises(Refused, match="Another moderator must look"):
        does(cast.cass, report, A.NO_ACTION)


@pytest.mark.parametrize("who", ["grace", "samuel", "tunde", "owen", "leyla"])
def test_who_is_not_a_moderator_does_not_act(cast, item, moderators, who):
    report = reported(cast.morgan, item)
    with pytest.raises(Refused, match="Another moderator must look"):
        does(cast.people[who], report, A.HIDE)
    assert state(item) == S.SHARED


def test_with_no_moderators_or_none_who_can_reports_go_to_the_secretary(cast, item):
    assert lookers(cast, reported(cast.samuel, item)) == {"grace"}
    Moderator.objects.create(person=cast.priya, from_on="2026-01-01")
    assert lookers(cast, reported(cast.morgan, item)) == {"priya"}
    by_priya = reported(cast.priya, item)
    assert lookers(cast, by_priya) == {"grace"}
    Moderator.objects.create(person=cast.leyla, from_on="2026-01-01")
    assert lookers(cast, by_priya) == {"grace"}


# -- acting ------------------------------------------------------------------------------------------------------------


def test_hidden_words_are_gone_from_everybody_at_once_and_come_back(cast, moderators):
    item = shared_by(cast.ishani, Audience.STEERING)
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=cast.samuel)
    report = reported(cast.tunde, item)

    def readers():
        return {name for name, who in cast.people.items() if Item.objects.visible_to(who).exists()}

    before = readers()
    does(cast.priya, report, A.HIDE)
    assert readers() == {"ishani"}
    assert not Item.objects.with_steering().exists()
    does(cast.cass, report, A.RESTORE)
    assert readers() == before


def test_edit_with_the_author(cast, item, moderators):
    report = reported(cast.samuel, item)
    does(cast.priya, report, A.ASK_TO_CHANGE, reason="Please leave out the street.")
    assert [item.title for item in items_with_news(cast.ishani)] == ["Thursday garden bench"]
    item.refresh_from_db()
    with pytest.raises(Refused, match="still needs a name"):
        writing.save_answers(by=cast.ishani, item=item, title="")
    writing.save_answers(by=cast.ishani, item=item, what="Without the street.")
    Message.objects.all().delete()
    assert sharing.share(by=cast.ishani, item=item).state == S.HIDDEN
    assert told("to_look_at") == {cast.priya.pk, cast.cass.pk}
    assert list(report.acts.values_list("kind", flat=True)) == ["ask_to_change", "handed_back"]
    does(cast.cass, report, A.RESTORE, reason="Thank you for changing it.")
    assert state(item) == S.SHARED


def test_edit_a_reply_with_its_author(cast, moderators):
    item = shared_by(cast.ishani, Audience.STEERING)
    sent = replies.reply(by=cast.tunde, item=item, words="Unkind.", shown_as="side", form_key=uuid.uuid4())
    with pytest.raises(Refused, match="cannot be done now"):
        replies.change_reply(by=cast.tunde, reply=sent, words="Kind.")
    report = reported(cast.ishani, sent, Report.Reason.UNKIND)
    assert lookers(cast, report) == {"priya", "cass"}
    does(cast.priya, report, A.ASK_TO_CHANGE)
    for _ in range(2):
        replies.change_reply(by=cast.tunde, reply=sent, words="Kind.")
    assert state(sent) == S.HIDDEN
    does(cast.priya, report, A.REMOVE)
    assert (state(sent), Reply.objects.get().words) == (S.REMOVED, "")
    with pytest.raises(Refused, match="cannot be done now"):
        replies.withdraw_reply(by=cast.tunde, reply=sent)


def test_removing_deletes_the_words_and_the_author_reads_why(cast, item, moderators):
    does(cast.priya, reported(cast.samuel, item), A.REMOVE)
    assert Item.objects.filter(what="", title="", helped="", state=S.REMOVED).exists()
    assert list(Item.objects.visible_to(cast.ishani)) == [item]
    with pytest.raises(Refused, match="cannot be done now"):
        sharing.withdraw(by=cast.ishani, item=item)


def test_a_report_stays_when_its_author_takes_the_words_back(cast, item, moderators):
    report = reported(cast.samuel, item, Report.Reason.WORRIED)
    sharing.withdraw(by=cast.ishani, item=item)
    assert [each.pk for each in Report.objects.for_moderator(cast.priya).open()] == [report.pk]
    does(cast.priya, report, A.NO_ACTION)
    assert list(Report.objects.for_moderator(cast.cass).open()) == []


def test_all_reports_of_the_same_words_are_settled_together_and_nobody_is_named(cast, item, moderators):
    report, other = reported(cast.samuel, item), reported(cast.morgan, item)
    does(cast.priya, report, A.REMOVE)
    assert not Report.objects.open().exists()
    assert told("looked") == {cast.samuel.pk, cast.morgan.pk}
    with pytest.raises(Refused, match="settled this already"):
        does(cast.cass, other, A.NO_ACTION)


def test_a_reason_is_needed_and_a_repeated_press_is_one_act(cast, item, moderators):
    report, key = reported(cast.samuel, item), uuid.uuid4()
    with pytest.raises(Refused, match="Give the reason") as refused:
        does(cast.priya, report, A.HIDE, reason="  ")
    assert (refused.value.field, state(item)) == ("reason", S.SHARED)
    assert does(cast.priya, report, A.HIDE, key=key) == does(cast.priya, report, A.HIDE, key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.update(reason_sealed="")


# -- a second opinion --------------------------------------------------------------------------------------------------


def test_two_moderators_when_unsure(cast, item, moderators):
    report = reported(cast.samuel, item)
    with pytest.raises(Refused, match="Nobody else has asked"):
        moderation.give_second(by=cast.cass, report=report, note="Leave it.", form_key=uuid.uuid4())
    Message.objects.all().delete()
    moderation.ask_second(by=cast.priya, report=report, note="I am not sure.", form_key=uuid.uuid4())
    assert told("to_look_at") == {cast.cass.pk}
    with pytest.raises(Refused, match="Nobody else has asked"):
        moderation.give_second(by=cast.priya, report=report, note="Leave it.", form_key=uuid.uuid4())
    given = moderation.give_second(by=cast.cass, report=report, note="Leave it.", form_key=uuid.uuid4())
    assert (given.note, given.by) == ("Leave it.", cast.cass)
    assert not moderation.wants_second_from(cast.cass, report)
    assert state(item) == S.SHARED


def test_with_nobody_else_to_ask_it_says_so(cast, item):
    Moderator.objects.create(person=cast.priya, from_on="2026-01-01")
    report = reported(cast.samuel, item)
    with pytest.raises(Refused, match="no other moderator"):
        moderation.ask_second(by=cast.priya, report=report, note="?", form_key=uuid.uuid4())


# -- naming ------------------------------------------------------------------------------------------------------------


def test_name_and_end(cast):
    named = name_moderator(by=cast.grace, email=" PRIYA@anytown-riverside.example ")
    assert (told("named"), numbers_of(waits_for_secretary())["moderators"]) == ({cast.priya.pk}, 1)
    with pytest.raises(Refused, match="moderator already"):
        name_moderator(by=cast.grace, email=cast.priya.email)
    end_moderator(by=cast.grace, moderator=named)
    assert not Moderator.objects.now().exists()
    with pytest.raises(Refused, match="has ended already"):
        end_moderator(by=cast.grace, moderator=named)
    name_moderator(by=cast.grace, email=cast.priya.email)
    assert Moderator.objects.now().count() == 1


@pytest.mark.parametrize("email", ["nobody@anytown-riverside.example", "leyla@anytown-riverside.example", "robin@…"])
def test_a_moderator_is_somebody_who_sits_somewhere(cast, email):
    email = email.replace("…", "anytown-riverside.example")
    with pytest.raises(Refused, match="Nobody who sits on a group") as refused:
        name_moderator(by=cast.grace, email=email)
    assert refused.value.field == "email"


def test_a_moderator_sees_reports_from_a_day_until_a_day(cast, item):
    report = reported(cast.samuel, item)
    named = Moderator.objects.create(person=cast.priya, from_on=clock.today() + dt.timedelta(days=1))
    assert lookers(cast, report) == {"grace"}
    with clock.set_to(clock.now() + dt.timedelta(days=1)):
        assert lookers(cast, report) == {"priya"}
    for wrong in ({"until_on": named.from_on - dt.timedelta(days=1)},):
        with pytest.raises(IntegrityError), transaction.atomic():
            Moderator.objects.update(**wrong)


# -- what other pages say ----------------------------------------------------------------------------------------------


def test_what_waits_is_counted_for_those_whom_it_is_for(cast, moderators, django_assert_num_queries):
    shared_by(cast.ishani, Audience.STEERING)
    item = shared_by(cast.tunde)
    draft_of(cast.tunde, title=CANARY)
    reported(cast.samuel, item)
    with django_assert_num_queries(1):
        assert numbers_of(waits_for_secretary()) == {"reports": 1, "moderators": 2}
    from_scratch = type(cast.priya).objects.get(pk=cast.priya.pk)
    with django_assert_num_queries(2):  # the reader's standing, which every page has read
        assert Report.objects.for_moderator(from_scratch).open().count() == 1
    assert list(Report.objects.for_moderator(cast.samuel)) == list(items_with_news(cast.tunde)) == []
    with django_assert_num_queries(1):
        assert list(items_with_news(cast.ishani)) == []
