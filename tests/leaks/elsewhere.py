"""Beside pages: other rooms' tables, letters, every line of every log, what a record calls itself, broken pages."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from core.logs import Discreet
from notifications.letters import write
from notifications.models import Message
from tests.leaks.fields import HR, NO_ONE
from tests.leaks.hunting import Hunt, Leak, text_of
from tests.leaks.planting import Planted
from workforce.models import Dbs

#: What a record may call itself by: a post, an entry of a national list, the number HR knows a worker by.
MAY_BE_A_NAME = {"Position.number", "Position.title", "ReferenceValue.words", "ReferenceValue.code"} | {
    "Worker.employee_number",
}
#: Our own rooms.
OURS = sorted(config.name for config in apps.get_app_configs() if (settings.BASE_DIR / config.name).is_dir())
LINE = settings.LOGGING["formatters"]["discreet"]["format"]


class Lines(logging.Handler):
    """Keeps each line as the product would write it, however quiet its logger usually is."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(Discreet(LINE))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextlib.contextmanager
def every_line() -> Iterator[list[str]]:
    """Every line of every logger of the process, kept and not printed: ours from DEBUG on, others' from INFO on.

    The libraries' DEBUG quotes whole contexts; in production nothing below WARNING is written.
    """
    kept = Lines()
    found = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    mine = [logging.getLogger(room) for room in OURS]
    loggers = {logging.root, *mine, *(each for each in found if not each.propagate or each.level or each.disabled)}
    was = [(each, each.level, each.disabled, list(each.handlers)) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG if each.name.partition(".")[0] in OURS else logging.INFO)
        each.disabled = False
        each.handlers = [kept] if each is logging.root or not each.propagate else []
    try:
        yield kept.lines
    finally:
        for each, level, disabled, handlers in was:
            each.setLevel(level)
            each.disabled, each.handlers = disabled, handlers


def hunt_lines(hunt: Hunt, lines: list[str]) -> None:
    for line in lines:
        hunt.hunt_text("the log", f"the line {line[:40]!r}", line)


def hunt_tables(hunt: Hunt) -> int:
    """Every table of every other room, as a dump would show it; of HR's own, what is sealed. Gives how many."""
    own = {model._meta.db_table for model in apps.get_app_config("workforce").get_models()}
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 -- names of our own tables
            found = hunt.marks.found_in(str(cursor.fetchall()))
            if name in own:
                found = {mark for mark in found if mark.level == NO_ONE}
            hunt.leaks += [Leak("whoever reads a dump", f"the table {name}", mark) for mark in found]
    return len(names)


def hunt_letters(hunt: Hunt) -> int:
    """Every message of the outbox, written out. Gives how many."""
    letters, _ = write(Message.objects.all())
    for letter in letters:
        text = f"{letter.email.subject}\n{letter.email.body}\n{letter.email.extra_headers}"
        hunt.hunt_text(str(letter.email.to), f"a letter ({letter.email.subject})", text)
    return len(letters)


def hunt_files(hunt: Hunt, here: Planted) -> int:
    """Every file that was taken away: what every viewer of HR may read, and no more. Gives how many tell of HR's."""
    telling = 0
    for name, content in here.files.items():
        found = hunt.marks.found_in(text_of(content))
        hunt.leaks += [Leak("whoever takes it away", f"the file {name}", mark) for mark in found if mark.level != HR]
        telling += any(mark.level == HR for mark in found)
    return telling


def hunt_names(hunt: Hunt) -> int:
    """What each row of HR's tables, histories included, calls itself. Gives how many."""
    rows = [row for model in apps.get_app_config("workforce").get_models() for row in model._base_manager.all()]
    for row in rows:
        for mark in hunt.marks.found_in(f"{row} {row!r}"):
            if mark.field not in MAY_BE_A_NAME:
                hunt.leaks.append(Leak("whoever reads a name", f"the name of a {type(row).__name__}", mark))
    return len(rows)


def hunt_broken_pages(hunt: Hunt, here: Planted, name: str) -> int:
    """A page that breaks while a record is in its hands: nothing of the record on the page, in the log or the answer.

    What breaks it quotes the record, once in words of its own and once in the words of the database.
    """
    client = hunt.askers.clients[name]
    client.raise_request_exception = False
    path = f"/hr/workforce/position/{here.of('Position')[0].pk}/history/"
    statuses = []
    for breaks in (_quotes, _is_refused_by_the_database):
        with mock.patch("workforce.admin.base.history_of", breaks), every_line() as lines:
            answer = client.get(path)
        statuses.append(answer.status_code)
        hunt.hunt_text(name, f"the page of an error at {path}", answer.content.decode())
        if breaks is _is_refused_by_the_database:
            assert [line for line in lines if "dbs_cleared_on_a_day" in line], "the log would tell of the refusal"
            hunt_lines(hunt, lines)
    client.raise_request_exception = True
    return statuses.count(500)


def _quotes(record: Any) -> Any:
    raise ValueError(f"cannot show {Dbs.objects.values().first()}")


def _is_refused_by_the_database(record: Any) -> Any:
    with transaction.atomic():
        Dbs.objects.update(on=None, is_cleared=True)
