"""A peer shares, chooses who sees it, and takes it back. All of it counts at once."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body
from practice.models import Audience, Item
from practice.rules import is_network_peer
from practice.services.reports import hand_back_to_moderators
from practice.services.words import erase_item, locked_item, locked_own
from practice.workflows import ERASED, WORDS, WordsState


@transaction.atomic
def choose_audience(*, by: Person, item: Item, audience: str, shown_as: str, body: Body | None = None) -> Item:
    """Say who sees it and how one is shown. For what is shared already it counts at once.

    Sharing with the Steering Group, and stopping it, are acts of their own in the record. Raises `Refused` for a group
    that one does not sit on, and once it was removed.
    """
    item = locked_own(item, by)
    if item.state in ERASED:
        raise Refused("This was removed, so there is nothing to show.")
    body = body if audience == Audience.GROUP else None
    _check_group(by, audience, body)
    before = item.audience if item.is_shared else ""
    item.audience, item.body, item.shown_as = audience, body, shown_as
    item.save(update_fields=["audience", "body", "shown_as"])
    if item.is_shared:
        record(actor=by, verb="practice.changed_audience", about=item, audience=audience)
        _record_steering(by, item, before, audience)
    return item


@transaction.atomic
def share(*, by: Person, item: Item) -> Item:
    """Share a draft with the audience that was chosen; what moderators asked to change goes back to them instead.

    Pressed twice, it is shared once. Raises `Refused` when something is missing, for a group one no longer sits on, and
    for somebody who is no longer a peer of the Network.
    """
    item = locked_own(item, by)
    if item.state in (WordsState.SHARED, WordsState.HIDDEN):
        return item
    missing = missing_from(item)
    if missing:
        raise Refused(f"Before you share it, {missing[0]}.")
    if item.state == WordsState.CHANGING:
        WORDS.move(item, "hand_back")
        hand_back_to_moderators(by=by, words=item)
        return item
    standing.forget(by)
    if not is_network_peer.test(by):
        raise Refused("Only peers of the Network share practice here. Your words are kept. Ask the secretary about it.")
    _check_group(by, item.audience, item.body)
    WORDS.move(item, "share", shared_at=clock.now())
    record(actor=by, verb="practice.shared", about=item, audience=item.audience)
    _record_steering(by, item, "", item.audience)
    return item


@transaction.atomic
def stop_sharing(*, by: Person, item: Item) -> Item:
    """Make it a draft again, so that its author can change it: from now on nobody else reads it.

    Raises `Refused` while moderators look at it.
    """
    item = locked_own(item, by)
    if item.state == WordsState.DRAFT:
        return item
    WORDS.move(item, "stop_sharing")
    record(actor=by, verb="practice.stopped_sharing", about=item)
    _record_steering(by, item, item.audience, "")
    return item


@transaction.atomic
def withdraw(*, by: Person, item: Item) -> Item:
    """Take it back: its words, what the sponsor said and the replies are deleted now. That it was withdrawn is kept.

    Raises `Refused` for somebody else's, and for what was removed.
    """
    item = locked_item(item)
    if item.author_id == by.pk and item.state == WordsState.WITHDRAWN:
        return item
    item = locked_own(item, by)
    was_with_steering = item.is_with_steering
    erase_item(item, "withdraw")
    record(actor=by, verb="practice.withdrew", about=item)
    if was_with_steering:
        _record_steering(by, item, Audience.STEERING, "")
    return item


def missing_from(item: Item) -> list[str]:
    """What must still be answered before it can be shared, each as the end of a sentence."""
    needed = (
        (item.kind, "say what kind of support it is"),
        (item.title, "give it a name"),
        (item.what, "say what you do"),
        (item.audience, "choose who sees it"),
    )
    return [words for answer, words in needed if not answer]


def _check_group(by: Person, audience: str, body: Body | None) -> None:
    if audience != Audience.GROUP:
        return
    standing.forget(by)
    if body is None or body.kind != Body.Kind.TASK_GROUP or not standing.of(by).sits_on(body.pk):
        raise Refused("Choose a group that you sit on.", field="body")


def _record_steering(by: Person, item: Item, before: str, after: str) -> None:
    if (before == Audience.STEERING) == (after == Audience.STEERING):
        return
    did = "shared_with_steering" if after == Audience.STEERING else "stopped_sharing_with_steering"
    record(actor=by, verb=f"practice.{did}", about=item)
