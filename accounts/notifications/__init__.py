"""Message kinds of this room, registered when they are imported."""

from accounts.notifications import email, log_in, resets

__all__ = ["email", "log_in", "resets"]
