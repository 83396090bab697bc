"""Error pages, in plain words. None of them may fail because something else has failed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.kept import keep
from core.views import render_always, render_without_database
from helplines.reading import remembered


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be understood."""
    return render_without_database(request, "errors/400.html", {"person_to_call": remembered}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says what the person may not do and whom to ask, in the words of the permission."""
    said = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render_always(request, "errors/403.html", {"said": said}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same for what does not exist and for what one may not know of."""
    return render_always(request, "errors/404.html", {}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: touches neither the database nor the session."""
    return render_without_database(request, "errors/500.html", {"person_to_call": remembered}, status=500)


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page had been open too long for its form to be trusted. Says so and offers the way back.

    A form that carries our signed field is kept instead, and its page opened again with the words in it.
    """
    if keep(request):
        return redirect(request.path)
    return render_always(request, "errors/form_out_of_date.html", {"back": request.path}, status=403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: tried too often in a short time."""
    return render_always(request, "errors/429.html", {}, status=429)
