"""Message kinds of this room, registered when they are imported."""

from network.notifications import invitations, partnerships

__all__ = ["invitations", "partnerships"]
