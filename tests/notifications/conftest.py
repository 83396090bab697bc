"""A post office to look at: letters go to Django's list, to a backend that misbehaves, or to a real server."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from notifications.models import Message
from notifications.services import post
from tests.support import sink
from tests.support.letters.kinds import NEWS

FACTS = {"last_day": "Friday 2 October 2026"}


@pytest.fixture
def tell(db):
    """Post news to people, `tell(cast.ishani)`; gives the rows in the order of the people."""

    def tell_them(*people, occasion="news 1", **facts):
        post(kind=NEWS, recipients=people, occasion=occasion, facts=FACTS | facts)
        rows = {row.recipient_id: row for row in Message.objects.filter(occasion=occasion)}
        return [rows[person.pk] for person in people]

    return tell_them


@pytest.fixture
def later():
    """Move the clock on, `with later(minutes=5): …`."""
    return lambda **by: clock.set_to(clock.now() + dt.timedelta(**by))


@pytest.fixture(scope="package")
def one_sink(tmp_path_factory):
    with sink.running(tmp_path_factory.mktemp("sink")) as mail:
        yield mail


@pytest.fixture
def mail_server(one_sink, settings):
    """A real SMTP server; `mail_server.order(...)` orders faults, `taken_now()` is what it took in this test."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", one_sink.port
    settings.EMAIL_TIMEOUT = 1
    before = one_sink.count()
    one_sink.taken_now = lambda: [to for _, _, to in one_sink.taken()[before:]]
    yield one_sink
    one_sink.order()
