"""Who may ask for a seat, and who answers."""

from __future__ import annotations

from typing import Any

import rules

from governance import standing
from governance.models import Body
from governance.rules import runs_the_body
from taskgroups.models import JoinRequest
from taskgroups.seating import chair_for


@rules.predicate
def may_ask_for_a_seat(person: Any, body: Body | None) -> bool:
    """Has a kind of seat to ask for, and does not sit there yet."""
    if body is None or body.kind != Body.Kind.TASK_GROUP:
        return False
    stands = standing.of(person)
    return not stands.sits_on(body.pk) and chair_for(stands) is not None


@rules.predicate
def is_own_request(person: Any, request: JoinRequest | None) -> bool:
    return request is not None and person.is_authenticated and person.is_active and request.person_id == person.pk


@rules.predicate
def runs_its_body(person: Any, request: JoinRequest | None) -> bool:
    return request is not None and runs_the_body.test(person, request.body)
