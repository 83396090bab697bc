"""Bodies and who sits on them. The Network, the Task Groups and the Steering Group are all bodies."""

from governance.models.bodies import Body, BodyMove, Constituency, Function, Side
from governance.models.breaks import Break
from governance.models.charters import Charter, CharterDraft
from governance.models.deputies import Deputy
from governance.models.interests import Interest, InterestAsk, InterestEntry
from governance.models.notices import Stage, StayAnswer, TermNotice
from governance.models.offices import Office
from governance.models.recusals import Matter, Recusal
from governance.models.seats import Seat, Term
from governance.models.sitting import Sits

__all__ = [
    "Body",
    "BodyMove",
    "Break",
    "Charter",
    "CharterDraft",
    "Constituency",
    "Deputy",
    "Function",
    "Interest",
    "InterestAsk",
    "InterestEntry",
    "Matter",
    "Office",
    "Recusal",
    "Seat",
    "Side",
    "Sits",
    "Stage",
    "StayAnswer",
    "Term",
    "TermNotice",
]
