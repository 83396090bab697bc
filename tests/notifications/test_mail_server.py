"""What a real mail server answers, and what becomes of the message: tried again, refused, or not known."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from notifications import breaker, outbox
from notifications.models import Channel, Message, MessageState
from notifications.outbox import CHANNEL, MINUTES_BETWEEN_TRIES


def outcomes(row):
    return list(row.tries.order_by("pk").values_list("outcome", "code"))


def test_many_letters_go_over_one_connection(cast, tell, mail_server):
    tell(cast.ishani, cast.tunde, cast.cass)
    assert outbox.drain() == 3
    assert sorted(mail_server.taken_now()) == sorted(p.email for p in (cast.ishani, cast.tunde, cast.cass))


@pytest.mark.parametrize("where", ["mail", "rcpt", "data"])
def test_not_now_is_tried_again_after_about_a_minute(cast, tell, mail_server, later, where):
    (row,) = tell(cast.ishani)
    mail_server.order(**{where: {"code": 451}})
    assert outbox.drain() == 0
    row.refresh_from_db()
    assert (row.state, outcomes(row)) == (MessageState.WAITING, [("temporary", 451)])
    wait = row.due_at - clock.now()
    assert dt.timedelta(seconds=48) <= wait <= dt.timedelta(seconds=72)
    mail_server.order()
    assert outbox.drain() == 0
    with later(seconds=73):
        assert outbox.drain() == 1


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_never_is_refused_at_once_and_stops_no_other(cast, tell, mail_server, where):
    refused, taken = tell(cast.ishani, cast.tunde)
    mail_server.order(**{where: {"code": 550, "only": "ishani"}})
    assert outbox.drain() == 1
    refused.refresh_from_db()
    taken.refresh_from_db()
    assert (refused.state, refused.reason) == (MessageState.REFUSED, "The mail server refused it (code 550).")
    assert outcomes(refused) == [("permanent", 550)]
    assert taken.state == MessageState.HANDED_OVER


def test_a_refusal_of_our_own_address_is_not_held_against_the_recipient(cast, tell, mail_server):
    (row,) = tell(cast.ishani)
    mail_server.order(mail={"code": 550})
    outbox.drain()
    row.refresh_from_db()
    assert row.state == MessageState.WAITING


def test_a_connection_lost_after_the_server_took_it_is_not_known(cast, tell, mail_server):
    (row,) = tell(cast.ishani)
    mail_server.order(drop_after=1)
    assert outbox.drain() == 0
    row.refresh_from_db()
    assert (row.state, outcomes(row)) == (MessageState.WAITING, [("unknown", None)])
    assert mail_server.taken_now() == [cast.ishani.email]


def test_a_silent_server_holds_a_sender_only_as_long_as_the_timeout(cast, tell, mail_server):
    (row,) = tell(cast.ishani)
    mail_server.order(stall=6)
    outbox.drain()
    row.refresh_from_db()
    assert (row.state, outcomes(row)) == (MessageState.WAITING, [("temporary", None)])


def test_a_server_that_takes_few_letters_a_connection_gets_the_rest_over_another(cast, tell, mail_server, later):
    people = cast.everyone()[:6]
    tell(*people)
    mail_server.order(per_connection=2)
    for minutes in (0, 2, 4):
        with later(minutes=minutes):
            outbox.drain()
            assert Channel.objects.get().failures == 0
    assert sorted(mail_server.taken_now()) == sorted(person.email for person in people)


def test_waits_grow_and_end_after_three_days(cast, tell, mail_server, later):
    (row,) = tell(cast.ishani)
    mail_server.order(rcpt={"code": 451})
    waits = []
    started = clock.now()
    for _ in range(20):
        outbox_due = row.due_at - started
        with later(seconds=outbox_due.total_seconds()):
            outbox.drain()
            row.refresh_from_db()
            if row.state != MessageState.WAITING:
                break
            waits.append((row.due_at - clock.now()).total_seconds() / 60)
    assert row.state == MessageState.REFUSED
    assert row.reason == "The mail server could not take it then (code 451)."
    wanted = [*MINUTES_BETWEEN_TRIES, MINUTES_BETWEEN_TRIES[-1], MINUTES_BETWEEN_TRIES[-1]][: len(waits)]
    assert all(0.8 * minutes <= wait <= 1.2 * minutes for wait, minutes in zip(waits, wanted, strict=True))
    assert len(waits) in (7, 8, 9)  # a minute, 5, 15, an hour, 4, 12, then a day each, to 72 hours in all


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def test_a_server_that_does_not_answer_costs_no_message_a_try(cast, tell, no_server):
    (row,) = tell(cast.ishani)
    assert outbox.drain() == 0
    row.refresh_from_db()
    assert (row.state, row.attempts, outcomes(row)) == (MessageState.WAITING, 0, [])
    assert Channel.objects.get().failures == 1


def test_five_failures_pause_the_channel_then_one_probe_then_twice_as_long(cast, tell, no_server, later):
    tell(cast.ishani)
    for _ in range(5):
        outbox.drain()
    assert not breaker.may_try(CHANNEL)
    with later(seconds=61):
        outbox.drain()  # the probe
        assert Channel.objects.get().failures == 6
        assert not breaker.may_try(CHANNEL)
        with later(seconds=61):
            assert not breaker.may_try(CHANNEL)
        with later(seconds=121):
            assert breaker.may_try(CHANNEL)
            assert not breaker.may_try(CHANNEL)  # one probe at a time


def test_a_server_that_is_back_closes_the_breaker(cast, tell, mail_server, settings, later):
    tell(cast.ishani)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for _ in range(5):
        outbox.drain()
    settings.EMAIL_PORT = port
    assert outbox.drain() == 0
    with later(seconds=61):
        assert outbox.drain() == 1
    channel = Channel.objects.get()
    assert (channel.failures, channel.paused_until, channel.pause_seconds) == (0, None, 60)
    assert Message.objects.get().state == MessageState.HANDED_OVER
