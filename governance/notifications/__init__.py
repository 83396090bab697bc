"""Message kinds of this room, registered when they are imported."""

from governance.notifications import interests, own_seats

__all__ = ["own_seats", "interests"]
