"""Every page that someone of the demo Trust can reach by links: its time beside a bare page, and its queries."""

from __future__ import annotations

from collections.abc import Iterator

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


def figures(base_url: str, volume: str) -> Iterator[Figure]:
    """For each kind of page, its worst ratio to the bare page and its most queries, over the people who reach it.

    Times are of the web server at `base_url`; queries are counted by the test client on the same database. `volume`
    says in words how full that is.
    """
    ratios: dict[str, float] = {}
    queries: dict[str, int] = {}
    bare_seconds = 0.0
    for client, paths in _reachable():
        cookies = cookies_of(client)
        calls = {route: getter(base_url, path, cookies) for route, path in {BARE: BARE, **paths}.items()}
        taken = medians(calls, rounds=ROUNDS)
        bare_seconds = taken.pop(BARE)
        for route, seconds in taken.items():
            ratios[route] = max(ratios.get(route, 0), seconds / bare_seconds)
            queries[route] = max(queries.get(route, 0), count_queries(client, paths[route]))
    yield floor(f"{volume}: bare logged-in page", bare_seconds * 1000, "ms")
    for route in sorted(ratios):
        yield at_most(f"{volume}: /{route}", ratios[route], "× bare page", TIMES_BARE)
        yield at_most(f"{volume}: /{route} queries", queries[route], "queries", QUERIES)


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
