"""How a seat is called on pages."""

from __future__ import annotations

from governance.balance import SEAT_FOR
from governance.models import Constituency, Function, Seat


def seat_words(seat: Seat) -> str:
    """ "seat for a peer", "seat for Corporate Services (Human Resources)"."""
    words = SEAT_FOR[Constituency(seat.constituency)][0]
    return f"{words} ({Function(seat.function).label})" if seat.function else words
