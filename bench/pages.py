"""Every page that someone of the demo Trust can reach by links: its time beside a bare page, and its queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from bench.draft_page import getter
from bench.figures import Figure, at_most, floor, medians
from tests.support.crawl import crawl

PEOPLE = ("ishani", "tunde", "grace", "samuel", "yetunde", "owen", "nadia", "robin")
TIMES_BARE = 6
QUERIES = 12
ROUNDS = 15
#: Measured on their own, against their own floor.
ELSEWHERE = ("draft/", "/pdf", "/bundle", "gallery/")
BARE = "/bench/bare/"


def figures(base_url: str) -> Iterator[Figure]:
    """For each kind of page, its worst ratio to the bare page, over the people who reach it, from a real web server."""
    ratios: dict[str, float] = {}
    bare_seconds = 0.0
    for client, paths in _reachable():
        cookies = cookies_of(client)
        calls = {route: getter(base_url, path, cookies) for route, path in {BARE: BARE, **paths}.items()}
        taken = medians(calls, rounds=ROUNDS)
        bare_seconds = taken.pop(BARE)
        for route, seconds in taken.items():
            ratios[route] = max(ratios.get(route, 0), seconds / bare_seconds)
    yield floor("bare logged-in page", bare_seconds * 1000, "ms")
    for route in sorted(ratios):
        yield at_most(f"/{route}", ratios[route], "× bare page", TIMES_BARE)


def figures_of_growth(grow: Callable[[], None]) -> Iterator[Figure]:
    """The queries of each kind of page, before and after `grow` has made every list ten times as long."""
    before = _most_queries()
    grow()
    after = _most_queries()
    for route in sorted(before):
        yield at_most(f"/{route} queries", before[route], "queries", QUERIES)
        if route in after:
            yield at_most(f"/{route} queries at ten times the rows", after[route], "queries", QUERIES)


def _most_queries() -> dict[str, int]:
    most: dict[str, int] = {}
    for client, paths in _reachable():
        for route, path in paths.items():
            most[route] = max(most.get(route, 0), count_queries(client, path))
    return most


def _reachable() -> Iterator[tuple[Client, dict[str, str]]]:
    """Each person's client, and an example path of each kind of page that they reach by links."""
    for key in PEOPLE:
        client = client_of(key)
        found = crawl(client, "/", "/hr/", "/platform/", examples=1)
        pages = {page.route: page.path for page in found if page.status == 200 and not page.route.endswith(ELSEWHERE)}
        yield client, pages


def cookies_of(client: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}


def client_of(key: str) -> Client:
    """A client logged in as someone of the demo Trust."""
    client = Client()
    client.force_login(
        Person.objects.get(email=f"{key}@anytown-riverside.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def count_queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)
