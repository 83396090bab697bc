"""Words that every page may need: the organisation, the service, the role nouns."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def settings_words(request: HttpRequest) -> dict[str, Any]:
    """Constants of the installation. No query."""
    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "service_name": settings.SERVICE_NAME,
        "words": settings.WORDS,
        "is_demo": settings.MODE == "demo",
        "mfa_relaxed": not settings.MFA_REQUIRED,
        "keeps_mail": settings.KEEP_MAIL,
    }
