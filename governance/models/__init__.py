"""Bodies and who sits on them. The Network, the Task Groups and the Steering Group are all bodies."""

from governance.models.bodies import Body, BodyMove, Constituency, Function, Side
from governance.models.charters import Charter, CharterDraft
from governance.models.offices import Office
from governance.models.seats import Seat, Term

__all__ = ["Body", "BodyMove", "Charter", "CharterDraft", "Constituency", "Function", "Office", "Seat", "Side", "Term"]
