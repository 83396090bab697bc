"""What is committed around each letter, in SQL: the one place where a moment counts thousands of times.

Before a few letters leave, one commit says that they are about to. After each that is taken, one commit says so, at
once: the sooner it is made, the fewer letters go twice when a sender is killed. PostgreSQL gets that commit in one
round trip, and need not wait for its disk: should the database itself crash, a result that it forgot shows as a try
that nobody can say the end of, because the start was safe on disk before the letter left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from notifications.letters import Letter
from notifications.models import Attempt, Message, MessageState

Statement = tuple[str, list[Any]]

_MESSAGES = Message._meta.db_table
_ATTEMPTS = Attempt._meta.db_table

_START = (
    f"UPDATE {_MESSAGES} SET attempts = attempts + 1, trying_since = %s,"  # noqa: S608 -- names of our own tables
    " template_sha256 = CASE id {each} END, body_sha256 = CASE id {each} END"
    " WHERE id IN ({ids}) AND claim = %s AND state = %s AND leased_until > {now}"
)
_NOW = {"postgresql": "STATEMENT_TIMESTAMP()", "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')"}
_RECORD = (
    f"INSERT INTO {_ATTEMPTS} (message_id, started_at, ended_at, outcome, code, template_sha256, body_sha256)"  # noqa: S608
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_HAND_OVER = (
    f"UPDATE {_MESSAGES} SET state = %s, settled_at = %s, reason = '', secret = '', claim = NULL,"  # noqa: S608
    " leased_until = NULL, trying_since = NULL WHERE id = %s AND claim = %s"
)
_NO_WAIT = "SET LOCAL synchronous_commit = off"


def start(letters: Sequence[Letter], *, claim: UUID, now: dt.datetime) -> set[UUID]:
    """Say that these letters are about to leave. Gives the ids of those whose rows are still ours.

    The UPDATE is also the fence: it matches only rows that we hold, under a lease that still runs by the database's
    own clock. It renews no lease, because a lease outlasts its batch by far; so it touches no indexed column.
    """
    ids = [_uuid(letter.message.pk) for letter in letters]
    sql = _START.format(
        each="WHEN %s THEN %s " * len(ids), ids=", ".join(["%s"] * len(ids)), now=_NOW[connection.vendor]
    )
    templates = [value for id_, letter in zip(ids, letters, strict=True) for value in (id_, letter.template_sha256)]
    bodies = [value for id_, letter in zip(ids, letters, strict=True) for value in (id_, letter.body_sha256)]
    values = [_instant(now), *templates, *bodies, *ids, _uuid(claim), MessageState.SENDING.value]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if cursor.rowcount == len(ids):
            return {letter.message.pk for letter in letters}
    ours = Message.objects.filter(pk__in=[letter.message.pk for letter in letters], claim=claim, trying_since=now)
    return set(ours.values_list("pk", flat=True))


def record(letter: Letter, *, claim: UUID, started_at: dt.datetime, ended_at: dt.datetime, code: int) -> None:
    """Say that the mail server took this letter."""
    message_id, ended = _uuid(letter.message.pk), _instant(ended_at)
    words = [letter.template_sha256, letter.body_sha256]
    attempt = [message_id, _instant(started_at), ended, Attempt.Outcome.ACCEPTED.value, code, *words]
    _run([(_RECORD, attempt), (_HAND_OVER, [MessageState.HANDED_OVER.value, ended, message_id, _uuid(claim)])])


def _run(statements: list[Statement]) -> None:
    """Run all in one transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            values = [value for _, of_one in statements for value in of_one]
            cursor.execute("; ".join([_NO_WAIT, *(sql for sql, _ in statements)]), values)
        else:
            with transaction.atomic():
                for sql, of_one in statements:
                    cursor.execute(sql, of_one)


def _uuid(value: UUID) -> Any:
    return Message._meta.pk.get_db_prep_value(value, connection)


def _instant(value: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
