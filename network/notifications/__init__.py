"""Message kinds of this room, registered when they are imported."""

from network.notifications import partnerships

__all__ = ["partnerships"]
