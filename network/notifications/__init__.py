"""Message kinds of this room, registered when they are imported."""

from network.notifications import partnerships, waiting

__all__ = ["partnerships", "waiting"]
