"""Message kinds of this room, registered when they are imported."""

from network.notifications import invitations, partnerships, waiting

__all__ = [
    "invitations",
    "partnerships",
    "waiting",
]
