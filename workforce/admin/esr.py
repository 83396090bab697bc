"""The lists that ESR codes posts by, and imports of its files. ESR is the Electronic Staff Record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin_site import PlainFilter
from core.said import nhs_date
from workforce.admin.base import RecordAdmin, site
from workforce.esr.admin import EsrImportAdmin
from workforce.models import EsrImport, ReferenceValue


class KindFilter(PlainFilter):
    title, parameter_name, everything = "List", "kind", "Every list"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return ReferenceValue.Kind.choices


@admin.register(ReferenceValue, site=site)
class ReferenceValueAdmin(RecordAdmin):
    can_be_struck_out = False  # posts are coded by it, and so is their history: one takes the tick away
    says = "The national lists that posts are coded by: staff group, job role, occupation code, area of work."
    list_display = ("words", "code", "kind", "checked", "is_current")
    list_filter = (KindFilter,)
    search_fields = ("words", "code")
    search_help_text = "Words or code"
    fieldsets = (
        ("The entry", {"fields": ("kind", "words", "code")}),
        ("Can it be relied on?", {"fields": ("checked_on", "is_current")}),
    )
    help_texts: ClassVar[dict[str, str]] = {
        "words": "As they stand in ESR",
        "checked_on": "When somebody last held it against the national list. Leave empty while nobody has",
        "is_current": "Take the tick away when the national list no longer has it. Entries are never deleted",
    }

    @admin.display(description="Last checked", ordering="checked_on")
    def checked(self, obj: ReferenceValue) -> str:
        return nhs_date(obj.checked_on) or "Unverified"


site.register(EsrImport, EsrImportAdmin)
