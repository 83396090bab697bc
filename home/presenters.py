"""What the front page and my page show, assembled from the rooms below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from django.urls import reverse

from accounts.models import Person, Role
from accounts.permissions import RESET_SECOND_FACTOR
from core.permissions import can
from helplines.permissions import EDIT_HELP
from home import needs
from home.cards import Card
from home.permissions import LOOK_AFTER
from home.waiting import what_waits
from meetings.models import Meeting
from notifications.permissions import READ_LEDGER
from steering.models import Comment, Consultation
from taskgroups.models import JoinRequest

#: How many things that need one stand on the front page: a longer list is put off, not read.
CARDS_SHOWN = 8
#: How many of one's own comments stand on the front page.
COMMENTS_SHOWN = 5


@dataclass(frozen=True)
class Hub:
    """The front page of someone who has logged in: first what needs them, then what became of what they did."""

    first_name: str
    cards: list[Card]
    has_more: bool
    said: list[Consultation]
    comments: list[Comment]
    meetings: list[Meeting]
    requests: list[JoinRequest]
    look_after: list[Place]


def hub(person: Person, others: Callable[[], list[Card]] | None = None) -> Hub:
    """Everything on the front page. Never more queries however much there is.

    `others` gives what waits in the other rooms; asked only while there is room for it.
    """
    others = others or partial(what_waits, person)
    open_now = needs.open_consultations(person)
    meetings = needs.meetings_to_come(person)
    waiting = needs.requests_waiting(person)
    # One more than is shown, to know that there is more; what comes after that is not even read.
    cards = list(islice(_what_needs(person, open_now, meetings, waiting, others), CARDS_SHOWN + 1))
    return Hub(
        first_name=person.get_short_name(),
        cards=cards[:CARDS_SHOWN],
        has_more=len(cards) > CARDS_SHOWN,
        said=[asked for asked in open_now if asked.sent][:COMMENTS_SHOWN],  # type: ignore[attr-defined]
        comments=needs.my_comments(person, shown=COMMENTS_SHOWN),
        meetings=[meeting for meeting in meetings if meeting.my_answer][:CARDS_SHOWN],  # type: ignore[attr-defined]
        requests=[request for request in waiting if request.person_id == person.pk],
        look_after=look_after(person),
    )


def _what_needs(
    person: Person,
    open_now: list[Consultation],
    meetings: list[Meeting],
    waiting: list[JoinRequest],
    others: Callable[[], list[Card]],
) -> Iterator[Card]:
    """Every card, the first ones first. A kind is read when the kinds before it are used up."""
    yield from needs.from_consultations(open_now)
    yield from needs.from_meetings(person, meetings)
    yield from needs.from_requests(person, waiting)
    yield from others()
    yield from needs.from_policies(person)
    yield from needs.from_help(person)


@dataclass(frozen=True)
class Place:
    """A page kept for those who run a part of this."""

    name: str
    path: str


def look_after(person: Person) -> list[Place]:
    """The pages that this reader's office or role opens, and nobody else is shown."""
    hr = bool(person.role_names & {Role.HR_EDITOR, Role.HR_VIEWER})
    places = (
        (can(person, LOOK_AFTER), "Your groups, and what waits there", "look_after"),
        (can(person, EDIT_HELP), "Help contacts", "helplines:contacts"),
        (can(person, READ_LEDGER), "Messages sent", "notifications:ledger"),
        (hr, "Role records", "hr:index"),
        (Role.GOVERNANCE_LEAD in person.role_names, "Role records struck out", "hr:workforce_struckout_changelist"),
        (can(person, RESET_SECOND_FACTOR), "Lost second steps", "accounts:resets"),
        (Role.PLATFORM_ADMIN in person.role_names, "People who log in", "platform:index"),
    )
    return [Place(name, reverse(address)) for may, name, address in places if may]
