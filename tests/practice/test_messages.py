"""What is sent tells neither what it is about nor of whom; and what is no longer so is not sent."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from notifications.letters import write
from notifications.models import Message
from practice.models import Act, Audience
from practice.services import moderation, replies, sharing, writing
from practice.services.moderators import name_moderator
from tests.cast import NAMES
from tests.practice.conftest import CANARY, reported, shared_by
from tests.support.discreet import own_words

KINDS = ("shown_to_sponsor", "seen_by_sponsor", "replied", "to_look_at", "decided", "looked", "named")


def letters(kind):
    written, unsent = write(Message.objects.filter(kind=f"practice.{kind}").order_by("recipient_id"))
    return [letter.email for letter in written], [each.reason for each in unsent]


@pytest.fixture
def story(cast, moderators):
    """Everything that sends a message has happened once, and the report still waits."""
    name_moderator(by=cast.grace, email=cast.morgan.email)
    item = shared_by(cast.ishani, Audience.STEERING)
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=cast.samuel)
    writing.say_seen(by=cast.samuel, item=item, line="I was there.")
    sent = replies.reply(by=cast.tunde, item=item, words="Thank you.", shown_as="side", form_key=uuid.uuid4())
    return item, reported(cast.samuel, item, "worried"), reported(cast.ishani, sent)


def act(by, report, kind):
    return moderation.act(by=by, report=report, kind=kind, reason="A reason.", note="", form_key=uuid.uuid4())


def test_every_letter_is_discreet(cast, story):
    item, report, of_reply = story
    sent = [email for kind in KINDS for email in letters(kind)[0]]
    act(cast.priya, report, Act.Kind.HIDE)
    act(cast.priya, report, Act.Kind.RESTORE)
    act(cast.priya, of_reply, Act.Kind.REMOVE)
    later = [email for kind in ("decided", "looked") for email in letters(kind)[0]]
    assert (len(sent), len(later)) == (1 + 1 + 1 + 6 + 0 + 0 + 1, 3 + 2)
    secrets = ["peer", "ponsor", "etwork", "roup", "practice", "moderator", "report", "worr", "bench", CANARY, "reason"]
    secrets += [name.split()[1] for name in NAMES.values()]
    for email in sent + later:
        assert [secret for secret in secrets if secret in own_words(email)] == []


def test_what_was_taken_back_or_settled_is_not_announced(cast, story):
    item, report, of_reply = story
    act(cast.cass, report, Act.Kind.NO_ACTION)
    sharing.withdraw(by=cast.ishani, item=item)
    assert letters("replied") == ([], ["It has been taken back since."])
    assert letters("seen_by_sponsor") == ([], ["It has been taken back since."])
    assert letters("shown_to_sponsor") == ([], ["It is not for them to see any more."])
    act(cast.priya, of_reply, Act.Kind.NO_ACTION)
    assert letters("to_look_at") == ([], ["Somebody has looked at it."] * 6)


def test_links_lead_where_there_is_something_to_read(cast, story, client):
    item, report, of_reply = story
    act(cast.priya, report, Act.Kind.HIDE)
    act(cast.priya, of_reply, Act.Kind.REMOVE)
    wanted = {
        "to_look_at": (reverse("practice:report", args=[report.pk]), reverse("practice:report", args=[of_reply.pk])),
        "decided": (
            reverse("practice:item", args=[item.pk]),
            reverse("practice:reply_page", args=[of_reply.reply_id]),
        ),
        "looked": (reverse("practice:reported", args=[of_reply.pk]),),
        "named": (reverse("practice:reports"),),
    }
    for kind, pages in wanted.items():
        for email in letters(kind)[0]:
            link = urlsplit(next(line for line in email.body.splitlines() if "/l/" in line)).path
            client.logout()
            went = client.post(link, follow=True)
            assert (went.redirect_chain[-1][0] in pages, went.status_code) == (True, 200), kind
