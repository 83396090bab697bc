"""Hold one page of a browser against axe, its console and the width of the screen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def hear(page: Page) -> None:
    """From now on keep what the page complains of."""
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong: each rule, and the elements that break it. Waits until the page has come whole.

    A press waits only until an answer begins: what axe is asked then may be a page without a word in it, and right.
    """
    page.wait_for_load_state()
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def look(page: Page, name: str) -> None:
    """Find nothing wrong with a page that `hear` listens to. A picture is kept when SCREENSHOTS names a folder."""
    found = faults(page)
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)
    assert found == []
    assert sideways(page) <= 0
    assert page.complaints == []
