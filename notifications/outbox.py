"""Drain the outbox: claim rows, hand them over one by one, and commit what became of each.

At least once, never lost. That a try has begun is committed before a letter leaves and its result after, so a sender
that dies leaves one try without an end: *unknown*. Its row comes back when the lease runs out, and goes again with the
same Message-ID. No transaction is open while we talk to the mail server.
"""

from __future__ import annotations

import datetime as dt
import logging
import random
import time
import uuid
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Now

from core import clock
from notifications import breaker, letters
from notifications.commit import record, start
from notifications.hints import ask_for_drain
from notifications.letters import Letter, Unsent
from notifications.models import Attempt, Message, MessageState, Pulse
from notifications.transport import NoConnection, Result, Transport, longest_send

logger = logging.getLogger(__name__)

CHANNEL = "email"
BATCH = 100
#: So many letters are marked as about to leave in one commit. When a sender is killed, as many may be in doubt.
GROUP = 5
#: A batch gives back what it has not begun after this long: other senders, and codes, need not wait for it.
BATCH_SECONDS = 2
#: A drain stops after this long and asks for the next one, so that a worker can be stopped soon.
RUN_SECONDS = 10
UNKNOWN_LIMIT = 5
MINUTES_BETWEEN_TRIES = (1, 5, 15, 60, 240, 720, 1440)
#: The code by which a server says that it closes the connection.
CLOSED_BY_SERVER = 421

Outcome = Attempt.Outcome
LET_GO: dict[str, Any] = {"claim": None, "leased_until": None, "trying_since": None}
HOLD: dict[str, Any] = {
    "state": MessageState.HELD,
    "reason": "Five times nobody can say whether it went. A person must look.",
}


def drain() -> int:
    """Send what is due, codes first, for at most `RUN_SECONDS`. Returns how many the mail server took."""
    return_expired_leases()
    if not due().exists() or not breaker.may_try(CHANNEL):
        return 0
    transport = Transport()
    try:
        transport.open()
    except NoConnection as problem:
        logger.warning("No connection to the mail server: %s", problem)
        breaker.failed(CHANNEL)
        return 0
    breaker.worked(CHANNEL)
    try:
        return _Sender(transport).run()
    finally:
        transport.close()


def sweep() -> None:
    """What must happen each minute whether or not anything is sent."""
    Pulse.objects.update_or_create(name="tick", defaults={"at": clock.now()})
    return_expired_leases()
    expire()


def due() -> QuerySet[Message]:
    """Rows that may go now, codes before others, oldest first."""
    return Message.objects.filter(state=MessageState.WAITING, channel=CHANNEL, due_at__lte=clock.now()).order_by(
        "lane", "due_at"
    )


def expire() -> int:
    """Settle what nobody needs any more, and wipe its secret. Returns how many."""
    now = clock.now()
    late = Message.objects.filter(
        Q(expires_at__lte=now) | Q(give_up_at__lte=now), state__in=[MessageState.WAITING, MessageState.HELD]
    )
    end = {"settled_at": now, "secret": ""}
    untried = late.filter(attempts=0).update(state=MessageState.SUPPRESSED, reason="It was too late to send it.", **end)
    return untried + late.update(state=MessageState.REFUSED, reason="The mail server did not take it in time.", **end)


def return_expired_leases() -> int:
    """Put back rows whose sender has died. After five unknown attempts a row waits for a person instead.

    Leases use the database's time, which all senders share. Returns how many rows came back.
    """
    stale = Message.objects.filter(state=MessageState.SENDING, leased_until__lt=Now())
    unknown = Count("tries", filter=Q(tries__outcome=Outcome.UNKNOWN))
    return sum(_return(message, stale) for message in stale.annotate(unknown=unknown)[:500])


@transaction.atomic
def _return(message: Any, stale: QuerySet[Message]) -> bool:
    fate: dict[str, Any] = {"state": MessageState.WAITING}
    if message.trying_since is not None and message.unknown + 1 >= UNKNOWN_LIMIT:
        fate = HOLD
    mine = stale.filter(pk=message.pk, claim=message.claim, trying_since=message.trying_since)
    if not mine.update(**LET_GO, **fate):
        return False
    if message.trying_since is not None:
        _attempt(message, message.trying_since, None, Outcome.UNKNOWN, None, message).save()
    return True


def _attempt(
    message: Message, started: dt.datetime, ended: dt.datetime | None, outcome: str, code: int | None, words: Any
) -> Attempt:
    return Attempt(
        message=message,
        started_at=started,
        ended_at=ended,
        outcome=outcome,
        code=code,
        template_sha256=words.template_sha256,
        body_sha256=words.body_sha256,
    )


def lease() -> int:
    """Seconds: more than a batch may last, its last letter included, twice over. No row is taken from the living."""
    return 2 * (BATCH_SECONDS + longest_send()) + 5


class _Sender:
    """One run over one connection. `token` is the claim of the batch in hand."""

    token: UUID

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.accepted = 0
        self.connected = True

    def run(self) -> int:
        stop_at = time.monotonic() + RUN_SECONDS
        helper_asked = False
        while self.connected:
            claimed = self._claim()
            if claimed is None:
                return self.accepted
            if len(claimed) == BATCH and not helper_asked:
                helper_asked = ask_for_drain()  # there is more than one batch: an idle worker may join in
            self._send(claimed)
            if time.monotonic() > stop_at:
                ask_for_drain()
                break
        return self.accepted

    def _claim(self) -> list[Message] | None:
        """Make some due rows ours by an UPDATE that matches only rows nobody has. None when nothing is due.

        Another sender may have taken the same rows a moment before; then the list is empty, and we look again.
        """
        self.token = uuid.uuid4()
        wanted = list(due().values_list("pk", flat=True)[:BATCH])
        if not wanted:
            return None
        # By a list of keys and not by a subquery: a table that grew by thousands a second ago has no statistics yet,
        # and PostgreSQL would read it from end to end.
        Message.objects.filter(pk__in=wanted, state=MessageState.WAITING).update(
            state=MessageState.SENDING, claim=self.token, leased_until=Now() + dt.timedelta(seconds=lease())
        )
        ours = Message.objects.filter(pk__in=wanted, claim=self.token)
        return list(ours.select_related("recipient").order_by("lane", "due_at"))

    def _send(self, claimed: list[Message]) -> None:
        until = time.monotonic() + BATCH_SECONDS
        ready, unsent = letters.write(claimed)
        self._settle_unsent(unsent)
        for first in range(0, len(ready), GROUP):
            if not self._send_group(ready[first : first + GROUP], until):
                self._release()
                return

    def _send_group(self, group: list[Letter], until: float) -> bool:
        """Commit that these letters are about to leave, then hand each over. False if time or connection ran out.

        The time is our own fence: a sender that was put to sleep sends nothing more under an old claim.
        """
        ours: set[UUID] | None = None
        started_at = clock.now()
        for letter in group:
            if not self.connected or time.monotonic() > until:
                return False
            if ours is None:
                ours = start(group, claim=self.token, now=started_at)
            if letter.message.pk in ours:
                self._hand_over(letter, started_at)
        return True

    def _hand_over(self, letter: Letter, started_at: dt.datetime) -> None:
        """Give one letter to the mail server, and record at once what became of it."""
        result = self.transport.send(letter.email, letter.raw)
        if result.outcome == Outcome.ACCEPTED:
            ended_at, code = clock.now(), result.code or 250
            record(letter, claim=self.token, started_at=started_at, ended_at=ended_at, code=code)
            self.accepted += 1
            return
        self._settle(letter, started_at, result)
        if result.cut_off:
            self._reconnect(counts=result.code != CLOSED_BY_SERVER)

    def _reconnect(self, *, counts: bool) -> None:
        """A server may close a connection after so many letters: that is no failure, silence is."""
        if counts:
            breaker.failed(CHANNEL)
        try:
            self.transport.reopen()
        except NoConnection:
            breaker.failed(CHANNEL)
            self.connected = False

    @transaction.atomic
    def _settle(self, letter: Letter, started_at: dt.datetime, result: Result) -> None:
        """Record a letter that the server did not take, or may not have taken."""
        message, now = letter.message, clock.now()
        _attempt(message, started_at, now, result.outcome, result.code, letter).save()
        if result.outcome == Outcome.PERMANENT:
            fate = {"state": MessageState.REFUSED, "reason": result.reason, **_end(now)}
        else:
            fate = _try_later(message, result, now)
        Message.objects.filter(pk=message.pk, claim=self.token).update(**LET_GO, **fate)

    def _settle_unsent(self, unsent: Iterable[Unsent]) -> None:
        now = clock.now()
        with transaction.atomic():
            for each in unsent:
                end = {} if each.state == MessageState.HELD else _end(now)
                Message.objects.filter(pk=each.message.pk, claim=self.token).update(
                    state=each.state, reason=each.reason, **LET_GO, **end
                )

    def _release(self) -> None:
        """Give back what this batch did not send. What was marked as begun did not leave: we live, so we know."""
        held = Message.objects.filter(claim=self.token, state=MessageState.SENDING)
        held.filter(trying_since__isnull=False).update(attempts=F("attempts") - 1)
        held.update(state=MessageState.WAITING, **LET_GO)


def _end(now: dt.datetime) -> dict[str, Any]:
    """What every end of a message has in common: its instant, and no secret any more."""
    return {"settled_at": now, "secret": ""}


def _try_later(message: Message, result: Result, now: dt.datetime) -> dict[str, Any]:
    """When to try again, or that it is time to give up."""
    if result.outcome == Outcome.UNKNOWN and message.tries.filter(outcome=Outcome.UNKNOWN).count() >= UNKNOWN_LIMIT:
        return HOLD
    minutes = MINUTES_BETWEEN_TRIES[min(message.attempts, len(MINUTES_BETWEEN_TRIES) - 1)]
    due_at = now + dt.timedelta(minutes=minutes * random.uniform(0.8, 1.2))  # noqa: S311 -- spreads load, hides nothing
    if due_at >= min(message.give_up_at, message.expires_at):
        return {"state": MessageState.REFUSED, "reason": result.reason, **_end(now)}
    return {"state": MessageState.WAITING, "reason": result.reason, "due_at": due_at}
