"""What every verb about one's own seat does first."""

from __future__ import annotations

from accounts.models import Person
from core import clock
from core.errors import Refused
from governance.models import Body, Term
from governance.services.bodies import locked


def own_term(*, by: Person, term: Term) -> tuple[Body, Term]:
    """The body's row, ours until the transaction ends, and the term as it stands now.

    Raises `Refused` for a body that has closed, somebody else's seat, and one whose time has not begun or has ended.
    """
    body = locked(term.body)
    found = Term.objects.on(clock.today()).select_related("person", "seat").filter(pk=term.pk, person=by).first()
    if found is None:
        raise Refused("You do not have this seat now. Open your seats again to see which you have.")
    found.body = body
    return body, found
