"""A peer writes, page by page; their sponsor may say "I saw this". Nothing here shares anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from governance import standing
from network.models import Partnership
from notifications.services import post
from practice.models import ContentNote, Item, Tag, Witness
from practice.notifications import sharing as told
from practice.rules import is_let_see_it, is_network_peer
from practice.services.words import locked_item, locked_own
from practice.workflows import BEING_WRITTEN, WordsState


@transaction.atomic
def start(*, by: Person, form_key: UUID) -> Item:
    """Begin a draft, seen by nobody else. A repeated `form_key` gives the first one.

    Raises `Refused` for somebody who is not a peer of the Network.
    """
    first = first_result(Item.objects.all(), form_key, author_id=by.pk)
    if first:
        return first
    standing.forget(by)
    if not is_network_peer.test(by):
        raise Refused("Only peers of the Network share practice here. Ask the secretary if you are one.")
    item = Item.objects.create(author=by, changed_at=clock.now(), form_key=form_key)
    record(actor=by, verb="practice.started", about=item)
    return item


@transaction.atomic
def save_answers(
    *,
    by: Person,
    item: Item,
    principles: Iterable[str] | None = None,
    notes: Iterable[str] | None = None,
    **answers: Any,
) -> Item:
    """Keep the answers of one page. `principles` and `notes` replace those there are; None leaves them.

    Raises `Refused` while it is shared, for somebody else's, and for a month that has not come yet.
    """
    item = locked_own(item, by)
    if item.state not in BEING_WRITTEN:
        raise Refused("Nobody can change this while it is shared. Stop sharing it first, and then change it.")
    if "since_year" in answers:
        _check_past(answers["since_year"], answers.get("since_month"))
    for name, value in answers.items():
        setattr(item, name, value)
    if item.state == WordsState.CHANGING and not (item.kind and item.title and item.what):
        raise Refused("It still needs a name, and words that say what you do.")
    item.changed_at = clock.now()
    item.save(update_fields=[*answers, "changed_at"])
    if principles is not None:
        Tag.objects.filter(item=item).delete()
        Tag.objects.bulk_create([Tag(item=item, principle=each) for each in principles])
    if notes is not None:
        ContentNote.objects.filter(item=item).delete()
        ContentNote.objects.bulk_create([ContentNote(item=item, note=each) for each in notes])
    return item


@transaction.atomic
def let_sponsor_see(*, by: Person, item: Item, sponsor: Person | None) -> Item:
    """Let one's staff sponsor see an item or a draft of it, and tell them; with None, let nobody.

    What the sponsor said of it is shown no longer once they may not see it. Raises `Refused` for someone who does not
    stand by the author now.
    """
    item = locked_own(item, by)
    if sponsor is not None and not Partnership.objects.live().filter(peer=by, sponsor=sponsor).exists():
        raise Refused("This person is not your staff sponsor now.", field="sponsor")
    if item.sponsor_id == (sponsor.pk if sponsor else None):
        return item
    item.sponsor = sponsor
    item.save(update_fields=["sponsor"])
    if sponsor is None:
        record(actor=by, verb="practice.stopped_sponsor_seeing", about=item)
        return item
    entry = record(actor=by, verb="practice.let_sponsor_see", about=item, sponsor=sponsor.pk)
    post(kind=told.SHOWN_TO_SPONSOR, recipients=[sponsor], occasion=f"let see {entry.pk}", about=item)
    return item


@transaction.atomic
def say_seen(*, by: Person, item: Item, line: str) -> Witness:
    """A sponsor says "I saw this", with a line if they like; said again, the newer line stands. Tells the author.

    Raises `Refused` unless the author lets them see it, and they stand by the author now.
    """
    item = locked_item(item)
    if not is_let_see_it.test(by, item):
        raise Refused("The person who wrote this does not show it to you now.")
    before = Witness.objects.filter(item=item, sponsor=by, line=line, seen_at__gte=item.changed_at).first()
    if before:
        return before
    said = {"sponsor": by, "line": line, "seen_at": clock.now()}
    witness, _ = Witness.objects.update_or_create(item=item, defaults=said)
    entry = record(actor=by, verb="practice.said_seen", about=item)
    post(kind=told.SEEN_BY_SPONSOR, recipients=[item.author], occasion=f"seen {entry.pk}", about=item)
    return witness


def _check_past(year: int | None, month: int | None) -> None:
    today = clock.today()
    if year is not None and (year, month or 1) > (today.year, today.month):
        raise Refused("Enter a month and year that have come already.", field="since_year")
