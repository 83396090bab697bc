"""A document as a file that a browser opens."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from core.errors import Refused


def pdf_response(make: Callable[[], bytes], name: str, **headers: str) -> HttpResponse:
    """The file, or in plain words that it cannot be made now."""
    try:
        content = make()
    except Refused as refusal:
        return HttpResponse(
            refusal.message, status=503, content_type="text/plain", headers={"Cache-Control": "no-store"}
        )
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    return HttpResponse(content, content_type="application/pdf", headers=headers)
