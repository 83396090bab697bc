"""What the pages of the groups show: counts for everyone, names only for those who sit there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.models import Person
from core.permissions import can
from governance import standing
from governance.balance import Balance, balances
from governance.models import Body, Side
from governance.people import Place, co_leads_at, table_of
from governance.permissions import SEE_SETTINGS
from governance.presenters.charters import Approved, approved_charter
from network.presenters.corporate import nominated_on
from taskgroups.models import JoinRequest
from taskgroups.permissions import ANSWER_REQUESTS, ASK_TO_JOIN, CHANGE_REMIT, SEE_MEMBERS
from taskgroups.seating import Chair
from taskgroups.services import chair_of

ANSWERED_SHOWN = 10
A_PAGE = 20


@dataclass(frozen=True)
class GroupCard:
    """One body in the list: how it is filled, and whether the reader sits there."""

    body: Body
    balance: Balance
    is_mine: bool


@dataclass(frozen=True)
class Member:
    """One seat. Of a seat on a break `name` says only that it is covered or kept, to those who do not run the body."""

    name: str
    side: Side
    is_co_lead: bool
    note: str = ""


@dataclass(frozen=True)
class GroupPage:
    """One body's page. `members` is empty for those who may not know who sits there."""

    body: Body
    balance: Balance
    members: list[Member]
    is_mine: bool
    is_on_break: bool
    may_ask: bool
    asked: JoinRequest | None
    may_answer: bool
    waiting: int
    charter: Approved | None
    may_see_settings: bool
    may_change_remit: bool


@dataclass(frozen=True)
class AskedFor:
    """One request, and the kind of seat it is for."""

    request: JoinRequest
    chair: Chair


@dataclass(frozen=True)
class RequestsPage:
    body: Body
    balance: Balance
    waiting_page: Page
    answered: list[AskedFor]

    @property
    def waiting(self) -> list[AskedFor]:
        return [AskedFor(each, chair_of(each)) for each in self.waiting_page]


def group_cards(person: Any) -> list[GroupCard]:
    """The Task Groups and the Steering Group that are not closed. Three queries and the reader's standing."""
    bodies = list(
        Body.objects.visible_to(person)
        .alive()
        .exclude(kind=Body.Kind.NETWORK)
        .select_related("remit")
        .order_by("-kind", "remit__stage_key", "name")
    )
    found = balances(bodies)
    return [GroupCard(body, found[body.pk], standing.of(person).sits_on(body.pk)) for body in bodies]


def group_page(body: Body, person: Any) -> GroupPage:
    """Everything on the page of `body` that `person` may see."""
    may_answer = can(person, ANSWER_REQUESTS, body)
    waiting = list(JoinRequest.objects.visible_to(person).waiting().filter(body=body))
    asked = next((request for request in waiting if request.person_id == person.pk), None)
    is_open = body.takes_people
    return GroupPage(
        body=body,
        balance=balances([body])[body.pk],
        members=_members(body, person, names_all=may_answer) if can(person, SEE_MEMBERS, body) else [],
        is_mine=standing.of(person).sits_on(body.pk),
        is_on_break=standing.of(person).is_on_break_from(body.pk),
        may_ask=is_open and asked is None and can(person, ASK_TO_JOIN, body),
        asked=asked,
        may_answer=may_answer,
        waiting=len(waiting) if may_answer else 0,
        charter=approved_charter(body),
        may_see_settings=can(person, SEE_SETTINGS, body),
        may_change_remit=body.kind == Body.Kind.TASK_GROUP and not body.has_ended and can(person, CHANGE_REMIT, body),
    )


def _members(body: Body, reader: Any, *, names_all: bool) -> list[Member]:
    """Everyone who sits there by name, then the seats on a break."""
    places = sorted(table_of(body.pk), key=lambda place: place.is_on_break)
    leading = {person.pk for person in co_leads_at(body, places)}
    chosen = nominated_on(body)
    return [
        _member(place, leading, chosen.get(place.person.pk, ""), named=names_all or place.person == reader)
        for place in places
    ]


def _member(place: Place, leading: set[int], nominated: str, *, named: bool) -> Member:
    if not place.is_on_break:
        return Member(place.person.name, place.side, place.person.pk in leading, nominated)
    if not named:
        return Member(place.to_others, place.side, is_co_lead=False)
    note = f"on a break. {place.deputy.name} sits in" if place.deputy else "on a break"
    return Member(place.person.name, place.side, is_co_lead=False, note=note)


def requests_page(body: Body, person: Person, number: str | None = None) -> RequestsPage:
    """The requests to join `body`: a page of those that wait, oldest first, and the last that were answered."""
    seen = JoinRequest.objects.visible_to(person).filter(body=body).select_related("person")
    done = seen.filter(answered_at__isnull=False).order_by("-answered_at")[:ANSWERED_SHOWN]
    return RequestsPage(
        body=body,
        balance=balances([body])[body.pk],
        waiting_page=Paginator(seen.waiting(), A_PAGE).get_page(number),
        answered=[AskedFor(each, chair_of(each)) for each in done],
    )
