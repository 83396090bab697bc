"""What a form needs so that its words survive a session that runs out (see `core.kept`).

<form method="post" novalidate>{% csrf_token %}{% kept_field request %}{{ form|crispy }}…</form>
{% kept_notice request %}   says on other pages where words wait to be sent
"""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.kept import FIELD, kept_pages, signed_person

register = template.Library()


@register.simple_tag
def kept_field(request: HttpRequest) -> SafeString:
    """The hidden field that says, signed, who is writing on this page."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, signed_person(request))


@register.inclusion_tag("includes/kept_notice.html")
def kept_notice(request: HttpRequest) -> dict[str, Any]:
    """Links to the pages where words of this person wait, except the page they are on."""
    return {"pages": [path for path in kept_pages(request) if path != request.path]}
