"""Message kinds of this room, registered when they are imported."""

from accounts.notifications import log_in

__all__ = ["log_in"]
