"""The register as one reader may know it, and what was shared with the Steering Group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef

from core.counts import count_of
from core.permissions import can
from practice.forms.writing import FilterForm
from practice.models import Item, Kind, Principle, Reply, Tag
from practice.models.items import ItemQuerySet
from practice.permissions import SHARE
from practice.workflows import WordsState

A_PAGE = 20


@dataclass(frozen=True)
class Bar:
    """How many items of one sort: a row of the table, and the length of its bar in hundredths of the longest."""

    label: str
    value: str
    count: int
    length: int


@dataclass(frozen=True)
class RegisterPage:
    """`let_see` are those that peers let the reader see as their staff sponsor."""

    form: FilterForm
    page: Page
    total: int
    kinds: list[Bar]
    tags: list[Bar]
    query: str
    is_filtered: bool
    let_see: list[Item]
    may_share: bool


def register_page(person: Any, asked: Any, number: str | None) -> RegisterPage:
    """One page of the register; `asked` is the query of the address. Seven queries, however many items."""
    readable = Item.objects.shared_with(person)
    form = FilterForm(asked)
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    kinds = _bars(Kind.choices, dict(readable.order_by().values_list("kind").annotate(Count("pk"))))
    tagged = Tag.objects.filter(item__in=readable.order_by()).order_by().values_list("principle").annotate(Count("pk"))
    return RegisterPage(
        form=form,
        page=Paginator(_listed(_filtered(readable, wanted)), A_PAGE).get_page(number),
        total=sum(bar.count for bar in kinds),
        kinds=kinds,
        tags=_bars(Principle.choices, dict(tagged)),
        query=f"{urlencode(wanted)}&" if wanted else "",
        is_filtered=bool(wanted),
        let_see=list(Item.objects.let_see(person).order_by("-changed_at", "pk")[:A_PAGE]),
        may_share=can(person, SHARE),
    )


def _filtered(items: ItemQuerySet, wanted: dict[str, str]) -> ItemQuerySet:
    if "kind" in wanted:
        items = items.filter(kind=wanted["kind"])
    if "tag" in wanted:
        items = items.filter(tags__principle=wanted["tag"])
    if "place" in wanted:
        items = items.filter(place__icontains=wanted["place"])
    return items


def _listed(items: ItemQuerySet) -> ItemQuerySet:
    """Newest first, with what a line of the list says."""
    return items.select_related("author").prefetch_related("tags", "notes").order_by("-shared_at", "pk")


def _bars(choices: list[tuple[str, Any]], counts: dict[str, int]) -> list[Bar]:
    longest = max(counts.values(), default=0) or 1
    return [
        Bar(str(label), value, counts.get(value, 0), counts.get(value, 0) * 100 // longest) for value, label in choices
    ]


def steering_page(number: str | None) -> Page:
    """One page of what is shared with the Steering Group now, newest first, with how many replies each has."""
    replies = Reply.objects.filter(item=OuterRef("pk"), state=WordsState.SHARED)
    items = _listed(Item.objects.with_steering()).annotate(reply_count=count_of(replies, per="item"))
    return Paginator(items, A_PAGE).get_page(number)


def shared_by(person: Any) -> list[Item]:
    """Everything that `person` wrote and did not take back, last changed first, with `reply_count`. One query."""
    replies = Reply.objects.filter(item=OuterRef("pk"), state=WordsState.SHARED)
    mine = Item.objects.by(person).select_related("body").annotate(reply_count=count_of(replies, per="item"))
    return list(mine.order_by("-changed_at", "pk"))
