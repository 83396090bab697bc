"""Who is told of a request to join, and in which words: none that name a group or a person."""

from __future__ import annotations

from django.urls import reverse

from notifications.kinds import Kind, register
from notifications.models import Message
from taskgroups.models import JoinRequest
from taskgroups.workflows import RequestState


def _request(message: Message) -> JoinRequest:
    return JoinRequest.objects.get(pk=message.about_id)


def _requests_path(message: Message) -> str:
    return reverse("taskgroups:requests", args=[_request(message).body_id])


def _own_path(message: Message) -> str:
    return reverse("taskgroups:request", args=[message.about_id])


def _still_waits(message: Message) -> str:
    return "" if _request(message).state == RequestState.ASKED else "The request has been answered or taken back."


ASKED = register(
    Kind(
        name="taskgroups.asked",
        purpose="Tells the co-leads of a group when someone asks to join it.",
        subject="new",
        template="messages/taskgroups.asked.txt",
        path=_requests_path,
        still_due=_still_waits,
    )
)
ACCEPTED = register(
    Kind(
        name="taskgroups.accepted",
        purpose="Tells someone who asked to join a group that the answer is yes.",
        subject="reply",
        template="messages/taskgroups.answered.txt",
        path=_own_path,
    )
)
DECLINED = register(
    Kind(
        name="taskgroups.declined",
        purpose="Tells someone who asked to join a group that the answer is no, and why.",
        subject="reply",
        template="messages/taskgroups.answered.txt",
        path=_own_path,
    )
)
