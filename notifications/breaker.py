"""The circuit breaker of a channel: a mail server that does not answer is left alone for a while."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.db.models.functions import Least

from core import clock
from notifications.models import Channel

FAILURES = 5
FIRST_PAUSE = 60
LONGEST_PAUSE = 15 * 60
PROBE = dt.timedelta(seconds=60)


def may_try(name: str) -> bool:
    """Whether a sender may connect now. After a pause exactly one gets yes, as a probe."""
    channel, _ = Channel.objects.get_or_create(name=name)
    if channel.paused_until is None:
        return True
    if channel.paused_until > clock.now():
        return False
    taken = Channel.objects.filter(pk=name, paused_until=channel.paused_until)
    return bool(taken.update(paused_until=clock.now() + PROBE))


def failed(name: str) -> None:
    """A connection failed. The fifth in a row pauses the channel; each further one doubles the pause."""
    Channel.objects.filter(pk=name).update(failures=F("failures") + 1)
    channel = Channel.objects.get(pk=name)
    if channel.failures < FAILURES:
        return
    Channel.objects.filter(pk=name).update(
        paused_until=clock.now() + dt.timedelta(seconds=channel.pause_seconds),
        pause_seconds=Least(F("pause_seconds") * 2, LONGEST_PAUSE),
    )


def worked(name: str) -> None:
    """A connection worked: forget the failures."""
    troubled = Channel.objects.filter(Q(failures__gt=0) | Q(paused_until__isnull=False), pk=name)
    troubled.update(failures=0, paused_until=None, pause_seconds=FIRST_PAUSE)
