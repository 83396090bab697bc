"""What is committed between two letters, in SQL: the one place where a message costs more than a moment.

In one commit: the letter just taken is recorded as handed over, and the next is marked as about to leave. That is two
or three statements for each of thousands of messages, and the sooner the first is committed the fewer letters go twice
when a sender is killed. PostgreSQL gets them in one round trip, which it runs as one transaction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from notifications.letters import Letter
from notifications.models import Attempt, Message, MessageState

Statement = tuple[str, list[Any]]

_MESSAGES = Message._meta.db_table
_ATTEMPTS = Attempt._meta.db_table

_RECORD = (
    f"INSERT INTO {_ATTEMPTS} (message_id, started_at, ended_at, outcome, code, template_sha256, body_sha256)"  # noqa: S608
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_HAND_OVER = (
    f"UPDATE {_MESSAGES} SET state = %s, settled_at = %s, reason = '', secret = '', claim = NULL,"  # noqa: S608
    " leased_until = NULL, trying_since = NULL WHERE id = %s AND claim = %s"
)
_START = (
    f"UPDATE {_MESSAGES} SET attempts = attempts + 1, trying_since = %s, template_sha256 = %s, body_sha256 = %s"  # noqa: S608
    " WHERE id = %s AND claim = %s AND state = %s AND leased_until > {now}"
)
_NOW = {"postgresql": "STATEMENT_TIMESTAMP()", "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')"}


@dataclass(frozen=True)
class Taken:
    """A letter that the mail server took, not yet recorded."""

    letter: Letter
    started_at: dt.datetime
    ended_at: dt.datetime
    code: int


def start(letter: Letter, *, claim: UUID, now: dt.datetime, after: Taken | None) -> bool:
    """Record what was taken before, and that `letter` is about to leave. False if its row is no longer ours.

    The UPDATE that marks it is also the fence: it matches only a row that we hold, under a lease that still runs by
    the database's own clock. It renews no lease, because a lease outlasts the batch it was taken for by far; so it
    touches no indexed column, and PostgreSQL need not write to any index.
    """
    words = [letter.template_sha256, letter.body_sha256]
    values = [_instant(now), *words, _uuid(letter.message.pk), _uuid(claim), MessageState.SENDING.value]
    begin = (_START.format(now=_NOW[connection.vendor]), values)
    return _run([*(_taken(after, claim) if after else []), begin]) == 1


def record(taken: Taken, *, claim: UUID) -> None:
    """Record a letter that was taken, when no other follows it."""
    _run(_taken(taken, claim))


def _taken(taken: Taken, claim: UUID) -> list[Statement]:
    letter, ended = taken.letter, _instant(taken.ended_at)
    message_id = _uuid(letter.message.pk)
    outcome = Attempt.Outcome.ACCEPTED.value
    words = [letter.template_sha256, letter.body_sha256]
    return [
        (_RECORD, [message_id, _instant(taken.started_at), ended, outcome, taken.code, *words]),
        (_HAND_OVER, [MessageState.HANDED_OVER.value, ended, message_id, _uuid(claim)]),
    ]


def _run(statements: list[Statement]) -> int:
    """Run all in one transaction; how many rows the last one matched."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "; ".join(sql for sql, _ in statements), [each for _, values in statements for each in values]
            )
        else:
            with transaction.atomic():
                for sql, of_one in statements:
                    cursor.execute(sql, of_one)
        return int(cursor.rowcount)


def _uuid(value: UUID) -> Any:
    return Message._meta.pk.get_db_prep_value(value, connection)


def _instant(value: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
