"""What people said about meetings to come, for a room below that shows it to those they chose."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch

from governance.models import Term
from meetings.models import Meeting, Reply
from network.ports import Coming


def find_coming(person_ids: Iterable[int]) -> dict[int, list[Coming]]:
    """For each of the people, the planned meetings of bodies they then sit on, and what they said. Three queries."""
    ids = list(person_ids)
    sits: dict[int, list[Term]] = {pk: [] for pk in ids}
    terms = Term.objects.filter(person__in=ids).order_by()
    for term in terms:
        sits[term.person_id].append(term)
    given = Prefetch("replies", queryset=Reply.objects.filter(person__in=ids), to_attr="given")
    bodies = {term.body_id for term in terms}
    meetings = list(Meeting.objects.to_come().filter(body__in=bodies).order_by("starts_at").prefetch_related(given))
    return {pk: [_coming(meeting, pk) for meeting in meetings if _is_asked(meeting, sits[pk])] for pk in ids}


def _is_asked(meeting: Meeting, terms: list[Term]) -> bool:
    day = meeting.day
    return any(term.body_id == meeting.body_id and term.starts_on <= day < term.ends_on for term in terms)


def _coming(meeting: Meeting, person_id: int) -> Coming:
    replies = [reply for reply in meeting.given if reply.person_id == person_id]  # type: ignore[attr-defined]
    answer = replies[0].answer if replies else ""
    return Coming(meeting.starts_at, SAID.get(answer, "no answer yet"))


SAID: dict[str, str] = {
    Reply.Answer.COMING: "is coming",
    Reply.Answer.UNSURE: "is not sure",
    Reply.Answer.NOT_COMING: "cannot come",
}
