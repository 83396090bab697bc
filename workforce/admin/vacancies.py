"""Vacancies, moved on step by step, and the six checks before somebody starts."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.permissions import can
from core.said import local, nhs_date, nhs_when
from workforce import services
from workforce.admin.base import Belonging, Link, RecordAdmin, site
from workforce.admin.filters import CheckStatusFilter, StateFilter, TeamOfPositionFilter, VacancyViews
from workforce.forms import VacancyForm, WhoFillsIt
from workforce.models import Check, Occupancy, Vacancy
from workforce.permissions import READ_SENSITIVE
from workforce.workflows import VACANCY

#: Moments of a vacancy, in order, and what is said of each.
MOMENTS = (
    ("opened", "Opened"),
    ("offered", "Offer made"),
    ("checks", "Checks started"),
    ("filled", "Filled"),
    ("withdrawn", "Withdrawn"),
)
#: Which support may be noted once a vacancy has come to a moment.
SUPPORT = (("opened", "open"), ("offered", "offer"), ("checks", "checks"), ("checks", "start"))


@admin.register(Vacancy, site=site)
class VacancyAdmin(RecordAdmin):
    says = "Posts that are being filled: from the advert to the first day, with the six checks."
    form = VacancyForm
    list_display = ("number", "title", "team", "state", "reference", "opened", "since")
    list_filter = (VacancyViews, StateFilter, TeamOfPositionFilter)
    list_select_related = ("position",)
    saved_views = (("slow", "Checks slower than 4 weeks", "Vacancies whose checks began more than 4 weeks ago."),)
    search_fields = ("position__number", "position__title", "position__team", "reference")
    search_help_text = "Position number, title, team, or reference in the recruitment system"
    help_texts: ClassVar[dict[str, str]] = {
        "reference": "As it stands in the recruitment system. Its own steps stay there",
        "starts_on": "Agreed between the manager and the new person",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Vacancy]:
        """With who moved it on, where that is said: on the page of one, and not in the list."""
        match = request.resolver_match
        is_list = match is not None and str(match.url_name).endswith("_changelist")
        people = () if is_list else ("occupancy__worker", *(f"{name}_by" for name, _ in MOMENTS))
        return Vacancy.objects.select_related("position", *people)

    def get_fieldsets(self, request: HttpRequest, obj: Vacancy | None = None) -> Any:
        dates = ("reference", "advertised_on", "closes_on", "interviews_on")
        if obj is None:
            return [("Which post", {"fields": ("position",)}), ("In the recruitment system", {"fields": dates})]
        support = [
            field
            for moment, step in SUPPORT
            if getattr(obj, f"{moment}_at")
            for field in (f"support_{step}", f"support_{step}_on")
        ]
        return [
            ("Where it stands", {"fields": ("position_link", "state", "so_far", *self._move(request, obj))}),
            ("In the recruitment system", {"fields": (*dates, "starts_on")}),
            *self._who(request, obj),
            ("Support that was offered", {"fields": support}),
        ]

    def _who(self, request: HttpRequest, obj: Vacancy) -> list[Any]:
        """Named once the post is filled, by whoever may change it; others follow the link."""
        may = obj.state == Vacancy.State.FILLED and self.has_change_permission(request, obj)
        return [("Who fills it", {"fields": ("occupancy",)})] if may else []

    def _move(self, request: HttpRequest, obj: Vacancy) -> tuple[str, ...]:
        may = self.has_change_permission(request, obj) and any(VACANCY.allows(obj, each.name) for each in VACANCY)
        return ("move",) if may else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Vacancy | None = None) -> tuple[str, ...]:
        return () if obj is None else ("position_link", "state", "so_far")

    def save_model(self, request: HttpRequest, obj: Vacancy, form: forms.ModelForm, change: bool) -> None:
        if not change:
            services.open_vacancy(by=request.user, vacancy=obj)
            return
        move = form.cleaned_data.get("move")
        if set(form.changed_data) - {"move"}:
            services.keep(by=request.user, record=obj)
        if move:
            services.move(by=request.user, vacancy=obj, name=move)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name != "occupancy":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        words = {"invalid_choice": "Choose one from the list"}
        return WhoFillsIt(
            Occupancy.objects.all(),
            required=False,
            empty_label="Not said yet",
            label="Who of those who hold the position",
            error_messages=words,
        )

    def tells_of_a_worker(self, obj: Vacancy) -> bool:
        return obj.occupancy_id is not None

    def more_about(self, request: HttpRequest, obj: Vacancy) -> dict[str, Any]:
        if obj.checks_at is None:
            return {}
        parts = [self._filled_by(request, obj)] if obj.state == Vacancy.State.FILLED else []
        return {"belongings": [*parts, self._six_checks(request, obj)]}

    def _filled_by(self, request: HttpRequest, obj: Vacancy) -> Belonging:
        """The way to who fills it; while nobody is named, the way to add them."""
        who = obj.occupancy
        if who is not None:
            link = Link(who.worker.full_name, self.page_of(Occupancy, who), f"from {nhs_date(who.starts_on)}")
            return Belonging("Who fills it", [link])
        add = self.adding(request, Occupancy, "Add who fills it", position=obj.position.number, vacancy=str(obj.pk))
        says = "If they are in the records already, choose them below." if add else ""
        return Belonging("Who fills it", [], add, says=says, empty="Nobody is named yet.")

    def _six_checks(self, request: HttpRequest, obj: Vacancy) -> Belonging:
        sees_all = can(request.user, READ_SENSITIVE)
        checks = Check.objects.filter(vacancy=obj)
        links = [
            Link(each.get_kind_display(), self.page_of(Check, each), _where_it_stands(each))
            for each in (checks if sees_all else checks.ordinary())
        ]
        says = "" if sees_all else "Two more checks are looked after by those who may see health and DBS statuses."
        return Belonging("The six checks", links, says=says)

    def heading_of(self, obj: Vacancy) -> str:
        return f"{obj.position.title}, {obj.position.team}"

    @admin.display(description="Position", ordering="position__number")
    def number(self, obj: Vacancy) -> str:
        return obj.position.number

    @admin.display(description="Title", ordering="position__title")
    def title(self, obj: Vacancy) -> str:
        return obj.position.title

    @admin.display(description="Team", ordering="position__team")
    def team(self, obj: Vacancy) -> str:
        return obj.position.team

    @admin.display(description="Opened", ordering="opened_at")
    def opened(self, obj: Vacancy) -> dt.date:
        return local(obj.opened_at).date()

    @admin.display(description="In this state since")
    def since(self, obj: Vacancy) -> dt.date:
        return local(max(each for name, _ in MOMENTS if (each := getattr(obj, f"{name}_at")))).date()

    @admin.display(description="So far")
    def so_far(self, obj: Vacancy) -> str:
        said = [
            f"{words} on {nhs_when(getattr(obj, f'{name}_at'))}, {getattr(obj, f'{name}_by').name}"
            for name, words in MOMENTS
            if getattr(obj, f"{name}_at")
        ]
        return ". ".join(said)


def _where_it_stands(check: Check) -> str:
    if check.kind in Check.SENSITIVE:
        return "Open it to see. Each look is written down"
    who = f", {check.checked_by}" if check.checked_by else ""
    return f"{check.get_status_display()}{who}"


@admin.register(Check, site=site)
class CheckAdmin(RecordAdmin):
    """The six are made when the checks of a vacancy start: none is added by hand."""

    says = "The checks before somebody starts: where each stands, and who checked it. No documents."
    may_add = None
    list_display = ("number", "team", "kind", "status", "on", "checked_by")
    list_filter = (CheckStatusFilter,)
    search_fields = ("vacancy__position__number", "vacancy__position__team")
    search_help_text = "Position number or team"
    help_texts: ClassVar[dict[str, str]] = {
        "on": "When it came to stand there",
        "checked_by": "A name. Needed once it is cleared, not applicable or failed",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Check]:
        """Two of the six tell of health and of criminal records: they are there only for those who may see that.

        In the list they are for nobody: one opens them from their vacancy, and that is written to the log of looks.
        """
        checks = Check.objects.select_related("vacancy__position")
        is_list = request.resolver_match is not None and str(request.resolver_match.url_name).endswith("_changelist")
        return checks if can(request.user, READ_SENSITIVE) and not is_list else checks.ordinary()

    def tells_of_a_worker(self, obj: Check) -> bool:
        return obj.kind in Check.SENSITIVE

    def get_fieldsets(self, request: HttpRequest, obj: Check | None = None) -> Any:
        return [
            ("Which check", {"fields": ("vacancy_link", "kind")}),
            ("Where it stands", {"fields": ("status", "on", "checked_by")}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Check | None = None) -> tuple[str, ...]:
        return ("vacancy_link", "kind")

    def save_model(self, request: HttpRequest, obj: Check, form: forms.ModelForm, change: bool) -> None:
        if form.changed_data:
            services.keep_check(by=request.user, check=obj)

    def heading_of(self, obj: Check) -> str:
        return f"{obj.get_kind_display()}: {obj.vacancy.position.title}, {obj.vacancy.position.team}"

    @admin.display(description="Position", ordering="vacancy__position__number")
    def number(self, obj: Check) -> str:
        return obj.vacancy.position.number

    @admin.display(description="Team", ordering="vacancy__position__team")
    def team(self, obj: Check) -> str:
        return obj.vacancy.position.team

    @admin.display(description="Vacancy")
    def vacancy_link(self, obj: Check) -> SafeString:
        url = reverse("admin:workforce_vacancy_change", args=[obj.vacancy_id], current_app=self.admin_site.name)
        return format_html('<a href="{}">{}</a>', url, obj.vacancy.position)
