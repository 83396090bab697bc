"""Message kinds of this part of the room: who is told, in which words."""

from __future__ import annotations

from django.urls import reverse

from notifications.kinds import Kind, register
from notifications.models import Message
from steering.models import Policy, Publication
from steering.notifications.drafting import still_may
from steering.permissions import READ_REVIEW
from steering.workflows import PolicyState


def _policy_page(message: Message) -> str:
    return reverse("steering:policy", args=[message.about_id])


def _review_page(message: Message) -> str:
    return reverse("steering:review", args=[message.about_id])


def _published_page(message: Message) -> str:
    return Publication.objects.get(pk=message.about_id).get_absolute_url()


def _still_their_turn(message: Message) -> str:
    waits = Policy.objects.exclude(state__in=[PolicyState.PUBLISHED, PolicyState.WITHDRAWN])
    if not waits.filter(pk=message.about_id).exists():
        return "It has been dealt with."
    return still_may(READ_REVIEW)(message)


DECIDED = register(
    Kind(
        name="steering.decided",
        purpose="Tells the co-leads, and everyone who commented, that the Steering Group has decided.",
        subject="new",
        template="messages/steering.decided.txt",
        path=_policy_page,
    )
)
NEXT_STEP = register(
    Kind(
        name="steering.next_step",
        purpose="Tells the person whose turn it is (equality lead, governance lead) that a policy waits for them.",
        subject="new",
        template="messages/steering.next_step.txt",
        path=_review_page,
        still_due=_still_their_turn,
    )
)
EQUALITY_FINDING = register(
    Kind(
        name="steering.equality_finding",
        purpose="Tells the co-leads and the secretary that the equality lead found something that stops publication.",
        subject="new",
        template="messages/steering.equality_finding.txt",
        path=_policy_page,
    )
)
PUBLISHED = register(
    Kind(
        name="steering.published",
        purpose="Tells the co-leads, everyone who was asked and everyone who commented that the policy is published.",
        subject="new",
        template="messages/steering.published.txt",
        path=_published_page,
    )
)
