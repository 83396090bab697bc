"""What was struck out. Not HR's to read: the governance lead alone learns that these pages are here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from accounts.admin_site import PlainFilter, TabledAdmin, row_number
from core.said import nhs_when
from core.secrets import Unreadable
from core.views import attempt
from workforce import services
from workforce.admin.base import site
from workforce.forms import OpenForm
from workforce.models import StruckOut
from workforce.permissions import READ_STRUCK_OUT

CANNOT_BE_READ = "None of our keys opens it"


def kind_said(kind: str) -> str:
    """The name of a kind of record."""
    name = str(apps.get_model("workforce", kind)._meta.verbose_name)
    return capfirst(name)


class KindFilter(PlainFilter):
    title, parameter_name, everything = "Kind of record", "kind", "Every kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        kinds = StruckOut.objects.order_by("kind").values_list("kind", flat=True).distinct()
        return [(kind, kind_said(kind)) for kind in kinds]


@admin.register(StruckOut, site=site)
class StruckOutAdmin(TabledAdmin):
    """Who struck out what and why. What stood there is shown once a reason is given, and the look is logged."""

    may_read = READ_STRUCK_OUT
    says = "Entries made in error: who struck them out, when and why."
    list_display = ("when", "kind_said", "who", "why")
    list_filter = (KindFilter,)
    list_select_related = ("by",)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """None is added here."""
        raise Http404

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self._hide(request)
        return super().changelist_view(request, {"crumbs": [_home()], **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._hide(request)
        struck = self.get_queryset(request).filter(pk=row_number(object_id)).first()
        if struck is None:
            raise Http404
        form, contents = OpenForm(), None
        if request.method == "POST":
            form = OpenForm(request.POST)
            if form.is_valid():
                contents = attempt(
                    form, lambda: services.read_struck_out(by=request.user, struck=struck, **form.cleaned_data)
                )
        request.current_app = self.admin_site.name
        heading = f"{self.kind_said(struck)}, struck out"
        context = {
            **self.admin_site.each_context(request),
            "title": heading,
            "heading": heading,
            "crumbs": [_home(), {"text": self.plural, "href": self.address("changelist")}],
            "struck": struck,
            "why": self.why(struck),
            "form": form,
            "contents": contents,
        }
        return TemplateResponse(request, "workforce/struck_out.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StruckOut]:
        return StruckOut.objects.select_related("by")

    def _hide(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise Http404

    @admin.display(description="When", ordering="at")
    def when(self, obj: StruckOut) -> str:
        return nhs_when(obj.at)

    @admin.display(description="Kind of record", ordering="kind")
    def kind_said(self, obj: StruckOut) -> str:
        return kind_said(obj.kind)

    @admin.display(description="Who struck it out")
    def who(self, obj: StruckOut) -> str:
        return obj.by.name

    @admin.display(description="What was wrong")
    def why(self, obj: StruckOut) -> str:
        try:
            return obj.reason
        except Unreadable:
            return CANNOT_BE_READ


def _home() -> dict[str, str]:
    """The way back: the first page of HR's site is not theirs."""
    return {"text": "Home", "href": reverse("me")}
