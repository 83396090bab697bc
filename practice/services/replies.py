"""Members of the Steering Group reply to whoever shared something with it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from governance import standing
from governance.models import Body
from governance.standing import Standing
from notifications.services import post
from practice.models import Item, Reply
from practice.notifications import sharing as told
from practice.rules import may_reply_to
from practice.services.reports import hand_back_to_moderators
from practice.services.words import TAKEN_BACK, erase_reply, locked_item, locked_reply
from practice.workflows import WORDS, WordsState


@transaction.atomic
def reply(*, by: Person, item: Item, words: str, shown_as: str, form_key: UUID) -> Reply:
    """Reply to what was shared with the Steering Group, and tell its author. A repeated `form_key` gives the first.

    Raises `Refused` when it is no longer shared with the Steering Group, and for somebody who does not sit on it.
    """
    item = locked_item(item)
    first = first_result(Reply.objects.all(), form_key, author_id=by.pk, item_id=item.pk)
    if first:
        return first
    standing.forget(by)
    if not may_reply_to.test(by, item):
        raise Refused("This is no longer shared with the Steering Group, so nobody can reply to it.")
    sent = Reply.objects.create(
        item=item,
        author=by,
        side=_side_on_steering(standing.of(by)),
        shown_as=shown_as,
        words=words,
        sent_at=clock.now(),
        form_key=form_key,
    )
    record(actor=by, verb="practice.replied", about=sent, item=str(item.pk))
    facts = {"reply": str(sent.pk)}
    post(kind=told.REPLIED, recipients=[item.author], occasion=f"reply {sent.pk}", about=item, facts=facts)
    return sent


@transaction.atomic
def change_reply(*, by: Person, reply: Reply, words: str) -> Reply:
    """Change a reply that the moderators asked to be changed, and hand it back to them.

    Raises `Refused` in every other state, and for somebody else's.
    """
    reply = _own(reply, by)
    if reply.state == WordsState.HIDDEN and reply.words == words:
        return reply
    WORDS.move(reply, "hand_back", words=words)
    hand_back_to_moderators(by=by, words=reply)
    return reply


@transaction.atomic
def withdraw_reply(*, by: Person, reply: Reply) -> Reply:
    """Take one's reply back: its words are deleted now. Raises `Refused` for somebody else's, or once removed."""
    reply = locked_reply(reply)
    if reply.author_id == by.pk and reply.state == WordsState.WITHDRAWN:
        return reply
    reply = _own(reply, by)
    erase_reply(reply, "withdraw")
    record(actor=by, verb="practice.withdrew_reply", about=reply)
    return reply


def _own(reply: Reply, by: Person) -> Reply:
    reply = locked_reply(reply)
    if reply.author_id != by.pk:
        raise Refused("Only the person who wrote this reply can change it.")
    if reply.state == WordsState.WITHDRAWN:
        raise Refused(TAKEN_BACK)
    return reply


def _side_on_steering(stands: Standing) -> str:
    return next(seat.side for seat in stands.seats.values() if seat.body_kind == Body.Kind.STEERING)
