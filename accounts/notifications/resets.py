"""Message kinds about a second factor that was lost: its owner is told of every step."""

from __future__ import annotations

from notifications.kinds import Kind, register

RESET_ASKED = register(
    Kind(
        name="accounts.reset_asked",
        purpose="Tells somebody that an administrator has asked to take their second step away, at once.",
        subject="account",
        template="messages/accounts_reset_asked.txt",
    )
)

RESET_DONE = register(
    Kind(
        name="accounts.reset_done",
        purpose="Tells somebody that two administrators have taken their second step away, at once.",
        subject="account",
        template="messages/accounts_reset_done.txt",
    )
)

RESET_STOPPED = register(
    Kind(
        name="accounts.reset_stopped",
        purpose="Tells somebody that their second step will not be taken away after all, at once.",
        subject="account",
        template="messages/accounts_reset_stopped.txt",
    )
)
