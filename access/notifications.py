"""Who is told of a passport, and in which words: none that name a person, a group or a need."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from access.models import Consent, Passport
from notifications.kinds import Kind, register
from notifications.models import Message


def _still_shared(message: Message) -> str:
    is_open = Consent.objects.open_to(message.recipient).filter(pk=message.about_id).exists()
    return "" if is_open else "It is no longer shared with this person."


def _still_due(message: Message) -> str:
    due = Passport.objects.filter(pk=message.about_id).due_for_review()
    return "" if due.exists() else "It has been looked over, or deleted."


CHANGED = register(
    Kind(
        name="access.changed",
        purpose="Tells whoever acts for it when something changed in what people need and have shared.",
        subject="new",
        template="messages/access.changed.txt",
        path=lambda message: reverse("access:shared"),
        still_due=_still_shared,
    )
)
REVIEW = register(
    Kind(
        name="access.review",
        purpose="Asks someone once a year if what they told us about what helps them is still right.",
        subject="reminder",
        template="messages/access.review.txt",
        path=lambda message: reverse("access:passport"),
        still_due=_still_due,
        lasts=dt.timedelta(days=30),
    )
)
