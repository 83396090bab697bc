"""HR's site, and what the pages of every kind of record share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin_site import ByNumberField, GatedAdminSite, TabledAdmin
from audit.services import record_look
from core.permissions import Permission, can
from workforce import services
from workforce.admin.striking import Strikable
from workforce.forms import VersionedForm
from workforce.models import Position, Worker
from workforce.permissions import CHANGE_ROLE_RECORDS, READ_ROLE_RECORDS, READ_STRUCK_OUT
from workforce.presenters import history_of

#: The kinds of record on the first page, in the order one needs them.
ORDER = (
    *("position", "occupancy", "worker", "vacancy", "check", "peertraining", "competence"),
    *("workhealth", "dbs", "adjustments", "wellbeingplan", "esrimport", "referencevalue", "struckout"),
)


@dataclass(frozen=True)
class MorePage:
    """A page that is not about one kind of record: where it is, what it is called, and who may open it."""

    route: str
    name: str
    view: Callable[..., HttpResponseBase]
    permission: Permission
    title: str = ""
    says: str = ""


class HrSite(GatedAdminSite):
    """Each kind of record, the lists that HR looks at every week, and pages that are about no one kind."""

    def __init__(self, name: str, *, permission: Permission, title: str) -> None:
        super().__init__(name, permission=permission, title=title)
        self.more_pages: list[MorePage] = []

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What stands on every page: for HR's people also the way to find something in all the records."""
        finder = self.url_of("search") if super().has_permission(request) else ""
        return {**super().each_context(request), "finder_url": finder}

    def url_of(self, name: str) -> str:
        """The address of such a page."""
        return reverse(f"admin:{name}", current_app=self.name)

    def has_permission(self, request: HttpRequest) -> bool:
        """HR's people; and on the pages of what was struck out, whoever may read that: they are not of HR."""
        return super().has_permission(request) or _is_about_struck_out(request)

    def kinds(self, request: HttpRequest) -> list[TabledAdmin]:
        """The kinds of record that this person may read."""
        found: Any = self._registry.values()
        mine = [kind for kind in found if kind.has_module_permission(request)]
        return sorted(mine, key=lambda kind: ORDER.index(kind.opts.model_name))

    def sections(self, request: HttpRequest) -> list[dict[str, str]]:
        records = [
            {"name": kind.plural, "says": kind.says, "url": kind.address("changelist")} for kind in self.kinds(request)
        ]
        return records + [
            {"name": each.title, "says": each.says, "url": self.url_of(each.name)}
            for each in self.more_pages
            if each.title and can(request.user, each.permission)
        ]

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Those of the records, and before what is not found the pages that stand alone."""
        patterns = super().get_urls()
        for each in self.more_pages:
            page = path(each.route, self.admin_view(each.view), name=each.name)
            page.callback.policy = (each.permission,)
            patterns.insert(-1, page)
        return patterns

    def views(self, request: HttpRequest) -> list[dict[str, str]]:
        due = {
            "name": "What is due",
            "says": "Probation, reviews, fixed terms, checks and peer supervision that wait, on one page.",
            "url": self.url_of("due"),
        }
        return [due] + [
            {"name": name, "says": says, "url": f"{kind.address('changelist')}?view={value}"}
            for kind in self.kinds(request)
            for value, name, says in kind.saved_views
        ]


site = HrSite("hr", permission=READ_ROLE_RECORDS, title="Role records")


@dataclass(frozen=True)
class Link:
    """One line of a list of what belongs to a record: words that lead somewhere, and more words beside them."""

    text: str
    url: str
    more: str = ""


@dataclass(frozen=True)
class Belonging:
    """What belongs to a record: read here, changed on its own page."""

    heading: str
    links: list[Link]
    add: Link | None = None
    empty: str = "None yet."
    says: str = ""


class RecordAdmin(Strikable, TabledAdmin):
    """What all records share: saving through the service, and a history that can be read."""

    may_read = READ_ROLE_RECORDS
    may_change: Permission | None = CHANGE_ROLE_RECORDS
    may_add: Permission | None = CHANGE_ROLE_RECORDS
    form = VersionedForm
    has_history = True
    change_form_template = "workforce/record.html"
    object_history_template = "workforce/history.html"

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
        if not self.has_view_permission(request):
            raise PermissionDenied
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

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """A position and a worker are named by the numbers that HR knows them by."""
        if db_field.name == "position":
            return _by_number(Position, "number", "Position number", "Enter the position number", "No position")
        if db_field.name == "worker":
            return _by_number(
                Worker,
                "employee_number",
                "Employee number",
                "Enter the employee number",
                "No worker",
                help_text="Add the worker first if they are new",
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def page_of(self, model: type[models.Model], row: models.Model) -> str:
        """The address of the page of another kind of record."""
        name = f"admin:workforce_{model._meta.model_name}_change"
        return reverse(name, args=[row.pk], current_app=self.admin_site.name)

    def adding(self, request: HttpRequest, model: type[models.Model], text: str, **about: str) -> Link | None:
        """The way to add another kind of record about this one; None for whoever may not."""
        if not self.admin_site.get_model_admin(model).has_add_permission(request):
            return None
        url = reverse(f"admin:workforce_{model._meta.model_name}_add", current_app=self.admin_site.name)
        return Link(text, f"{url}?{urlencode(about)}")

    @admin.display(description="Position")
    def position_link(self, obj: Any) -> SafeString:
        url = reverse("admin:workforce_position_change", args=[obj.position_id], current_app=self.admin_site.name)
        return format_html('<a href="{}">{}, {}</a>', url, obj.position, obj.position.team)

    @admin.display(description="Worker")
    def worker_link(self, obj: Any) -> SafeString:
        url = reverse("admin:workforce_worker_change", args=[obj.worker_id], current_app=self.admin_site.name)
        return format_html(
            '<a href="{}">{}</a> (employee number {})', url, obj.worker.full_name, obj.worker.employee_number
        )

    def _note_look(self, request: HttpRequest, object_id: str, what: str) -> None:
        """A look is logged when it is of a record that tells of one worker, and the page is going to show it."""
        if request.method == "GET":
            obj = self.get_object(request, unquote(object_id))
            if obj is not None and self.tells_of_a_worker(obj):
                record_look(actor=request.user, what=what, about=obj)


class OfAWorker(RecordAdmin):
    """A record that belongs to one worker, and stays with them."""

    is_about_a_worker = True
    list_select_related = ("worker",)
    search_fields: ClassVar[tuple[str, ...]] = ("worker__employee_number", "worker__last_name")
    search_help_text = "Employee number or surname"
    #: Heading and fields of each part of the form, below who it is about.
    in_parts: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        who = "worker" if obj is None else "worker_link"
        return [("Who", {"fields": (who,)}), *((name, {"fields": fields}) for name, fields in self.in_parts)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else ("worker_link",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("worker")

    def heading_of(self, obj: Any) -> str:
        return f"{obj.worker.full_name}: {self.opts.verbose_name}"

    @admin.display(description="Employee number", ordering="worker__employee_number")
    def number(self, obj: Any) -> str:
        return obj.worker.employee_number

    @admin.display(description="Worker", ordering="worker__last_name")
    def worker_said(self, obj: Any) -> str:
        return obj.worker.full_name


def _is_about_struck_out(request: HttpRequest) -> bool:
    asked = getattr(request.resolver_match.func, "policy", ()) if request.resolver_match else ()
    return READ_STRUCK_OUT in asked and can(request.user, READ_STRUCK_OUT)


def _by_number(
    model: Any, field: str, label: str, required: str, missing: str, help_text: str = ""
) -> forms.ModelChoiceField:
    words = {"required": required, "invalid_choice": f"{missing} has this number"}
    return ByNumberField(
        model.objects.all(), to_field_name=field, label=label, help_text=help_text, error_messages=words
    )
