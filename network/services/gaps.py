"""Once a minute: no peer is silently without a sponsor, whatever became of the sponsor."""

from __future__ import annotations

from django.db import transaction

from network.gaps import peers_without_sponsor, without_since
from network.models import Gap
from network.services import steps

SYSTEM = "notice sponsor gaps"


def notice_gaps() -> int:
    """Open a gap for each peer without a sponsor who has none written down, and tell them; close those that are over.

    Returns how many were opened. Running twice changes nothing.
    """
    lacking = peers_without_sponsor()
    is_as_written = not (
        lacking.exclude(sponsor_gaps__in=Gap.objects.open()).exists()
        or Gap.objects.open().exclude(peer__in=lacking.values("pk")).exists()
    )
    return 0 if is_as_written else _write_down()


@transaction.atomic
def _write_down() -> int:
    steps.lock_network()
    lacking = peers_without_sponsor()
    for gap in Gap.objects.open().exclude(peer__in=lacking.values("pk")).select_related("peer"):
        steps.close_gap(by=None, system=SYSTEM, peer=gap.peer)
    new = list(lacking.exclude(sponsor_gaps__in=Gap.objects.open()))
    since = without_since(new)
    for peer in new:
        steps.open_gap(by=None, system=SYSTEM, peer=peer, from_on=since[peer.pk])
    return len(new)
