"""Who is asked about interests, and who reads what was declared."""

from __future__ import annotations

from typing import Any

import rules

from governance import standing
from governance.models import Body, Interest, Recusal, Side


def is_asked(stands: standing.Standing) -> bool:
    """Holds a staff seat anywhere, or a seat on the Steering Group. A peer without one is never asked."""
    return stands.is_on_steering or any(seat.side == Side.STAFF for seat in stands.seats.values())


def is_asked_now(stands: standing.Standing) -> bool:
    """The same, in a seat that they are not on a break from: nobody is written to about one that they are."""
    here = [seat for seat in stands.seats.values() if not seat.is_on_break]
    return any(seat.body_kind == Body.Kind.STEERING or seat.side == Side.STAFF for seat in here)


@rules.predicate
def is_asked_about_interests(person: Any) -> bool:
    return is_asked(standing.of(person))


@rules.predicate
def is_own_interest(person: Any, interest: Interest | None) -> bool:
    return interest is not None and person.is_authenticated and person.is_active and interest.person_id == person.pk


@rules.predicate
def keeps_a_body(person: Any) -> bool:
    """Secretary or deputy secretary of any body."""
    stands = standing.of(person)
    return any(stands.is_secretary_of(body_id) for body_id in stands.run_body_ids)


@rules.predicate
def reads_the_table(person: Any, body: Body | None) -> bool:
    """Sits on a body that names its members to one another, or is its secretary, or the Steering Group's."""
    if body is None or body.kind == Body.Kind.NETWORK:
        return False
    stands = standing.of(person)
    return stands.sits_on(body.pk) or stands.is_secretary_of(body.pk) or stands.is_steering_secretary


@rules.predicate
def is_own_recusal(person: Any, recusal: Recusal | None) -> bool:
    return recusal is not None and person.is_authenticated and person.is_active and recusal.person_id == person.pk


@rules.predicate
def was_told_why(person: Any, recusal: Recusal | None) -> bool:
    """Secretary of the body, while the person lets them read the reason."""
    if recusal is None or not recusal.is_shared or recusal.withdrawn_at is not None:
        return False
    return standing.of(person).is_secretary_of(recusal.body_id)
