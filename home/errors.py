"""Error pages, in plain words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page had been open too long for its form to be trusted. Says so and offers the way back."""
    return render(request, "errors/form_out_of_date.html", status=403)
