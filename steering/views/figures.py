"""Figures about peer support posts, as HR handed them over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.permissions import policy, require
from steering.permissions import READ_STAFF_FIGURES
from steering.presenters.figures import figures_page


@policy(READ_STAFF_FIGURES)
@require_safe
def staff_figures(request: HttpRequest) -> HttpResponse:
    require(request.user, READ_STAFF_FIGURES)
    return render(request, "steering/staff_figures.html", {"page": figures_page()})
