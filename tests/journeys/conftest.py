"""A product for each journey, a browser, and the people of the demo Trust at their own screens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.product import DESK, PHONE, Product, Someone, chromium, start_product
from tests.support.services import postgres, running_broker

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
#: Who uses a phone; everyone else sits at a desk.
ON_A_PHONE = {"ishani", "tunde", "cass", "bea", "kofi"}


EACH_ON_ITS_CORE = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("embedded", "servers")]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=EACH_ON_ITS_CORE)
def product(request: pytest.FixtureRequest) -> Iterator[Product]:
    """The product as `bin/run` starts it: with what is embedded, then on PostgreSQL and Redis."""
    with contextlib.ExitStack() as stack:
        environment = {}
        if request.param == "servers":
            environment["DATABASE_URL"] = stack.enter_context(postgres())
            environment["BROKER_URL"] = stack.enter_context(running_broker()).url
        # Directly under the temporary folder: the path of a Unix socket may have no more than 103 bytes.
        var = Path(stack.enter_context(TemporaryDirectory(prefix="journey-")))
        product = start_product(var, **environment)
        stack.callback(product.stop)
        yield product


@pytest.fixture
def one_screen(request: pytest.FixtureRequest) -> dict[str, int]:
    """The size of everybody's screen in a story that must hold on both: each product tells it on one of them."""
    return {"embedded": PHONE, "servers": DESK}[request.node.callspec.params["product"]]


@pytest.fixture
def someone(browser: Browser, product: Product) -> Iterator[Callable[..., Someone]]:
    """Sit a person down: `someone("ishani")`, on the phone or at the desk that is theirs.

    Whoever is not of the demo Trust has an `email` of their own.
    """
    seated: list[Someone] = []

    def sit(key: str, *, script: bool = True, viewport: dict[str, int] | None = None, email: str = "") -> Someone:
        screen = viewport or (PHONE if key in ON_A_PHONE else DESK)
        person = Someone(browser, product, key, viewport=screen, script=script, email=email)
        seated.append(person)
        return person

    yield sit
    for person in seated:
        person.leaves()


@pytest.fixture
def at_a_phone(someone: Callable[..., Someone]) -> Callable[[str], Someone]:
    """Sit somebody of the demo Trust down at a phone, logged in."""

    def sit(key: str) -> Someone:
        person = someone(key, viewport=PHONE)
        person.logs_in()
        return person

    return sit
