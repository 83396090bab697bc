"""Positions, who holds them, and the people HR knows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.text import capfirst

from core import clock
from core.permissions import can
from core.said import nhs_date
from workforce import policies, services
from workforce.admin.base import Belonging, Link, RecordAdmin, site
from workforce.admin.filters import (
    BandFilter,
    BoroughFilter,
    ContractFilter,
    CurrentFilter,
    HolderFilter,
    OccupancyViews,
    PolicyFilter,
    PositionViews,
    ReviewFilter,
    TeamFilter,
)
from workforce.admin.together import ChangedTogether
from workforce.belonging import SENSITIVE
from workforce.esr.admin import AbsentFilter
from workforce.esr.services import is_absent
from workforce.forms import OccupancyForm
from workforce.models import (
    Competence,
    Occupancy,
    PeerTraining,
    Position,
    ReferenceValue,
    Vacancy,
    Worker,
)
from workforce.permissions import READ_SENSITIVE

SUPERVISION = (
    *("line_supervision_weeks", "line_supervised_on"),
    *("peer_supervision_weeks", "peer_supervised_on"),
    *("group_supervision_weeks", "group_supervised_on"),
)


@admin.register(Position, site=site)
class PositionAdmin(ChangedTogether, RecordAdmin):
    says = "Each funded post: its band, team, hours and review date, and whether anyone is in it."
    list_display = ("number_said", "title", "band_said", "team", "borough", "hours", "wte_said", "review", "state")
    list_filter = (PositionViews, HolderFilter, BandFilter, TeamFilter, BoroughFilter, PolicyFilter, ReviewFilter)
    saved_views = (
        ("vacant90", "Vacant for more than 90 days", "Posts that nobody has been in for over 90 days."),
        ("review", "Reviews of roles", "Posts whose own review is due in 2 weeks or late."),
    )
    search_fields = ("number", "title", "team", "borough")
    search_help_text = "Position number, title, team or borough"
    fieldsets = (
        ("The post", {"fields": ("number", "title", "family", "band", "lived_experience")}),
        ("Where it sits", {"fields": ("directorate", "team", "base", "borough")}),
        ("National codes", {"fields": ("staff_group", "job_role", "occupation_code", "area_of_work")}),
        ("Hours and funding", {"fields": ("funded_hours", "funded_until")}),
        ("Policy", {"fields": ("policy",)}),
        ("Dates", {"fields": ("review_on", "closed_on")}),
    )
    help_texts: ClassVar[dict[str, str]] = {
        "number": "As it stands in the Electronic Staff Record (ESR)",
        "title": "The local title, as in the job advert",
        "lived_experience": "What the post asks for, as in the job advert. Never what a person has lived through",
        "base": "The building or site, as in the job advert",
        "borough": "Leave empty for a post that covers the whole Trust",
        "funded_hours": "Full time is 37.5 hours",
        "funded_until": "Leave empty if the funding has no end",
        "review_on": "The day by which the role is looked at again",
        "closed_on": "The last day of the post. Positions are closed, never deleted",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Position]:
        return Position.objects.with_holders().select_related(*(f"policy__{part}" for part in policies.PARTS))

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "policy":
            return policies.policy_choice(db_field)
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.related_model is ReferenceValue:
            field.choices = [("", field.empty_label), *_entries(request).get(str(db_field.name), ())]
        return field

    def more_about(self, request: HttpRequest, obj: Position) -> dict[str, Any]:
        """Who holds it and who held it: read here, changed on the occupancy's own page."""
        add = self.adding(request, Occupancy, "Add who holds this position", position=obj.number)
        return {
            "occupancies": obj.occupancies.select_related("worker"),
            "occupancies_of": "position",
            "add_occupancy": add.url if add else "",
            "belongings": [*self._policy(obj), self._vacancies(request, obj)],
        }

    def _policy(self, obj: Position) -> list[Belonging]:
        if obj.policy is None:
            return []
        return [Belonging("Employed under", [Link(policies.named(obj.policy), obj.policy.get_absolute_url())])]

    def _vacancies(self, request: HttpRequest, obj: Position) -> Belonging:
        links = [
            Link(f"Opened on {nhs_date(each.opened_at)}", self.page_of(Vacancy, each), each.get_state_display())
            for each in obj.vacancies.all()
        ]
        return Belonging("Vacancies", links, self.adding(request, Vacancy, "Open a vacancy", position=obj.number))

    def name_of(self, obj: Position) -> str:
        return f"{obj.number} {obj.title}, {obj.team}"

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
class OccupancyAdmin(ChangedTogether, RecordAdmin):
    form = OccupancyForm
    is_about_a_worker = True
    says = "Who is in which position, from when to when, on what contract, and when they are next reviewed."
    list_display = ("number", "title", "worker_said", "contract", "hours", "starts_on", "ended_on", "review_on")
    list_filter = (OccupancyViews, CurrentFilter, ContractFilter, ReviewFilter, AbsentFilter)
    list_select_related = ("position", "worker")
    saved_views = (
        ("probation", "Probation ends", "People whose probation ends in 2 weeks or is over, without an outcome."),
        ("review", "Reviews of people", "People in post whose review is due in 2 weeks or late."),
        ("ending", "Fixed term ends in 6 months", "People in post whose fixed term ends in the next 6 months."),
        ("unsupervised", "No peer supervisor", "People in post for whom nobody gives peer supervision."),
        ("supervision", "Supervision overdue", "People in post whose supervision is later than was agreed."),
    )
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
        "leaving_reason": "You may leave this out. Never anything about health or conduct",
        "covers": "For cover, or a secondment into somebody's place: their name",
        "line_manager": "Who manages them day to day: a name",
        "line_supervision_weeks": "For example, 4 for every 4 weeks. Leave empty if there is none",
        "line_supervised_on": "The day only. What was said is never written down here",
        "peer_supervisor": "Who gives peer supervision: a name. It may be someone in another team",
        "review_on": "The next review of this person in this role",
    }

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        who = ("position", "worker") if obj is None else ("position_link", "worker_link")
        in_esr = ("in_esr",) if obj is not None and is_absent(obj) else ()
        return [
            ("Who and where", {"fields": who}),
            ("Contract", {"fields": ("contract", "covers", "hours", "assignment_number", *in_esr)}),
            ("Dates", {"fields": ("starts_on", "expected_end_on", "ended_on", "leaving_reason")}),
            ("Probation", {"fields": ("probation_starts_on", "probation_ends_on", "probation_outcome")}),
            ("Support", {"fields": ("line_manager", "peer_supervisor", "review_on")}),
            ("Supervision: how often, and when it last was", {"fields": SUPERVISION}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whose it is, and of which position, stays: a move is an end and a new start."""
        return () if obj is None else ("position_link", "worker_link", "in_esr")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Occupancy]:
        return Occupancy.objects.select_related("position", "worker")

    def heading_of(self, obj: Occupancy) -> str:
        return f"{obj.worker.full_name}, {obj.position.title}"

    def save_model(self, request: HttpRequest, obj: Occupancy, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        vacancy_id = form.cleaned_data.get("vacancy")
        if vacancy_id and not change:
            services.name_who_fills(by=request.user, vacancy_id=vacancy_id, occupancy=obj)

    def more_about(self, request: HttpRequest, obj: Occupancy) -> dict[str, Any]:
        """The vacancy by which they came, if it is held here."""
        found = Vacancy.objects.filter(occupancy=obj).first()
        if found is None:
            return {}
        link = Link(f"The vacancy opened on {nhs_date(found.opened_at)}", self.page_of(Vacancy, found))
        return {"belongings": [Belonging("How the post was filled", [link])]}

    def name_of(self, obj: Occupancy) -> str:
        return f"{obj.worker.full_name}, {obj.position}"

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
        """Shown only of somebody who is absent from it."""
        return "Not in the latest ESR file"


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
        belongings = [self._training(request, obj), self._competence(request, obj)]
        if can(request.user, READ_SENSITIVE):
            belongings.append(self._sensitive(request, obj))
        return {
            "occupancies": obj.occupancies.select_related("position"),
            "occupancies_of": "worker",
            "belongings": belongings,
        }

    def _training(self, request: HttpRequest, obj: Worker) -> Belonging:
        links = [
            Link(f"{each.course}, {each.provider}", self.page_of(PeerTraining, each), each.get_result_display())
            for each in obj.training.all()
        ]
        add = self.adding(request, PeerTraining, "Add a course", worker=obj.employee_number)
        return Belonging("Peer training", links, add)

    def _competence(self, request: HttpRequest, obj: Worker) -> Belonging:
        found = Competence.objects.filter(worker=obj).first()
        if found is None:
            add = self.adding(request, Competence, "Add the nine domains", worker=obj.employee_number)
            return Belonging("Competence domains", [], add)
        more = f"{found.signed_off} of {len(Competence.DOMAINS)} signed off"
        return Belonging("Competence domains", [Link("The nine domains", self.page_of(Competence, found), more)])

    def _sensitive(self, request: HttpRequest, obj: Worker) -> Belonging:
        """The way to each status, and not the status: opening one is written to the log of looks."""
        links = []
        numbers = _sensitive_numbers_of(obj)
        for model in SENSITIVE:
            kind: Any = self.admin_site.get_model_admin(model)
            name = str(model._meta.verbose_name)
            name = capfirst(name)
            add = self.adding(request, model, name, worker=obj.employee_number)
            if number := numbers[model.__name__]:
                links.append(Link(name, kind.address("change", number)))
            elif add is not None:
                links.append(Link(f"Add: {add.text}", add.url))
        says = "Only people with a permission of their own see this part. Each time one is opened is written down."
        return Belonging("Health, DBS and support", links, says=says)


def _entries(request: Any) -> dict[str, list[tuple[int, str]]]:
    """The entries of the national lists, by list, to choose from. One query for the four lists of a page."""
    if not hasattr(request, "entries_of_lists"):
        request.entries_of_lists = {}
        for entry in ReferenceValue.objects.all():
            request.entries_of_lists.setdefault(entry.kind, []).append((entry.pk, str(entry)))
    return request.entries_of_lists


def _sensitive_numbers_of(worker: Worker) -> dict[str, int | None]:
    """By the name of each sensitive table: the number of the row it holds of this worker, or None. One query."""
    numbers: dict[str, Any] = {
        model.__name__: Subquery(model._default_manager.filter(worker=OuterRef("pk")).values("pk"))
        for model in SENSITIVE
    }
    found: Any = Worker.objects.filter(pk=worker.pk).values(**numbers).get()
    return found
