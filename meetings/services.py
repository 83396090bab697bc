"""Call a meeting, change it, answer for it, record who was there. Each verb tells those who should know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from access.presenters import flags_for
from access.readers import who_acts_for
from accounts.models import Person
from audit.services import record, record_look
from core import clock
from core.errors import Refused
from core.once import first_result
from core.secrets import seal
from documents.models import Version
from governance.models import Body, Side
from governance.people import asked_to_sit, secretaries_of, table_of
from governance.quorum import Quorum, quorum_of
from meetings import notifications as told
from meetings.models import AgendaItem, Meeting, NeedsMet, Reply
from meetings.workflows import MEETING
from notifications.kinds import Kind
from notifications.services import post

LONGEST = dt.timedelta(hours=12)
FURTHEST = dt.timedelta(days=2 * 366)

#: Title, purpose, and the version that is before the meeting, if any.
Item = tuple[str, str, Version | None]


@transaction.atomic
def call_meeting(
    *,
    by: Person,
    body: Body,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    link: str,
    phone_in: str,
    items: Sequence[Item],
    form_key: UUID,
) -> Meeting:
    """Call a meeting of `body` and tell everyone on it, with a file for their calendar.

    `items` are (title, purpose, paper or None), in the order of the agenda. A repeated `form_key` gives the first
    meeting. Raises `Refused` for times that cannot be, a group that does not meet now, and an empty agenda.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    first = first_result(Meeting.objects.all(), form_key, called_by_id=by.pk, body_id=body.pk)
    if first:
        return first
    if not body.takes_people:
        raise Refused(f"This group is {body.get_state_display().lower()}, so it does not meet now.")
    _check_times(starts_at, ends_at)
    if not items:
        raise Refused("A meeting has at least one item on its agenda.", field="title")
    meeting = Meeting.objects.create(
        body=body,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        link=link,
        phone_in=phone_in,
        called_at=clock.now(),
        called_by=by,
        form_key=form_key,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, number=number, title=title, purpose=purpose, paper=paper)
        for number, (title, purpose, paper) in enumerate(items, start=1)
    )
    record(actor=by, verb="meetings.called", about=meeting, body=str(body.pk), starts_at=starts_at.isoformat())
    _tell(told.CALLED, meeting)
    return meeting


@transaction.atomic
def change_meeting(
    *, by: Person, meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime, place: str, link: str, phone_in: str
) -> Meeting:
    """Change when or where a planned meeting is, and tell everyone. Answers given for another time are asked again.

    Nothing different means nothing done and nobody told. Raises `Refused` for times that cannot be, or when the
    meeting has begun, was held or cancelled.
    """
    meeting = _locked(meeting)
    new = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "link": link, "phone_in": phone_in}
    before = {name: getattr(meeting, name) for name in new}
    if before == new:
        return meeting
    _check_not_begun(meeting)
    _check_times(starts_at, ends_at)
    MEETING.move(meeting, "change", **new, sequence=meeting.sequence + 1, changed_at=clock.now(), changed_by=by)
    if (before["starts_at"], before["ends_at"]) != (starts_at, ends_at):
        meeting.replies.update(answer="", answered_at=None)
    record(actor=by, verb="meetings.changed", about=meeting, sequence=meeting.sequence, starts_at=starts_at.isoformat())
    _tell(told.CHANGED, meeting)
    return meeting


@transaction.atomic
def cancel_meeting(*, by: Person, meeting: Meeting) -> Meeting:
    """Cancel a planned meeting and tell everyone. Raises `Refused` when it has begun, was held or cancelled."""
    meeting = _locked(meeting)
    _check_not_begun(meeting)
    MEETING.move(meeting, "cancel", sequence=meeting.sequence + 1, changed_at=clock.now(), changed_by=by)
    record(actor=by, verb="meetings.cancelled", about=meeting, sequence=meeting.sequence)
    _tell(told.CANCELLED, meeting)
    return meeting


@transaction.atomic
def reply(*, by: Person, meeting: Meeting, answer: Reply.Answer) -> Reply:
    """Say whether `by` will come. A later answer replaces the earlier one.

    Raises `Refused` when the meeting has begun or was cancelled.
    """
    meeting = _locked(meeting)
    if meeting.state != Meeting.State.PLANNED:
        raise Refused(f"This meeting was {meeting.get_state_display().lower()}, so you do not need to answer.")
    _check_not_begun(meeting)
    given, _ = Reply.objects.update_or_create(
        meeting=meeting, person=by, defaults={"answer": answer, "answered_at": clock.now()}
    )
    return given


@transaction.atomic
def record_held(*, by: Person, meeting: Meeting, present: Iterable[Person]) -> Meeting:
    """Record that the meeting was held and who was there; once more puts a slip right.

    Keeps the side each sat for that day. Deputies count where the body says so, and where the person they sit in for
    was not there as well. Raises `Refused` before the meeting has begun, for a cancelled one, and for someone who
    neither sits on the body nor is a deputy there.
    """
    meeting = _locked(meeting)
    if not meeting.has_begun:
        raise Refused("This meeting has not begun yet. Record who was there once it has.")
    chairs = chairs_at(meeting)
    there = {person.pk for person in present}
    if there - {chair.person.pk for chair in chairs}:
        raise Refused("Only people who have a seat can be recorded as there.", field="present")
    MEETING.move(meeting, "hold", held_at=clock.now(), held_by=by)
    Reply.objects.bulk_create(
        [_presence(meeting, chair, there) for chair in chairs],
        update_conflicts=True,
        unique_fields=["meeting", "person"],
        update_fields=["was_there", "side", "as_deputy", "counts"],
    )
    counts = meeting.presence_by_side()
    record(actor=by, verb="meetings.held", about=meeting, peers=counts[Side.PEER], staff=counts[Side.STAFF])
    _ask_if_needs_were_met(meeting, [chair.person.pk for chair in chairs if not chair.is_on_break])
    return meeting


@dataclass(frozen=True)
class Chair:
    """Someone who could be at the table, for a side: in their own seat, or as a deputy of `deputy_for`."""

    person: Person
    side: Side
    is_on_break: bool = False
    deputy_for: Person | None = None


def chairs_at(meeting: Meeting) -> list[Chair]:
    """Everyone who could have been there on the day: each who has a seat, and each deputy who had said yes.

    Someone on a break is among them: if they came, they were there. Two queries.
    """
    chairs = []
    for place in table_of(meeting.body_id, on=meeting.day):
        chairs.append(Chair(place.person, place.side, place.is_on_break))
        if place.deputy:
            chairs.append(Chair(place.deputy, place.side, deputy_for=place.person))
    return chairs


def _presence(meeting: Meeting, chair: Chair, there: set[int]) -> Reply:
    covered = chair.deputy_for is not None and chair.deputy_for.pk not in there
    return Reply(
        meeting=meeting,
        person=chair.person,
        was_there=chair.person.pk in there,
        side=chair.side,
        as_deputy=chair.deputy_for is not None,
        counts=chair.deputy_for is None or (meeting.body.deputies_count and covered),
    )


def _ask_if_needs_were_met(meeting: Meeting, sat_there: Iterable[int]) -> None:
    """Ask, once, each who sits there and shares what they need; they may have stayed away for want of it."""
    shared = flags_for(meeting.body_id)
    wanted = [shared[pk] for pk in sat_there if pk in shared]
    rows = [NeedsMet(meeting=meeting, passport_id=pk, asked_at=clock.now()) for pk in wanted]
    NeedsMet.objects.bulk_create(rows, ignore_conflicts=True)
    for asked in NeedsMet.objects.filter(meeting=meeting, passport__in=wanted).select_related("passport__person"):
        person = asked.passport.person
        post(kind=told.NEEDS_ASKED, recipients=[person], occasion=f"meeting {meeting.pk} needs", about=asked)


@transaction.atomic
def say_if_needs_were_met(*, by: Person, asked: NeedsMet, answer: NeedsMet.Answer, words: str) -> NeedsMet:
    """Say whether what one needed was there. When it was not, tell whoever acts for it. A later answer replaces it.

    The same again changes nothing. Raises `Refused` once somebody has said what they did about it.
    """
    asked = _locked_needs(asked)
    words = words.strip()
    if (asked.answer, asked.words) == (answer, words):
        return asked
    if asked.done_at:
        raise Refused(
            "We have written what we did about it, so your answer stays as it is. You can tell us more by phone."
        )
    asked.answer, asked.answered_at = answer, clock.now()
    asked.words_sealed = seal(words) if words else ""
    asked.save(update_fields=["answer", "answered_at", "words_sealed"])
    record(actor=by, verb="meetings.answered_needs", about=asked)
    if answer in NeedsMet.NOT_MET:
        people = who_acts_for(asked.meeting.body, but=by.pk)
        post(kind=told.NEEDS_UNMET, recipients=people, occasion=f"needs {asked.pk} {answer}", about=asked)
    return asked


@transaction.atomic
def act_on_needs(*, by: Person, asked: NeedsMet, done: str) -> NeedsMet:
    """Write what was done about something that was not there, and tell the person. The same again changes nothing.

    Raises `Refused` without words, when nothing is unmet (any more), and when somebody else has written already.
    """
    asked = _locked_needs(asked)
    done = done.strip()
    if asked.done_at and (asked.done_by_id, asked.done) == (by.pk, done):
        return asked
    if asked.done_at:
        raise Refused("Someone has already written what was done. Open the page again to read it.")
    if asked.answer not in NeedsMet.NOT_MET:
        raise Refused("The person has changed their answer: what they needed was there.")
    if not done:
        raise Refused("Write what you did about it.", field="done")
    asked.done_sealed, asked.done_at, asked.done_by = seal(done), clock.now(), by
    asked.save(update_fields=["done_sealed", "done_at", "done_by"])
    record(actor=by, verb="meetings.acted_on_needs", about=asked)
    post(kind=told.NEEDS_ACTED_ON, recipients=[asked.passport.person], occasion=f"needs {asked.pk}", about=asked)
    return asked


@transaction.atomic
def open_answer(*, by: Person, asked: NeedsMet) -> NeedsMet:
    """What somebody said of what was not there. The look is logged in the same transaction: no log, no page."""
    record_look(actor=by, what="meetings.read_unmet_needs", about=asked)
    return asked


def quorum_at(meeting: Meeting) -> Quorum:
    """Whether enough people of each side were there, and if not, who was missing."""
    return quorum_of(meeting.body, meeting.presence_by_side())


def is_quorate(meeting: Meeting) -> bool:
    """Whether the meeting was held with enough people of each side for what it decided to count."""
    return meeting.state == Meeting.State.HELD and quorum_at(meeting).is_met


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _locked_needs(asked: NeedsMet) -> NeedsMet:
    """As it stands now. Raises `Refused` when its owner has deleted their passport."""
    rows = NeedsMet.objects.select_for_update(of=("self",)).select_related("meeting__body", "passport__person")
    found = rows.filter(pk=asked.pk).first()
    if found is None:
        raise Refused("This has been deleted by the person it was about.")
    return found


def _check_not_begun(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.PLANNED and meeting.has_begun:
        raise Refused("This meeting has begun, so this cannot be changed.")


def _check_times(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    now = clock.now()
    if starts_at <= now:
        raise Refused("The meeting must start in the future.", field="day")
    if starts_at - now > FURTHEST:
        raise Refused("The meeting must be in the next 2 years.", field="day")
    if ends_at <= starts_at:
        raise Refused("The meeting must end after it starts.", field="ends")
    if ends_at - starts_at > LONGEST:
        raise Refused("A meeting can last up to 12 hours.", field="ends")


def _tell(kind: Kind, meeting: Meeting) -> None:
    members = [person for person, _ in asked_to_sit(table_of(meeting.body_id))]
    post(
        kind=kind,
        recipients=[*members, *secretaries_of(meeting.body)],
        occasion=f"meeting {meeting.pk} {meeting.sequence}",
        about=meeting,
        facts={
            "starts_at": meeting.starts_at.isoformat(),
            "ends_at": meeting.ends_at.isoformat(),
            "place": meeting.place,
            "sequence": meeting.sequence,
        },
    )
