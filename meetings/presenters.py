"""What the pages of a meeting show, read in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from access.presenters import flags_for
from core import clock
from core.permissions import can
from documents.models import Document
from governance import standing
from governance.balance import counted
from governance.interest_permissions import READ_BODY_REGISTER, SAY_IT_CONCERNS_ME
from governance.models import Body, Matter, Side
from governance.people import Place, asked_to_sit, table_of
from governance.presenters.recusals import Concern, concerns
from governance.quorum import Quorum, quorum_of
from meetings.models import AgendaItem, Meeting, NeedsMet, Reply
from meetings.papers import Paper, papers_for
from meetings.permissions import REPLY, RUN_MEETING

PAST_SHOWN = 20
SAID: dict[str, str] = {
    Reply.Answer.COMING: "Coming",
    Reply.Answer.UNSURE: "Not sure",
    Reply.Answer.NOT_COMING: "Cannot come",
}


@dataclass(frozen=True)
class Line:
    """One person, and what they said or did, in words. `passport` is there if they shared what they need."""

    name: str
    words: str
    passport: UUID | None = None


@dataclass(frozen=True)
class SideOfTable:
    """One side of the table: `lines` names its people, for those who run the meeting; `coming` counts for everyone."""

    side: Side
    coming: int
    asked: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class ItemLine:
    """One item of the agenda: its paper if the reader may have it, and whom it concerns. Names and what they do."""

    item: AgendaItem
    paper: Paper | None
    concerns: list[Concern]

    @property
    def concerns_me(self) -> bool:
        return any(concern.is_mine for concern in self.concerns)


@dataclass(frozen=True)
class MeetingPage:
    meeting: Meeting
    items: list[ItemLine]
    mine: Reply | None
    may_reply: bool
    may_run: bool
    sides: list[SideOfTable]
    is_on_break: bool
    presence_words: str
    deputies_words: str
    quorum: Quorum | None
    my_needs: NeedsMet | None
    may_say_it_concerns_me: bool = False
    may_read_register: bool = False

    @property
    def may_change(self) -> bool:
        """Still to come, and run by the person who reads."""
        return self.may_run and self.meeting.state == Meeting.State.PLANNED and not self.meeting.has_begun

    @property
    def may_record(self) -> bool:
        """Begun or held, and run by the person who reads."""
        return self.may_run and self.meeting.state != Meeting.State.CANCELLED and self.meeting.has_begun


def meeting_page(meeting: Meeting, person: Any) -> MeetingPage:
    """Everything on the page of `meeting` that `person` may see. Names and answers only for those who run it."""
    replies = {reply.person_id: reply for reply in meeting.replies.all()}
    may_run = can(person, RUN_MEETING, meeting)
    presence = meeting.presence_by_side() if meeting.state == Meeting.State.HELD else None
    open_for_answers = meeting.state == Meeting.State.PLANNED and not meeting.has_begun
    return MeetingPage(
        meeting=meeting,
        items=item_lines(meeting, person),
        mine=replies.get(person.pk),
        may_reply=open_for_answers and can(person, REPLY, meeting),
        may_run=may_run,
        sides=_sides(meeting, replies, flags_for(meeting.body_id) if may_run else {}, named=may_run),
        is_on_break=standing.of(person).is_on_break_from(meeting.body_id),
        presence_words=counted(presence) if presence else "",
        deputies_words=_deputies_words(replies.values()) if presence else "",
        quorum=quorum_of(meeting.body, presence) if presence else None,
        may_say_it_concerns_me=meeting.state == Meeting.State.PLANNED and can(person, SAY_IT_CONCERNS_ME, meeting.body),
        may_read_register=can(person, READ_BODY_REGISTER, meeting.body),
        my_needs=meeting.needs_met.filter(passport__person=person).first() if presence else None,
    )


def _deputies_words(replies: Iterable[Reply]) -> str:
    """ "1 deputy was there and counts.", "2 deputies were there and do not count.", both, or nothing."""
    found = Counter(reply.counts for reply in replies if reply.was_there and reply.as_deputy)
    words = []
    for counts, number in sorted(found.items(), reverse=True):
        who = "1 deputy was there" if number == 1 else f"{number} deputies were there"
        does_not = "does not count" if number == 1 else "do not count"
        words.append(f"{who} and {('counts' if number == 1 else 'count') if counts else does_not}.")
    return " ".join(words)


def item_lines(meeting: Meeting, person: Any) -> list[ItemLine]:
    """The agenda as `person` may know it. Two queries, and those for papers."""
    items = list(meeting.items.select_related("paper"))
    papers = papers_for(person, [item.paper_id for item in items if item.paper_id])
    matters = [matter_of(item) for item in items]
    found = concerns(meeting.body_id, matters, person)
    return [
        ItemLine(item, papers.get(item.paper_id) if item.paper_id else None, found.get(matter.key, []))
        for item, matter in zip(items, matters, strict=True)
    ]


def matter_of(item: AgendaItem) -> Matter:
    """What an item is about, as people say that it concerns them: the document before the meeting, or the item."""
    if item.paper_id is None:
        return Matter.of(item, item.title)
    return Matter.of(Document(pk=item.paper.document_id), item.title)


def _sides(meeting: Meeting, replies: dict[int, Reply], flags: dict[int, UUID], *, named: bool) -> list[SideOfTable]:
    places = table_of(meeting.body_id, on=meeting.day)
    return [_side([place for place in places if place.side == side], side, replies, flags, named) for side in Side]


def _side(
    places: list[Place], side: Side, replies: dict[int, Reply], flags: dict[int, UUID], named: bool
) -> SideOfTable:
    asked = asked_to_sit(places)
    given = [replies.get(person.pk) for person, _ in asked]
    return SideOfTable(
        side=side,
        coming=sum(1 for reply in given if reply and reply.answer == Reply.Answer.COMING),
        asked=len(asked),
        lines=[line for place in places for line in _lines(place, replies, flags)] if named else [],
    )


def _lines(place: Place, replies: dict[int, Reply], flags: dict[int, UUID]) -> Iterator[Line]:
    """Who has the seat, and their deputy where one is asked to sit in or was there."""
    reply = replies.get(place.person.pk)
    is_away = place.is_on_break and not (reply and reply.was_there)
    yield Line(place.person.name, "On a break" if is_away else _words(reply), flags.get(place.person.pk))
    of_deputy = replies.get(place.deputy.pk) if place.deputy else None
    if place.sits_in or (place.deputy and of_deputy and of_deputy.was_there):
        yield Line(
            f"{place.deputy.name}, deputy for {place.person.name}", _words(of_deputy), flags.get(place.deputy.pk)
        )


def _words(reply: Reply | None) -> str:
    if reply is None:
        return "No answer yet"
    if reply.was_there is not None:
        return "Was there" if reply.was_there else "Was not there"
    return SAID.get(reply.answer, "No answer yet")


@dataclass(frozen=True)
class MyMeeting:
    """One meeting to come, and what the reader said, in words; empty for someone who is not asked to come."""

    meeting: Meeting
    words: str


@dataclass(frozen=True)
class MyMeetings:
    to_come: list[MyMeeting]
    past: list[Meeting]
    may_call_for: list[Body]
    runs_some: bool
    unmet: int


def my_meetings(person: Any) -> MyMeetings:
    """The meetings `person` may see, those to come first; and the bodies they may call."""
    mine = Prefetch("replies", queryset=Reply.objects.filter(person=person).exclude(answer=""), to_attr="my_replies")
    seen = Meeting.objects.visible_to(person).select_related("body")
    return MyMeetings(
        to_come=[MyMeeting(each, _my_words(each, person)) for each in seen.to_come().prefetch_related(mine)],
        past=list(seen.filter(ends_at__lte=clock.now()).order_by("-starts_at")[:PAST_SHOWN]),
        may_call_for=list(Body.objects.alive().filter(pk__in=standing.of(person).run_body_ids)),
        runs_some=bool(standing.of(person).offices),
        unmet=unmet(person).count(),
    )


def _my_words(meeting: Meeting, person: Any) -> str:
    if not can(person, REPLY, meeting):
        return ""
    given = meeting.my_replies  # type: ignore[attr-defined]
    return f"Your answer: {given[0].get_answer_display()}" if given else "You have not answered yet"


# -- was what people need there? ---------------------------------------------------------------------------------------

ACTED_ON_SHOWN = 20


@dataclass(frozen=True)
class UnmetPage:
    """What was not there for somebody: those that wait, oldest first, and the last that were acted on. No reasons."""

    waiting: list[NeedsMet]
    acted_on: list[NeedsMet]


def unmet_page(person: Any) -> UnmetPage:
    """For those who run a body or stand in. Two queries."""
    seen = _of_others(person).select_related("meeting__body", "passport__person")
    done = seen.filter(done_at__isnull=False).order_by(F("done_at").desc())[:ACTED_ON_SHOWN]
    return UnmetPage(waiting=list(seen.unmet()), acted_on=list(done))


def unmet(person: Any) -> QuerySet[NeedsMet]:
    """Those that wait for somebody to act, for the pages of those who may: none, and no query, for everybody else."""
    return _of_others(person).unmet() if standing.of(person).offices else NeedsMet.objects.none()


def _of_others(person: Any) -> Any:
    """One's own is for the others who run the body to act on."""
    return NeedsMet.objects.visible_to(person).filter(answer__in=NeedsMet.NOT_MET).exclude(passport__person=person)
