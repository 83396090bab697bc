"""Hand letters to the mail server over one kept connection, and say of each what became of it."""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import threading
import time
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from notifications.models import Attempt
from notifications.wire import mailable

Outcome = Attempt.Outcome

LOST = (OSError, smtplib.SMTPException)


def longest_send() -> int:
    """Seconds one letter may take in all, however slowly the server answers."""
    return 2 * settings.EMAIL_TIMEOUT


@dataclass(frozen=True)
class Result:
    """What became of one try. `cut_off` says that the connection is of no more use."""

    outcome: Attempt.Outcome
    code: int | None = None
    reason: str = ""
    cut_off: bool = False


ACCEPTED = Result(Outcome.ACCEPTED, 250)


class NoConnection(Exception):
    """The mail server could not be reached, or did not let us in."""


class Transport:
    """One connection, kept open while letters go over it."""

    def __init__(self) -> None:
        self.backend: BaseEmailBackend = get_connection()
        self.sender = mailable(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
        self.watchdog: _Watchdog | None = None

    def open(self) -> None:
        """Connect. Raises `NoConnection`."""
        try:
            self.backend.open()
            if isinstance(self.backend, SmtpBackend):
                self.backend.connection.ehlo_or_helo_if_needed()  # type: ignore[union-attr]
                self.watchdog = _Watchdog(self.backend.connection.sock)  # type: ignore[union-attr, arg-type]
        except LOST as problem:
            raise NoConnection(type(problem).__name__) from problem

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        if self.watchdog:
            self.watchdog.stop()
            self.watchdog = None
        with contextlib.suppress(*LOST):
            self.backend.close()
        if isinstance(self.backend, SmtpBackend):
            self.backend.connection = None

    def reopen(self) -> None:
        """Throw the connection away and connect anew. Raises `NoConnection`."""
        self.close()
        self.open()

    def send(self, email: EmailMessage, raw: bytes) -> Result:
        """Hand one letter over; `raw` is the same letter as bytes. Never raises for what server or network do."""
        if not isinstance(self.backend, SmtpBackend):
            self.backend.send_messages([email])
            return ACCEPTED
        server: smtplib.SMTP = self.backend.connection  # type: ignore[assignment]
        with self.watchdog or contextlib.nullcontext():
            return self._envelope(server, email.to[0], raw) or self._content(server, raw)

    def _envelope(self, server: smtplib.SMTP, address: str, raw: bytes) -> Result | None:
        """Say from whom and to whom, and ask to begin; None when the server is ready to listen."""
        encoding = " BODY=8BITMIME" if not raw.isascii() and server.has_extn("8bitmime") else ""
        try:
            code, _ = server.docmd(f"MAIL FROM:<{self.sender}>{encoding}")
            if code != 250:
                return _refusal(server, code, ours=True)
            code, _ = server.docmd(f"RCPT TO:<{address}>")
            if code not in (250, 251):
                return _refusal(server, code)
            code, _ = server.docmd("DATA")
            return None if code == 354 else _refusal(server, code)
        except LOST:
            return Result(Outcome.TEMPORARY, None, "The connection was lost.", cut_off=True)

    def _content(self, server: smtplib.SMTP, raw: bytes) -> Result:
        """From here on a lost connection means that nobody can say whether the server took it."""
        try:
            server.send(re.sub(rb"(?m)^\.", b"..", raw) + b".\r\n")
            code, _ = server.getreply()
        except LOST:
            return Result(Outcome.UNKNOWN, None, "The connection was lost before the answer came.", cut_off=True)
        return ACCEPTED if code == 250 else _refusal(server, code)


def _refusal(server: smtplib.SMTP, code: int, *, ours: bool = False) -> Result:
    """What a refusal means. One of our own address is mended by us, so the message is tried again."""
    cut_off = code == 421
    if not cut_off:
        try:
            server.rset()
        except LOST:
            cut_off = True
    if code >= 500 and not ours:
        return Result(Outcome.PERMANENT, code, f"The mail server refused it (code {code}).", cut_off)
    return Result(Outcome.TEMPORARY, code, f"The mail server could not take it then (code {code}).", cut_off)


class _Watchdog:
    """Cuts a connection on which one letter takes too long.

    A socket's own timeout starts again with every byte, so a server that sends one a second would hold us for ever.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.until: float | None = None
        self.stopped = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> None:
        self.until = time.monotonic() + longest_send()

    def __exit__(self, *exc: object) -> None:
        self.until = None

    def stop(self) -> None:
        self.stopped.set()

    def _watch(self) -> None:
        while not self.stopped.wait(1):
            until = self.until
            if until is not None and time.monotonic() > until:
                with contextlib.suppress(OSError):
                    self.sock.shutdown(socket.SHUT_RDWR)
                return
