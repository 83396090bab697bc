"""What waits for someone in the Network, and what became of it: two kinds, whatever it is about.

They are few on purpose: a list of messages by kind must not tell a sponsor that their peer has asked for another.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from accounts.models import Person
from network.models import Gap, Handover, Nomination, SponsorRequest
from network.workflows import HandoverState, NominationState
from notifications.kinds import Kind, register
from notifications.models import Message

DONE_WITH = "This does not wait any more."


def _path(message: Message) -> str:
    return PATHS[message.about_type](message)


def _gap_path(message: Message) -> str:
    is_own = Gap.objects.filter(pk=message.about_id, peer=message.recipient_id).exists()
    return reverse("network:my_sponsor" if is_own else "network:waiting")


def _nomination_path(message: Message) -> str:
    """Who has the seat by it may not know of the nomination: their own page says where they sit."""
    nomination = Nomination.objects.select_related("term").get(pk=message.about_id)
    is_seated = nomination.term is not None and nomination.term.person_id == message.recipient_id
    return reverse("me") if is_seated else reverse("network:nomination", args=[nomination.pk])


PATHS: dict[str, Callable[[Message], str]] = {
    Gap._meta.label: _gap_path,
    Handover._meta.label: lambda message: reverse("network:handover", args=[message.about_id]),
    SponsorRequest._meta.label: lambda message: reverse("network:sponsor_request", args=[message.about_id]),
    Nomination._meta.label: _nomination_path,
}


def _still_waits(message: Message) -> str:
    return "" if STILL[message.about_type](message) else DONE_WITH


def _handover_waits(message: Message) -> bool:
    """For the peer after the new sponsor's yes, for the new sponsor before."""
    handover = Handover.objects.get(pk=message.about_id)
    is_peer = handover.peer_id == message.recipient_id
    return handover.state == (HandoverState.ACCEPTED if is_peer else HandoverState.PROPOSED)


def _request_waits(message: Message) -> bool:
    """For somebody who may still answer it: they may have become that peer's sponsor since."""
    reader = Person.objects.get(pk=message.recipient_id or 0)
    return SponsorRequest.objects.to_answer_by(reader).waiting().filter(pk=message.about_id).exists()


STILL: dict[str, Callable[[Message], bool]] = {
    Gap._meta.label: lambda message: Gap.objects.open().filter(pk=message.about_id).exists(),
    Handover._meta.label: _handover_waits,
    SponsorRequest._meta.label: _request_waits,
    Nomination._meta.label: lambda message: Nomination.objects.filter(
        pk=message.about_id, state=NominationState.NOMINATED
    ).exists(),
}

WAITS = register(
    Kind(
        name="network.waits",
        purpose="Tells someone in the Network, or the secretary, that something there waits for them.",
        subject="new",
        template="messages/network.waits.txt",
        path=_path,
        still_due=_still_waits,
    )
)
NEWS = register(
    Kind(
        name="network.news",
        purpose="Tells someone in the Network what became of something they took part in.",
        subject="new",
        template="messages/network.news.txt",
        path=_path,
    )
)
