"""How to reach people in the way that is safe for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from audit.services import record_look
from core.permissions import can, policy, require
from network.forms.joining import FindForm
from network.permissions import INVITE_ANYONE, REACH_PEOPLE
from network.presenters.contact import how_to_reach, own_peers


@policy(REACH_PEOPLE)
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """A sponsor reads it of their own peers; a secretary of one person at a time, and that is written down."""
    require(request.user, REACH_PEOPLE)
    is_secretary = can(request.user, INVITE_ANYONE)
    form = FindForm(request.POST if request.method == "POST" else None) if is_secretary else None
    found = []
    if form and form.is_valid():
        record_look(actor=request.user, what="network.read_contact", about=form.found)
        found = list(how_to_reach([form.found]).values())
    page = {"form": form, "found": found, "peers": own_peers(request.user)}
    return render(request, "network/reach.html", page)
