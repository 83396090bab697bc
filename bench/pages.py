"""Every page that someone of the demo Trust can reach by links: its time beside a bare logged-in page, and its queries."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from bench.figures import Figure, at_most, floor, medians
from tests.support.crawl import crawl

PEOPLE = ("ishani", "tunde", "grace", "samuel", "yetunde", "owen", "nadia", "robin")
TIMES_BARE = 6
QUERIES = 12
ROUNDS = 15
#: Measured on their own, against their own floor.
ELSEWHERE = ("draft/", "/pdf", "/bundle", "gallery/")
BARE = "/bench/bare/"


def figures() -> Iterator[Figure]:
    """For each kind of page, its worst ratio to the bare page and its most queries, over the people who reach it."""
    ratios: dict[str, float] = {}
    queries: dict[str, int] = {}
    bare_seconds = 0.0
    for key in PEOPLE:
        client = client_of(key)
        paths = {
            page.route: page.path for page in crawl(client, "/", "/hr/", "/platform/", examples=1) if page.status == 200
        }
        paths = {route: path for route, path in paths.items() if not route.endswith(ELSEWHERE)}
        taken = medians(
            {"bare": lambda client=client: client.get(BARE)}
            | {route: lambda client=client, path=path: client.get(path) for route, path in paths.items()},
            rounds=ROUNDS,
        )
        bare_seconds = taken["bare"]
        for route, path in paths.items():
            ratios[route] = max(ratios.get(route, 0), taken[route] / bare_seconds)
            queries[route] = max(queries.get(route, 0), count_queries(client, path))
    yield floor("bare logged-in page", bare_seconds * 1000, "ms")
    for route in sorted(ratios):
        yield at_most(f"/{route}", ratios[route], "× bare page", TIMES_BARE)
        yield at_most(f"/{route} queries", queries[route], "queries", QUERIES)


def client_of(key: str) -> Client:
    """A client logged in as someone of the demo Trust."""
    client = Client()
    client.force_login(
        Person.objects.get(email=f"{key}@anytown-riverside.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def count_queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)
