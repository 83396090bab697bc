"""HR's lists over 15,000 positions: each with every filter, saved view, order and search, beside a bare admin page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import RequestFactory

from accounts.models import Person, Role, RoleHeld
from bench import hr_volume
from bench.draft_page import getter
from bench.figures import Figure, at_most, floor, medians
from bench.pages import client_of, cookies_of, count_queries
from core import clock
from workforce.admin.base import site
from workforce.models import Position, StruckOut

TIMES_BARE = 6
QUERIES = 12
ROUNDS = 9
LOADING_SECONDS = 120
BARE = "/bench/bare-admin/"
#: What people look for: a number, a team, a surname, two words, something that is nowhere.
SEARCHES = ("70000042", "team 17", "birchwood7", "peer team", "nothing-of-the-kind")


def figures(base_url: str) -> Iterator[Figure]:
    """Fill the records, then measure each list. Times are of the web server at `base_url`."""
    began = time.monotonic()
    hr_volume.load()
    _let_the_database_look()
    yield at_most("HR: seconds to load the records", time.monotonic() - began, "s", LOADING_SECONDS)
    yield floor("HR: positions", Position.objects.count(), "positions")
    _open_to_nadia()
    client = client_of("nadia")
    cookies = cookies_of(client)
    for name, paths in lists().items():
        calls = {path: getter(base_url, path, cookies) for path in (BARE, *paths)}
        taken = medians(calls, rounds=ROUNDS)
        bare = taken.pop(BARE)
        slowest = max(taken, key=lambda path: taken[path])
        queries = {path: count_queries(client, path) for path in paths}
        most = max(queries, key=lambda path: queries[path])
        yield floor(f"HR: bare admin page, beside {name}", bare * 1000, "ms")
        yield at_most(f"HR: slowest of {len(paths)}: {slowest}", taken[slowest] / bare, "× bare page", TIMES_BARE)
        yield at_most(f"HR: most queries of {len(paths)}: {most}", queries[most], "queries", QUERIES)


def lists() -> dict[str, list[str]]:
    """The addresses of each list, by its name: plain, filtered, ordered, searched, and its second page."""
    return {str(kind.plural): list(_queries(kind)) for kind in kinds()}


def kinds() -> list[Any]:
    """HR's lists; what was struck out is not HR's to see."""
    return [kind for model, kind in site._registry.items() if model is not StruckOut]


def _queries(kind: Any) -> Iterator[str]:
    path = kind.address("changelist")
    yield path
    yield f"{path}?p=2"
    filters = list(_filters(kind))
    yield from (f"{path}?{query}" for query in filters)
    for place in range(len(kind.list_display)):
        yield f"{path}?o=-{place}"
    if kind.search_fields:
        yield from (f"{path}?q={words.replace(' ', '+')}" for words in SEARCHES)
        yield from (f"{path}?q=team+17&{query}" for query in filters[:3])


def _filters(kind: Any) -> Iterator[str]:
    """Each choice of each filter; of one with many choices, such as the team, three."""
    request = RequestFactory().get("/")
    for spec in kind.list_filter:
        made = spec(request, {}, kind.model, kind)
        choices = [str(value) for value, _ in made.lookup_choices]
        some = choices if len(choices) <= 12 else (choices[0], choices[len(choices) // 2], choices[-1])
        yield from (f"{made.parameter_name}={value.replace(' ', '+')}" for value in some)


def _open_to_nadia() -> None:
    nadia = Person.objects.get(email="nadia@anytown-riverside.example")
    for role in (Role.HR_EDITOR, Role.HR_SENSITIVE):
        if not RoleHeld.objects.filter(person=nadia, role=role, until_at=None).exists():
            RoleHeld.objects.create(person=nadia, role=role, from_at=clock.now(), given_by=nadia)


def _let_the_database_look() -> None:
    """Rows that came all at once are not counted by PostgreSQL's planner before it has looked at them."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
