"""Leaving the Network: what goes and what stays, then the last question."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.permissions import policy, require
from core.views import attempt
from network.permissions import LEAVE_NETWORK
from network.presenters.leaving import leaving
from network.services.leaving import leave_network


@policy(LEAVE_NETWORK)
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    require(request.user, LEAVE_NETWORK)
    return render(request, "network/leave.html", {"page": leaving(request.user)})


@policy(LEAVE_NETWORK)
@require_http_methods(["GET", "POST"])
def leave_for_sure(request: HttpRequest) -> HttpResponse:
    require(request.user, LEAVE_NETWORK)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: leave_network(by=request.user)):
        messages.success(request, "You have left. Thank you for all that you gave.")
        return redirect("own_seats:mine")
    return render(request, "network/leave_for_sure.html", {"form": form})
