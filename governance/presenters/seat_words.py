"""How a seat is called on pages."""

from __future__ import annotations

from governance.balance import SEAT_FOR
from governance.models import Constituency, Function, Seat


def seat_words(seat: Seat, count: int = 1) -> str:
    """ "seat for a peer", "seats for peers", "seat for Corporate Services (Human Resources)"."""
    words = SEAT_FOR[Constituency(seat.constituency)][0 if count == 1 else 1]
    return f"{words} ({Function(seat.function).label})" if seat.function else words
