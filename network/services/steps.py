"""Steps that the verbs of this room share. Each is for a verb that has locked the Network's row."""

from __future__ import annotations

import datetime as dt
import uuid
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance.models import Body, Constituency
from governance.people import secretaries_of
from network.membership import is_member
from network.models import Gap, Handover, Partnership, SponsorRequest
from network.notifications import waiting as told
from network.workflows import HANDOVER, REQUEST
from notifications.services import post


def lock_network() -> None:
    """The Network's row is the one that changes of its membership take turns at."""
    Body.objects.select_for_update().filter(kind=Body.Kind.NETWORK).first()


def secretaries() -> list[Person]:
    """The secretary of the Steering Group and the deputies, who keep the Network's list."""
    steering = Body.objects.filter(kind=Body.Kind.STEERING).first()
    return secretaries_of(steering) if steering else []


def check_peer(peer: Person) -> None:
    """Raises `Refused` unless this is a current peer."""
    if not is_member(peer, Constituency.PEER):
        raise Refused("Only a current peer of the Network has a sponsor.", field="peer")


def check_sponsor(sponsor: Person, *, field: str = "sponsor") -> None:
    """Raises `Refused` unless this is a current staff sponsor."""
    if not is_member(sponsor, Constituency.SPONSOR):
        raise Refused("Only a current staff sponsor of the Network can sponsor someone.", field=field)


def begin(*, by: Person, peer: Person, sponsor: Person, form_key: UUID | None = None) -> Partnership:
    """A partnership from today. The peer's gap ends with it, and what waited for it is no longer needed.

    Raises `Refused` when these two are paired already.
    """
    _end_those_whose_sponsor_has_gone(by=by, peer=peer)
    try:
        with transaction.atomic():
            paired = Partnership.objects.create(
                peer=peer, sponsor=sponsor, from_on=clock.today(), form_key=form_key or uuid.uuid4()
            )
    except IntegrityError as error:
        raise Refused("These two are paired already.") from error
    record(actor=by, verb="network.paired", about=paired)
    close_gap(by=by, peer=peer)
    return paired


def end(*, by: Person, partnership: Partnership) -> None:
    """End a partnership today."""
    partnership.until_on = max(partnership.from_on, clock.today())
    partnership.save(update_fields=["until_on"])
    record(actor=by, verb="network.ended_partnership", about=partnership)


def _end_those_whose_sponsor_has_gone(*, by: Person, peer: Person) -> None:
    """Or they would begin again by themselves when the sponsor came back, beside the new one."""
    for gone in Partnership.objects.unended().filter(peer=peer).exclude(pk__in=Partnership.objects.live().values("pk")):
        end(by=by, partnership=gone)


def open_gap(*, by: Person | None, peer: Person, from_on: dt.date, system: str = "") -> Gap:
    """Write down that `peer` has no sponsor since a day, and tell the peer and the secretaries. Once is enough."""
    gap = Gap.objects.open().filter(peer=peer).first()
    if gap:
        return gap
    gap = Gap.objects.create(peer=peer, from_on=from_on)
    record(actor=by, system=system, verb="network.noted_gap", about=gap, from_on=str(from_on))
    others = [each for each in secretaries() if by is None or each.pk != by.pk]
    post(kind=told.WAITS, recipients=[peer, *others], occasion=f"gap {gap.pk}", about=gap)
    return gap


def close_gap(*, by: Person | None, peer: Person, system: str = "") -> None:
    """The gap of `peer`, if there is one, ends today."""
    for gap in Gap.objects.open().filter(peer=peer):
        gap.until_on = max(gap.from_on, clock.today())
        gap.save(update_fields=["until_on"])
        record(actor=by, system=system, verb="network.closed_gap", about=gap)


def leave_behind(*, by: Person, paired: Partnership) -> None:
    """What waited and has been answered by the new partnership: requests are settled, handovers overtaken."""
    peer = paired.peer
    for request in SponsorRequest.objects.waiting().filter(peer=peer).filter(_is_of_the_past("partnership")):
        REQUEST.move(request, "settle", answered_at=clock.now(), answered_by=by)
        record(actor=by, verb="network.settled_sponsor_request", about=request)
    same = Q(new_sponsor=paired.sponsor)
    for handover in Handover.objects.waiting().filter(peer=peer).filter(same | _is_of_the_past("old")):
        HANDOVER.move(handover, "overtake", ended_at=clock.now(), ended_by=by)
        record(actor=by, verb="network.overtook_handover", about=handover)
        if handover.accepted_at and handover.new_sponsor_id != paired.sponsor_id:
            tell_how_it_ended(handover, [handover.new_sponsor])


def tell_how_it_ended(handover: Handover, people: list[Person]) -> None:
    """Tell them that there is news of a handover; the page says what."""
    post(kind=told.NEWS, recipients=people, occasion=f"handover {handover.pk} ended", about=handover)


def _is_of_the_past(partnership: str) -> Q:
    return Q(**{f"{partnership}__isnull": True}) | Q(**{f"{partnership}__until_on__isnull": False})
