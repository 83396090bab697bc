"""Bodies and who sits on them. The Network, the Task Groups and the Steering Group are all bodies."""

from governance.models.bodies import Body, Constituency, Function, Side
from governance.models.breaks import Break
from governance.models.deputies import Deputy
from governance.models.interests import Interest, InterestAsk, InterestEntry
from governance.models.notices import Stage, StayAnswer, TermNotice
from governance.models.offices import Office
from governance.models.recusals import Matter, Recusal
from governance.models.seats import Seat, Term

__all__ = [
    "Body",
    "Break",
    "Constituency",
    "Deputy",
    "Function",
    "Office",
    "Seat",
    "Side",
    "Stage",
    "StayAnswer",
    "Term",
    "TermNotice",
    "Interest",
    "InterestAsk",
    "InterestEntry",
    "Matter",
    "Recusal",
]
