"""The secretary's pages: everyone in the Network with how they stand for a sponsor, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from core import clock
from governance.models import Body, Constituency, Term
from network.models import Gap, Handover, Nomination, Partnership, SponsorRequest

PER_PAGE = 25
MOST_LISTED = 100


@dataclass(frozen=True)
class Member:
    """One person of the Network. `pairs` are their partnerships today, seen from their side."""

    name: str
    constituency: Constituency
    pairs: list[Partnership]
    gap: Gap | None
    waiting: list[Handover]

    @property
    def is_peer(self) -> bool:
        return self.constituency == Constituency.PEER

    @property
    def has_gap(self) -> bool:
        return self.is_peer and not self.pairs


@dataclass(frozen=True)
class MembersPage:
    """`page` for turning over; `has_more` for a search that found too many to show."""

    members: list[Member]
    page: Page | None = None
    has_more: bool = False


@dataclass(frozen=True)
class WaitingPage:
    gaps: list[Gap]
    requests: list[SponsorRequest]
    handovers: list[Handover]
    nominations: list[Nomination]


def members_page(reader: Any, number: str) -> MembersPage:
    """One page of the list, by name. The same number of queries however many there are."""
    page = Paginator(_everyone(), PER_PAGE).get_page(number)
    return MembersPage(_with_sponsors(list(page.object_list), reader), page=page)


def members_named(reader: Any, part: str) -> MembersPage:
    """Those with `part` in their name, as many as fit on a page."""
    found = list(_everyone().filter(person__name__icontains=part)[: PER_PAGE + 1])
    return MembersPage(_with_sponsors(found[:PER_PAGE], reader), has_more=len(found) > PER_PAGE)


def waiting_page(reader: Any) -> WaitingPage:
    """What waits in the Network, longest first, as far as this reader may know of it. Four queries."""
    gaps = Gap.objects.visible_to(reader).open().select_related("peer")
    handovers = Handover.objects.visible_to(reader).waiting().select_related("peer", "new_sponsor")
    requests = SponsorRequest.objects.to_answer_by(reader).waiting().select_related("peer")
    nominations = Nomination.objects.visible_to(reader).waiting().select_related("seat__body")
    return WaitingPage(*(list(rows[:MOST_LISTED]) for rows in (gaps, requests, handovers, nominations)))


def _everyone() -> QuerySet[Term]:
    terms = Term.objects.on(clock.today()).filter(body__kind=Body.Kind.NETWORK, person__is_active=True)
    return terms.select_related("person", "seat").order_by("person__name", "person_id")


def _with_sponsors(terms: list[Term], reader: Any) -> list[Member]:
    ids = [term.person_id for term in terms]
    live = Partnership.objects.live().select_related("peer", "sponsor").order_by("from_on", "pk")
    of_peers = list(live.filter(peer__in=ids))
    of_sponsors = list(live.filter(sponsor__in=ids))
    gaps = {gap.peer_id: gap for gap in Gap.objects.visible_to(reader).open().filter(peer__in=ids)}
    handovers = list(Handover.objects.visible_to(reader).waiting().filter(peer__in=ids))
    return [
        Member(
            name=term.person.name,
            constituency=Constituency(term.seat.constituency),
            pairs=[each for each in of_peers if each.peer_id == term.person_id]
            or [each for each in of_sponsors if each.sponsor_id == term.person_id],
            gap=gaps.get(term.person_id),
            waiting=[each for each in handovers if each.peer_id == term.person_id],
        )
        for term in terms
    ]
