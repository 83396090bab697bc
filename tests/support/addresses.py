"""Every address of the product, walked from the URLconf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One pattern: its full route, its name with namespaces, and its view."""

    route: str
    name: str
    view: Callable

    @property
    def is_ours(self) -> bool:
        """Whether a room of ours wrote the view (allauth's and the admin's have gates of their own, tested apart)."""
        return not self.view.__module__.startswith(("allauth.", "django.contrib.admin", "django.views."))


def all_addresses() -> list[Address]:
    """Every pattern of the product, in the order that it is tried."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list, route: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route + str(pattern.pattern), inner)
        elif isinstance(pattern, URLPattern):
            yield Address(
                route + str(pattern.pattern), f"{namespace}{pattern.name or ''}", _unwrapped(pattern.callback)
            )


def _unwrapped(view: Callable) -> Callable:
    """The view as its author wrote it, under the admin's or a decorator's wrapping, if it says so."""
    while hasattr(view, "__wrapped__") and not hasattr(view, "policy"):
        view = view.__wrapped__
    return view
