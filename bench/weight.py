"""How much a phone must fetch to show the draft page for the first time, and from whom."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure, at_most
from tests.journeys.product import PHONE
from tests.support.browser import chromium

KILOBYTES = 130


def figures(base_url: str, path: str, cookies: dict[str, str]) -> Iterator[Figure]:
    """Load `path` once in a browser with an empty cache, logged in by `cookies`, and add up what came over the wire."""
    fetched: dict[str, float] = {}
    addresses: dict[str, str] = {}
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE)
        context.add_cookies([{"name": name, "value": value, "url": base_url} for name, value in cookies.items()])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on(
            "Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]})
        )
        wire.on(
            "Network.loadingFinished", lambda event: fetched.update({event["requestId"]: event["encodedDataLength"]})
        )
        answer = page.goto(base_url + path, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{path} did not open")
    elsewhere = [url for url in addresses.values() if not url.startswith((base_url, "data:"))]
    yield at_most("draft page, cold load over the wire", sum(fetched.values()) / 1000, "kB", KILOBYTES)
    yield at_most("draft page, requests to other hosts", len(elsewhere), "requests", 0)
