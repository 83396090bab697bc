"""One item: as its readers see it, and as its author looks after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import Person
from core import clock
from core.permissions import can
from governance import standing
from governance.models import Body, Constituency, Side, Term
from governance.shown import FEW, ShownAs, side_name
from network.models import Partnership
from practice.forms.writing import QUESTIONS
from practice.models import Act, Audience, Item, Reply, Witness
from practice.permissions import LEAVE_LINE, REPLY, REPORT_ITEM, REPORT_REPLY
from practice.workflows import BEING_WRITTEN, WORDS, WordsState


@dataclass(frozen=True)
class ShownReply:
    reply: Reply
    is_mine: bool
    may_report: bool


@dataclass(frozen=True)
class ItemPage:
    """`witness` is what the author's sponsor said of the words as they are now. `why` is for the author alone."""

    item: Item
    is_mine: bool
    is_complete: bool
    witness: Witness | None
    replies: list[ShownReply]
    why: str
    sponsors: list[Person]
    may_reply: bool
    may_report: bool
    may_say_seen: bool
    may_change: bool
    may_stop: bool
    may_withdraw: bool


def item_page(item: Item, person: Any) -> ItemPage:
    """Everything on the page of `item` that `person` may see. `item` comes with author, sponsor, body and witness."""
    is_mine = item.author_id == person.pk
    return ItemPage(
        item=item,
        is_mine=is_mine,
        is_complete=bool(item.kind and item.title and item.what),
        witness=witness_of(item),
        replies=[_shown(reply, item, person) for reply in _replies(item, person)],
        why=reason_for_author(item) if is_mine else "",
        sponsors=sponsors_of(person) if is_mine else [],
        may_reply=can(person, REPLY, item),
        may_report=can(person, REPORT_ITEM, item),
        may_say_seen=can(person, LEAVE_LINE, item),
        may_change=is_mine and item.state in BEING_WRITTEN,
        may_stop=is_mine and WORDS.allows(item, "stop_sharing"),
        may_withdraw=is_mine and WORDS.allows(item, "withdraw"),
    )


def _replies(item: Item, person: Any) -> list[Reply]:
    if not item.is_shared:
        return []
    shown = Reply.objects.visible_to(person).filter(item=item, state=WordsState.SHARED)
    return list(shown.select_related("author"))


def _shown(reply: Reply, item: Item, person: Any) -> ShownReply:
    reply.item = item
    return ShownReply(reply, reply.author_id == person.pk, can(person, REPORT_REPLY, reply))


def witness_of(item: Item) -> Witness | None:
    """What the sponsor said, while they may see it and the words are those they saw."""
    witness = getattr(item, "witness", None)
    if witness is None or witness.sponsor_id != item.sponsor_id or witness.seen_at < item.changed_at:
        return None
    return witness


def reason_for_author(words: Item | Reply) -> str:
    """Why a moderator last did something to these words, as the author reads it; "" when nothing is to be said."""
    about = {"report__item": words} if isinstance(words, Item) else {"report__reply": words}
    told = [Act.Kind.HIDE, Act.Kind.ASK_TO_CHANGE, Act.Kind.REMOVE, Act.Kind.RESTORE]
    last = Act.objects.filter(kind__in=told, **about).last()
    return last.reason if last else ""


def sponsors_of(person: Any) -> list[Person]:
    """The staff sponsors who stand by `person` now. One query."""
    pairs = Partnership.objects.live().filter(peer=person).select_related("sponsor").order_by("from_on", "pk")
    return [pair.sponsor for pair in pairs]


def groups_of(person: Any) -> list[Body]:
    """The Task Groups that `person` sits on, by name. One query."""
    ids = [held.body_id for held in standing.of(person).seats.values() if held.body_kind == Body.Kind.TASK_GROUP]
    return list(Body.objects.filter(pk__in=ids).order_by("name"))


def peers_of(bodies: list[Body]) -> dict[Any, int]:
    """How many peers sit on each of the bodies and on the Network today, by id. One query."""
    terms = Term.objects.on(clock.today()).filter(seat__constituency=Constituency.PEER, person__is_active=True)
    ids = {body.pk for body in bodies}
    counted: dict[Any, int] = {}
    for body_id, kind in terms.values_list("body_id", "body__kind"):
        if body_id in ids or kind == Body.Kind.NETWORK:
            counted[body_id] = counted.get(body_id, 0) + 1
    return counted


def where_people_may_guess(bodies: list[Body]) -> list[str]:
    """Names of the audiences that fewer than three peers could have written for; "the Network" comes first."""
    counts = peers_of(bodies)
    by_group = {body.pk: counts.pop(body.pk, 0) for body in bodies}
    found = ["the Network"] if sum(counts.values()) < FEW else []
    return found + [body.name for body in bodies if by_group[body.pk] < FEW]


@dataclass(frozen=True)
class Answer:
    """One line of the page on which answers are checked."""

    label: str
    words: str
    path: str


def answers_of(item: Item) -> list[Answer]:
    """Every answer, with where it is changed."""
    shown = {
        "kind": [("Kind", item.get_kind_display())],
        "what": [("Name", item.title), ("What you do", item.what)],
        "where": [("Where", item.place), ("With whom", item.with_whom), ("Since", item.since)],
        "helped": [("What helped", item.helped)],
        "principles": [("Principles", ", ".join(tag.get_principle_display() for tag in item.tags.all()))],
        "notes": [("It speaks of", ", ".join(note.get_note_display() for note in item.notes.all()))],
    }
    lines = [
        Answer(label, words, f"{reverse('practice:write', args=[item.pk, name])}?then=check")
        for name in QUESTIONS
        for label, words in shown[name]
    ]
    who = reverse("practice:audience", args=[item.pk])
    return [
        *lines,
        Answer("Who can see it", audience_words(item), who),
        Answer("Shown as from", shown_as_words(item), who),
    ]


def audience_words(item: Item) -> str:
    """ "The Network only", or the group's name with "only"; "" when nothing is chosen yet."""
    if item.audience == Audience.GROUP and item.body:
        return f"{item.body.name} only"
    return item.get_audience_display()


def shown_as_words(item: Item) -> str:
    """How the author chose to be shown; "" when they have not chosen yet."""
    if not item.audience:
        return ""
    if item.shown_as == ShownAs.SIDE:
        return side_name(Side.PEER)
    return item.author.name if item.shown_as == ShownAs.NAME else "a member"
