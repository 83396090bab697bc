"""Mail backends that do to a sender what the world may do. Each name is a value of EMAIL_BACKEND."""

from __future__ import annotations

import datetime as dt
import time

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.db.models.functions import Now

from notifications.models import Message


class Killed(BaseException):
    """Stands for kill -9: nothing of ours catches it."""


class Dying(EmailBackend):
    """The server takes the letter, and the sender dies before it can say so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed


class Stealing(EmailBackend):
    """While one letter goes, another sender takes over all the rows that still wait in this batch."""

    def send_messages(self, messages):
        Message.objects.filter(state="sending", trying_since=None).update(claim="00000000-0000-0000-0000-000000000001")
        return super().send_messages(messages)


class Oversleeping(EmailBackend):
    """While one letter goes, the sender is put to sleep for so long that the lease of its batch runs out."""

    def send_messages(self, messages):
        Message.objects.filter(state="sending", trying_since=None).update(leased_until=Now() - dt.timedelta(seconds=1))
        return super().send_messages(messages)


class Dozing(EmailBackend):
    """The sender is stopped for longer than a batch may last."""

    def send_messages(self, messages):
        time.sleep(0.3)
        return super().send_messages(messages)


class Watching(EmailBackend):
    """Notes whether a transaction is open, and how the row stands, while the letter goes."""

    seen: list[tuple[bool, str, bool]] = []

    def send_messages(self, messages):
        row = Message.objects.get(pk=messages[0].extra_headers["Message-ID"].strip("<>").partition("@")[0])
        self.seen.append((connection.in_atomic_block, row.state, row.trying_since is not None))
        return super().send_messages(messages)
