"""What is handed over: the list of packs, one pack, and the same on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.permissions import open_to_logged_in, policy, require
from documents.sending import pdf_response
from governance.models import Body
from home.handover import Pack, pack
from home.handover_index import packs_of
from home.handover_pdf import pdf_of
from home.handover_rules import Handover, Part
from home.permissions import READ_HANDOVER


@open_to_logged_in("Lists the packs of the parts that the reader plays, takes over or answers for")
@require_GET
def handover(request: HttpRequest) -> HttpResponse:
    return render(request, "home/handover/index.html", {"groups": packs_of(request.user)})


@policy(READ_HANDOVER)
@require_GET
def handover_pack(request: HttpRequest, body_id: UUID, part: str) -> HttpResponse:
    return render(request, "home/handover/pack.html", {"pack": _pack(request, body_id, part)})


@policy(READ_HANDOVER)
@require_GET
def handover_pdf(request: HttpRequest, body_id: UUID, part: str) -> HttpResponse:
    found = _pack(request, body_id, part)
    return pdf_response(lambda: pdf_of(found), "handover.pdf", **{"Cache-Control": "private, no-store"})


def _pack(request: HttpRequest, body_id: UUID, part: str) -> Pack:
    if part not in Part.values:
        raise Http404("There is no such part.")
    body = get_object_or_404(Body.objects.visible_to(request.user).alive(), pk=body_id)
    about = Handover(body, Part(part))
    require(request.user, READ_HANDOVER, about)
    return pack(about, request.user)
