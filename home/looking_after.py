"""The page of those who look after groups: how each is filled, and everything that waits, in counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.counts import count_of
from core.permissions import can
from governance import standing
from governance.balance import Balance, balances
from governance.interest_permissions import READ_REGISTER, SEE_WHO_HAS_ANSWERED
from governance.models import Body, Side
from governance.presenters.vacancies import bodies_run_by, seats_to_fill
from meetings.presenters import unmet_count
from network.permissions import CHANGE_AGREEMENT, KEEP_NETWORK
from network.presenters.front import secretary_counts
from network.presenters.invitations import invitation_counts
from practice.permissions import NAME_MODERATORS
from practice.presenters.needs import secretarys_counts
from taskgroups.models import JoinRequest

MODERATORS = "practice:moderators"
#: A review is shown so long before it falls due.
REVIEW_SOON = dt.timedelta(days=30)


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
    def chairs(self) -> list[str]:
        """A word for each chair, to draw it: peers and then staff, those that are taken before the empty ones."""
        peers, staff = self.balance.chairs_of(Side.PEER), self.balance.chairs_of(Side.STAFF)
        drawn = [*("peer" for _ in range(peers[0])), *("peer-empty" for _ in range(peers[1]))]
        return [*drawn, *("staff" for _ in range(staff[0])), *("staff-empty" for _ in range(staff[1]))]


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
    """What `person` looks after. Eight queries, however many groups."""
    return LookingAfter(_groups(person), [each for each in _counts(person) if each.number])


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


def _counts(person: Person) -> Iterator[Count]:
    seats = seats_to_fill(person)
    yield _count(seats.empty, "empty seat", "empty seats", "own_seats:vacancies")
    yield _count(seats.ending, "seat ends within 90 days", "seats end within 90 days", "own_seats:vacancies")
    unmet = unmet_count(person)
    yield _count(unmet, "person did not find what they need", "people did not find what they need", "meetings:unmet")
    yield from _of_the_network(person)
    yield from _of_practice(person)


def _of_the_network(person: Any) -> Iterator[Count]:
    if can(person, KEEP_NETWORK):
        waits = secretary_counts(person)
        where = "network:waiting"
        yield _count(waits.gaps, "peer has no staff sponsor", "peers have no staff sponsor", where)
        yield _count(waits.requests, "private request to answer", "private requests to answer", where)
        yield _count(waits.handovers, "change of sponsor under way", "changes of sponsor under way", where)
        yield _count(waits.nominations, "nomination to answer", "nominations to answer", "network:corporate")
    if sent := invitation_counts(person):
        where = "network:invitations"
        yield _count(sent.waiting, "invitation without an answer", "invitations without an answer", where)
        yield _count(sent.expired, "invitation ran out", "invitations ran out", where)
        yield _count(sent.not_delivered, "invitation was not delivered", "invitations were not delivered", where)


def _of_practice(person: Any) -> Iterator[Count]:
    if can(person, NAME_MODERATORS):
        shared = secretarys_counts()
        yield _count(shared.reports_waiting, "report waits for a moderator", "reports wait for a moderator", MODERATORS)
        if shared.are_few:
            yield Count(2 - shared.moderators, "more moderators are needed", reverse(MODERATORS))


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
