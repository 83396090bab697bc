"""Which kind of chair someone may ask for, and which empty chair they would get."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from governance.models import Body, Constituency, Function, Seat
from governance.standing import Standing


@dataclass(frozen=True)
class Chair:
    """A constituency, and for Corporate Services what the seat is for."""

    constituency: Constituency
    function: Function | None = None

    @property
    def words(self) -> str:
        """ "a peer", "Corporate Services (Human Resources)"."""
        if self.constituency == Constituency.CORPORATE:
            return f"{self.constituency.label} ({self.function.label})" if self.function else self.constituency.label
        return f"a {self.constituency.label.lower()}"


def chair_for(stands: Standing) -> Chair | None:
    """The kind of chair a person may ask for: what they are in the Network, else the corporate function they serve.

    None for someone who is neither. Nobody chooses their side on a form: a membership says it.
    """
    seats = list(stands.seats.values())
    for held in seats:
        if held.body_kind == Body.Kind.NETWORK:
            return Chair(held.constituency)
    for held in seats:
        if held.constituency == Constituency.CORPORATE and held.function:
            return Chair(held.constituency, Function(held.function))
    return None


def empty_seat(body: Body, chair: Chair, starts_on: dt.date, ends_on: dt.date) -> Seat | None:
    """The longest-standing seat of that kind which nobody has on any of those days, or None."""
    kind = Seat.objects.filter(body=body, constituency=chair.constituency, function=chair.function)
    return kind.empty_between(starts_on, ends_on).first()
