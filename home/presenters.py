"""What the front page and my page show, assembled from the rooms below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q
from django.urls import reverse

from accounts.models import Person, Role
from core.permissions import can
from governance import standing
from governance.models import Body, Office
from helplines.permissions import EDIT_HELP
from home import needs
from meetings.models import Meeting
from network.models import Partnership
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
    cards: list[needs.Card]
    has_more: bool
    said: list[Consultation]
    comments: list[Comment]
    meetings: list[Meeting]
    requests: list[JoinRequest]
    look_after: list[Place]


def hub(person: Person) -> Hub:
    """Everything on the front page. Never more queries however much there is."""
    open_now = needs.open_consultations(person)
    meetings = needs.meetings_to_come(person)
    waiting = needs.requests_waiting(person)
    # One more than is shown, to know that there is more; what comes after that is not even read.
    cards = list(islice(_what_needs(person, open_now, meetings, waiting), CARDS_SHOWN + 1))
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
    person: Person, open_now: list[Consultation], meetings: list[Meeting], waiting: list[JoinRequest]
) -> Iterator[needs.Card]:
    """Every card, the first ones first. A kind is read when the kinds before it are used up."""
    yield from needs.from_consultations(open_now)
    yield from needs.from_meetings(meetings)
    yield from needs.from_requests(person, waiting)
    yield from needs.from_policies(person)
    yield from needs.from_help(person)


@dataclass(frozen=True)
class MyPage:
    """The reader's particulars: seats, offices, roles, the people beside them, and what they look after."""

    seats: list[tuple[Body, str]]
    offices: list[tuple[Body, str]]
    roles: list[str]
    sponsors: list[Person]
    peers: list[Person]
    look_after: list[Place]


def my_page(person: Person) -> MyPage:
    """The reader's own page."""
    stands = standing.of(person)
    bodies = Body.objects.in_bulk(list(stands.body_ids))
    pairs = Partnership.objects.filter(Q(peer=person) | Q(sponsor=person), until_on=None)
    pairs = list(pairs.select_related("peer", "sponsor"))
    return MyPage(
        seats=_by_name((bodies[held.body_id], held.constituency.label) for held in stands.seats.values()),
        offices=_by_name((bodies[body], Office.Kind(kind).label) for body, _, kind, _ in stands.offices),
        roles=sorted(Role(role).label for role in person.role_names),
        sponsors=[pair.sponsor for pair in pairs if pair.peer_id == person.pk],
        peers=[pair.peer for pair in pairs if pair.sponsor_id == person.pk],
        look_after=look_after(person),
    )


@dataclass(frozen=True)
class Place:
    """A page kept for those who run a part of this."""

    name: str
    path: str


def look_after(person: Person) -> list[Place]:
    """The pages that this reader's office or role opens, and nobody else is shown."""
    hr = bool(person.role_names & {Role.HR_EDITOR, Role.HR_VIEWER})
    places = (
        (can(person, EDIT_HELP), "Help contacts", "helplines:contacts"),
        (can(person, READ_LEDGER), "Messages sent", "notifications:ledger"),
        (hr, "Role records", "hr:index"),
        (Role.PLATFORM_ADMIN in person.role_names, "People who log in", "platform:index"),
    )
    return [Place(name, reverse(address)) for may, name, address in places if may]


def _by_name(places: Iterable[tuple[Body, str]]) -> list[tuple[Body, str]]:
    return sorted(places, key=lambda place: (place[0].name, place[1]))
