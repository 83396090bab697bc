"""The places in the menu of every page, for someone who has logged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

#: Name in the menu, and where its pages begin. The same for everyone, in the same order on every page.
PLACES = (("Home", "/"), ("Drafts", "/policies/"), ("Groups", "/groups/"), ("Meetings", "/meetings/"), ("Me", "/me/"))


@dataclass(frozen=True)
class Place:
    """One place in the menu; `is_here` when the page being read belongs to it."""

    name: str
    path: str
    is_here: bool


def places(request: HttpRequest) -> dict[str, Any]:
    """The menu. No query."""
    here = request.path
    return {
        "places": [Place(name, path, here == path if path == "/" else here.startswith(path)) for name, path in PLACES]
    }
