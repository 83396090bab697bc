"""Bodies and who sits on them. The Network, the Task Groups and the Steering Group are all bodies."""

from governance.models.bodies import Body, Constituency, Function, Side
from governance.models.interests import Interest, InterestAsk, InterestEntry
from governance.models.offices import Office
from governance.models.recusals import Matter, Recusal
from governance.models.seats import Seat, Term

__all__ = [
    "Body",
    "Constituency",
    "Function",
    "Interest",
    "InterestAsk",
    "InterestEntry",
    "Matter",
    "Office",
    "Recusal",
    "Seat",
    "Side",
    "Term",
]
