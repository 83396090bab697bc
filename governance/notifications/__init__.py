"""Message kinds of this room, registered when they are imported."""

from governance.notifications import charters, seats

__all__ = ["charters", "seats"]
