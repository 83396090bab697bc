"""Who may read what a peer shared, say something back, and look at reports."""

from __future__ import annotations

from typing import Any

import rules

from governance import standing
from governance.models import Body, Constituency
from network.models import Partnership
from practice.models import Audience, Item, Moderator, Reply, Report
from practice.workflows import WordsState


@rules.predicate
def is_network_peer(person: Any) -> bool:
    """Sits in the Network as a peer."""
    seats = standing.of(person).seats.values()
    return any(seat.body_kind == Body.Kind.NETWORK and seat.constituency == Constituency.PEER for seat in seats)


@rules.predicate
def sits_somewhere(person: Any) -> bool:
    return bool(standing.of(person).seats)


@rules.predicate
def wrote_it(person: Any, words: Item | Reply | None) -> bool:
    """Is the author of an item or a reply, and has not taken it back."""
    return (
        words is not None
        and person.is_authenticated
        and person.is_active
        and words.author_id == person.pk
        and words.state != WordsState.WITHDRAWN
    )


@rules.predicate
def is_its_audience(person: Any, item: Item | None) -> bool:
    """The item is shared now with people of whom this person is one."""
    if item is None or item.state != WordsState.SHARED:
        return False
    stands = standing.of(person)
    if item.audience == Audience.GROUP:
        return stands.sits_on(item.body_id)  # type: ignore[arg-type]
    if stands.sits_on_kind(Body.Kind.NETWORK):
        return True
    return item.audience == Audience.STEERING and (stands.is_on_steering or stands.is_steering_secretary)


@rules.predicate
def is_let_see_it(person: Any, item: Item | None) -> bool:
    """Is the staff sponsor whom the author lets see it, and still stands by them. One query, for that sponsor only."""
    if item is None or not person.is_authenticated or not person.is_active or item.sponsor_id != person.pk:
        return False
    if item.state not in (WordsState.DRAFT, WordsState.SHARED):
        return False
    return Partnership.objects.live().filter(peer=item.author_id, sponsor=person).exists()


@rules.predicate
def may_reply_to(person: Any, item: Item | None) -> bool:
    """Sits on the Steering Group, with which somebody else shared it."""
    if item is None or not item.is_with_steering:
        return False
    return standing.of(person).is_on_steering and item.author_id != person.pk


@rules.predicate
def may_report_item(person: Any, item: Item | None) -> bool:
    """Reads it and did not write it."""
    return (
        item is not None
        and item.is_shared
        and not wrote_it.test(person, item)
        and (is_its_audience.test(person, item) or is_let_see_it.test(person, item))
    )


@rules.predicate
def may_read_reply(person: Any, reply: Reply | None) -> bool:
    """Wrote it; or it answers what they shared, or what was shared with the Steering Group they sit on."""
    if reply is None or not person.is_authenticated or not person.is_active:
        return False
    if reply.author_id == person.pk:
        return reply.state != WordsState.WITHDRAWN
    if not (reply.is_shared and reply.item.is_shared):
        return False
    stands = standing.of(person)
    is_of_steering = stands.is_on_steering or stands.is_steering_secretary
    return reply.item.author_id == person.pk or (is_of_steering and reply.item.is_with_steering)


@rules.predicate
def may_report_reply(person: Any, reply: Reply | None) -> bool:
    """Reads it and did not write it."""
    return may_read_reply.test(person, reply) and not wrote_it.test(person, reply)


@rules.predicate
def made_the_report(person: Any, report: Report | None) -> bool:
    return report is not None and person.is_authenticated and person.is_active and report.by_id == person.pk


@rules.predicate
def is_moderator(person: Any) -> bool:
    """Looks at reports today. One query."""
    if not person.is_authenticated or not person.is_active:
        return False
    return Moderator.objects.now().filter(person=person).exists()


@rules.predicate
def may_look_at(person: Any, report: Report | None) -> bool:
    """May act on it: see `ReportQuerySet.for_moderator`. One query."""
    return report is not None and Report.objects.for_moderator(person).filter(pk=report.pk).exists()
