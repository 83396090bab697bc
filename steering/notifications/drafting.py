"""Message kinds of this part of the room: who is told, in which words.

Every one of them says only that there is something to read, and leads to it. What it is about stays behind the log-in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from core import clock
from core.permissions import Permission, can
from core.said import nhs_date
from notifications.kinds import Kind, register
from notifications.models import Message
from steering import permissions as may
from steering.models import Policy


def _to(page: str) -> Callable[[Message], str]:
    """The path of one page of the policy that the message is about."""
    return lambda message: reverse(f"steering:{page}", args=[message.about_id])


def still_may(permission: Permission) -> Callable[[Message], str]:
    """Asked when a letter is written: whoever has left since would be led to a page that does not open for them."""

    def check(message: Message) -> str:
        policy = Policy.objects.get(pk=message.about_id)
        return "" if can(message.recipient, permission, policy) else "This person no longer takes part in that way."

    return check


def _last_day(message: Message) -> dt.date:
    return dt.date.fromisoformat(message.facts["last_day"])


def _has_closed(message: Message) -> str:
    """Asked of every message of thousands, so from its facts alone."""
    return "Comments have closed." if clock.today() > _last_day(message) else ""


def _words(message: Message) -> dict[str, Any]:
    return {"last_day": nhs_date(_last_day(message))}


CONSULTATION_OPENED = register(
    Kind(
        name="steering.consultation_opened",
        purpose="Tells each person asked that a draft is out for comment, when the secretary opens it.",
        subject="new",
        template="messages/steering.consultation_opened.txt",
        facts={"policy": str, "last_day": str},
        path=lambda message: reverse("steering:draft", args=[message.facts["policy"]]),
        words=_words,
        still_due=_has_closed,
    )
)

NEW_DRAFT = register(
    Kind(
        name="steering.new_draft",
        purpose="Tells each person who commented that a new draft has been shared.",
        subject="new",
        template="messages/steering.new_draft.txt",
        path=_to("draft"),
    )
)

ANSWER_GIVEN = register(
    Kind(
        name="steering.answer_given",
        purpose="Tells the person who wrote a comment that a co-lead has answered it.",
        subject="reply",
        template="messages/steering.answer_given.txt",
        facts={"policy": str},
        path=lambda message: reverse("steering:comment_place", args=[message.facts["policy"], message.about_id]),
    )
)

LOOK_AT_DRAFT = register(
    Kind(
        name="steering.look_at_draft",
        purpose="Tells the other co-lead that one has said a draft is ready, or changed it after they had said so.",
        subject="new",
        template="messages/steering.look_at_draft.txt",
        path=_to("policy"),
        still_due=still_may(may.SAY_READY),
    )
)

DRAFT_READY = register(
    Kind(
        name="steering.draft_ready",
        purpose="Tells the secretary that both co-leads have said a draft is ready to go out.",
        subject="new",
        template="messages/steering.draft_ready.txt",
        path=_to("policy"),
        still_due=still_may(may.OPEN_CONSULTATION),
    )
)

REVIEW_ASKED = register(
    Kind(
        name="steering.review_asked",
        purpose="Tells each Steering Group member that a draft has come to the group.",
        subject="new",
        template="messages/steering.review_asked.txt",
        path=_to("review"),
        still_due=still_may(may.READ_REVIEW),
    )
)
