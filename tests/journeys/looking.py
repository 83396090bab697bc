"""Which pages axe has found nothing wrong with, in this run. The same page at the same width is not asked about twice.

The log-in alone is come to some hundred times, and axe takes half a second of one core for a page. Two pages are the
same when their documents are, but for what is made up anew each time: ids, tokens, the address of the product.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from playwright.sync_api import Page

MADE_UP = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # ids
    r"|(?<=value=\")[A-Za-z0-9]{64}(?=\")"  # the token of a form
    r"|(?<=localhost:)\d+"
)


class Sights:
    """`LOOKED_AT` may name a folder that all browsers of one run, and of no other, tell each other by."""

    def __init__(self) -> None:
        self._here: set[str] = set()
        folder = os.environ.get("LOOKED_AT", "")
        self._folder = Path(folder) if folder else None

    def known(self, sight: str) -> bool:
        return sight in self._here or bool(self._folder and (self._folder / sight).exists())

    def add(self, sight: str) -> None:
        """Say that nothing is wrong with it."""
        self._here.add(sight)
        if self._folder:
            (self._folder / sight).touch()


def sight_of(page: Page) -> str:
    """The page as axe sees it, in a word; waits until it has come whole, for a press may still be on its way."""
    html = page.locator("html")
    html.wait_for(state="attached")
    page.wait_for_load_state()
    document = html.evaluate("it => it.outerHTML")
    return hashlib.sha256(f"{page.viewport_size} {MADE_UP.sub('', document)}".encode()).hexdigest()
