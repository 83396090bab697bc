"""HR's page for taking role records away as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from accounts.fresh import fresh_log_in_needed
from core.kept import keeps_what_was_typed, kept_for
from workforce.admin.base import site
from workforce.admin.pages import hr_page, show
from workforce.export.columns import COLUMNS
from workforce.export.forms import ExportForm
from workforce.export.services import take_away
from workforce.export.writing import TYPES
from workforce.models.snapshots import Export
from workforce.permissions import EXPORT_ROLE_RECORDS

#: One logs in again before a file is made, if that was longer ago.
FRESH_SECONDS = 10 * 60


def after_a_fresh_log_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask for a log-in of the last ten minutes, with the second factor."""
    return fresh_log_in_needed(view, within=FRESH_SECONDS)


@keeps_what_was_typed
@hr_page(
    site,
    "export/",
    "export",
    permission=EXPORT_ROLE_RECORDS,
    title="Take records away as a file",
    says="A file of posts and who is in them, or of vacancies. You log in again, say why, and it is written down.",
)
@after_a_fresh_log_in
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse | FileResponse:
    """Choose, say why, and the file comes. Nothing is made by looking at the page."""
    form = ExportForm(request.POST if request.method == "POST" else None, initial=kept_for(request))
    if request.method == "POST" and form.is_valid():
        said: Any = form.cleaned_data
        file, made = take_away(by=request.user, **said)
        name = f"role-records-{made.what}-{made.made_at:%Y-%m-%d}.{made.file_format}"
        return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[made.file_format])
    more = {
        "form": form,
        "columns": [
            (label, ", ".join(column.heading.lower() for column in COLUMNS[Export.What(value)]))
            for value, label in Export.What.choices
        ],
    }
    return show(request, site, "workforce/export.html", "Take records away as a file", more)
