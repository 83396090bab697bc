"""Message kinds of this room, registered when they are imported."""

from accounts.notifications import invitations, log_in

__all__ = ["invitations", "log_in"]
