"""What other pages show of this room: what needs someone, which pages are theirs, and the secretary's counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Person
from core.permissions import can
from network.gaps import peers_without_sponsor
from network.models import Handover, Nomination, Partnership, SponsorRequest
from network.permissions import KEEP_NETWORK, NOMINATE, SEE_MY_PEERS, SEE_MY_SPONSOR
from network.workflows import HandoverState


@dataclass(frozen=True)
class Place:
    """A page that is the reader's."""

    name: str
    path: str


@dataclass(frozen=True)
class Need:
    """Something that needs the reader: what, where, and what else they should know."""

    title: str
    path: str
    words: str = ""


def places(person: Any) -> list[Place]:
    """The reader's pages of this room: their own, then those they look after. At most one query."""
    own = (
        (can(person, SEE_MY_SPONSOR), "My staff sponsor", "network:my_sponsor"),
        (can(person, SEE_MY_PEERS), "My peers", "network:my_peers"),
    )
    return [*_open(own), *kept_places(person)]


def kept_places(person: Any) -> list[Place]:
    """Pages of this room that the reader looks after. At most one query."""
    kept = (
        (can(person, KEEP_NETWORK), "People in the Network", "network:members"),
        (can(person, KEEP_NETWORK), "What waits in the Network", "network:waiting"),
        (can(person, KEEP_NETWORK) or can(person, NOMINATE), "Corporate Services seats", "network:corporate"),
    )
    return _open(kept)


def _open(pages: Iterable[tuple[bool, str, str]]) -> list[Place]:
    return [Place(name, reverse(address)) for may, name, address in pages if may]


def waits_for_secretary(person: Any) -> dict[str, QuerySet]:
    """What waits in the Network, for `core.counts.numbers_of`. A secretary is not told of what is private from them."""
    return {
        "gaps": peers_without_sponsor(),
        "requests": SponsorRequest.objects.to_answer_by(person).waiting(),
        "handovers": Handover.objects.visible_to(person).waiting(),
        "nominations": Nomination.objects.visible_to(person).waiting(),
    }


def needs(person: Any) -> Iterator[Need]:
    """What of this room needs the reader: a yes, a sponsor, an answer. One query."""
    asked = Handover.objects.filter(new_sponsor=person, state=HandoverState.PROPOSED)
    waits = Handover.objects.filter(peer=person, state=HandoverState.ACCEPTED)
    own = Partnership.objects.live().filter(peer=OuterRef("pk"))
    requests = SponsorRequest.objects.to_answer_by(person).waiting()
    found = Person.objects.filter(pk=person.pk).annotate(
        has_sponsor=Exists(own),
        waits_for_me=Subquery(waits.values("pk")[:1]),
        asked_of_me=Subquery(asked.values("pk")[:1]),
        request=Subquery(requests.values("pk")[:1]),
        gaps=_number(peers_without_sponsor()) if can(person, KEEP_NETWORK) else Value(0),
    )
    yield from _needs_of(found.get(), is_peer=can(person, SEE_MY_SPONSOR))


def _needs_of(row: Any, *, is_peer: bool) -> Iterator[Need]:
    if row.waits_for_me:
        yield Need("Say if you want this staff sponsor", reverse("network:handover", args=[row.waits_for_me]))
    if row.asked_of_me:
        yield Need("Say if you can stand by one more peer", reverse("network:handover", args=[row.asked_of_me]))
    if is_peer and not row.has_sponsor:
        says = "The secretary knows. You can call, or ask for someone."
        yield Need("You have no staff sponsor now", reverse("network:my_sponsor"), says)
    if row.request:
        yield Need("Answer a private request", reverse("network:sponsor_request", args=[row.request]))
    if row.gaps:
        number = "1 peer has" if row.gaps == 1 else f"{row.gaps} peers have"
        yield Need("Find a staff sponsor", reverse("network:waiting"), f"{number} none now.")


def _number(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(how_many=Count("pk")).values("how_many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
