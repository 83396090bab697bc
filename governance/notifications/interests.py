"""Who is asked about interests and who is told why someone takes no part, in words that tell neither."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from governance import standing
from governance.interest_rules import is_asked_now, was_told_why
from governance.models import InterestAsk, Recusal
from notifications.kinds import Kind, register
from notifications.models import Message


def _own_page(message: Message) -> str:
    return reverse("interests:mine")


def _recusal_page(message: Message) -> str:
    return reverse("interests:recusal", args=[message.about_id])


def _still_asked(message: Message) -> str:
    ask = InterestAsk.objects.get(pk=message.about_id)
    if ask.answer:
        return "This person has answered."
    return "" if is_asked_now(standing.of(message.recipient)) else "This person is not asked now."


def _still_shared(message: Message) -> str:
    said = Recusal.objects.get(pk=message.about_id)
    return (
        "" if was_told_why.test(message.recipient, said) else "This has been taken back, or is for another person now."
    )


ASKED = register(
    Kind(
        name="governance.interests_asked",
        purpose="Asks each person with a staff seat or a Steering Group seat once a year what they have to declare.",
        subject="reminder",
        template="messages/governance.interests_asked.txt",
        path=_own_page,
        still_due=_still_asked,
        lasts=dt.timedelta(days=14),
    )
)
TOLD_WHY = register(
    Kind(
        name="governance.told_why",
        purpose="Tells the secretary of a group that a member lets them read why something concerns them.",
        subject="new",
        template="messages/governance.told_why.txt",
        path=_recusal_page,
        still_due=_still_shared,
    )
)
