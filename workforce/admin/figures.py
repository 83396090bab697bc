"""HR's pages of figures: what the records say of any day, and the file of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from audit.services import record_look
from core.errors import Refused
from core.permissions import can
from core.said import nhs_date
from core.views import attempt
from workforce.admin.base import site
from workforce.admin.pages import hr_page, show
from workforce.figures import services
from workforce.figures.counting import count_on
from workforce.figures.forms import DayForm, QuarterForm
from workforce.figures.ports import desk
from workforce.figures.presenters import released_shown
from workforce.figures.tables import facts_of, tables_of
from workforce.figures.workbook import workbook_of
from workforce.models.snapshots import ReleasedFigures
from workforce.permissions import READ_ROLE_RECORDS, RELEASE_FIGURES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@hr_page(
    site,
    "figures/",
    "figures",
    permission=READ_ROLE_RECORDS,
    says="How many posts and people there were on any day: by band, directorate, contract, title and training.",
    title="Figures on a day",
)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one day, with a bar beside each."""
    form = DayForm.of(request.GET)
    more: dict[str, Any] = {"form": form}
    if form.is_valid():
        day = form.cleaned_data["day"]
        counted = count_on(day)
        more |= {
            "counted": counted,
            "facts": facts_of(counted),
            "tables": tables_of(counted),
            "query": urlencode({"day_day": day.day, "day_month": day.month, "day_year": day.year}),
        }
    return show(request, site, "workforce/figures/day.html", "Figures on a day", more)


@hr_page(site, "figures/file/", "figures_file", permission=READ_ROLE_RECORDS)
@require_safe
def figures_file(request: HttpRequest) -> HttpResponse:
    """The same as an Excel file. That it was taken is written to the log of looks."""
    form = DayForm.of(request.GET)
    if not form.is_valid():
        return show(request, site, "workforce/figures/day.html", "Figures on a day", {"form": form})
    day: dt.date = form.cleaned_data["day"]
    with transaction.atomic():
        file = workbook_of(count_on(day))
        who: Any = request.user
        record_look(actor=who, what="workforce.took_figures", about=who, reason=f"Figures on {nhs_date(day)}")
    name = f"role-figures-{day.isoformat()}.xlsx"
    return HttpResponse(file, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


# -- released figures ---------------------------------------------------------------------------------------------


def _address(name: str, *args: Any) -> str:
    return reverse(f"admin:{name}", args=args, current_app=site.name)


def _released_crumb() -> dict[str, str]:
    return {"text": "Released figures", "href": _address("released")}


def _found(pk: int) -> ReleasedFigures:
    found = ReleasedFigures.objects.select_related("released_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@hr_page(
    site,
    "figures/released/",
    "released",
    permission=READ_ROLE_RECORDS,
    title="Released figures",
    says="Rounded figures of each quarter, safe to give to people outside HR, and what the Steering Group has.",
)
@require_safe
def released(request: HttpRequest) -> HttpResponse:
    """Each quarter that was released, newest first."""
    more = {
        "releases": ReleasedFigures.objects.defer("figures", "basis").select_related("released_by"),
        "handed": desk().standing(),
        "may_release": can(request.user, RELEASE_FIGURES),
    }
    return show(request, site, "workforce/figures/released.html", "Released figures", more)


@hr_page(site, "figures/release/", "release", permission=RELEASE_FIGURES)
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest) -> HttpResponse:
    """Choose a quarter, see what would be released, then release it."""
    days = services.to_release()
    asked = request.POST if request.method == "POST" else request.GET if "quarter" in request.GET else None
    form = QuarterForm(asked, days=days)
    more: dict[str, Any] = {"form": form, "has_quarters": bool(days)}
    if form.is_valid():
        day = form.cleaned_data["quarter"]
        if request.method == "POST":
            seen = request.POST.get("seen", "")
            made = attempt(form, lambda: services.release(by=request.user, day=day, seen=seen))
            if made:
                messages.success(request, f"The figures of {nhs_date(day)} are released.")
                return HttpResponseRedirect(_address("released_one", made.pk))
        if not form.has_error("quarter"):
            figures = services.would_release(day)
            more |= {"day": day, "shown": released_shown(figures), "mark": services.mark_of(figures)}
    heading = "Release the figures of a quarter"
    return show(request, site, "workforce/figures/release.html", heading, more, _released_crumb())


@hr_page(site, "figures/released/<int:pk>/", "released_one", permission=READ_ROLE_RECORDS)
@require_safe
def released_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of one quarter as they were released."""
    found = _found(pk)
    handed = desk().standing()
    more = {
        "release": found,
        "shown": released_shown(found.figures),
        "stands": handed is not None and handed.as_of == found.as_of,
        "may_release": can(request.user, RELEASE_FIGURES),
    }
    heading = f"Figures of {nhs_date(found.as_of)}"
    return show(request, site, "workforce/figures/released_one.html", heading, more, _released_crumb())


@hr_page(site, "figures/released/<int:pk>/hand-over/", "hand_over", permission=RELEASE_FIGURES)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """See what the Steering Group will read, then hand it over."""
    found = _found(pk)
    if request.method == "POST":
        try:
            services.hand_over(by=request.user, released=found)
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, "The Steering Group can read these figures now.")
        return HttpResponseRedirect(_address("released"))
    more = {
        "release": found,
        "table_heading": f"Figures of {nhs_date(found.as_of)}",
        "lines": desk().shown(services.numbers_of(found)),
        "handed": desk().standing(),
    }
    heading = "Hand figures to the Steering Group"
    return show(request, site, "workforce/figures/hand_over.html", heading, more, _released_crumb())


@hr_page(site, "figures/take-back/", "take_back", permission=RELEASE_FIGURES)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest) -> HttpResponse:
    """Ask once more, then take back what the Steering Group reads."""
    if request.method == "POST":
        try:
            services.take_back(by=request.user)
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, "The Steering Group reads no figures now. What they had read is kept.")
        return HttpResponseRedirect(_address("released"))
    heading = "Take figures back from the Steering Group"
    more = {"handed": desk().standing()}
    return show(request, site, "workforce/figures/take_back.html", heading, more, _released_crumb())
