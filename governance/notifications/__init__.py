"""Message kinds of this room, registered when they are imported."""

from governance.notifications import interests

__all__ = ["interests"]
