"""What is sent about requests and partnerships tells neither of a group nor of a person."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from network.services.partnerships import end_partnership, pair
from notifications.letters import write
from notifications.models import Message
from taskgroups.services import accept, ask_to_join, decline
from tests.cast import NAMES
from tests.support.discreet import own_words


@pytest.fixture
def asked(cast):
    return ask_to_join(by=cast.ishani, body=cast.group, line="I was on a ward.", form_key=uuid.uuid4())


def letters(kind):
    written, unsent = write(Message.objects.filter(kind=kind).order_by("recipient_id"))
    return [letter.email for letter in written], [each.reason for each in unsent]


def test_every_letter_is_discreet(cast, asked):
    decline(by=cast.tunde, join_request=asked, reason="We start again in May.")
    again = ask_to_join(by=cast.ishani, body=cast.group, line="Please.", form_key=uuid.uuid4())
    waiting = letters("taskgroups.asked")[0]
    accept(by=cast.tunde, join_request=again)
    end_partnership(by=cast.grace, partnership=pair(by=cast.grace, peer=cast.cass, sponsor=cast.priya))
    pair(by=cast.grace, peer=cast.tunde, sponsor=cast.samuel)
    kinds = ("taskgroups.accepted", "taskgroups.declined", "network.paired", "network.unpaired")
    sent = [*waiting, *(email for kind in kinds for email in letters(kind)[0])]
    assert len(sent) == 2 + 1 + 1 + 2 + 2
    secrets = ["eer", "ponsor", "etwork", "roup", "ward", "May", "seat", cast.group.name]
    secrets += [name.split()[1] for name in NAMES.values()]
    for email in sent:
        assert [secret for secret in secrets if secret in own_words(email)] == []


def test_an_answered_request_is_not_announced_any_more(cast, asked):
    accept(by=cast.tunde, join_request=asked)
    assert letters("taskgroups.asked") == ([], ["The request has been answered or taken back."] * 2)


def test_a_pair_that_ended_is_not_announced_any_more(cast):
    end_partnership(by=cast.grace, partnership=pair(by=cast.grace, peer=cast.cass, sponsor=cast.priya))
    assert letters("network.paired") == ([], ["This has ended since."] * 2)


@pytest.mark.parametrize(("kind", "page"), [("asked", "requests"), ("accepted", "request")])
def test_links_lead_where_there_is_something_to_do(cast, asked, client, kind, page):
    if kind == "accepted":
        accept(by=cast.tunde, join_request=asked)
    body = letters(f"taskgroups.{kind}")[0][0].body
    link = urlsplit(next(line for line in body.splitlines() if "/l/" in line)).path
    went = client.post(link, follow=True)
    row = cast.group if page == "requests" else asked
    assert went.redirect_chain[-1][0] == reverse(f"taskgroups:{page}", args=[row.pk])
    assert went.status_code == 200
