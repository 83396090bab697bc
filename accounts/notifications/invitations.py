"""Invitations to people who have no account. They name nobody but the one they greet, and say what to do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from accounts.models import Invitation
from core.said import nhs_when
from notifications.kinds import Kind, register
from notifications.models import Message

NO_LONGER = "The invitation has been answered, sent again or taken back."


def _words(message: Message) -> dict[str, Any]:
    return {"until": nhs_when(Invitation.objects.get(pk=message.about_id).expires_at)}


def _still_open(message: Message) -> str:
    """Not once it was answered or taken back; nor when it was issued anew, for then this link is dead."""
    row = Invitation.objects.filter(pk=message.about_id).first()
    return "" if row and row.is_open and message.posted_at >= row.issued_at else NO_LONGER


def _still_asked(message: Message) -> str:
    row = Invitation.objects.filter(pk=message.about_id).first()
    return "" if row and row.is_open and row.given_address == message.address else NO_LONGER


INVITATION = register(
    Kind(
        name="accounts.invitation",
        purpose="Invites somebody, at the address that whoever invites them has given.",
        subject="invitation",
        template="messages/accounts_invitation.txt",
        words=_words,
        still_due=_still_open,
        lasts=dt.timedelta(days=settings.INVITATION_DAYS),
    )
)
INVITATION_FOR_GIVEN_ADDRESS = register(
    Kind(
        name="accounts.invitation_for_given_address",
        purpose="Sends somebody who was invited in another way a link to the address that they gave.",
        subject="link",
        template="messages/accounts_invitation_for_given_address.txt",
        words=_words,
        still_due=_still_asked,
        lasts=dt.timedelta(days=settings.INVITATION_DAYS),
    )
)
