"""Middleware that any project of ours would want."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PrivatePagesAreNotStored:
    """What was shown to somebody logged in is stored by no browser and no proxy: on a shared computer "back" asks
    the server again. Stands after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_logged_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_logged_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response
