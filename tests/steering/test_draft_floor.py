"""The page that the draft page is timed against says no less: the same words, and the same links."""

from __future__ import annotations

import html
import re

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import draft_page


def words_and_links(page: str) -> tuple[list[str], list[str]]:
    """Every word that can be read, and every address that can be followed, between <main> and </main>."""
    main = re.search(r"<main[^>]*>(.*)</main>", page, re.DOTALL)[1]
    text = html.unescape(re.sub(r"<[^>]*>", " ", main))
    return sorted(re.findall(r"\w+", text)), sorted(re.findall(r'href="([^"]*)"', main))


def test_the_floor_prints_the_same_words_and_links(cast, as_person):
    policy = draft_page.fill(cast.grace, cast.group, 60)
    page = as_person(cast.ishani).get(reverse("steering:draft", args=[policy.pk]))
    request = RequestFactory().get("/")
    request.user = cast.ishani
    with CaptureQueriesContext(connection) as seen:
        floor = draft_page.floor_page(request, policy.pk)
    ours, theirs = words_and_links(page.content.decode()), words_and_links(floor.content.decode())
    assert ours[1] == theirs[1]
    assert ours[0] == theirs[0]
    assert len(seen) + 2 <= draft_page.FLOOR_QUERIES  # session and person are read before the view


def test_the_vocabulary_is_wide():
    assert len(draft_page.vocabulary()) == len(set(draft_page.vocabulary())) >= 4000
