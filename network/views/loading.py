"""How the pages of this room load what they are about: only what the reader may know of."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from network.models import Handover, Nomination, Partnership, SponsorRequest


def partnership_of(request: HttpRequest, key: UUID) -> Partnership:
    known = Partnership.objects.visible_to(request.user).select_related("peer", "sponsor")
    return get_object_or_404(known, key=key)


def handover_of(request: HttpRequest, handover_id: UUID) -> Handover:
    known = Handover.objects.visible_to(request.user)
    return get_object_or_404(known.select_related("peer", "new_sponsor", "proposed_by", "old__sponsor"), pk=handover_id)


def sponsor_request_of(request: HttpRequest, request_id: UUID) -> SponsorRequest:
    known = SponsorRequest.objects.visible_to(request.user).select_related("peer", "partnership__sponsor")
    return get_object_or_404(known, pk=request_id)


def nomination_of(request: HttpRequest, nomination_id: UUID) -> Nomination:
    known = Nomination.objects.visible_to(request.user)
    return get_object_or_404(known.select_related("seat__body", "nominated_by", "term"), pk=nomination_id)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if nothing was ticked; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
