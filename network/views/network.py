"""The Network's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.permissions import can, policy, require
from governance.models import Body
from network.permissions import INVITE, SEE_NETWORK
from network.presenters.network import network_page


@policy(SEE_NETWORK)
@require_GET
def network(request: HttpRequest) -> HttpResponse:
    require(request.user, SEE_NETWORK)
    body = get_object_or_404(Body.objects.visible_to(request.user), kind=Body.Kind.NETWORK)
    page, may_invite = network_page(body, request.user), can(request.user, INVITE)
    return render(request, "network/network.html", {"page": page, "may_invite": may_invite})
