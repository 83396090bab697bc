"""Pages for one kind of record: who may, which look-ups, lists and forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG, ORDER_VAR, PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.db import models
from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.text import capfirst

from accounts.admin_site.forms import PlainModelForm, plain_field
from accounts.admin_site.lists import A_PAGE, LONGEST_SEARCH, OneLook, PlainList, sealed, search, shown
from accounts.admin_site.site import GatedAdminSite
from core.errors import Refused
from core.kept import kept_for
from core.permissions import Permission, can, require


@dataclass(frozen=True)
class Line:
    """A field of a record's page: `bound` to be filled in, or else `label` and `words` to be read."""

    bound: BoundField | None = None
    label: str = ""
    words: str = ""


@dataclass(frozen=True)
class Part:
    """Some fields under one heading."""

    name: str
    lines: list[Line]


class TabledAdmin(admin.ModelAdmin):
    """A `ModelAdmin` that asks the one permission table and answers no query that it has not listed.

    `may_read`, `may_change`, `may_add` are permissions; None is nobody. Nobody deletes.
    `allowed_lookups` are the only parameters by which the address may narrow a list, beside the filters' own: otherwise
    `?worker__last_name__startswith=A` reads out, letter by letter, what no page shows.
    Django's admin log is left empty, because it would keep the text of records: a subclass saves through a service,
    which writes the audit row. `says` is its line on the first page; `help_texts` are hints by field; `saved_views` are
    value of the filter `view`, name and purpose of lists that the first page leads to.
    """

    admin_site: GatedAdminSite
    may_read: Permission
    may_change: Permission | None = None
    may_add: Permission | None = None
    allowed_lookups: ClassVar[frozenset[str]] = frozenset()
    says: str = ""
    has_history: ClassVar[bool] = False
    help_texts: ClassVar[dict[str, str]] = {}
    saved_views: ClassVar[tuple[tuple[str, str, str], ...]] = ()

    form = PlainModelForm
    actions = None
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = A_PAGE
    list_max_show_all = 0
    empty_value_display = "Not set"
    change_list_template = "admin_site/list.html"
    change_form_template = "admin_site/record.html"

    # -- who may ----------------------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can(request.user, self.may_read)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can(request.user, self.may_read)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add is not None and can(request.user, self.may_add)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change is not None and can(request.user, self.may_change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        filters: Any = self.list_filter
        return lookup in self.allowed_lookups | {each.parameter_name for each in filters}

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        return False

    # -- addresses --------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """List, add, change, and history if there is one. No delete, and no redirect that stands outside the gate."""
        kept = ("_changelist", "_add", "_change", "_history" if self.has_history else "_change")
        return [each for each in super().get_urls() if each.name and each.name.endswith(kept)]

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    # -- lists ------------------------------------------------------------------------------------------------------

    @property
    def plural(self) -> str:
        """What the records are called, for headings."""
        name = str(self.opts.verbose_name_plural)
        return capfirst(name)

    @property
    def crumbs(self) -> list[dict[str, str]]:
        """The way back from a record: to the list, to the first page."""
        return [self.admin_site.crumb, {"text": self.plural, "href": self.address("changelist")}]

    def address(self, action: str, *args: Any) -> str:
        """The address of a page of this kind of record."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{action}"
        return reverse(name, args=args, current_app=self.admin_site.name)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PlainList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list. What it is to be narrowed by is sent by POST, and leads to an address that names nobody."""
        if request.method == "POST":
            require(request.user, self.may_read)
            return HttpResponseRedirect("?".join(filter(None, (request.path, sealed(request.POST)))))
        if ERROR_FLAG in request.GET and len(request.GET) > 1:
            return HttpResponseRedirect(request.path)
        more = {"heading": self.plural, "crumbs": [self.admin_site.crumb]}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        typed = search_term[:LONGEST_SEARCH].replace("\0", "")
        return (search(queryset, self.search_fields, typed) if typed and self.search_fields else queryset), False

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **more: Any) -> Paginator:
        """One look where the list is narrowed or in another order; else counting and finding each have their index."""
        number = request.GET.get(PAGE_VAR, "1")
        is_as_it_is = not queryset.query.where and ORDER_VAR not in request.GET
        if is_as_it_is or not (number.isascii() and number.isdigit() and 0 < int(number[:9]) < 10**6):
            return super().get_paginator(request, queryset, per_page, *args, **more)
        everything = self.get_queryset(request)
        if self.list_select_related:
            everything = everything.select_related(*self.list_select_related)
        return OneLook(queryset, per_page, number=int(number[:9]), everything=everything)

    # -- forms ------------------------------------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        return plain_field(db_field, **kwargs)

    def heading_of(self, obj: Any) -> str:
        """The heading of a record's page."""
        return str(obj)

    def more_about(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """More for the page of a record that exists, such as lists of what belongs to it."""
        return {}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form, or save it. What a service refuses is undone, and shown on the form as it was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.refusal = refusal  # type: ignore[attr-defined] # for get_form, in this second pass
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form: Any = super().get_form(request, obj, change, help_texts=self.help_texts, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        form.kept = kept_for(request)
        return form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row. When something is to be saved, it is locked before it is read (Django opens the transaction)."""
        obj = super().get_object(request, object_id, from_field)
        if obj is None or request.method != "POST":
            return obj
        is_here = bool(self.model._base_manager.select_for_update().filter(pk=obj.pk))
        return super().get_object(request, object_id, from_field) if is_here else None

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context |= {"form": context["adminform"].form, "crumbs": self.crumbs, "parts": self._parts(context, obj)}
        if obj is None:
            context["heading"] = context["title"]
        else:
            context |= {
                "heading": self.heading_of(obj),
                "ask": self.may_read.ask,
                "has_history": self.has_history,
                **self.more_about(request, obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _parts(self, context: dict[str, Any], obj: Any) -> list[Part]:
        """The form in parts, each field as a box to fill or as words to read."""
        return [
            Part(str(fieldset.name), [self._line(field, obj) for line in fieldset for field in line])
            for fieldset in context["adminform"]
        ]

    def _line(self, field: Any, obj: Any) -> Line:
        if not field.is_readonly:
            return Line(bound=field.field)
        name, label = field.field["name"], str(field.field["label"])
        return Line(label=capfirst(label), words=shown(self, name, obj))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._saved(request, obj, "Added.")

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        words = "Saved. The history shows what changed." if self.has_history else "Saved."
        return self._saved(request, obj, words)

    def _saved(self, request: HttpRequest, obj: Any, words: str) -> HttpResponse:
        messages.success(request, words)
        return HttpResponseRedirect(self.address("change", obj.pk))

    # -- Django's own log -------------------------------------------------------------------------------------------

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: see the class."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: see the class."""
