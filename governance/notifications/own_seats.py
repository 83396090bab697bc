"""Who is told of breaks, deputies and seats that fall empty, and in which words: none that name a group or a person."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from governance import standing
from governance.models import Deputy, StayAnswer, TermNotice
from notifications.kinds import Kind, register
from notifications.models import Message


def _my_seats(message: Message) -> str:
    return reverse("own_seats:mine")


def _vacancies(message: Message) -> str:
    return reverse("own_seats:vacancies")


def _deputy_page(message: Message) -> str:
    return reverse("own_seats:deputy", args=[message.about_id])


def _question(message: Message) -> str:
    return reverse("own_seats:question", args=[message.about_id])


def _still_runs_a_body(message: Message) -> str:
    return "" if standing.of(message.recipient).offices else "This person no longer looks after seats."


def _still_to_answer(message: Message) -> str:
    deputy = Deputy.objects.get(pk=message.about_id)
    return "" if deputy.ended_at is None and deputy.accepted_at is None else "This was answered or taken back."


def _still_sits_in(message: Message) -> str:
    deputy = Deputy.objects.select_related("term").get(pk=message.about_id)
    is_away = deputy.term.breaks.now().exists()
    return "" if is_away and deputy.ended_at is None else "The person is back, or has another deputy."


def _still_asked(message: Message) -> str:
    notice = TermNotice.objects.select_related("term").get(pk=message.about_id)
    if StayAnswer.objects.filter(term=notice.term_id).exists():
        return "This person has answered."
    return "" if standing.of(message.recipient).is_asked_by(notice.term.body_id) else "This person is not there now."


def _kind(
    name: str,
    purpose: str,
    path: Callable[[Message], str],
    *,
    subject: str = "new",
    template: str | None = None,
    still_due: Callable[[Message], str] = lambda message: "",
) -> Kind:
    return register(
        Kind(
            name=f"governance.{name}",
            purpose=purpose,
            subject=subject,
            template=f"messages/governance.{template or name}.txt",
            path=path,
            still_due=still_due,
        )
    )


DEPUTY_ASKED = _kind(
    "deputy_asked",
    "Asks someone if they would be a deputy, when a person names them.",
    _deputy_page,
    still_due=_still_to_answer,
)
DEPUTY_CHANGED = _kind(
    "deputy_changed",
    "Tells someone that the person they asked to be their deputy has answered, or has stopped.",
    _my_seats,
    subject="reply",
)
SIT_IN = _kind(
    "sit_in",
    "Tells a deputy that they are asked to sit in, when the person whose deputy they are steps back.",
    _deputy_page,
    still_due=_still_sits_in,
)
SIT_IN_OVER = _kind(
    "sit_in_over",
    "Tells a deputy that they are no longer asked to sit in.",
    _deputy_page,
)
STAY_ASKED = _kind(
    "stay_asked",
    "Asks someone if they would like to stay, 90 and 30 days before their time in a seat ends.",
    _question,
    still_due=_still_asked,
)
STAY_ANSWERED = _kind(
    "stay_answered",
    "Tells those who look after a seat that someone has said if they would like to stay.",
    _vacancies,
    subject="reply",
    still_due=_still_runs_a_body,
)
SEAT_NEEDS_YOU = _kind(
    "seat_needs_you",
    "Tells those who look after a seat that somebody's time in it ends in 90 or 30 days, or that it is free.",
    _vacancies,
    still_due=_still_runs_a_body,
)
LEFT = _kind("left", "Tells someone who has given up a seat that it is done.", _my_seats)
