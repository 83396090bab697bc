"""Who is told of terms of reference that wait for an answer, and of the answer."""

from __future__ import annotations

from django.urls import reverse

from governance.models import CharterDraft
from governance.workflows import CharterState
from notifications.kinds import Kind, register
from notifications.models import Message


def _draft(message: Message) -> CharterDraft:
    return CharterDraft.objects.select_related("charter").get(pk=message.about_id)


def _answer_path(message: Message) -> str:
    return reverse("governance:answer_charter", args=[_draft(message).charter.body_id])


def _read_path(message: Message) -> str:
    return reverse("governance:charter", args=[_draft(message).charter.body_id])


def _still_waits(message: Message) -> str:
    return "" if _draft(message).state == CharterState.PROPOSED else "This has been answered already."


PROPOSED = register(
    Kind(
        name="governance.charter_proposed",
        purpose="Tells those who approve a group's terms of reference that a draft waits for them.",
        subject="new",
        template="messages/governance.charter_proposed.txt",
        path=_answer_path,
        still_due=_still_waits,
    )
)
ANSWERED = register(
    Kind(
        name="governance.charter_answered",
        purpose="Tells those who proposed a group's terms of reference that they were approved or sent back.",
        subject="reply",
        template="messages/governance.charter_answered.txt",
        path=_read_path,
    )
)
