"""Help is there whatever else has failed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.views import render_without_database
from helplines import reading
from helplines.presenters import help_page


class HelpIsAlwaysThere:
    """Middleware, before sessions: where "Get help now" would be an error page, it is the page without its reader.

    Looking up who is logged in needs the database, and happens before any view could catch its failure.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 500 or request.path != reverse("helplines:help"):
            return response
        words = help_page(reading.contacts()) | {"person_to_call": reading.remembered}
        return render_without_database(request, "helplines/help.html", words)
