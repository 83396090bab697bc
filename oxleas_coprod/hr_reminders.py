"""The one joint between HR's room and the outbox: HR says that a digest is due, and here it becomes a message.

It says how many things wait, and leads to HR's own page behind its own gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from accounts.models import Person
from notifications.kinds import Kind, register
from notifications.models import Message
from notifications.services import post
from workforce.models import Digest
from workforce.reminders import why_not_any_more


def _words(message: Message) -> dict[str, Any]:
    count = message.facts["count"]
    return {"count_said": "1 new thing" if count == 1 else f"{count:,} new things", "is_one": count == 1}


def _still_due(message: Message) -> str:
    return why_not_any_more(person_id=message.recipient_id or 0, digest_id=int(message.about_id))


DUE = register(
    Kind(
        name="workforce.due",
        purpose="Tells those who look after role records, once a working day at most, that something there is due.",
        subject="reminder",
        template="messages/workforce.due.txt",
        facts={"count": int},
        path=lambda message: reverse("hr:due"),
        words=_words,
        still_due=_still_due,
    )
)


def tell(*, people: Sequence[Person], digest: Digest) -> None:
    """Put the digest of a day into the outbox, once for each person."""
    facts = {"count": digest.count}
    post(kind=DUE, recipients=people, occasion=f"digest {digest.day.isoformat()}", about=digest, facts=facts)
