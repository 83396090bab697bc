"""Ticking several rows of a list and changing the team, the line manager or the review date of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst

from accounts.admin_site import A_PAGE, TabledAdmin, row_number
from accounts.admin_site.forms import plain_field
from core.checking import typed_in
from core.kept import kept_for
from core.permissions import can, policy, require
from core.views import attempt
from workforce.belonging import mark_of
from workforce.permissions import CHANGE_ROLE_RECORDS
from workforce.presenters import Change, value_said
from workforce.services.together import TOGETHER, change_together


@dataclass(frozen=True)
class Shown:
    """One record, and what would change in it."""

    name: str
    changes: list[Change]


class ChangedTogether(TabledAdmin):
    """A kind of record of which several can be changed at once: its fields stand in `services.together.TOGETHER`."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.change_many_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_change_many"
        return [path("change-many/", view, name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        more: dict[str, Any] = {}
        if can(request.user, CHANGE_ROLE_RECORDS):
            more = {"tick_address": self.address("change_many"), "tick_words": self._words()}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    @policy(CHANGE_ROLE_RECORDS)
    def change_many_view(self, request: HttpRequest) -> HttpResponse:
        """What is ticked, with a form; then each change before and after; then it is saved."""
        if not self.has_view_permission(request):
            raise Http404
        require(request.user, CHANGE_ROLE_RECORDS)
        kept = _of_the_same(request, kept_for(request) or {})
        rows = self._ticked(request, kept)
        form = together_form(self.model)(request.POST or None, initial=kept)
        step = request.POST.get("step", "")
        if not rows or step not in ("check", "save") or not form.is_valid():
            return self._page(request, "workforce/change_many.html", rows, form, is_kept=bool(kept))
        if step == "save":
            seen = request.POST.get("seen", "")
            act: Any = lambda: [  # noqa: E731 -- a list, since none changed is an answer too
                change_together(by=request.user, records=rows, values=form.chosen(), seen=seen)
            ]
            done = attempt(form, act)
            if done:
                messages.success(request, self._said(done[0]))
                return HttpResponseRedirect(self.address("changelist"))
            rows = self._ticked(request, kept)
        return self._page(
            request,
            "workforce/change_many_check.html",
            rows,
            form,
            shown=[Shown(self.name_of(row), changes_of(row, form.chosen())) for row in rows],
            mark=mark_of(rows),
            typed=[each for each in typed_in(request.POST) if each[0] not in ("row", "seen")],
        )

    def name_of(self, obj: Any) -> str:
        """A record in a list of those that are ticked."""
        return self.heading_of(obj)

    def _ticked(self, request: HttpRequest, kept: dict[str, Any]) -> list[Any]:
        """The records that are ticked and are still here, by their number; no more than a page of the list holds."""
        sent = request.POST if request.method == "POST" else request.GET
        texts = sent.getlist("row") or _rows_in(kept)
        pks = [row_number(text) for text in texts[:A_PAGE]]
        return list(self.get_queryset(request).filter(pk__in=pks).order_by("pk"))

    def _page(
        self, request: HttpRequest, template: str, rows: list[Any], form: forms.Form, **more: Any
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        heading = f"Change {len(rows)} {self.opts.verbose_name if len(rows) == 1 else self.opts.verbose_name_plural}"
        context = {
            **self.admin_site.each_context(request),
            "title": heading,
            "heading": heading,
            "crumbs": self.crumbs,
            "rows": [(row.pk, self.name_of(row)) for row in rows],
            "form": form,
            "kind": self.plural.lower(),
            "words": self._words(),
            "list_address": self.address("changelist"),
        }
        return TemplateResponse(request, template, {**context, **more})

    def _words(self) -> str:
        """The fields, in words: "team or role review date"."""
        fields: list[Any] = [self.opts.get_field(name) for name in TOGETHER[self.model]]
        return " or ".join(str(field.verbose_name) for field in fields)

    def _said(self, count: int) -> str:
        name = self.opts.verbose_name if count == 1 else self.opts.verbose_name_plural
        return f"Saved. {count} {name} changed." if count else "Saved. All of them were like that already."


def _rows_in(kept: dict[str, Any]) -> list[str]:
    back = kept.get("row", [])
    return [back] if isinstance(back, str) else back


def _of_the_same(request: HttpRequest, kept: dict[str, Any]) -> dict[str, Any]:
    """What was typed for those that are asked for now: all selections share one address."""
    asked = request.GET.getlist("row")
    return kept if not asked or sorted(asked) == sorted(_rows_in(kept)) else {}


class TogetherForm(forms.Form):
    """What is left empty stays as it is; so nothing is taken out for several at once."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.chosen():
            raise forms.ValidationError("Fill in what you want to change, or go back to the list")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """The values that were filled in, by field."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


def together_form(model: Any) -> type[TogetherForm]:
    """The form for one kind of record, with its fields as they stand on the record's own page."""
    fields = {
        name: plain_field(model._meta.get_field(name), required=False, help_text="Leave empty to leave as it is")
        for name in TOGETHER[model]
    }
    return type("Together", (TogetherForm,), fields)


def changes_of(row: Any, values: dict[str, Any]) -> list[Change]:
    """What would change in a record; nothing where it is like that already."""
    found = []
    for name, value in values.items():
        field, before = row._meta.get_field(name), getattr(row, name)
        if before != value:
            label = str(field.verbose_name)
            found.append(Change(capfirst(label), value_said(field, before), value_said(field, value)))
    return found
