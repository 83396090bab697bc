"""Who sponsors whom. The sponsor is a member of staff who stands by a peer: never their supervisor or clinician."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import Person
from core import clock
from core.errors import Refused
from core.once import first_result
from governance.models import Constituency
from network.membership import is_member
from network.models import Partnership
from network.notifications import partnerships as told
from network.services import steps
from notifications.services import post


@transaction.atomic
def pair(*, by: Person, peer: Person, sponsor: Person, form_key: UUID | None = None) -> Partnership:
    """Pair a peer with a staff sponsor from today, and tell both. A repeated `form_key` gives the first result.

    Raises `Refused` unless they are a current peer and a current staff sponsor of the Network, or if they are paired.
    """
    steps.lock_network()
    if form_key:
        first = first_result(Partnership.objects.all(), form_key, peer_id=peer.pk, sponsor_id=sponsor.pk)
        if first:
            return first
    steps.check_peer(peer)
    steps.check_sponsor(sponsor)
    paired = steps.begin(by=by, peer=peer, sponsor=sponsor, form_key=form_key)
    steps.leave_behind(by=by, paired=paired)
    post(kind=told.PAIRED, recipients=[peer, sponsor], occasion=f"partnership {paired.pk}", about=paired)
    return paired


@transaction.atomic
def end_partnership(*, by: Person, partnership: Partnership) -> Partnership:
    """End a partnership today, and tell both: nobody's sponsor changes without their knowing.

    A peer who is left without any is told so, and so is the secretary: the gap is written down in the same
    transaction. Raises `Refused` when it has ended already.
    """
    steps.lock_network()
    partnership = Partnership.objects.select_related("peer", "sponsor").get(pk=partnership.pk)
    if partnership.until_on is not None:
        raise Refused("This has ended already.")
    steps.end(by=by, partnership=partnership)
    peer, sponsor = partnership.peer, partnership.sponsor
    told_twice = f"partnership {partnership.pk} ended"
    post(kind=told.UNPAIRED, recipients=[peer, sponsor], occasion=told_twice, about=partnership)
    if is_member(peer, Constituency.PEER) and not Partnership.objects.live().filter(peer=peer).exists():
        steps.open_gap(by=by, peer=peer, from_on=clock.today())
    return partnership
