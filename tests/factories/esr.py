"""ESR files of invented people, and the steps of an import."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from workforce.esr import services, working
from workforce.models import EsrImport, Occupancy, ReferenceValue

#: Headings as an ESR export has them, by the fact that stands below.
HEADINGS = {
    "position_number": "Position Number",
    "title": "Position Title",
    "employee_number": "Employee Number",
    "assignment_number": "Assignment Number",
    "last_name": "Last Name",
    "first_name": "First Name",
    "contract": "Assignment Category",
    "staff_group": "Staff Group",
    "job_role": "Role",
    "occupation_code": "Occ Code",
    "band": "Pay Scale",
    "wte": "FTE",
    "hours": "Contracted Hours",
    "starts_on": "Start Date in Position",
    "expected_end_on": "Fixed Term Contract End Date",
    "ended_on": "Assignment End Date",
    "directorate": "Directorate",
    "team": "Team",
}
NEW = {
    "position_number": "30419001",
    "title": "Senior Peer Support Worker",
    "employee_number": "20099001",
    "assignment_number": "20099001-2",
    "last_name": "Thornbury",
    "first_name": "Hazel",
    "contract": "Fixed Term Temp",
    "band": "XR04|NHS|XR04",
    "hours": "30",
    "starts_on": "01-SEP-2025",
    "directorate": "Community mental health",
    "team": "Southfold Recovery Team",
}


def line_of(occupancy: Occupancy, **changes: str) -> dict[str, str]:
    """A line of the file that says what is held, with some cells changed."""
    post, worker = occupancy.position, occupancy.worker
    return {
        "position_number": post.number,
        "title": post.title,
        "employee_number": worker.employee_number,
        "assignment_number": occupancy.assignment_number or f"{worker.employee_number}-1",
        "last_name": worker.last_name,
        "first_name": worker.first_name,
        "contract": occupancy.get_contract_display(),
        "band": f"XR0{post.band}|NHS|XR0{post.band}",
        "hours": str(occupancy.hours),
        "starts_on": f"{occupancy.starts_on:%d/%m/%Y}",
        "expected_end_on": occupancy.expected_end_on.isoformat() if occupancy.expected_end_on else "",
        "ended_on": occupancy.ended_on.isoformat() if occupancy.ended_on else "",
        "directorate": post.directorate,
        "team": post.team,
        **changes,
    }


def table(lines: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Headings and rows; only the columns that some line has."""
    lines = list(lines)
    names = [name for name in HEADINGS if any(name in line for line in lines)]
    return [[HEADINGS[name] for name in names], *([line.get(name, "") for name in names] for line in lines)]


def csv_bytes(rows: Iterable[Iterable[Any]], *, between: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=between).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[Iterable[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def file_of(*lines: Mapping[str, Any], name: str = "staff.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, csv_bytes(table(lines)))


def checked(by: Any, *lines: Mapping[str, Any]) -> EsrImport:
    """An import whose file was read, mapped as guessed, and checked."""
    run = services.upload(by=by, file=file_of(*lines))
    services.choose_columns(by=by, run=run, columns=run.columns)
    return worked(run)


def worked(run: EsrImport) -> EsrImport:
    """After a worker has come by."""
    working.work()
    run.refresh_from_db()
    return run


def saved(by: Any, *lines: Mapping[str, Any]) -> EsrImport:
    """An import of which everything was accepted."""
    run = checked(by, *lines)
    services.accept_all(by=by, run=run)
    return worked(run)


def found(run: EsrImport) -> list[tuple[int, str, str, Any, Any]]:
    """Its differences: line, kind, field, before, after."""
    return list(run.differences.values_list("line", "kind", "field", "before", "after"))


def problems(run: EsrImport) -> list[tuple[int, str]]:
    return list(run.problems.values_list("line", "words"))


def listed(kind: str, words: str, code: str = "") -> ReferenceValue:
    """An entry of a national list, checked on a day."""
    entry, _ = ReferenceValue.objects.get_or_create(kind=kind, words=words, defaults={"code": code})
    entry.checked_on = dt.date(2026, 8, 1)
    entry.save()
    return entry
