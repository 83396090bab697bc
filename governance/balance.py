"""Who sits at a table, by counts only: for pages that may not name anyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from core import clock
from governance.models import Body, Constituency, Seat, Side, Term

SEAT_FOR = {
    Constituency.PEER: ("seat for a peer", "seats for peers"),
    Constituency.SPONSOR: ("seat for a staff sponsor", "seats for staff sponsors"),
    Constituency.CORPORATE: ("seat for Corporate Services", "seats for Corporate Services"),
}


@dataclass(frozen=True)
class Balance:
    """Seats of one body today, by constituency: those that are taken and all that stand."""

    taken: Counter[Constituency] = field(default_factory=Counter)
    standing: Counter[Constituency] = field(default_factory=Counter)
    wanted_share: int = 0

    @property
    def by_side(self) -> dict[Side, int]:
        peers = self.taken[Constituency.PEER]
        return {Side.PEER: peers, Side.STAFF: self.taken.total() - peers}

    def chairs_of(self, side: Side) -> tuple[int, int]:
        """How many chairs of a side are taken, and how many are empty."""
        kinds = [each for each in Constituency if each.side == side]
        taken = sum(self.taken[each] for each in kinds)
        return taken, sum(max(0, self.standing[each] - self.taken[each]) for each in kinds)

    @property
    def words(self) -> str:
        """ "3 peers and 2 staff"."""
        return counted(self.by_side)

    @property
    def empty(self) -> list[tuple[Constituency, int]]:
        """Constituencies that have empty seats, and how many."""
        left = ((each, self.standing[each] - self.taken[each]) for each in Constituency)
        return [(each, count) for each, count in left if count > 0]

    @property
    def empty_words(self) -> list[str]:
        """ "2 seats for peers"."""
        return [_count(count, *SEAT_FOR[each]) for each, count in self.empty]

    @property
    def is_balanced(self) -> bool:
        """At least one peer and one from Corporate Services sit in the group."""
        return bool(self.taken[Constituency.PEER] and self.taken[Constituency.CORPORATE])

    @property
    def lacks(self) -> str:
        """In words what a group that is not balanced lacks."""
        missing = []
        if not self.taken[Constituency.PEER]:
            missing.append("a peer")
        if not self.taken[Constituency.CORPORATE]:
            missing.append("someone from Corporate Services")
        return " and ".join(missing)

    @property
    def share_warning(self) -> str:
        """In words that peers have fewer seats, or sit in fewer, than the body asks for; empty when they have enough.

        A warning only: to keep staff out until peers come would empty the table.
        """
        peers, seats = self.standing[Constituency.PEER], self.standing.total()
        if peers * 100 < seats * self.wanted_share:
            return f"Not enough peer seats: {peers} of {seats} are for peers. {self._asks}"
        sitting, people = self.taken[Constituency.PEER], self.taken.total()
        if sitting * 100 < people * self.wanted_share:
            return f"Not enough peer seats are filled: {sitting} of the {people} people here are peers. {self._asks}"
        return ""

    @property
    def _asks(self) -> str:
        return f"This group asks for {self.wanted_share}% or more."


def counted(by_side: Mapping[Side, int]) -> str:
    """ "3 peers and 2 staff", "1 peer and no staff"."""
    return f"{_count(by_side[Side.PEER], 'peer', 'peers')} and {_count(by_side[Side.STAFF], 'staff', 'staff')}"


def balances(bodies: Iterable[Body]) -> dict[UUID, Balance]:
    """The balance of each body today, by id. Two queries, however many bodies."""
    today, found = clock.today(), {body.pk: Balance(wanted_share=body.wanted_peer_share) for body in bodies}
    ids = list(found)
    standing = Seat.objects.open_on(today).filter(body_id__in=ids).order_by()
    for body_id, constituency, count in standing.values_list("body_id", "constituency").annotate(Count("id")):
        found[body_id].standing[Constituency(constituency)] = count
    taken = Term.objects.on(today).filter(body_id__in=ids).order_by()
    for body_id, constituency, count in taken.values_list("body_id", "seat__constituency").annotate(Count("id")):
        found[body_id].taken[Constituency(constituency)] = count
    return found


def _count(count: int, one: str, many: str) -> str:
    return f"{count or 'no'} {one if count == 1 else many}"
