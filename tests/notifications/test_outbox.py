"""What a drain does: each row once, each outcome recorded, nothing lost when a sender dies."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from celery import current_app
from django.core import mail
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from core import clock
from notifications import outbox
from notifications.models import Attempt, Message, MessageState, Pulse
from notifications.outbox import GROUP
from notifications.services import post_secret, post_to_address
from notifications.tasks import drain, tick
from tests.notifications.backends import Killed, Watching
from tests.support.letters.kinds import CODE, NEWS

BACKENDS = "tests.notifications.backends"


def run_out(*rows):
    """Let the leases of these rows run out."""
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(leased_until=Now() - dt.timedelta(seconds=1))


def post_code(**to):
    return post_secret(kind=CODE, secret={"code": "ABCD-EFGH"}, expires_at=clock.now() + dt.timedelta(minutes=15), **to)


def outcomes(row):
    return list(row.tries.order_by("pk").values_list("outcome", flat=True))


def test_a_drain_hands_each_over_once_and_records_it(cast, tell):
    rows = tell(cast.ishani, cast.tunde)
    assert outbox.drain() == 2
    assert outbox.drain() == 0
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([cast.ishani.email, cast.tunde.email])
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.attempts, row.claim, row.leased_until) == (MessageState.HANDED_OVER, 1, None, None)
        assert row.settled_at == clock.now()
        assert outcomes(row) == ["accepted"]


def test_an_attempt_keeps_the_fingerprints_of_its_words(cast, tell):
    (row,) = tell(cast.ishani)
    outbox.drain()
    attempt = row.tries.get()
    assert attempt.body_sha256 == hashlib.sha256(mail.outbox[0].body.encode()).hexdigest()
    assert len(attempt.template_sha256) == 64
    assert attempt.code == 250


def test_a_letter_is_discreet_and_carries_its_own_id_and_link(cast, tell):
    (row,) = tell(cast.ishani)
    outbox.drain()
    letter = mail.outbox[0]
    assert letter.subject == "There is something new for you"
    assert letter.extra_headers["Message-ID"] == row.message_id
    assert letter.body.startswith("Dear Ishani,\n\n")
    assert "/l/" in letter.body
    assert "Steering" not in letter.body


def test_codes_go_before_all_else(cast, tell, later, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 1)
    tell(cast.ishani, cast.tunde)
    with later(minutes=1):
        post_code(recipient=cast.cass)
        outbox.drain()
    assert mail.outbox[0].to == [cast.cass.email]
    assert "ABCD-EFGH" in mail.outbox[0].body


def test_a_secret_is_sealed_while_it_waits_and_wiped_when_taken(cast):
    row = post_code(address="new@anytown-riverside.example")
    assert "ABCD" not in str(Message.objects.filter(pk=row.pk).values())
    outbox.drain()
    row.refresh_from_db()
    assert (row.state, row.secret) == (MessageState.HANDED_OVER, "")
    assert row.tries.get().body_sha256 == ""  # a short code could be found from it by trying them all


def test_a_secret_that_expired_is_wiped_and_never_sent(cast, later):
    row = post_code(recipient=cast.cass)
    with later(minutes=16):
        outbox.sweep()
        assert outbox.drain() == 0
    row.refresh_from_db()
    assert (row.state, row.secret, row.reason) == (MessageState.SUPPRESSED, "", "It was too late to send it.")
    assert mail.outbox == []


def test_what_expired_since_the_last_tick_is_not_sent_either(cast, tell, later):
    (row,) = tell(cast.ishani)
    with later(days=8):
        assert outbox.drain() == 0
    row.refresh_from_db()
    assert (row.state, row.reason, outcomes(row)) == (MessageState.SUPPRESSED, "It was too late to send it.", [])


def test_a_name_is_greeted_as_it_is_written(cast, tell):
    cast.ishani.name = "Siân-O'Neil <3 Marrowby"
    cast.ishani.save()
    tell(cast.ishani)
    outbox.drain()
    assert mail.outbox[0].body.startswith("Dear Siân-O'Neil,")


def test_whoever_left_is_not_written_to(cast, tell):
    (row,) = tell(cast.leyla)
    assert outbox.drain() == 0
    row.refresh_from_db()
    assert (row.state, row.reason) == (MessageState.SUPPRESSED, "The person's account is closed.")


def test_what_is_no_longer_due_is_not_sent(cast, tell):
    (row,) = tell(cast.ishani, last_day="over")
    assert outbox.drain() == 0
    row.refresh_from_db()
    assert (row.state, row.reason, outcomes(row)) == (MessageState.SUPPRESSED, "It is over.", [])


def test_a_letter_that_cannot_be_written_stops_no_other(cast, tell):
    broken, sound = tell(cast.ishani, cast.tunde)
    Message.objects.filter(pk=broken.pk).update(facts={})
    assert outbox.drain() == 1
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.state, broken.reason) == (MessageState.REFUSED, "The message could not be written.")
    assert sound.state == MessageState.HANDED_OVER


def test_a_kind_this_version_does_not_know_waits_for_a_person(cast, tell):
    (row,) = tell(cast.ishani)
    Message.objects.filter(pk=row.pk).update(kind="gone.away")
    assert outbox.drain() == 0
    row.refresh_from_db()
    assert row.state == MessageState.HELD


def test_a_bare_address_gets_a_plain_link(db, settings):
    post_to_address(kind=NEWS, address="New@Anytown-Riverside.example", occasion="one", facts={"last_day": "today"})
    outbox.drain()
    assert mail.outbox[0].to == ["new@anytown-riverside.example"]
    assert f"{settings.BASE_URL}/help/" in mail.outbox[0].body


def test_a_try_that_died_is_unknown_and_goes_again_with_the_same_id_when_its_lease_ends(cast, tell, settings):
    (row,) = tell(cast.ishani)
    settings.EMAIL_BACKEND = f"{BACKENDS}.Dying"
    with pytest.raises(Killed):
        outbox.drain()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.drain() == 0  # the lease still runs: the sender might live
    run_out(row)
    assert outbox.drain() == 1
    row.refresh_from_db()
    assert (row.state, outcomes(row)) == (MessageState.HANDED_OVER, ["unknown", "accepted"])
    assert row.tries.filter(ended_at=None).count() == 1
    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == [row.message_id] * 2


def test_rows_that_were_claimed_and_not_begun_come_back_without_an_attempt(cast, tell, settings):
    rows = tell(*cast.everyone()[: GROUP + 1])
    settings.EMAIL_BACKEND = f"{BACKENDS}.Dying"
    with pytest.raises(Killed):
        outbox.drain()
    run_out(*rows)
    assert outbox.return_expired_leases() == GROUP + 1
    assert Attempt.objects.count() == GROUP
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.WAITING}


def test_a_message_that_kills_its_sender_five_times_waits_for_a_person(cast, tell, settings):
    (row,) = tell(cast.ishani)
    settings.EMAIL_BACKEND = f"{BACKENDS}.Dying"
    for _ in range(outbox.UNKNOWN_LIMIT):
        with pytest.raises(Killed):
            outbox.drain()
        run_out(row)
    assert outbox.drain() == 0
    row.refresh_from_db()
    assert (row.state, outcomes(row)) == (MessageState.HELD, ["unknown"] * 5)
    assert row.reason == "Five times nobody can say whether it went. A person must look."


def test_a_row_that_another_sender_took_over_is_left_alone(cast, tell, settings):
    tell(*cast.everyone()[: GROUP + 1])
    settings.EMAIL_BACKEND = f"{BACKENDS}.Stealing"
    assert outbox.drain() == GROUP
    assert len(mail.outbox) == GROUP
    assert Message.objects.filter(state=MessageState.SENDING, attempts=0).count() == 1
    assert Attempt.objects.count() == GROUP


def test_a_sender_that_overslept_its_lease_sends_no_more_of_that_batch(cast, tell, settings, monkeypatch):
    monkeypatch.setattr(outbox, "RUN_SECONDS", -1)  # one batch
    tell(*cast.everyone()[: GROUP + 1])
    settings.EMAIL_BACKEND = f"{BACKENDS}.Oversleeping"
    assert outbox.drain() == GROUP
    assert len(mail.outbox) == GROUP
    assert Message.objects.filter(state=MessageState.SENDING, attempts=0).count() == 1


def test_a_sender_that_was_put_to_sleep_sends_nothing_more_of_what_it_had_begun(cast, tell, settings, monkeypatch):
    monkeypatch.setattr(outbox, "RUN_SECONDS", -1)  # one batch
    monkeypatch.setattr(outbox, "BATCH_SECONDS", 0.2)
    tell(cast.ishani, cast.tunde, cast.cass)
    settings.EMAIL_BACKEND = f"{BACKENDS}.Dozing"
    assert outbox.drain() == 1
    left = Message.objects.exclude(state=MessageState.HANDED_OVER)
    assert list(left.values_list("state", "attempts", "trying_since", "claim")) == [("waiting", 0, None, None)] * 2


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_letter_goes_and_its_start_is_committed(transactional_db, settings):
    post_to_address(kind=NEWS, address="new@anytown-riverside.example", occasion="one", facts={"last_day": "today"})
    settings.EMAIL_BACKEND = f"{BACKENDS}.Watching"
    Watching.seen.clear()
    assert outbox.drain() == 1
    assert Watching.seen == [(False, "sending", True)]


def test_what_a_batch_does_not_begin_in_time_is_given_back(cast, tell, monkeypatch):
    rows = tell(cast.ishani, cast.tunde)
    monkeypatch.setattr(outbox, "BATCH_SECONDS", -1)
    monkeypatch.setattr(outbox, "RUN_SECONDS", -1)
    assert outbox.drain() == 0
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.claim, row.attempts) == (MessageState.WAITING, None, 0)


def test_each_message_costs_two_statements_each_group_one_and_none_a_question_to_the_address_book(cast, tell):
    def cost(rows):
        with CaptureQueriesContext(connection) as asked:
            assert outbox.drain() == rows
        return len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]])

    tell(cast.ishani, occasion="the first of all")
    outbox.drain()
    tell(cast.ishani, cast.tunde, occasion="two")
    two = cost(2)
    tell(*cast.everyone()[: GROUP + 1], occasion="more than one group")
    each = 2 if connection.vendor == "sqlite" else 1  # PostgreSQL gets both in one
    assert cost(GROUP + 1) - two == (GROUP - 1) * each + 1


def test_the_tick_says_when_it_was(db):
    outbox.sweep()
    assert Pulse.objects.get(name="tick").at == clock.now()


def test_what_was_tried_in_vain_until_it_expired_is_refused_not_forgotten(cast, tell, later):
    (row,) = tell(cast.ishani)
    Message.objects.filter(pk=row.pk).update(attempts=3)
    with later(days=8):
        outbox.sweep()
    row.refresh_from_db()
    assert (row.state, row.reason) == (MessageState.REFUSED, "The mail server did not take it in time.")


def test_beat_asks_each_minute_for_tasks_that_exist():
    current_app.loader.import_default_modules()
    asked = {entry["task"]: entry["schedule"] for entry in current_app.conf.beat_schedule.values()}
    assert asked["notifications.tasks.tick"] == 60
    assert set(asked) <= set(current_app.tasks)


def test_the_tick_sweeps_and_sends(cast, tell):
    (row,) = tell(cast.ishani)
    tick()
    row.refresh_from_db()
    assert row.state == MessageState.HANDED_OVER
    assert Pulse.objects.filter(name="tick").exists()


def test_the_drain_task_sends(cast, tell):
    (row,) = tell(cast.ishani)
    drain()
    row.refresh_from_db()
    assert row.state == MessageState.HANDED_OVER
