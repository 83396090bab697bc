"""Message kinds of this room, registered when they are imported."""

from accounts.notifications import email, invitations, log_in, resets

__all__ = [
    "email",
    "invitations",
    "log_in",
    "resets",
]
