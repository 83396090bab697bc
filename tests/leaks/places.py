"""Where to ask: every page of HR, in every way that a list can be asked for; and what a list must not answer."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from accounts.admin_site.lists import LOOKED_FOR
from core.secrets import seal
from tests.leaks.fields import sensitive_fields
from tests.leaks.planting import Planted
from workforce.admin.base import site

#: Pages of Django's admin that the site must not have, and pages of none.
NO_SUCH_PAGES = (
    *(
        "/hr/nothing/here/",
        "/hr/jsi18n/",
        "/hr/login/",
        "/hr/r/1/1/",
        "/hr/workforce/",
        "/hr/workforce/worker/1/delete/",
    ),
    "/hr/autocomplete/?app_label=workforce&model_name=occupancy&field_name=worker&term=z",
    "/hr/autocomplete/?app_label=workforce&model_name=dbs&field_name=worker&term=z",
)
#: What Django's lists and forms can be asked beside filters.
VARIANTS = ("all=", "_popup=1", "_facets=True", "e=1", "p=2", "_to_field=id&_popup=1")


def address(kind: str, action: str, *args: Any) -> str:
    return reverse(f"hr:workforce_{kind}_{action}", args=args)


def lists() -> dict[str, tuple[str, Any]]:
    """The path and the admin of each list, by the name of its kind."""
    return {
        str(model._meta.model_name): (address(str(model._meta.model_name), "changelist"), kind)
        for model, kind in site._registry.items()
    }


def filters_of(kind: Any) -> Iterator[str]:
    """Each choice of each filter above a list."""
    request = RequestFactory().get("/hr/")
    for spec in kind.list_filter:
        made = spec(request, {}, kind.model, kind)
        for value, _ in made.lookup_choices:
            yield f"{made.parameter_name}={value}"


def list_pages(*, thorough: bool) -> Iterator[str]:
    for path, kind in lists().values():
        yield path
        if thorough:
            orders = (f"o={sign}{place}" for place in range(len(kind.list_display)) for sign in ("", "-"))
            for query in (*filters_of(kind), *orders, *VARIANTS):
                yield f"{path}?{query}"


def record_pages(here: Planted, *, thorough: bool = True) -> Iterator[str]:
    for row in here.rows:
        kind = str(row._meta.model_name)
        yield address(kind, "change", row.pk)
        yield address(kind, "history", row.pk)
        if lists()[kind][1].can_be_struck_out:
            yield address(kind, "made_in_error", row.pk)
        if thorough:
            yield address(kind, "change", row.pk) + "?_popup=1&_to_field=id"
    for kind in lists():
        yield address(kind, "add")
        if thorough:
            yield f"{address(kind, 'add')}?worker={here.worker.employee_number}"
    for run in here.runs:
        yield address("esrimport", "change", run.pk)
        for tab in ("open", "accepted", "left", "stale", "undone", "kept", "problems", "absent"):
            yield f"{address('esrimport', 'change', run.pk)}?show={tab}"


def other_pages(here: Planted) -> Iterator[str]:
    """Pages that are about no one kind of record, and what was looked for in all of them."""
    yield from (reverse(f"hr:{each.name}") for each in site.more_pages if "<" not in each.route)
    yield from (
        f"{reverse('hr:search')}?{urlencode({'s': seal(words, purpose=LOOKED_FOR)})}" for words in ("zq", "team", "1")
    )
    for kind in ("position", "occupancy"):
        rows = [row.pk for row in here.rows if row._meta.model_name == kind]
        yield f"{address(kind, 'change_many')}?{urlencode({'row': rows}, doseq=True)}"


def hr_pages(here: Planted, *, thorough: bool) -> list[str]:
    return [
        "/hr/",
        *other_pages(here),
        *list_pages(thorough=thorough),
        *record_pages(here, thorough=thorough),
        *NO_SUCH_PAGES,
    ]


def one_of_each(paths: Iterable[str]) -> list[str]:
    """One page of each kind and each action, whichever the record: for those to whom all of HR is closed."""
    found: dict[str, str] = {}
    for path in paths:
        found.setdefault(re.sub(r"[0-9]+", "1", path.partition("?")[0]), path)
    return list(found.values())


def lookups(kind: str) -> Iterator[tuple[str, str]]:
    """The way from a list to each sensitive field, over the tables between, and the name of that field."""
    wanted = set(sensitive_fields())
    start = lists()[kind][1].model
    waiting, seen = deque([(start, "")]), {start}
    while waiting:
        model, way = waiting.popleft()
        for each in model._meta.get_fields():
            name = f"{model.__name__}.{each.name}"
            if name in wanted and not each.is_relation:
                yield f"{way}{each.name}", name
            other: Any = each.related_model
            if each.is_relation and isinstance(other, type) and other not in seen and _is_of_hr(other):
                seen.add(other)
                waiting.append((other, f"{way}{each.name}__"))


def _is_of_hr(model: type[models.Model]) -> bool:
    return model._meta.app_label == "workforce" and not model.__name__.startswith("Historical")
