"""Who is told what became of an invitation: none of it names anybody."""

from __future__ import annotations

from django.urls import reverse

from network.models import Offer
from notifications.kinds import Kind, register
from notifications.models import Message

TEMPLATE = "messages/network.invitation.txt"


def _path(message: Message) -> str:
    return reverse("network:invitation", args=[message.about_id])


def _still_waits(message: Message) -> str:
    offer = Offer.objects.filter(pk=message.about_id).first()
    return "" if offer and offer.waits_for_seat else "The seat has been given."


def _still_unanswered(message: Message) -> str:
    offer = Offer.objects.select_related("invitation").filter(pk=message.about_id).first()
    return "" if offer and offer.invitation.is_unanswered else "It has been answered or taken back."


ANSWERED = register(
    Kind(
        name="network.invitation_answered",
        purpose="Tells whoever invited somebody that they have joined, or that it is not this time.",
        subject="reply",
        template=TEMPLATE,
        path=_path,
    )
)
ASKED_AGAIN = register(
    Kind(
        name="network.invitation_asked_again",
        purpose="Tells whoever invited somebody by word or on paper that they ask for a new invitation.",
        subject="new",
        template=TEMPLATE,
        path=_path,
        still_due=_still_unanswered,
    )
)
SEAT_WAITED_FOR = register(
    Kind(
        name="network.seat_waited_for",
        purpose="Tells the secretaries that somebody has joined for whom no seat was empty.",
        subject="new",
        template=TEMPLATE,
        path=_path,
        still_due=_still_waits,
    )
)
