"""Looking for people who may have a seat. Each search is written down: who is found here is in the Network."""

from __future__ import annotations

from accounts.models import Person
from audit.services import record_look
from core.errors import Refused
from governance.models import Constituency, Seat
from governance.people import who_may_have


def look_for(*, by: Person, seat: Seat, name: str, most: int) -> list[Person]:
    """Members of the Network of the seat's kind, not on its body yet, whose name has `name` in it.

    The search is on record even where nothing is found: that tells something, too. Raises `Refused` when there is
    nobody, and when there are more than `most`: the Network is never listed.
    """
    record_look(actor=by, what="governance.looked_for_a_person", about=seat)
    found = who_may_have(seat, name, most=most)
    if not found:
        kind = Constituency(seat.constituency).label.lower()
        raise Refused(
            f"Nobody of this name can have the seat. They must be in the Network as a {kind}, "
            "and not have a seat in this group yet.",
            field="name",
        )
    if len(found) > most:
        raise Refused("There are too many people of this name. Write more of it.", field="name")
    return found
