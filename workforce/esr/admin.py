"""HR's pages for ESR files: choose a file, choose its columns, look at what was found, accept it, undo it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode

from accounts.admin_site import PlainFilter, TabledAdmin, row_number
from audit.services import record_look
from core.errors import Refused
from core.kept import kept_for
from core.permissions import require
from core.said import nhs_when
from core.views import attempt
from workforce.esr import services
from workforce.esr.forms import ColumnsForm, FileForm
from workforce.esr.presenters import page_of, tabs_of
from workforce.esr.workflows import AT_WORK, State
from workforce.models import EsrImport, FileRows
from workforce.permissions import IMPORT_ESR

LOOK_AGAIN_SECONDS = 5
CHANGED_MEANWHILE = (
    "Not saved: this record has changed since the file was checked. Check the file again to see how it stands."
)


class StateFilter(PlainFilter):
    title, parameter_name, everything = "Where it stands", "state", "Any"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return State.choices


class AbsentFilter(PlainFilter):
    """For the list of who holds what: those whom the last ESR file did not name."""

    title, parameter_name, everything = "ESR", "esr", "In ESR or not"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("absent", "Not in the latest ESR file")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        run = services.latest()
        return queryset.filter(pk__in=run.absences.values("occupancy")) if run else queryset.none()


class EsrImportAdmin(TabledAdmin):
    """Its pages are its own; the list, the gate and the addresses are those of every kind of record."""

    may_read = IMPORT_ESR
    may_add = IMPORT_ESR
    says = "Bring in a file from the Electronic Staff Record. You see every change before it is saved, and can undo it."
    list_display = ("file_name", "uploaded", "who", "rows_total", "stands")
    list_filter = (StateFilter,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[EsrImport]:
        return EsrImport.objects.select_related("uploaded_by")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require(request.user, IMPORT_ESR)
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST":
            form = FileForm(request.POST, request.FILES)
            if form.is_valid():
                run = attempt(form, lambda: services.upload(by=request.user, file=form.cleaned_data["file"]))
                if run:
                    return HttpResponseRedirect(self.address("change", run.pk))
        return self._page(request, "workforce/esr/file.html", "Import a file from ESR", {"form": form})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require(request.user, IMPORT_ESR)
        run = self.get_queryset(request).filter(pk=row_number(object_id)).first()
        if run is None:
            raise Http404
        if request.method == "POST":
            return self._act(request, run)
        if run.state == State.COLUMNS:
            return self._columns(request, run)
        if run.state in AT_WORK:
            return self._progress(request, run)
        record_look(actor=request.user, what="workforce.opened_esr_import", about=run)
        return self._found(request, run)

    # -- pages ------------------------------------------------------------------------------------------------------

    def _columns(self, request: HttpRequest, run: EsrImport, form: ColumnsForm | None = None) -> HttpResponse:
        if form is None:
            form = ColumnsForm(headings=run.headings, initial=kept_for(request) or run.columns)
        return self._page(request, "workforce/esr/columns.html", "Choose the columns", {"form": form, "run": run})

    def _progress(self, request: HttpRequest, run: EsrImport) -> HttpResponse:
        """Looks again by itself, unless the reader has asked it to stop."""
        is_still = "still" in request.GET
        more = {"run": run, "is_still": is_still, "seconds": LOOK_AGAIN_SECONDS, "checking": State.CHECKING}
        answer = self._page(request, "workforce/esr/progress.html", run.get_state_display(), more)
        if not is_still:
            answer["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return answer

    def _found(self, request: HttpRequest, run: EsrImport) -> HttpResponse:
        tabs = tabs_of(run, request.GET.get("show", ""))
        here = next((tab.key for tab in tabs if tab.is_here), "")
        waiting = next((tab.count for tab in tabs if tab.key == "open"), 0)
        more = {
            "run": run,
            "tabs": tabs,
            "here": here,
            "accept_words": f"Accept all {waiting}" if waiting else "Accept the file: nothing differs",
            "page": page_of(run, here, request.GET.get("p", "")) if here else None,
            "is_ready": run.state == State.READY,
            "is_saved": run.accepted_at is not None and run.undone_at is None,
            "may_check_again": run.state == State.READY and FileRows.objects.filter(run=run).exists(),
        }
        return self._page(request, "workforce/esr/found.html", run.file_name, more)

    def _page(self, request: HttpRequest, template: str, heading: str, more: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "title": heading, "heading": heading, "crumbs": self.crumbs}
        return TemplateResponse(request, template, {**context, "list_address": self.address("changelist"), **more})

    # -- acts -------------------------------------------------------------------------------------------------------

    def _act(self, request: HttpRequest, run: EsrImport) -> HttpResponse:
        act = request.POST.get("act", "")
        if act == "columns" and run.state == State.COLUMNS:
            return self._choose(request, run)
        acts: dict[str, Callable[[], str]] = {
            "accept": lambda: self._accept(request, run),
            "leave": lambda: self._leave(request, run),
            "accept_all": lambda: _said(services.accept_all(by=request.user, run=run)),
            "check": lambda: _said(services.check_again(by=request.user, run=run)),
            "undo": lambda: _said(services.undo(by=request.user, run=run)),
            "stop": lambda: _said(services.stop(by=request.user, run=run), "The file is thrown away."),
        }
        try:
            words = acts[act]() if act in acts else ""
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            if words:
                messages.success(request, words)
        return self._back(request, run)

    def _choose(self, request: HttpRequest, run: EsrImport) -> HttpResponse:
        form = ColumnsForm(request.POST, headings=run.headings)
        if form.is_valid():
            attempt(form, lambda: services.choose_columns(by=request.user, run=run, columns=form.columns))
        return self._columns(request, run, form) if form.errors else self._back(request, run)

    def _accept(self, request: HttpRequest, run: EsrImport) -> str:
        if not services.accept(by=request.user, run=run, difference=_id_in(request)):
            raise Refused(CHANGED_MEANWHILE)
        return "Saved. The history of the record shows it."

    def _leave(self, request: HttpRequest, run: EsrImport) -> str:
        services.leave(by=request.user, run=run, difference=_id_in(request))
        return "Left as it was."

    def _back(self, request: HttpRequest, run: EsrImport) -> HttpResponse:
        """To the part and the page of it that the person was on."""
        kept = {name: request.POST[name][:20] for name in ("show", "p") if request.POST.get(name)}
        return HttpResponseRedirect(self.address("change", run.pk) + (f"?{urlencode(kept)}" if kept else ""))

    # -- the list ---------------------------------------------------------------------------------------------------

    def uploaded(self, obj: EsrImport) -> str:
        return nhs_when(obj.uploaded_at)

    uploaded.short_description = "Chosen"
    uploaded.admin_order_field = "uploaded_at"

    def who(self, obj: EsrImport) -> str:
        return obj.uploaded_by.name

    who.short_description = "By"

    def stands(self, obj: EsrImport) -> str:
        return obj.get_state_display()

    stands.short_description = "Where it stands"


def _said(_: None, words: str = "") -> str:
    """A service has done its part; `words` tell of it."""
    return words


def _id_in(request: HttpRequest) -> int:
    return row_number(request.POST.get("difference", ""))
