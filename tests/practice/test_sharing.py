"""Writing, sharing, taking back; the sponsor's line; replies from the Steering Group."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance.services.seats import end_term
from notifications.models import Message
from practice.models import Audience, Item, Reply, Witness
from practice.presenters.items import witness_of
from practice.presenters.needs import items_with_news
from practice.services import replies, sharing, writing
from practice.workflows import WordsState
from tests.practice.conftest import draft_of, reported, shared_by

pytestmark = pytest.mark.django_db


def verbs(*names):
    wanted = [f"practice.{name}" for name in names]
    return list(AuditEntry.objects.filter(verb__in=wanted).values_list("verb", flat=True))


def told(kind):
    return list(Message.objects.filter(kind=f"practice.{kind}").values_list("recipient_id", flat=True))


# -- writing -----------------------------------------------------------------------------------------------------------


def test_a_repeated_press_begins_one_draft(cast):
    key = uuid.uuid4()
    assert writing.start(by=cast.ishani, form_key=key) == writing.start(by=cast.ishani, form_key=key)
    with pytest.raises(Refused, match="used already"):
        writing.start(by=cast.tunde, form_key=key)
    assert Item.objects.count() == 1


@pytest.mark.parametrize("who", ["samuel", "nadia", "grace", "leyla", "owen"])
def test_only_peers_of_the_network_share(cast, who):
    with pytest.raises(Refused, match="Only peers of the Network"):
        writing.start(by=cast.people[who], form_key=uuid.uuid4())


def test_a_peer_who_left_keeps_the_words_and_cannot_share(cast):
    item = draft_of(cast.ishani)
    sharing.choose_audience(by=cast.ishani, item=item, audience=Audience.NETWORK, shown_as="member")
    end_term(by=cast.grace, term=cast.ishani.terms.get())
    with pytest.raises(Refused, match="Your words are kept"):
        sharing.share(by=cast.ishani, item=item)
    assert Item.objects.get().state == WordsState.DRAFT
    sharing.withdraw(by=cast.ishani, item=item)
    assert Item.objects.get().what == ""


def test_a_month_that_has_not_come_is_refused(cast):
    item = draft_of(cast.ishani)
    for month, year in ((10, 2026), (None, 2027)):
        with pytest.raises(Refused, match="have come already") as refused:
            writing.save_answers(by=cast.ishani, item=item, since_month=month, since_year=year)
        assert refused.value.field == "since_year"
    writing.save_answers(by=cast.ishani, item=item, since_month=9, since_year=2026)
    assert Item.objects.get().since == "September 2026"


def test_nobody_else_changes_it_and_nobody_while_it_is_shared(cast, item):
    for verb in (
        lambda by: writing.save_answers(by=by, item=item, title="Mine now"),
        lambda by: sharing.withdraw(by=by, item=item),
        lambda by: sharing.stop_sharing(by=by, item=item),
        lambda by: sharing.choose_audience(by=by, item=item, audience=Audience.STEERING, shown_as="name"),
        lambda by: writing.let_sponsor_see(by=by, item=item, sponsor=None),
    ):
        with pytest.raises(Refused, match="Only the person who wrote this"):
            verb(cast.samuel)
    with pytest.raises(Refused, match="while it is shared"):
        writing.save_answers(by=cast.ishani, item=item, title="Another")
    item.refresh_from_db()
    assert (item.title, item.state, item.audience) == ("Thursday garden bench", "shared", "network")


# -- sharing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "says"), [({"kind": ""}, "what kind"), ({"title": ""}, "a name"), ({"what": ""}, "what you do")]
)
def test_what_is_missing_is_said_before_it_is_shared(cast, missing, says):
    item = draft_of(cast.ishani, **missing)
    sharing.choose_audience(by=cast.ishani, item=item, audience=Audience.NETWORK, shown_as="member")
    with pytest.raises(Refused, match=says):
        sharing.share(by=cast.ishani, item=item)
    assert Item.objects.get().shared_at is None


def test_without_an_audience_nothing_is_shared(cast):
    with pytest.raises(Refused, match="choose who sees it"):
        sharing.share(by=cast.ishani, item=draft_of(cast.ishani))


def test_sharing_twice_is_sharing_once_and_waits_for_no_sponsor(cast, item):
    sharing.share(by=cast.ishani, item=item)
    assert verbs("shared") == ["practice.shared"]
    assert Item.objects.get().sponsor is None


def test_sharing_with_the_steering_group_is_an_act_of_its_own_and_can_be_undone(cast, item):
    assert verbs("shared_with_steering") == []
    for audience in (Audience.STEERING, Audience.STEERING, Audience.NETWORK):
        sharing.choose_audience(by=cast.ishani, item=item, audience=audience, shown_as="member")
    assert verbs("shared_with_steering", "stopped_sharing_with_steering") == [
        "practice.shared_with_steering",
        "practice.stopped_sharing_with_steering",
    ]
    assert not Item.objects.with_steering().exists()


def test_stop_change_and_share_again(cast, item):
    sharing.stop_sharing(by=cast.ishani, item=item)
    sharing.stop_sharing(by=cast.ishani, item=item)
    writing.save_answers(by=cast.ishani, item=item, title="Friday bench")
    assert sharing.share(by=cast.ishani, item=item).title == "Friday bench"
    assert verbs("stopped_sharing") == ["practice.stopped_sharing"]


def test_taken_back_is_taken_back_for_good(cast, item):
    sharing.withdraw(by=cast.ishani, item=item)
    assert sharing.withdraw(by=cast.ishani, item=item).state == WordsState.WITHDRAWN
    for verb in (sharing.share, sharing.stop_sharing):
        with pytest.raises(Refused, match="taken back"):
            verb(by=cast.ishani, item=item)
    entry = AuditEntry.objects.get(verb="practice.withdrew")
    assert (entry.about_id, entry.facts) == (str(item.pk), {})


# -- the sponsor's line ------------------------------------------------------------------------------------------------


def test_the_sponsor_says_seen_and_the_author_is_told(cast, item):
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=cast.samuel)
    for _ in range(2):
        writing.say_seen(by=cast.samuel, item=item, line="I was there.")
    assert told("shown_to_sponsor") == [cast.samuel.pk]
    assert told("seen_by_sponsor") == [cast.ishani.pk]
    assert witness_of(Item.objects.get()).line == "I was there."


def test_who_is_not_let_see_says_nothing(cast, item):
    for who in (cast.samuel, cast.priya, cast.ishani):
        with pytest.raises(Refused, match="does not show it to you"):
            writing.say_seen(by=who, item=item, line="I was there.")
    assert not Witness.objects.exists()


def test_the_line_stands_for_the_words_that_were_seen(cast, item):

    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=cast.samuel)
    writing.say_seen(by=cast.samuel, item=item, line="I was there.")
    sharing.stop_sharing(by=cast.ishani, item=item)
    with clock.set_to(clock.now() + dt.timedelta(hours=1)):
        writing.save_answers(by=cast.ishani, item=item, what="Something else.")
    assert witness_of(Item.objects.get()) is None
    Item.objects.update(changed_at=Witness.objects.get().seen_at)
    assert witness_of(Item.objects.get()) is not None
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=None)
    assert witness_of(Item.objects.get()) is None


# -- replies -----------------------------------------------------------------------------------------------------------


def reply(by, item, words="Thank you.", key=None, shown_as="side"):
    return replies.reply(by=by, item=item, words=words, shown_as=shown_as, form_key=key or uuid.uuid4())


def test_a_member_replies_once_and_the_author_is_told(cast):
    item, key = shared_by(cast.ishani, Audience.STEERING), uuid.uuid4()
    first = reply(cast.tunde, item, key=key)
    assert reply(cast.tunde, item, key=key) == first
    assert (first.shown_name, first.side) == ("A peer", "peer")
    assert reply(cast.samuel, item, shown_as="name").shown_name == "Samuel Thistlemoor"
    assert told("replied") == [cast.ishani.pk] * 2
    assert [each.title for each in items_with_news(cast.ishani)] == ["Thursday garden bench"]


@pytest.mark.parametrize("who", ["grace", "morgan", "priya", "ishani", "owen"])
def test_only_members_reply(cast, who):
    item = shared_by(cast.ishani, Audience.STEERING)
    with pytest.raises(Refused, match="no longer shared with the Steering Group"):
        reply(cast.people[who], item)


def test_a_member_does_not_reply_to_themselves_nor_to_what_is_for_the_network(cast, item):
    for about in (shared_by(cast.tunde, Audience.STEERING), item):
        with pytest.raises(Refused, match="no longer shared"):
            reply(cast.tunde, about)


def test_who_reads_a_reply(cast):
    item = shared_by(cast.ishani, Audience.STEERING)
    sent = reply(cast.tunde, item)

    def readers():
        return {name for name, who in cast.people.items() if Reply.objects.visible_to(who).filter(pk=sent.pk).exists()}

    assert readers() == {"ishani", "tunde", "cass", "samuel", "yetunde", "grace"}
    Item.objects.update(state=WordsState.HIDDEN)
    assert readers() == {"tunde"}
    Item.objects.update(state=WordsState.SHARED)
    sharing.choose_audience(by=cast.ishani, item=item, audience=Audience.NETWORK, shown_as="member")
    assert readers() == {"ishani", "tunde"}
    Reply.objects.update(state=WordsState.HIDDEN)
    assert readers() == {"tunde"}


def test_a_reply_goes_with_the_item_and_by_its_author(cast):
    item = shared_by(cast.ishani, Audience.STEERING)
    sent, other = reply(cast.tunde, item), reply(cast.cass, item)
    with pytest.raises(Refused, match="Only the person who wrote this reply"):
        replies.withdraw_reply(by=cast.cass, reply=sent)
    replies.withdraw_reply(by=cast.tunde, reply=sent)
    replies.withdraw_reply(by=cast.tunde, reply=sent)
    sharing.withdraw(by=cast.ishani, item=item)
    for each in (sent, other):
        each.refresh_from_db()
        assert (each.state, each.words) == (WordsState.WITHDRAWN, "")


# -- the database ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": ""},
        {"title": ""},
        {"audience": ""},
        {"audience": "group"},
        {"since_year": None},
        {"state": "withdrawn"},
        {"state": "removed"},
        {"shared_at": None},
    ],
    ids=str,
)
def test_the_database_holds_the_rules_of_an_item(cast, item, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.update(**wrong)
    Item.objects.update(state="draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.update(sponsor=cast.ishani)


def test_the_database_holds_the_rules_of_a_reply_and_a_report(cast):
    sent = reply(cast.tunde, shared_by(cast.ishani, Audience.STEERING))
    made = reported(cast.cass, sent)
    wrong = [
        (Reply, {"words": ""}),
        (Reply, {"state": "withdrawn"}),
        (Reply, {"state": "draft"}),
        (type(made), {"item": sent.item}),
        (type(made), {"reply": None}),
        (type(made), {"reason": "worried"}),
        (type(made), {"state": "looked_at"}),
        (type(made), {"looked_by": cast.priya}),
    ]
    for model, fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**fields)
