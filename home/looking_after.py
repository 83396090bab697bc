"""The page of those who look after groups: how each is filled, and everything that waits, in counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.counts import count_of, numbers_of
from core.permissions import can
from governance import standing
from governance.balance import Balance, balances
from governance.interest_permissions import READ_REGISTER, SEE_WHO_HAS_ANSWERED
from governance.models import Body, Side
from governance.presenters.vacancies import bodies_run_by, terms_ending_soon
from meetings.presenters import unmet
from network.permissions import CHANGE_AGREEMENT, KEEP_NETWORK
from network.presenters.front import waits_for_secretary as waits_in_the_network
from network.presenters.invitations import invitations_in_numbers
from practice.permissions import NAME_MODERATORS
from practice.presenters.needs import FEWEST_MODERATORS
from practice.presenters.needs import waits_for_secretary as waits_in_practice
from taskgroups.models import JoinRequest

MODERATORS = "practice:moderators"
#: How wide a chair is drawn, with the gap after it: as in the patterns of the template.
A_CHAIR = 20
#: A review is shown so long before it falls due.
REVIEW_SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Chairs:
    """Chairs of one kind that stand side by side, `after` so many others. `x` and `width` are for the drawing."""

    kind: str
    number: int
    after: int = 0

    @property
    def x(self) -> int:
        return self.after * A_CHAIR

    @property
    def width(self) -> int:
        return self.number * A_CHAIR


@dataclass(frozen=True)
class Group:
    """One group that the reader looks after. `path` is its page; `asking` how many people ask to join."""

    body: Body
    path: str
    balance: Balance
    empty: int
    asking: int
    review_is_due: bool

    @property
    def chairs(self) -> list[Chairs]:
        """The chairs to draw in a row: peers and then staff, those that are taken before the empty ones."""
        (peers, no_peers), (staff, no_staff) = (self.balance.chairs_of(side) for side in (Side.PEER, Side.STAFF))
        row: list[Chairs] = []
        for kind, number in (("peer", peers), ("peer-empty", no_peers), ("staff", staff), ("staff-empty", no_staff)):
            if number:
                row.append(Chairs(kind, number, after=row[-1].after + row[-1].number if row else 0))
        return row

    @property
    def width(self) -> int:
        """Of the drawing of its chairs, in its own units."""
        return sum(run.width for run in self.chairs)


@dataclass(frozen=True)
class Count:
    """How many of something wait, and where. Nothing here says who, or why."""

    number: int
    words: str
    path: str


@dataclass(frozen=True)
class LookingAfter:
    groups: list[Group]
    waiting: list[Count]


def looking_after(person: Person) -> LookingAfter:
    """What `person` looks after. Four queries and the standing, however many groups."""
    groups = _groups(person)
    return LookingAfter(groups, [each for each in _counts(person, groups) if each.number])


def _groups(person: Person) -> list[Group]:
    asking = JoinRequest.objects.waiting().filter(body=OuterRef("pk"))
    bodies = list(bodies_run_by(person).annotate(asking=count_of(asking, per="body")))
    found = balances(bodies)
    due = clock.today() + REVIEW_SOON
    return [
        Group(
            body=body,
            path=_page_of(body),
            balance=found[body.pk],
            empty=sum(count for _, count in found[body.pk].empty),
            asking=body.asking,
            review_is_due=body.review_on is not None and body.review_on <= due,
        )
        for body in bodies
    ]


def _page_of(body: Body) -> str:
    is_network = body.kind == Body.Kind.NETWORK
    return reverse("network:network") if is_network else reverse("taskgroups:group", args=[body.pk])


def _counts(person: Any, groups: Iterable[Group]) -> Iterator[Count]:
    keeps_network, names_moderators = can(person, KEEP_NETWORK), can(person, NAME_MODERATORS)
    found = numbers_of(
        {
            "ending": terms_ending_soon([group.body.pk for group in groups]),
            "unmet": unmet(person),
            **(waits_in_the_network(person) if keeps_network else {}),
            **invitations_in_numbers(person),
            **(waits_in_practice() if names_moderators else {}),
        }
    )
    empty = sum(group.empty for group in groups)
    yield _count(empty, "empty seat", "empty seats", "own_seats:vacancies")
    yield _count(found["ending"], "seat ends within 90 days", "seats end within 90 days", "own_seats:vacancies")
    yield _count(
        found["unmet"], "person did not find what they need", "people did not find what they need", "meetings:unmet"
    )
    if keeps_network:
        yield from _of_the_network(found)
    yield from _of_invitations(found)
    if names_moderators:
        yield from _of_practice(found)


def _of_the_network(found: Mapping[str, int]) -> Iterator[Count]:
    where = "network:waiting"
    yield _count(found["gaps"], "peer has no staff sponsor", "peers have no staff sponsor", where)
    yield _count(found["requests"], "private request to answer", "private requests to answer", where)
    yield _count(found["handovers"], "change of sponsor under way", "changes of sponsor under way", where)
    yield _count(found["nominations"], "nomination to answer", "nominations to answer", "network:corporate")


def _of_invitations(found: Mapping[str, int]) -> Iterator[Count]:
    if "can_answer" in found:
        lost, where = found["not_delivered"], "network:invitations"
        waits = found["can_answer"] - lost
        yield _count(waits, "invitation without an answer", "invitations without an answer", where)
        yield _count(found["ran_out"], "invitation ran out", "invitations ran out", where)
        yield _count(lost, "invitation was not delivered", "invitations were not delivered", where)


def _of_practice(found: Mapping[str, int]) -> Iterator[Count]:
    waits = found["reports"]
    yield _count(waits, "report waits for a moderator", "reports wait for a moderator", MODERATORS)
    missing = FEWEST_MODERATORS - found["moderators"]
    yield _count(max(missing, 0), "more moderator is needed", "more moderators are needed", MODERATORS)


def _count(number: int, one: str, many: str, page: str) -> Count:
    return Count(number, one if number == 1 else many, reverse(page))


@dataclass(frozen=True)
class Way:
    """A page kept for those who look after groups."""

    name: str
    path: str


def ways(person: Any) -> list[Way]:
    """Pages that this reader's office opens. No query."""
    stands = standing.of(person)
    keeps = can(person, KEEP_NETWORK)
    pages = (
        (True, "Seats that need someone", "own_seats:vacancies"),
        (True, "What is handed over", "handover"),
        (keeps, "People in the Network", "network:members"),
        (keeps, "Invitations", "network:invitations"),
        (keeps, "Corporate Services seats", "network:corporate"),
        (can(person, CHANGE_AGREEMENT), "Words about keeping things private", "network:agreement_words"),
        (stands.is_steering_secretary, "Start a Task Group", "taskgroups:new_group"),
        (can(person, SEE_WHO_HAS_ANSWERED), "Who has not answered about interests", "interests:waiting"),
        (can(person, READ_REGISTER), "Register of interests", "interests:register"),
        (can(person, NAME_MODERATORS), "Moderators", MODERATORS),
    )
    return [Way(name, reverse(address)) for may, name, address in pages if may]
