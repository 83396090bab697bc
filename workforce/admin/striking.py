"""The page on which HR strikes out an entry that was made in error."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst

from accounts.admin_site import TabledAdmin, row_number
from audit.services import record_look
from core.kept import kept_for
from core.permissions import can, policy, require
from core.views import attempt
from workforce import services
from workforce.belonging import by_table, mark_of, told_with
from workforce.forms import StrikeForm
from workforce.models import StruckOut, Worker
from workforce.permissions import STRIKE_OUT
from workforce.presenters import one_line_of

DONE = "Struck out. Nobody in HR sees it any more."


class Strikable(TabledAdmin):
    """A kind of record of which an entry made in error can be struck out, by whoever may change it."""

    #: False for a kind of which none is ever an error of this sort: it says why not beside it.
    can_be_struck_out: ClassVar[bool] = True
    #: Whether opening a record of this kind is written to the log of looks.
    is_about_a_worker: ClassVar[bool] = False

    def tells_of_a_worker(self, obj: Any) -> bool:
        """Whether a look at this record is to be logged."""
        return self.is_about_a_worker

    def get_urls(self) -> list[URLPattern]:
        if not self.can_be_struck_out:
            return super().get_urls()
        view = self.admin_site.admin_view(self.made_in_error_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_made_in_error"
        return [path("<path:object_id>/made-in-error/", view, name=name), *super().get_urls()]

    def may_strike_out(self, request: HttpRequest) -> bool:
        return self.can_be_struck_out and can(request.user, STRIKE_OUT) and self.has_change_permission(request)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None and self.may_strike_out(request):
            context["made_in_error"] = self.address("made_in_error", obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @policy(STRIKE_OUT)
    def made_in_error_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what goes and ask why; then strike it out. The second press of a double press finds it gone."""
        if not self.has_view_permission(request):
            raise Http404
        with transaction.atomic():  # what is to go is locked when it is read
            obj = self.get_object(request, unquote(object_id))
            if obj is None:
                return self._gone(request, unquote(object_id))
            require(request.user, STRIKE_OUT)
            if self.may_change is not None:
                require(request.user, self.may_change)
            return self._strike(request, obj)

    def _strike(self, request: HttpRequest, obj: Any) -> HttpResponse:
        form = StrikeForm(request.POST if request.method == "POST" else None, initial=kept_for(request))
        if request.method == "POST":
            act: Any = lambda: services.strike_out(by=request.user, record=obj, **form.cleaned_data)  # noqa: E731
            if form.is_valid() and attempt(form, act):
                return self._to_the_list(request)
        elif self.tells_of_a_worker(obj):
            record_look(actor=request.user, what="workforce.opened_record", about=obj)
        return self._page_about(request, obj, form)

    def _page_about(self, request: HttpRequest, obj: Any, form: forms.Form) -> HttpResponse:
        going = told_with(obj)
        request.current_app = self.admin_site.name
        heading = self.heading_of(obj)
        context = {
            **self.admin_site.each_context(request),
            "title": "Was this entry made in error?",
            "form": form,
            "mark": mark_of(going),
            "kind": self.opts.verbose_name,
            "heading": heading,
            "crumbs": [*self.crumbs, {"text": heading, "href": self.address("change", obj.pk)}],
            "going": lines_of(going[:-1]),
            "is_a_worker": isinstance(obj, Worker),
            "record_address": self.address("change", obj.pk),
        }
        return TemplateResponse(request, "workforce/made_in_error.html", context)

    def _gone(self, request: HttpRequest, object_id: str) -> HttpResponse:
        by: Any = request.user
        mine = StruckOut.objects.filter(kind=self.opts.model_name, by=by)
        if request.method == "POST" and mine.filter(record=row_number(object_id)).exists():
            return self._to_the_list(request)
        raise Http404

    def _to_the_list(self, request: HttpRequest) -> HttpResponse:
        messages.success(request, DONE)
        return HttpResponseRedirect(self.address("changelist"))


def lines_of(rows: list[models.Model]) -> list[str]:
    """What goes with a record, in words: each row by itself where there is something to tell it by, or else counted."""
    lines = []
    for model, some in by_table(rows).items():
        named = [each for row in some if (each := one_line_of(row))]
        kind = str(model._meta.verbose_name if named or len(some) == 1 else model._meta.verbose_name_plural)
        kind = capfirst(kind)
        lines += [f"{kind}: {each}" for each in named] if named else [f"{kind}: {len(some)}"]
    return lines
