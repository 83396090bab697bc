"""A secretary's list: read, looked at, sent whole or not at all, forgotten."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Invitation
from core import clock
from core.errors import Refused
from network.models import Offer, PastedList
from network.pasted import read_lines
from network.presenters.invitations import list_page
from network.services.lists import drop_list, forget_lists, keep_list, send_list
from notifications.models import Message
from tests.conftest import MORNING
from tests.factories.invitations import invited

GOOD = "Alder Finchley, alder@post.example, peer, samuel@anytown-riverside.example"


def keep(cast, text):
    return keep_list(by=cast.grace, text=text, form_key=uuid.uuid4())


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (GOOD, ""),
        ("Alder\talder@post.example\tPeer\t", ""),
        ("Alder; alder@post.example; Staff  Sponsor", ""),
        ('"Finchley, Alder", ALDER@post.example, peer', ""),
        (", alder@post.example, peer", "There is no name."),
        ("x" * 101 + ", alder@post.example, peer", "The name must be 100 characters or fewer."),
        ("Alder, alder, peer", "The email address is not right. It should look like name@example.com"),
        ("Alder", "The email address is not right. It should look like name@example.com"),
        ("Alder, alder@post.example", "Say if they are a peer or a staff sponsor."),
        ("Alder, alder@post.example, friend", "Say if they are a peer or a staff sponsor."),
        (
            "Alder, alder@post.example, peer, cass@anytown-riverside.example",
            "The address in the last place is not one of a staff sponsor here now.",
        ),
        ("Alder, ishani@anytown-riverside.example, peer", "Somebody with this address is here already."),
        (
            "Leyla, leyla@anytown-riverside.example, peer",
            "Somebody with this address used this service before. Ask a platform administrator.",
        ),
        (
            "Rowan, rowan@post.example, peer",
            "This address was invited on 1 September 2026. You can send that invitation again.",
        ),
    ],
)
def test_what_is_wrong_with_a_line(cast, line, problem):
    invited(cast.samuel, address="rowan@post.example")
    (read,) = read_lines(line)
    assert read.problem == problem


def test_headings_and_empty_lines_are_passed_over_and_the_same_address_twice_is_told(cast):
    lines = read_lines(f"Name, Email address, Role, Sponsor\n\n{GOOD}\n{GOOD.upper()}\n")
    assert [(line.number, line.problem) for line in lines] == [(3, ""), (4, "The same address is on line 3.")]
    assert lines[0].sponsor == cast.samuel


@pytest.mark.parametrize("text", ["", "\n \n", "\n".join([GOOD] * 201)])
def test_too_few_and_too_many(cast, text):
    with pytest.raises(Refused):
        keep(cast, text)
    assert not PastedList.objects.exists()


def test_reading_costs_the_same_however_long(cast):
    def cost(count):
        with CaptureQueriesContext(connection) as asked:
            read_lines("\n".join(f"Alder, alder{n}@post.example, peer" for n in range(count)))
        return len(asked)

    assert cost(1) == cost(200) == 4


def test_nothing_is_sent_until_it_is_confirmed_and_the_lines_are_sealed(cast):
    row = keep(cast, GOOD)
    assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)
    assert "alder" not in str(PastedList.objects.values().get())
    assert row.text == GOOD


def test_sent_once_with_what_is_wrong_left_out(cast):
    row = keep(cast, f"{GOOD}\nRowan, rowan@post.example, staff sponsor\nBad, bad, peer")
    for _ in range(2):
        send_list(by=cast.grace, pasted_list=row)
    row.refresh_from_db()
    assert (row.sealed, row.left_out, row.sent_by) == ("", 1, cast.grace)
    assert set(Offer.objects.values_list("invitation__name", "constituency", "sponsor")) == {
        ("Alder Finchley", "peer", cast.samuel.pk),
        ("Rowan", "sponsor", None),
    }
    assert Message.objects.filter(kind="accounts.invitation").count() == 2
    page = list_page(row)
    assert (page.total, page.became) == (2, [("On its way", 2)])


def test_it_is_read_again_when_it_is_sent(cast):
    row = keep(cast, f"{GOOD}\nRowan, rowan@post.example, peer")
    invited(cast.priya, address="rowan@post.example")
    send_list(by=cast.grace, pasted_list=row)
    assert row.offers.count() == 1


def test_a_list_with_nobody_to_invite_is_not_sent(cast):
    row = keep(cast, "Bad, bad, peer")
    with pytest.raises(Refused):
        send_list(by=cast.grace, pasted_list=row)
    row.refresh_from_db()
    assert row.sent_at is None


def test_all_or_nobody(cast, monkeypatch):
    row = keep(cast, f"{GOOD}\nRowan, rowan@post.example, peer")
    made = []

    def break_at_second(*args, **words):
        made.append(1)
        if len(made) == 2:
            raise RuntimeError("the machine stops")
        return real(*args, **words)

    real = Offer.objects.create
    monkeypatch.setattr(Offer.objects, "create", break_at_second)
    with pytest.raises(RuntimeError), transaction.atomic():
        send_list(by=cast.grace, pasted_list=row)
    assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(("days", "left"), [(30, 1), (31, 0)])
def test_forgotten_after_thirty_days_unless_it_was_sent(cast, days, left):
    keep(cast, GOOD)
    sent = keep(cast, "Rowan, rowan@post.example, peer")
    send_list(by=cast.grace, pasted_list=sent)
    with clock.set_to(MORNING + dt.timedelta(days=days)):
        assert forget_lists() == 1 - left
        assert forget_lists() == 0
    assert PastedList.objects.filter(sent_at=None).count() == left
    assert PastedList.objects.filter(pk=sent.pk).exists()


def test_dropped_at_once_and_not_once_sent(cast):
    row = keep(cast, GOOD)
    drop_list(by=cast.grace, pasted_list=row)
    drop_list(by=cast.grace, pasted_list=row)
    assert not PastedList.objects.exists()
    sent = send_list(by=cast.grace, pasted_list=keep(cast, GOOD))
    with pytest.raises(Refused):
        drop_list(by=cast.grace, pasted_list=sent)


def test_the_same_press_twice_keeps_one(cast):
    key = uuid.uuid4()
    assert keep_list(by=cast.grace, text=GOOD, form_key=key) == keep_list(by=cast.grace, text=GOOD, form_key=key)


def test_the_database_keeps_no_lines_of_a_list_that_was_sent(cast):
    row = keep(cast, GOOD)
    with pytest.raises(IntegrityError), transaction.atomic():
        PastedList.objects.filter(pk=row.pk).update(sent_at=MORNING, sent_by=cast.grace)
