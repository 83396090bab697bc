"""Message kinds about a changed email address."""

from __future__ import annotations

from accounts.models import EmailChange
from notifications.kinds import Kind, register
from notifications.models import Message


def _still_waits(message: Message) -> str:
    change = EmailChange.objects.filter(pk=message.about_id).first()
    return "" if change and change.is_waiting else "The person no longer waits for this code."


EMAIL_CODE = register(
    Kind(
        name="accounts.email_code",
        purpose="Gives somebody who is changing their email address a code, at the new address, to show it is theirs.",
        subject="code",
        template="messages/accounts_email_code.txt",
        lane="codes",
        lasts=EmailChange.LASTS,
        still_due=_still_waits,
    )
)

EMAIL_MOVED = register(
    Kind(
        name="accounts.email_moved",
        purpose="Tells somebody at their old address that it was changed, at once, and how to undo it.",
        subject="account",
        template="messages/accounts_email_moved.txt",
    )
)
