"""Follow every link, as one person, and keep one example of each kind of page."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
from django.test import Client
from django.urls import Resolver404, resolve


@dataclass(frozen=True)
class Page:
    """A page that was reached: an example path, what it answered, and the page whose link led there."""

    route: str
    path: str
    status: int
    came_from: str
    content: bytes


def crawl(client: Client, *starts: str, examples: int = 2, limit: int = 400) -> list[Page]:
    """Visit what can be reached by links from `starts`, at most `examples` of each route and `limit` in all."""
    waiting = deque((start, "") for start in starts)
    seen: set[str] = set(starts)
    visits: dict[str, int] = {}
    pages: list[Page] = []
    while waiting and len(pages) < limit:
        path, came_from = waiting.popleft()
        route = _route(path)
        if visits.get(route, 0) >= examples:
            continue
        visits[route] = visits.get(route, 0) + 1
        response = client.get(path)
        content = b"".join(response)
        pages.append(Page(route, path, response.status_code, came_from, content))
        for link in _links(path, response, content):
            if link not in seen:
                seen.add(link)
                waiting.append((link, path))
    return pages


def _route(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).route
    except Resolver404:
        return f"no such address: {path}"


def _links(path: str, response: object, content: bytes) -> list[str]:
    """Addresses of this site that the page links to, or is sent on to."""
    if 300 <= response.status_code < 400:
        found = [response["Location"]]
    elif response.status_code == 200 and "html" in response.get("Content-Type", ""):
        found = lxml.html.fromstring(content).xpath("//a/@href")
    else:
        found = []
    links = [urldefrag(urljoin(path, href))[0] for href in found]
    return [link for link in links if link.startswith("/") and not link.startswith(("//", "/static/"))]
