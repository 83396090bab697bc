"""Whether enough people of each side are at the table for what they decide to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.balance import Balance
from governance.models import Body, Constituency, Side


@dataclass(frozen=True)
class Quorum:
    """`missing` says in plain words how many more are needed; empty when there are enough."""

    missing: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        return not self.missing

    @property
    def words(self) -> str:
        if self.is_met:
            return "There were enough people of each side to decide."
        return f"There were not enough people to decide: {' and '.join(self.missing)} needed."


def quorum_of(body: Body, present: Mapping[Side, int]) -> Quorum:
    """Hold `present` (people at the table, by side) against what `body` asks: a total, peers, and staff.

    Staff alone never make a quorum where the body asks for peers, however many come.
    """
    peers, staff = present.get(Side.PEER, 0), present.get(Side.STAFF, 0)
    missing = []
    if peers < body.quorum_peer:
        missing.append(_more(body.quorum_peer - peers, "peer", "peers"))
    if staff < body.quorum_staff:
        missing.append(_more(body.quorum_staff - staff, "member of staff", "members of staff"))
    still = body.quorum_total - max(peers, body.quorum_peer) - max(staff, body.quorum_staff)
    if still > 0:
        missing.append(_more(still, "person of either side", "people of either side"))
    return Quorum(tuple(missing))


def _more(count: int, one: str, many: str) -> str:
    return f"{count} more {one if count == 1 else many}"


def out_of_reach(body: Body, balance: Balance) -> str:
    """In words that the body has too few seats ever to decide, or "". Not a rule: a group that forms has none yet."""
    peers = balance.standing[Constituency.PEER]
    staff = balance.standing.total() - peers
    for asked, seats, words in (
        (body.quorum_peer, peers, "peers"),
        (body.quorum_staff, staff, "staff"),
        (body.quorum_total, peers + staff, "people"),
    ):
        if asked > seats:
            return (
                f"This group needs {asked} {words} to decide, and has {seats or 'no'} "
                f"{'seat' if seats == 1 else 'seats'} for them. "
                "It cannot decide until there are more seats, or it asks for fewer."
            )
    return ""
