"""Blocks as safe HTML: escaped words in a fixed set of elements. Kept in memory, for a text never changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from documents import markup, tables
from documents.markup import Run

KEPT = 8192
HEAD_CELL = '<th class="nhsuk-table__header" role="columnheader" scope="col">{}</th>'
HEADING_SIZES = {1: "l", 2: "m", 3: "s"}


@lru_cache(maxsize=KEPT)
def block_html(kind: str, level: int, label: str, text: str) -> SafeString:
    """One block as an element that can stand alone: heading, paragraph, list item, table, quotation or footnote."""
    if kind == "table":
        return table_html(text)
    return wrap(kind, level, label_html(label), words_html(text))


@lru_cache(maxsize=KEPT)
def words_html(text: str) -> SafeString:
    """The words of a paragraph, with emphasis, links and line breaks."""
    return runs_html(markup.parse(text))


def runs_html(runs: Iterable[Run]) -> SafeString:
    """Runs as HTML. Each run is closed before the next begins, so nothing can be left open."""
    return mark_safe("".join(_run_html(run) for run in runs))  # noqa: S308 -- every part is escaped in _run_html


def wrap(kind: str, level: int, label: SafeString, words: SafeString) -> SafeString:
    """`words`, already safe, in the element of their kind, with what Word printed before them."""
    inside = format_html("{} {}", label, words) if label else words
    if kind == "heading":
        return format_html(
            '<h{0} class="nhsuk-heading-{1}">{2}</h{0}>', min(level, 5) + 1, HEADING_SIZES.get(level, "xs"), inside
        )
    if kind == "list_item":
        return format_html('<p class="app-item app-item--{}">{}</p>', min(level, 8), inside)
    if kind == "quote":
        return format_html('<blockquote class="app-quote"><p>{}</p></blockquote>', inside)
    if kind == "footnote":
        return format_html('<p class="app-footnote">{}</p>', inside)
    return format_html("<p>{}</p>", inside)


def label_html(label: str) -> SafeString:
    """The number or bullet that Word printed."""
    return format_html('<span class="app-block__label">{}</span>', label) if label else SafeString("")


def table_html(text: str) -> SafeString:
    """A table that turns into cards on a narrow screen when its columns have headings."""
    table = tables.load(text)
    return table_element(
        table,
        [[words_html(cell) for cell in row] for row in table.head],
        [("", [words_html(cell) for cell in row]) for row in table.rows],
    )


def table_element(
    table: tables.Table, head: list[list[SafeString]], rows: list[tuple[str, list[SafeString]]]
) -> SafeString:
    """A table of cells that are safe already; each row of the body comes with its extra classes."""
    names = [
        " ".join(filter(None, (markup.plain(cell) for cell in column))) for column in zip(*table.head, strict=True)
    ]
    parts = [
        '<table class="nhsuk-table nhsuk-table--responsive" role="table">' if names else '<table class="nhsuk-table">'
    ]
    if head:
        parts.append('<thead class="nhsuk-table__head" role="rowgroup">')
        parts.extend(_head_row(row) for row in head)
        parts.append("</thead>")
    parts.append('<tbody class="nhsuk-table__body" role="rowgroup">')
    parts.extend(_body_row(classes, row, names) for classes, row in rows)
    parts.append("</tbody></table>")
    return mark_safe("".join(parts))  # noqa: S308 -- every part is made by format_html or constant


def _name_of(column: Iterable[str]) -> str:
    """What heads a column, on one line."""
    return " ".join(filter(None, (markup.plain(cell) for cell in column)))


def _head_row(cells: list[SafeString]) -> SafeString:
    return format_html(
        '<tr class="nhsuk-table__row" role="row">{}</tr>',
        format_html_join(
            "", '<th class="nhsuk-table__header" role="columnheader" scope="col">{}</th>', ((c,) for c in cells)
        ),
    )


def _body_row(classes: str, cells: list[SafeString], names: list[str]) -> SafeString:
    parts = []
    for index, cell in enumerate(cells):
        name = names[index] if index < len(names) else ""
        heading = format_html('<span class="nhsuk-table__heading" aria-hidden="true">{} </span>', name) if name else ""
        words = format_html("<span>{}</span>", cell) if name else cell
        parts.append((heading, words))
    return format_html(
        '<tr class="nhsuk-table__row{}" role="row">{}</tr>',
        f" {classes}" if classes else "",
        format_html_join("", '<td class="nhsuk-table__cell" role="cell">{}{}</td>', parts),
    )


def _run_html(run: Run) -> str:
    html = conditional_escape(run.words).replace("\n", "<br>")
    if run.emphasis:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    if run.href:
        html = format_html('<a class="nhsuk-link" href="{}" rel="noopener noreferrer">', run.href) + html + "</a>"
    return html
