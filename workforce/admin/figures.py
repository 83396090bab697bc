"""HR's pages of figures: what the records say of any day, and the file of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from audit.services import record_look
from core.said import nhs_date
from workforce.admin.base import site
from workforce.admin.pages import hr_page, show
from workforce.figures.counting import count_on
from workforce.figures.forms import DayForm
from workforce.figures.tables import facts_of, tables_of
from workforce.figures.workbook import workbook_of
from workforce.permissions import READ_ROLE_RECORDS

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
