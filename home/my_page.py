"""What my page shows: seats, the people beside one, what one shares, how one logs in, and what one looks after."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from access.presenters import Card as PassportCard
from access.presenters import card as passport_card
from accounts.models import Person, Role
from accounts.presenters import Ways, ways_to_log_in
from core.permissions import can
from governance import standing
from governance.interest_permissions import DECLARE_INTERESTS
from governance.models import Body
from governance.presenters.own_seats import SeatInShort, seats_in_short
from governance.presenters.words import office_words
from home.presenters import Place, look_after
from network.models import Partnership
from network.permissions import SEE_MY_SPONSOR
from network.presenters.front import kept_places
from practice.permissions import READ_STEERING, SEE_REGISTER, SHARE
from steering.permissions import READ_STAFF_FIGURES


@dataclass(frozen=True)
class MyPage:
    """`mine` are pages about the reader; `sponsors` and `peers` are by name, and a peer may have no sponsor now."""

    seats: list[SeatInShort]
    offices: list[str]
    roles: list[str]
    has_sponsors_page: bool
    sponsors: list[str]
    peers: list[str]
    passport: PassportCard
    ways: Ways
    mine: list[Place]
    look_after: list[Place]


def my_page(person: Person) -> MyPage:
    """The reader's own page. Eight queries and their standing."""
    pairs = list(Partnership.objects.of(person).live().select_related("peer", "sponsor"))
    return MyPage(
        seats=seats_in_short(person),
        offices=_offices(person),
        roles=sorted(Role(role).label for role in person.role_names),
        has_sponsors_page=can(person, SEE_MY_SPONSOR),
        sponsors=[pair.sponsor.name for pair in pairs if pair.peer_id == person.pk],
        peers=[pair.peer.name for pair in pairs if pair.sponsor_id == person.pk],
        passport=passport_card(person),
        ways=ways_to_log_in(person),
        mine=_pages_about(person),
        look_after=[*(Place(each.name, each.path) for each in kept_places(person)), *look_after(person)],
    )


def _offices(person: Person) -> list[str]:
    """ "Steering Group: secretary"."""
    held = standing.of(person).offices
    bodies = Body.objects.in_bulk([office[0] for office in held])
    return sorted(f"{bodies[body].name}: {office_words(bodies[body], kind).lower()}" for body, _, kind, _ in held)


def _pages_about(person: Person) -> list[Place]:
    pages = (
        (True, "How we may reach you", "network:contact"),
        (True, "What you agreed about keeping things private", "network:agreement"),
        (can(person, DECLARE_INTERESTS), "Your interests", "interests:mine"),
        (can(person, SEE_REGISTER), "Peer practice that people have shared", "practice:register"),
        (can(person, READ_STAFF_FIGURES), "Peer support posts in figures", "steering:staff_figures"),
        (can(person, READ_STEERING), "Peer practice shared with the Steering Group", "practice:steering"),
        (can(person, SHARE), "What you have shared of your practice", "practice:mine"),
        (bool(standing.of(person).body_ids), "Notes for whoever takes over from you", "handover"),
    )
    return [Place(name, reverse(address)) for may, name, address in pages if may]
