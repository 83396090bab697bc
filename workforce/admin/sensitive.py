"""Health and DBS statuses. Whoever has no permission for these does not learn that the pages are here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse

from workforce.admin.base import OfAWorker, site
from workforce.models import Adjustments, Dbs, WellbeingPlan, WorkHealth
from workforce.permissions import CHANGE_SENSITIVE, READ_SENSITIVE


class Sensitive(OfAWorker):
    """A status of one worker behind the permission of its own.

    The list says whose record there is and no status, and nothing narrows it by status: to learn a status one opens
    the record, and that is written to the log of looks.
    """

    may_read = READ_SENSITIVE
    may_change = CHANGE_SENSITIVE
    may_add = CHANGE_SENSITIVE
    list_display = ("number", "worker_said")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self._hide(request)
        return super().changelist_view(request, extra_context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._hide(request)
        return super().add_view(request, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._hide(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._hide(request)
        return super().history_view(request, object_id, extra_context)

    def _hide(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise Http404


@admin.register(WorkHealth, site=site)
class WorkHealthAdmin(Sensitive):
    says = "Whether occupational health has cleared a worker. What they found is not here."
    in_parts = (("The assessment", ("status", "on")),)


@admin.register(Dbs, site=site)
class DbsAdmin(Sensitive):
    says = "The level of a worker's DBS check, and whether it is cleared. Never a certificate or its number."
    in_parts = (("The check", ("level", "is_cleared", "on")),)
    help_texts: ClassVar[dict[str, str]] = {"on": "Leave empty until it is cleared"}


@admin.register(Adjustments, site=site)
class AdjustmentsAdmin(Sensitive):
    says = "Whether a worker has adjustments, and when they are looked at again. What they are stays with the manager."
    in_parts = (("Adjustments", ("in_place", "review_on")),)


@admin.register(WellbeingPlan, site=site)
class WellbeingPlanAdmin(Sensitive):
    says = "Whether a worker was offered a wellbeing plan, and what they said. The plan is theirs and is not here."
    in_parts = (("The offer", ("status", "on")),)
