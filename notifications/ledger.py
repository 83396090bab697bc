"""What became of each message. Never "delivered": all we can know is that the mail server took it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, TextChoices
from django.db.models.functions import Now

from core import clock
from notifications.kinds import kind_named
from notifications.models import Attempt, Channel, Message, MessageState, Pulse

#: How many messages the page lists one by one.
LISTED = 100
#: The tick comes each minute; after this long without one, something is wrong.
TICK_LATE = dt.timedelta(minutes=3)


class Stands(TextChoices):
    """Where a message stands, in words for people."""

    HANDED_OVER = "handed_over", "handed to the mail server"
    REFUSED = "refused", "refused"
    WAITING = "waiting", "waiting"
    UNKNOWN = "unknown", "not known"
    NOT_NEEDED = "not_needed", "not sent, no longer needed"


@dataclass(frozen=True)
class Fate:
    """What became of one message. `at` is when it came there; `attempts` counts every try, known or not."""

    message_id: UUID
    kind: str
    purpose: str
    about_type: str
    about_id: str
    recipient_id: int | None
    posted_at: dt.datetime
    stands: Stands
    at: dt.datetime
    attempts: int
    reason: str
    may_go_again: bool

    @property
    def number(self) -> str:
        """Enough of the id to tell messages apart when people talk about them."""
        return str(self.message_id)[:8]

    @property
    def in_words(self) -> str:
        return str(self.stands.label)


@dataclass(frozen=True)
class Line:
    """One kind of message on the ledger page: how many stand where."""

    purpose: str
    handed_over: int = 0
    waiting: int = 0
    unknown: int = 0
    refused: int = 0
    not_needed: int = 0


@dataclass(frozen=True)
class Overview:
    """The ledger page: counts by kind, what needs a look, and whether the post office is at work."""

    lines: list[Line]
    to_look_at: list[Fate]
    to_look_at_count: int
    oldest_waiting: dt.timedelta | None
    last_tick: dt.timedelta | None
    paused_until: dt.datetime | None

    @property
    def is_late(self) -> bool:
        return self.last_tick is None or self.last_tick > TICK_LATE


def fates(about: Iterable[Model]) -> list[Fate]:
    """What became of each message about any of those rows, oldest first. One query, however many rows."""
    ids: dict[str, list[str]] = {}
    for row in about:
        ids.setdefault(row._meta.label, []).append(str(row.pk))
    wanted = Q(pk__in=[])
    for label, keys in ids.items():
        wanted |= Q(about_type=label, about_id__in=keys)
    found = _with_tries(Message.objects.filter(wanted)).order_by("posted_at", "pk")
    return [_fate(message) for message in found]


def overview() -> Overview:
    """What the ledger page shows. The same number of queries however many messages there are."""
    now = clock.now()
    open_states = [MessageState.WAITING, MessageState.SENDING]
    oldest = Message.objects.filter(state__in=open_states).order_by("posted_at").values_list("posted_at", flat=True)
    oldest_at = oldest.first()
    tick = Pulse.objects.filter(name="tick").first()
    paused = Channel.objects.filter(paused_until__gt=now).first()
    troubled = Message.objects.annotate(in_doubt=_in_doubt()).filter(
        Q(state__in=[MessageState.REFUSED, MessageState.HELD]) | Q(in_doubt=True)
    )
    return Overview(
        lines=_lines(),
        to_look_at=[_fate(message) for message in _with_tries(troubled).order_by("-posted_at", "pk")[:LISTED]],
        to_look_at_count=troubled.count(),
        oldest_waiting=now - oldest_at if oldest_at else None,
        last_tick=now - tick.at if tick else None,
        paused_until=paused.paused_until if paused else None,
    )


def _lines() -> list[Line]:
    counted = (
        Message.objects.annotate(in_doubt=_in_doubt())
        .order_by()
        .values_list("kind", "state", "in_doubt")
        .annotate(number=Count("pk"))
    )
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, state, in_doubt, number in counted:
        by_kind[kind][_stands(state, in_doubt).value] += number
    return [Line(_purpose(kind), **by_kind[kind]) for kind in sorted(by_kind)]


def _with_tries(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.annotate(in_doubt=_in_doubt(), tried=Count("tries"))


def _in_doubt() -> Q:
    """Not at an end, and tried at least once in a way that nobody can say how it went."""
    open_states = [MessageState.WAITING, MessageState.SENDING, MessageState.HELD]
    unknown = Exists(Attempt.objects.filter(message=OuterRef("pk"), outcome=Attempt.Outcome.UNKNOWN))
    died = Q(state=MessageState.SENDING, trying_since__isnull=False, leased_until__lt=Now())
    return Q(state__in=open_states) & (Q(unknown) | died)


def _stands(state: str, in_doubt: bool) -> Stands:
    if in_doubt:
        return Stands.UNKNOWN
    return {
        MessageState.HANDED_OVER.value: Stands.HANDED_OVER,
        MessageState.REFUSED.value: Stands.REFUSED,
        MessageState.SUPPRESSED.value: Stands.NOT_NEEDED,
    }.get(state, Stands.WAITING)


def _fate(message: Message) -> Fate:
    return Fate(
        message_id=message.pk,
        kind=message.kind,
        purpose=_purpose(message.kind),
        about_type=message.about_type,
        about_id=message.about_id,
        recipient_id=message.recipient_id,
        posted_at=message.posted_at,
        stands=_stands(message.state, message.in_doubt),  # type: ignore[attr-defined]
        at=message.settled_at or message.posted_at,
        attempts=message.tried,  # type: ignore[attr-defined]
        reason=message.reason,
        may_go_again=message.may_go_again,
    )


def _purpose(kind: str) -> str:
    try:
        return kind_named(kind).purpose
    except KeyError:
        return "A kind of message that this version does not know."
