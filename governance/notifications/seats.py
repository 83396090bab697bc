"""Who is told of a seat, an office, or that a group was paused or closed; in words that name neither."""

from __future__ import annotations

from django.urls import reverse

from governance.models import BodyMove, Office, Term
from notifications.kinds import Kind, register
from notifications.models import Message


def _own_path(message: Message) -> str:
    return reverse("governance:my_seats")


def _body_path(message: Message) -> str:
    return reverse("governance:seats", args=[BodyMove.objects.get(pk=message.about_id).body_id])


def _still_runs(message: Message) -> str:
    term = Term.objects.get(pk=message.about_id)
    return "" if term.ends_on > term.starts_on else "This was called off."


def _still_held(message: Message) -> str:
    return "" if Office.objects.filter(pk=message.about_id, until_on=None).exists() else "This has ended since."


SEATED = register(
    Kind(
        name="governance.seated",
        purpose="Tells someone that they have been given a seat in a group.",
        subject="new",
        template="messages/governance.seat.txt",
        path=_own_path,
        still_due=_still_runs,
    )
)
RENEWED = register(
    Kind(
        name="governance.renewed",
        purpose="Tells someone that their time in a group goes on.",
        subject="new",
        template="messages/governance.seat.txt",
        path=_own_path,
        still_due=_still_runs,
    )
)
TERM_ENDED = register(
    Kind(
        name="governance.term_ended",
        purpose="Tells someone that their time in a group has been ended before its last day.",
        subject="new",
        template="messages/governance.seat.txt",
        path=_own_path,
    )
)
APPOINTED = register(
    Kind(
        name="governance.appointed",
        purpose="Tells someone that they co-lead a group, or are its secretary.",
        subject="new",
        template="messages/governance.seat.txt",
        path=_own_path,
        still_due=_still_held,
    )
)
OFFICE_ENDED = register(
    Kind(
        name="governance.office_ended",
        purpose="Tells someone that they no longer co-lead a group, or are no longer its secretary.",
        subject="new",
        template="messages/governance.seat.txt",
        path=_own_path,
    )
)
BODY_MOVED = register(
    Kind(
        name="governance.body_moved",
        purpose="Tells the people of a group that it has been started, paused, closed or merged.",
        subject="new",
        template="messages/governance.seat.txt",
        path=_body_path,
    )
)
