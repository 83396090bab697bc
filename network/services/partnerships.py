"""Who sponsors whom. The sponsor is a member of staff who stands by a peer: never their supervisor or clinician."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance.models import Body, Constituency, Term
from network.models import Partnership
from network.notifications import partnerships as told
from notifications.services import post


@transaction.atomic
def pair(*, by: Person, peer: Person, sponsor: Person) -> Partnership:
    """Pair a peer with a staff sponsor from today, and tell both.

    Raises `Refused` unless they are a current peer and a current staff sponsor of the Network, or if they are paired.
    """
    _lock_network()
    if not _is_member(peer, Constituency.PEER):
        raise Refused("Only a current peer of the Network has a sponsor.", field="peer")
    if not _is_member(sponsor, Constituency.SPONSOR):
        raise Refused("Only a current staff sponsor of the Network can sponsor someone.", field="sponsor")
    try:
        with transaction.atomic():
            paired = Partnership.objects.create(peer=peer, sponsor=sponsor, from_on=clock.today())
    except IntegrityError as error:
        raise Refused("These two are paired already.") from error
    record(actor=by, verb="network.paired", about=paired)
    post(kind=told.PAIRED, recipients=[peer, sponsor], occasion=f"partnership {paired.pk}", about=paired)
    return paired


@transaction.atomic
def end_partnership(*, by: Person, partnership: Partnership) -> Partnership:
    """End a partnership today, and tell both: nobody's sponsor changes without their knowing.

    Raises `Refused` when it has ended already.
    """
    _lock_network()
    partnership = Partnership.objects.select_related("peer", "sponsor").get(pk=partnership.pk)
    if partnership.until_on is not None:
        raise Refused("This has ended already.")
    partnership.until_on = clock.today()
    partnership.save(update_fields=["until_on"])
    record(actor=by, verb="network.ended_partnership", about=partnership)
    both = [partnership.peer, partnership.sponsor]
    post(kind=told.UNPAIRED, recipients=both, occasion=f"partnership {partnership.pk} ended", about=partnership)
    return partnership


def _lock_network() -> None:
    """The Network's row is the one that changes of its membership take turns at."""
    Body.objects.select_for_update().filter(kind=Body.Kind.NETWORK).first()


def _is_member(person: Person, constituency: Constituency) -> bool:
    terms = Term.objects.on(clock.today()).filter(body__kind=Body.Kind.NETWORK, seat__constituency=constituency)
    return person.is_active and terms.filter(person=person).exists()
