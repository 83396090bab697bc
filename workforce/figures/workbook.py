"""The figures of a day as an Excel file: a sheet of single figures, and a sheet with a chart for each table."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from core.said import nhs_date
from workforce.cells import safe, safe_cell
from workforce.figures.counting import Counted
from workforce.figures.tables import facts_of, tables_of

BOLD = Font(bold=True)
WIDEST = 60


def workbook_of(counted: Counted) -> bytes:
    """The whole file: as many rows as there are titles and directorates, however many posts."""
    book = Workbook()
    first: Any = book.active
    first.title = "Figures"
    _put(
        first, [["Role records on", nhs_date(counted.day)], *([fact.words, fact.figure] for fact in facts_of(counted))]
    )
    for table in tables_of(counted):
        rows = [[line.label, line.workers, line.others, line.all] for line in table.lines]
        _sheet(book, table.kind.heading, [table.kind.first_column, "Peer support workers", "Other roles", "All"], rows)
    _sheet(book, "Who ran the courses", ["Who ran it", "People"], [[name, count] for name, count in counted.providers])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Workbook, name: str, headings: list[str], rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(name[:31])
    _put(sheet, [headings, *rows])
    if not rows:
        return
    chart = BarChart()
    chart.type, chart.title, chart.legend = "bar", name, None
    chart.add_data(Reference(sheet, min_col=len(headings), min_row=1, max_row=len(rows) + 1), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=len(rows) + 1))
    chart.height = max(7, len(rows))
    sheet.add_chart(chart, f"{'ABCDEFG'[len(headings)]}2")


def _put(sheet: Any, rows: list[list[Any]]) -> None:
    for row in rows:
        sheet.append([safe_cell(sheet, each) for each in row])
    for cell in sheet[1]:
        cell.font = BOLD
    sheet.column_dimensions["A"].width = min(WIDEST, 2 + max(len(safe(str(row[0]))) for row in rows))
