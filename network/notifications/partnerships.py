"""Who is told of a partnership, and in which words: none that name the Network or a person."""

from __future__ import annotations

from django.urls import reverse

from network.models import Partnership
from notifications.kinds import Kind, register
from notifications.models import Message


def _path(message: Message) -> str:
    return reverse("network:network")


def _still_paired(message: Message) -> str:
    is_live = Partnership.objects.filter(pk=message.about_id, until_on=None).exists()
    return "" if is_live else "This has ended since."


PAIRED = register(
    Kind(
        name="network.paired",
        purpose="Tells a peer and a staff sponsor that they are paired.",
        subject="new",
        template="messages/network.pair.txt",
        path=_path,
        still_due=_still_paired,
    )
)
UNPAIRED = register(
    Kind(
        name="network.unpaired",
        purpose="Tells a peer and a staff sponsor that they are no longer paired.",
        subject="new",
        template="messages/network.pair.txt",
        path=_path,
    )
)
