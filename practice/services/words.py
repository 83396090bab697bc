"""What every verb about an item or a reply does first, and how words are erased."""

from __future__ import annotations

from accounts.models import Person
from core.errors import Refused
from practice.models import ContentNote, Item, Reply, Tag, Witness
from practice.models.items import WORDS_OF_ITEM
from practice.workflows import WORDS, WordsState

TAKEN_BACK = "This has been taken back."


def locked_item(item: Item) -> Item:
    """The item as it stands, its row ours until the transaction ends: what is done to it takes turns."""
    Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    return Item.objects.select_related("author", "body", "sponsor").get(pk=item.pk)


def locked_reply(reply: Reply) -> Reply:
    """The reply as it stands; its item's row is taken first."""
    item = locked_item(reply.item)
    Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    found = Reply.objects.select_related("author").get(pk=reply.pk)
    found.item = item
    return found


def locked_own(item: Item, by: Person) -> Item:
    """As `locked_item`, for its author. Raises `Refused` for anybody else, and when it was taken back."""
    item = locked_item(item)
    if item.author_id != by.pk:
        raise Refused("Only the person who wrote this can change it.")
    if item.state == WordsState.WITHDRAWN:
        raise Refused(TAKEN_BACK)
    return item


def erase_item(item: Item, move: str) -> None:
    """Make the move, and delete every word of the item and of what was said about it."""
    empty = dict.fromkeys(WORDS_OF_ITEM, "")
    for model in (Tag, ContentNote, Witness):
        model._default_manager.filter(item=item).delete()
    WORDS.move(item, move, **empty, since_month=None, since_year=None, sponsor=None)
    Reply.objects.filter(item=item).exclude(state=WordsState.REMOVED).update(state=WordsState.WITHDRAWN, words="")


def erase_reply(reply: Reply, move: str) -> None:
    """Make the move, and delete the words of the reply."""
    WORDS.move(reply, move, words="")
