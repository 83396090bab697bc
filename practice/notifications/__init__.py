"""Message kinds of this room, registered when they are imported."""

from practice.notifications import sharing

__all__ = ["sharing"]
