"""Debian's Chromium, for every test that opens a page."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

#: Chromium as its own project builds it without a window: a fifth less work than the whole one told to show none.
PROGRAM = "chromium-headless-shell"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, for the length of a `with` block. Fails when it is missing: nothing is skipped in silence."""
    path = shutil.which(PROGRAM)
    if not path:
        raise RuntimeError(f"Chromium is missing. On Debian: apt-get install {PROGRAM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
