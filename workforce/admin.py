"""HR's own admin site, `/hr/`: positions, who holds them, and the people HR knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin_site import ByNumberField, GatedAdminSite, PlainFilter, TabledAdmin
from audit.services import record_look
from core import clock
from core.said import nhs_date
from workforce import services
from workforce.esr.admin import AbsentFilter, EsrImportAdmin
from workforce.esr.services import latest
from workforce.forms import VersionedForm
from workforce.models import EsrImport, Occupancy, Position, ReferenceValue, Worker
from workforce.permissions import CHANGE_ROLE_RECORDS, READ_ROLE_RECORDS
from workforce.presenters import history_of

site = GatedAdminSite("hr", permission=READ_ROLE_RECORDS, title="Role records")


class RecordAdmin(TabledAdmin):
    """What positions, workers and occupancies share: saving through the service, and a history that can be read."""

    may_read = READ_ROLE_RECORDS
    may_change = CHANGE_ROLE_RECORDS
    may_add = CHANGE_ROLE_RECORDS
    form = VersionedForm
    has_history = True
    change_form_template = "workforce/record.html"
    object_history_template = "workforce/history.html"

    #: Whether opening a record of this kind is written to the log of looks.
    is_about_a_worker: ClassVar[bool] = False

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Keep it through the service. Nothing changed is nothing kept."""
        if form.changed_data or not change:
            services.keep(by=request.user, record=obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._note_look(request, object_id, "workforce.opened_record")
        return super().change_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change: field, before, after, who and when."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        self._note_look(request, object_id, "workforce.read_history")
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "heading": self.heading_of(obj),
            "crumbs": [*self.crumbs, {"text": self.heading_of(obj), "href": self.address("change", obj.pk)}],
            "saved": history_of(obj),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _note_look(self, request: HttpRequest, object_id: str, what: str) -> None:
        """A look is logged when it is of a record that tells of one worker, and the page is going to show it."""
        if self.is_about_a_worker and request.method == "GET":
            obj = self.get_object(request, unquote(object_id))
            if obj is not None:
                record_look(actor=request.user, what=what, about=obj)


class BandFilter(PlainFilter):
    title, parameter_name, everything = "Band", "band", "Any band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(value, f"Band {label}") for value, label in Position.Band.choices]


class TeamFilter(PlainFilter):
    title, parameter_name, everything = "Team", "team", "Any team"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        teams = Position.objects.order_by("team").values_list("team", flat=True).distinct()
        return [(team, team) for team in teams]


class BoroughFilter(PlainFilter):
    title, parameter_name, everything = "Borough", "borough", "Any borough"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        boroughs = Position.objects.exclude(borough="").order_by("borough").values_list("borough", flat=True).distinct()
        return [(borough, borough) for borough in boroughs]


class HolderFilter(PlainFilter):
    title, parameter_name, everything = "Vacant or held", "holder", "Vacant, held or closed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("vacant", "Vacant"), ("held", "Held"), ("closed", "Closed")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        today = clock.today()
        if value == "closed":
            return queryset.filter(closed_on__lte=today)
        return queryset.exclude(closed_on__lte=today).filter(is_held=value == "held")


class ReviewFilter(PlainFilter):
    title, parameter_name, everything = "Review date", "review", "Any review date"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("overdue", "Overdue"), ("soon", "In the next 3 months"), ("none", "Not set")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        today = clock.today()
        soon = today + dt.timedelta(days=91)
        by_value: dict[str, dict[str, Any]] = {
            "overdue": {"review_on__lt": today},
            "soon": {"review_on__gte": today, "review_on__lte": soon},
            "none": {"review_on": None},
        }
        return queryset.filter(**by_value[value])


class CurrentFilter(PlainFilter):
    title, parameter_name, everything = "In post", "in_post", "Now and in the past"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("now", "In post now"), ("past", "Ended")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        today = clock.today()
        return queryset.filter(ended_on__lt=today) if value == "past" else queryset.exclude(ended_on__lt=today)


class ContractFilter(PlainFilter):
    title, parameter_name, everything = "Contract", "contract", "Any contract"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return Occupancy.Contract.choices


@admin.register(Position, site=site)
class PositionAdmin(RecordAdmin):
    says = "Each funded post: its band, team, hours and review date, and whether anyone is in it."
    list_display = ("number_said", "title", "band_said", "team", "borough", "hours", "wte_said", "review", "state")
    list_filter = (HolderFilter, BandFilter, TeamFilter, BoroughFilter, ReviewFilter)
    search_fields = ("number", "title", "team", "borough")
    search_help_text = "Position number, title, team or borough"
    fieldsets = (
        ("The post", {"fields": ("number", "title", "family", "band")}),
        ("Where it sits", {"fields": ("directorate", "team", "borough")}),
        ("National codes", {"fields": ("staff_group", "job_role", "occupation_code", "area_of_work")}),
        ("Hours and funding", {"fields": ("funded_hours", "funded_until")}),
        ("Dates", {"fields": ("review_on", "closed_on")}),
    )
    help_texts: ClassVar[dict[str, str]] = {
        "number": "As it stands in the Electronic Staff Record (ESR)",
        "title": "The local title, as in the job advert",
        "borough": "Leave empty for a post that covers the whole Trust",
        "funded_hours": "Full time is 37.5 hours",
        "funded_until": "Leave empty if the funding has no end",
        "review_on": "The day by which the role is looked at again",
        "closed_on": "The last day of the post. Positions are closed, never deleted",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Position]:
        return Position.objects.with_holders()

    def more_about(self, request: HttpRequest, obj: Position) -> dict[str, Any]:
        """Who holds it and who held it: read here, changed on the occupancy's own page."""
        add = reverse("admin:workforce_occupancy_add", current_app=self.admin_site.name)
        return {
            "occupancies": obj.occupancies.select_related("worker"),
            "occupancies_of": "position",
            "add_occupancy": f"{add}?position={obj.number}" if self.has_change_permission(request, obj) else "",
        }

    @admin.display(description="Number", ordering="number")
    def number_said(self, obj: Position) -> str:
        return obj.number

    @admin.display(description="Hours", ordering="funded_hours")
    def hours(self, obj: Position) -> Decimal:
        return obj.funded_hours

    @admin.display(description="Review date", ordering="review_on")
    def review(self, obj: Position) -> dt.date | None:
        return obj.review_on

    @admin.display(description="Band", ordering="band")
    def band_said(self, obj: Position) -> str:
        return obj.get_band_display()

    @admin.display(description="WTE", ordering="funded_hours")
    def wte_said(self, obj: Position) -> str:
        return obj.wte

    @admin.display(description="State")
    def state(self, obj: Any) -> str:
        if obj.closed_on and obj.closed_on <= clock.today():
            return "Closed"
        return "Held" if obj.is_held else "Vacant"


@admin.register(Occupancy, site=site)
class OccupancyAdmin(RecordAdmin):
    is_about_a_worker = True
    says = "Who is in which position, from when to when, on what contract, and when they are next reviewed."
    list_display = ("number", "title", "worker_said", "contract", "hours", "starts_on", "ended_on", "review_on")
    list_filter = (CurrentFilter, ContractFilter, ReviewFilter, AbsentFilter)
    list_select_related = ("position", "worker")
    search_fields = (
        "position__number",
        "position__team",
        "position__borough",
        "worker__last_name",
        "worker__employee_number",
    )
    search_help_text = "Position number, team, borough, surname or employee number"
    help_texts: ClassVar[dict[str, str]] = {
        "assignment_number": "As it stands in ESR: the employee number, and often more after it",
        "expected_end_on": "For a fixed term or a secondment",
        "ended_on": "Leave empty while the person is in post. Occupancies are ended, never deleted",
        "peer_supervisor": "Who gives peer supervision: a name. It may be someone in another team",
        "review_on": "The next review of this person in this role",
    }

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        who = ("position", "worker") if obj is None else ("position_link", "worker_link")
        return [
            ("Who and where", {"fields": who}),
            ("Contract", {"fields": ("contract", "hours", "assignment_number", *(() if obj is None else ("in_esr",)))}),
            ("Dates", {"fields": ("starts_on", "expected_end_on", "ended_on")}),
            ("Support", {"fields": ("peer_supervisor", "review_on")}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whose it is, and of which position, stays: a move is an end and a new start."""
        return () if obj is None else ("position_link", "worker_link", "in_esr")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Occupancy]:
        return Occupancy.objects.select_related("position", "worker")

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "position":
            return ByNumberField(
                Position.objects.all(),
                to_field_name="number",
                label="Position number",
                error_messages={
                    "required": "Enter the position number",
                    "invalid_choice": "No position has this number",
                },
            )
        if db_field.name == "worker":
            return ByNumberField(
                Worker.objects.all(),
                to_field_name="employee_number",
                label="Employee number",
                help_text="Add the worker first if they are new",
                error_messages={"required": "Enter the employee number", "invalid_choice": "No worker has this number"},
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def heading_of(self, obj: Occupancy) -> str:
        return f"{obj.worker.full_name}, {obj.position.title}"

    @admin.display(description="Position", ordering="position__number")
    def number(self, obj: Occupancy) -> str:
        return obj.position.number

    @admin.display(description="Title", ordering="position__title")
    def title(self, obj: Occupancy) -> str:
        return obj.position.title

    @admin.display(description="Worker")
    def worker_said(self, obj: Occupancy) -> str:
        return obj.worker.full_name

    @admin.display(description="ESR")
    def in_esr(self, obj: Occupancy) -> str:
        run = latest()
        is_absent = run is not None and run.absences.filter(occupancy=obj).exists()
        return "Not in the latest ESR file" if is_absent else "Nothing to say"

    @admin.display(description="Position")
    def position_link(self, obj: Occupancy) -> SafeString:
        url = reverse("admin:workforce_position_change", args=[obj.position_id], current_app=self.admin_site.name)
        return format_html('<a href="{}">{}, {}</a>', url, obj.position, obj.position.team)

    @admin.display(description="Worker")
    def worker_link(self, obj: Occupancy) -> SafeString:
        url = reverse("admin:workforce_worker_change", args=[obj.worker_id], current_app=self.admin_site.name)
        return format_html(
            '<a href="{}">{}</a> (employee number {})', url, obj.worker.full_name, obj.worker.employee_number
        )


@admin.register(Worker, site=site)
class WorkerAdmin(RecordAdmin):
    is_about_a_worker = True
    says = "The people in the posts, by employee number. Not the accounts people log in with: nothing joins the two."
    list_display = ("employee_number", "last_name", "first_name")
    search_fields = ("employee_number", "last_name", "first_name")
    search_help_text = "Employee number or name"
    fieldsets = (("Who", {"fields": ("employee_number", "first_name", "last_name")}),)

    def heading_of(self, obj: Worker) -> str:
        return obj.full_name

    def more_about(self, request: HttpRequest, obj: Worker) -> dict[str, Any]:
        return {"occupancies": obj.occupancies.select_related("position"), "occupancies_of": "worker"}


class KindFilter(PlainFilter):
    title, parameter_name, everything = "List", "kind", "Every list"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return ReferenceValue.Kind.choices


@admin.register(ReferenceValue, site=site)
class ReferenceValueAdmin(RecordAdmin):
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
