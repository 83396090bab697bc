"""Message kinds of this room, registered when they are imported."""

from governance.notifications import charters, interests, own_seats, seats

__all__ = ["own_seats", "interests", "charters", "seats"]
