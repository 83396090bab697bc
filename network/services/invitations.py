"""Invite people, send again, take back. Each verb takes its turn at the Network's row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import Invitation, Person, Way
from accounts.services import invitations as accounts
from core import clock
from core.errors import Refused
from core.once import first_result
from governance import standing
from governance.models import Body, Constituency, Function
from network.keepers import is_sponsor_today, keeps_the_network
from network.known import known, sponsors_today
from network.models import Offer
from network.models.offers import sealed
from network.services.turns import lock_network, take_turn

#: An invitation that led to nothing is deleted so long after its end.
KEPT_FOR = dt.timedelta(days=90)


@dataclass(frozen=True)
class Place:
    """What is offered: a peer's or a sponsor's place in the Network, or a corporate seat of a group."""

    constituency: Constituency
    body: Body | None = None
    function: Function | None = None
    sponsor: Person | None = None


@transaction.atomic
def invite(*, by: Person, name: str, address: str, way: Way, place: Place, words: str, form_key: UUID) -> Offer:
    """Invite one person. By email the message goes out with this transaction. A repeated `form_key` gives the first.

    `address` is normal already, or "" where `way` needs none. Raises `Refused` when `by` may not offer that place, for
    a sponsor or group that is none, and for an address that `by` has invited already; to a secretary, whom all of them
    are known to, also for an address that is here or that anybody has invited.
    """
    network = lock_network()
    first = first_result(Invitation.objects.all(), form_key, made_by_id=by.pk)
    if first:
        return first.offer
    standing.forget(by)
    check_invitation(by=by, address=address, way=way, place=place)
    return _make(by, network, name=name, address=address, way=way, place=place, words=words, form_key=form_key)


def check_invitation(*, by: Person, address: str, way: Way, place: Place) -> None:
    """Raise `Refused` for what `invite` would refuse now, so that a page can say it before anything is sent."""
    _check_may_offer(by, place)
    if way == Way.EMAIL and not address:
        raise Refused("Enter their email address", field="address")
    if address == by.email:
        raise Refused("This is your own address. You are here already.", field="address")
    if address and keeps_the_network(standing.of(by)):
        why_not = known([address]).why_not(address, place.constituency)
        if why_not:
            raise Refused(why_not, field="address")


def _check_may_offer(by: Person, place: Place) -> None:
    stands = standing.of(by)
    if not keeps_the_network(stands):
        if not is_sponsor_today(stands):
            raise Refused("Only the secretary and staff sponsors can invite people.")
        if place.constituency != Constituency.PEER or place.sponsor is None or place.sponsor.pk != by.pk:
            raise Refused("You can invite peers, and be their staff sponsor. Ask the secretary to invite others.")
    if place.sponsor and place.sponsor.email not in sponsors_today():
        raise Refused("Choose somebody who is a staff sponsor now.", field="sponsor")
    if place.constituency != Constituency.CORPORATE:
        return
    if place.body is None or place.function is None:
        raise Refused("Choose a group, and what the seat is for.", field="body")
    if place.body.kind == Body.Kind.NETWORK or place.body.state == Body.State.CLOSED:
        raise Refused("Choose a group that has seats for Corporate Services.", field="body")


@transaction.atomic
def send_again(*, by: Person, offer: Offer) -> Offer:
    """A new link, and a new code on paper, for 14 days; the old ones are dead. Raises `Refused` once answered."""
    take_turn()
    accounts.issue_again(by=by, invitation=offer.invitation)
    Offer.objects.filter(pk=offer.pk).update(asked_again_at=None)
    return Offer.objects.select_related("invitation").get(pk=offer.pk)


@transaction.atomic
def take_back(*, by: Person, offer: Offer) -> Offer:
    """Take an invitation back. Taken back already means nothing more. Raises `Refused` once it is answered."""
    take_turn()
    accounts.revoke(by=by, invitation=offer.invitation)
    return offer


@transaction.atomic
def forget_invitations() -> int:
    """Delete what led to nothing, three months after its end: whoever did not come is nobody we keep a record of.

    Says how many; run twice, it finds none.
    """
    before = clock.now() - KEPT_FOR
    ended = Invitation.objects.filter(accepted_at=None).filter(
        Q(declined_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    )
    ids = list(ended.values_list("pk", flat=True))
    Offer.objects.filter(invitation_id__in=ids).delete()
    Invitation.objects.filter(pk__in=ids).delete()
    return len(ids)


def _make(
    by: Person, network: Body, *, name: str, address: str, way: Way, place: Place, words: str, form_key: UUID
) -> Offer:
    made = accounts.make_invitation(by=by, name=name, address=address, way=way, form_key=form_key)
    return Offer.objects.create(
        invitation=made,
        body=(place.body if place.constituency == Constituency.CORPORATE else None) or network,
        constituency=place.constituency,
        function=place.function if place.constituency == Constituency.CORPORATE else None,
        sponsor=place.sponsor if place.constituency == Constituency.PEER else None,
        sealed=sealed(words),
    )
