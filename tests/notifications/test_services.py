"""Posting: a row in the transaction of the act, told once, and one hint at most; a broker that is out stops nobody."""

from __future__ import annotations

import datetime as dt
import socket
import time

import pytest
from celery import current_app
from django.db import connection, transaction

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from notifications import hints
from notifications.models import Message, MessageState
from notifications.services import post, post_secret, post_to_address, send_again
from tests.notifications.conftest import FACTS
from tests.support.letters.kinds import CODE, NEWS


@pytest.fixture
def awake(monkeypatch):
    """No failure of the broker is remembered from an earlier test."""
    monkeypatch.setattr(hints, "_quiet_until", 0.0)


def test_told_once_is_once_for_each_person_and_occasion(cast, tell):
    tell(cast.ishani, cast.tunde)
    tell(cast.ishani, cast.cass)
    tell(cast.ishani, occasion="news 2")
    told = Message.objects.values_list("recipient", "occasion").order_by("occasion", "recipient")
    wanted = [
        (cast.ishani.pk, "news 1"),
        (cast.tunde.pk, "news 1"),
        (cast.cass.pk, "news 1"),
        (cast.ishani.pk, "news 2"),
    ]
    assert list(told) == sorted(wanted, key=lambda row: (row[1], row[0]))


def test_an_address_is_told_once_whatever_its_letters(db):
    for address in ("new@anytown-riverside.example", " New@Anytown-Riverside.example"):
        post_to_address(kind=NEWS, address=address, occasion="one", facts=FACTS)
    assert list(Message.objects.values_list("address", flat=True)) == ["new@anytown-riverside.example"]


@pytest.mark.parametrize("facts", [{}, {"last_day": 3}, {"last_day": "today", "name": "Ishani Marrowby"}])
def test_facts_must_be_those_of_the_kind(cast, facts):
    with pytest.raises(TypeError, match="check.news"):
        post(kind=NEWS, recipients=[cast.ishani], occasion="one", facts=facts)
    assert Message.objects.count() == 0


def test_a_secret_goes_to_a_person_or_else_to_an_address(cast):
    soon = clock.now() + dt.timedelta(minutes=15)
    with pytest.raises(ValueError, match="person or else"):
        post_secret(kind=CODE, secret={"code": "1"}, expires_at=soon)
    with pytest.raises(ValueError, match="person or else"):
        post_secret(kind=CODE, secret={"code": "1"}, expires_at=soon, recipient=cast.cass, address="a@b.example")


def test_a_transaction_asks_for_one_drain_at_most(cast, tell):
    before = len(connection.run_on_commit)
    for number in range(3):
        with transaction.atomic():
            tell(cast.ishani, cast.tunde, occasion=f"news {number}")
    assert len(connection.run_on_commit) - before == 1


def test_what_is_rolled_back_tells_nobody_and_asks_for_nothing(cast, tell):
    before = len(connection.run_on_commit)
    with transaction.atomic():
        tell(cast.ishani)
        transaction.set_rollback(True)
    assert Message.objects.count() == 0
    assert len(connection.run_on_commit) == before
    tell(cast.ishani)
    assert len(connection.run_on_commit) - before == 1


def _broker_at(address):
    """Point Celery at another broker, for one test."""
    current_app.conf.broker_url = address
    current_app.pool.force_close_all()
    current_app.amqp._producer_pool = None
    current_app._pool = None


@pytest.fixture
def broker_at():
    before = current_app.conf.broker_url
    yield _broker_at
    _broker_at(before)


def test_a_broker_that_is_not_there_costs_no_page(awake, broker_at, tmp_path, caplog):
    broker_at(f"redis+socket://{tmp_path}/none.sock")
    began = time.monotonic()
    assert hints.ask_for_drain() is False
    assert time.monotonic() - began < 1.5
    assert "The broker took no hint" in caplog.text


def test_a_broker_that_hangs_costs_one_page_a_moment_and_the_next_nothing(awake, broker_at, tmp_path):
    with socket.socket(socket.AF_UNIX) as first, socket.socket(socket.AF_UNIX) as second:
        for name, silent in (("1", first), ("2", second)):
            silent.bind(str(tmp_path / name))
            silent.listen(5)
        for name, longest in (("1", 1.6), ("2", 0.2)):
            broker_at(f"redis+socket://{tmp_path}/{name}")
            began = time.monotonic()
            assert hints.ask_for_drain() is False
            assert time.monotonic() - began < longest


@pytest.mark.parametrize("state", [MessageState.REFUSED, MessageState.HELD])
def test_a_refused_or_held_message_may_be_sent_again_and_that_is_recorded(cast, tell, state):
    (row,) = tell(cast.ishani)
    Message.objects.update(state=state, attempts=7, settled_at=clock.now())
    row.refresh_from_db()
    send_again(by=cast.grace, message=row)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.settled_at) == (MessageState.WAITING, 0, None)
    entry = AuditEntry.objects.get(verb="notifications.sent_again")
    assert (entry.actor, entry.about_id, entry.facts) == (cast.grace, str(row.pk), {"kind": "check.news"})


@pytest.mark.parametrize("state", sorted(set(MessageState) - {MessageState.REFUSED, MessageState.HELD}))
def test_no_other_message_may(cast, tell, state):
    (row,) = tell(cast.ishani)
    Message.objects.update(state=state)
    row.refresh_from_db()
    with pytest.raises(Refused, match="no longer refused or held"):
        send_again(by=cast.grace, message=row)
    row.refresh_from_db()
    assert row.state == state
    assert AuditEntry.objects.count() == 0


def test_a_message_whose_code_is_gone_may_not(cast):
    row = post_secret(kind=CODE, recipient=cast.cass, secret={"code": "1"}, expires_at=clock.now())
    Message.objects.update(state=MessageState.REFUSED, secret="")
    row.refresh_from_db()
    with pytest.raises(Refused, match="carried a code"):
        send_again(by=cast.grace, message=row)
