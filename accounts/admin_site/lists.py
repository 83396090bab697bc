"""Lists of the admin sites: columns that sort, rows that link, filters that say what they show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.utils import (
    display_for_field,
    display_for_value,
    get_fields_from_path,
    label_for_field,
    lookup_field,
)
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList, ChangeListSearchForm
from django.core.paginator import Page, Paginator
from django.db import connections
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Func, QuerySet, TextField, Value, Window
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Collate
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst, smart_split, unescape_string_literal

from core.said import nhs_date, nhs_when
from core.secrets import Unreadable, seal, unseal

#: Letters of a search that are looked at.
LONGEST_SEARCH = 100
#: What words that somebody looks for are sealed for.
LOOKED_FOR = "looked for"
#: Rows on one page of a list.
A_PAGE = 25


class PlainFilter(SimpleListFilter):
    """A drop-down list above the table. Give `title`, `parameter_name`, `everything`, and `lookups`; and `narrow`."""

    everything: ClassVar[str] = "All"

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows to show for `value`. Unless told otherwise, those whose field of that name is equal to it."""
        return queryset.filter(**{str(self.parameter_name): value})

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, str]]:
        raise NotImplementedError

    def has_output(self) -> bool:
        return True

    def value(self) -> str | None:
        """What is chosen; None for nothing, or for something that is not on the list."""
        typed = super().value()
        return typed if typed in {str(value) for value, _ in self.lookup_choices} else None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset if value is None else self.narrow(queryset, value)

    @property
    def select(self) -> dict[str, Any]:
        """Parameters of the select component."""
        chosen = self.value() or ""
        rows = [("", self.everything), *((str(value), label) for value, label in self.lookup_choices)]
        return {
            "id": f"find-{self.parameter_name}",
            "name": self.parameter_name,
            "label": {"text": self.title},
            "items": [{"value": value, "text": label, "selected": value == chosen} for value, label in rows],
        }

    @property
    def chosen(self) -> str:
        """What is chosen, in words; "" for nothing."""
        value = self.value()
        return next((str(label) for each, label in self.lookup_choices if str(each) == value), "")


@dataclass(frozen=True)
class Column:
    """`sort` is the query that sorts by it, or "" if nothing does; `sorted` is how it is sorted now, in ARIA's word."""

    label: str
    sort: str
    sorted: str


@dataclass(frozen=True)
class Row:
    """`url` leads to the row's own page; the first cell carries the link. `pk` is for a box to tick it."""

    url: str
    cells: list[tuple[str, str]]
    pk: Any

    @property
    def name(self) -> str:
        """What somebody who does not see the row is told that the box is about."""
        return ", ".join(str(value) for _, value in self.cells[:3])

    @property
    def html(self) -> SafeString:
        """The cells. Written here: for a page of rows a template takes as long over them as over all the rest."""
        (label, first), *others = self.cells
        link = f'<a href="{escape(self.url)}">{escape(first)}</a>'
        cells = [_cell(label, link), *(_cell(label, str(escape(value))) for label, value in others)]
        return mark_safe("\n      ".join(cells))  # noqa: S308 -- each value is escaped above

    @property
    def tick(self) -> SafeString:
        """A cell with a box to tick the row by."""
        box = (
            f'<input class="nhsuk-checkboxes__input" id="tick-{self.pk}" name="row" type="checkbox" value="{self.pk}">'
        )
        words = f'<span class="app-tick__words">Tick {escape(self.name)}</span>'
        label = f'<label class="nhsuk-label nhsuk-checkboxes__label" for="tick-{self.pk}">{words}</label>'
        return mark_safe(  # noqa: S308 -- a number, and words that are escaped
            '<td class="nhsuk-table__cell app-tick"><div class="nhsuk-checkboxes nhsuk-checkboxes--small">'
            f'<div class="nhsuk-checkboxes__item">{box}{label}</div></div></td>'
        )


def _cell(label: str, inside: str) -> str:
    """One cell. Its heading is said again beside it on a narrow screen."""
    heading = f'<span class="nhsuk-table-responsive__heading">{escape(label)} </span>'
    return f'<td class="nhsuk-table__cell">{heading}{inside}</td>'


def shown(model_admin: ModelAdmin, name: str, obj: Any) -> str:
    """A field, or a method of the admin, in words: dates as they are spoken, yes and no, the label of a choice."""
    field, _, value = lookup_field(name, obj, model_admin)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return nhs_when(value)
    if isinstance(value, dt.date):
        return nhs_date(value)
    empty = model_admin.get_empty_value_display()
    return display_for_value(value, empty) if field is None else display_for_field(value, field, empty)


#: Stands between the fields that are searched as one text: nobody types it, so no word is found across two.
BETWEEN = Value("\x1f")


class HoldsAll(Func):
    """Whether a text holds each of some words, capital or small.

    PostgreSQL puts the text together and makes it capital once for all the words; with a condition for each word it
    would once for each, and that is what a search costs.
    """

    def __init__(self, text: Any, *words: str) -> None:
        super().__init__(text, *(Value(f"%{_escaped(word)}%") for word in words), output_field=BooleanField())

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        (text, of_text), *words = [compiler.compile(each) for each in self.source_expressions]
        conditions = " AND ".join(rf"{text} LIKE {word} ESCAPE '\'" for word, _ in words)
        return f"({conditions})", tuple(chain.from_iterable((*of_text, *of_word) for _, of_word in words))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        (text, of_text), *words = [compiler.compile(each) for each in self.source_expressions]
        array = ", ".join(f"UPPER({word})" for word, _ in words)
        return f"UPPER({text}) LIKE ALL (ARRAY[{array}])", (*of_text, *chain.from_iterable(of for _, of in words))


def search(queryset: QuerySet[Any], fields: Iterable[str], typed: str) -> QuerySet[Any]:
    """The rows that have every word somewhere in `fields`, capital or small. What stands in quotes is one word.

    Each field is one of the row, or of a row that it points to.
    """
    words = [_unquoted(word) for word in smart_split(typed)]
    if not words:
        return queryset
    text: Any = None
    for name in fields:
        may_be_empty = any(field.null for field in get_fields_from_path(queryset.model, name))
        part = Coalesce(name, Value("")) if may_be_empty else F(name)
        text = part if text is None else CombinedExpression(CombinedExpression(text, "||", BETWEEN), "||", part)
    text = ExpressionWrapper(text, output_field=TextField())
    if connections[queryset.db].vendor == "postgresql" and typed.isascii():
        text = Collate(text, "C")  # English letters made capital by their bytes cost a fifth
    return queryset.filter(HoldsAll(text, *words))


def _unquoted(word: str) -> str:
    return unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] and len(word) > 1 else word


def _escaped(word: str) -> str:
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


class OneLook(Paginator):
    """Finds the rows of one page, and how many there are in all, in one look at what may be costly to narrow.

    `everything` are the rows as the list shows them, not narrowed: the few of the page are taken from there.
    """

    def __init__(
        self, rows: QuerySet[Any], per_page: int, *, number: int, everything: QuerySet[Any], **more: Any
    ) -> None:
        super().__init__(rows, per_page, **more)
        self.number, self.everything = number, everything

    @cached_property
    def seen(self) -> list[tuple[Any, int]]:
        """The key of each row of the page, and beside each how many rows there are."""
        rows: Any = self.object_list
        first = (self.number - 1) * self.per_page
        return list(rows.values_list("pk", Window(Count("pk")))[first : first + self.per_page])

    @cached_property
    def count(self) -> int:
        if self.seen:
            return self.seen[0][1]
        return 0 if self.number == 1 else super().count

    def page(self, number: int | str) -> Page:
        if number != self.number or not (self.seen or self.number == 1):
            return super().page(number)
        return self.page_seen

    @cached_property
    def page_seen(self) -> Page:
        """The rows that were seen, in their order."""
        keys = [pk for pk, _ in self.seen]
        found = {row.pk: row for row in self.everything.order_by().filter(pk__in=keys)}
        return self._get_page([found[pk] for pk in keys if pk in found], self.number, self)


def sealed(typed: QueryDict) -> str:
    """The query of a list that is narrowed as somebody chose: what they look for may be a name, so it is sealed."""
    query = QueryDict(mutable=True)
    for name, value in typed.items():
        said = value.replace("\0", "").strip()
        if said and name != "csrfmiddlewaretoken":
            query[name] = seal(said[:LONGEST_SEARCH], purpose=LOOKED_FOR) if name == SEARCH_VAR else said
    return query.urlencode()


class SealedSearch(ChangeListSearchForm):
    """Reads words that stand sealed in the address, and words that somebody wrote there."""

    def clean_q(self) -> str:
        words: str = self.cleaned_data[SEARCH_VAR]
        try:
            return unseal(words, purpose=LOOKED_FOR)
        except Unreadable:
            return words


class PlainList(ChangeList):
    """Django's list, read by our own template."""

    search_form_class = SealedSearch

    def get_results(self, request: HttpRequest) -> None:
        """Django looks once more when there is one page alone; what was seen is enough."""
        super().get_results(request)
        if isinstance(self.paginator, OneLook) and (self.paginator.seen or self.paginator.number == 1):
            self.result_list = self.paginator.page_seen.object_list

    def columns(self) -> list[Column]:
        """The columns, in order."""
        ordered = self.get_ordering_field_columns()
        return [self._column(index, str(name), ordered.get(index, "")) for index, name in enumerate(self.list_display)]

    def _column(self, index: int, name: str, direction: str) -> Column:
        label = str(label_for_field(name, self.model, self.model_admin))
        sort = ""
        if self.get_ordering_field(name):
            sort = self.get_query_string({ORDER_VAR: f"-{index}" if direction == "asc" else str(index)}, [PAGE_VAR])
        words = {"asc": "ascending", "desc": "descending"}
        return Column(capfirst(label), sort, words.get(direction, ""))

    def rows(self) -> Iterator[Row]:
        """The rows of this page."""
        labels = [column.label for column in self.columns()]
        for obj in self.result_list:
            cells = [shown(self.model_admin, str(name), obj) for name in self.list_display]
            yield Row(self.url_for_result(obj), list(zip(labels, cells, strict=True)), obj.pk)

    def chosen(self) -> list[str]:
        """What the list is narrowed to, in words."""
        filters: Iterable[Any] = self.filter_specs
        words = [f"{each.title}: {each.chosen}" for each in filters if each.chosen]
        return ([f"words: {self.query}"] if self.query else []) + words

    @cached_property
    def page(self) -> Page:
        """This page of the list, for the links to the one before and the one after."""
        return self.paginator.get_page(self.page_num)

    def previous_page(self) -> str:
        """The query of the page before."""
        return self.get_query_string({PAGE_VAR: str(self.page_num - 1)})

    def next_page(self) -> str:
        """The query of the page after."""
        return self.get_query_string({PAGE_VAR: str(self.page_num + 1)})
