"""Who is told of what, and in which words: none that name a person, a group, or what it is about."""

from __future__ import annotations

from django.urls import reverse

from network.models import Partnership
from notifications.kinds import Kind, register
from notifications.models import Message
from practice.models import Item, Reply, Report
from practice.workflows import ReportState, WordsState

GONE = "It has been taken back since."


def _item_path(message: Message) -> str:
    return reverse("practice:item", args=[message.about_id])


def _words_path(message: Message) -> str:
    """The page on which an author reads what became of their item or their reply."""
    page = "reply_page" if message.about_type == Reply._meta.label else "item"
    return reverse(f"practice:{page}", args=[message.about_id])


def _report_path(message: Message) -> str:
    return reverse("practice:report", args=[message.about_id])


def _own_report_path(message: Message) -> str:
    return reverse("practice:reported", args=[message.about_id])


def _item_stands(message: Message) -> str:
    return "" if Item.objects.filter(pk=message.about_id, state=WordsState.SHARED).exists() else GONE


def _reply_stands(message: Message) -> str:
    shown = {"state": WordsState.SHARED, "item__state": WordsState.SHARED}
    return "" if Reply.objects.filter(pk=message.facts["reply"], **shown).exists() else GONE


def _not_taken_back(message: Message) -> str:
    model = Reply if message.about_type == Reply._meta.label else Item
    is_there = model.objects.filter(pk=message.about_id).exclude(state=WordsState.WITHDRAWN).exists()
    return "" if is_there else GONE


def _still_waits(message: Message) -> str:
    is_open = Report.objects.filter(pk=message.about_id, state=ReportState.OPEN).exists()
    return "" if is_open else "Somebody has looked at it."


def _may_still_see(message: Message) -> str:
    item = Item.objects.filter(pk=message.about_id, sponsor=message.recipient_id).first()
    live = Partnership.objects.live().filter(peer=item.author_id, sponsor=message.recipient_id) if item else None
    return "" if live is not None and live.exists() else "It is not for them to see any more."


SHOWN_TO_SPONSOR = register(
    Kind(
        name="practice.shown_to_sponsor",
        purpose="Tells a staff sponsor that a peer lets them see what the peer wrote.",
        subject="new",
        template="messages/practice.new.txt",
        path=_item_path,
        still_due=_may_still_see,
    )
)
SEEN_BY_SPONSOR = register(
    Kind(
        name="practice.seen_by_sponsor",
        purpose="Tells a peer that their staff sponsor has said that they saw what the peer wrote about.",
        subject="new",
        template="messages/practice.new.txt",
        path=_item_path,
        still_due=_not_taken_back,
    )
)
REPLIED = register(
    Kind(
        name="practice.replied",
        purpose="Tells a peer who shared something when a member of the Steering Group replies.",
        subject="reply",
        template="messages/practice.reply.txt",
        facts={"reply": str},
        path=_item_path,
        still_due=_reply_stands,
    )
)
TO_LOOK_AT = register(
    Kind(
        name="practice.to_look_at",
        purpose="Tells the moderators that somebody reported something, or wants a second opinion on it.",
        subject="new",
        template="messages/practice.look.txt",
        facts={"today": bool},
        path=_report_path,
        still_due=_still_waits,
    )
)
DECIDED = register(
    Kind(
        name="practice.decided",
        purpose="Tells an author what the moderators did with what they wrote, and where to read why.",
        subject="new",
        template="messages/practice.new.txt",
        path=_words_path,
        still_due=_not_taken_back,
    )
)
LOOKED = register(
    Kind(
        name="practice.looked",
        purpose="Tells whoever reported something that the moderators have looked at it.",
        subject="reply",
        template="messages/practice.reply.txt",
        path=_own_report_path,
    )
)
NAMED = register(
    Kind(
        name="practice.named",
        purpose="Tells somebody that they have been named as a moderator.",
        subject="new",
        template="messages/practice.new.txt",
        path=lambda message: reverse("practice:reports"),
    )
)
