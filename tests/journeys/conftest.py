"""A product for each journey, a browser, and the people of the demo Trust at their own screens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser

from tests.journeys.product import DESK, PHONE, Product, Someone, start_product
from tests.journeys.stand import Stand
from tests.support.services import postgres, running_broker

#: Who uses a phone; everyone else sits at a desk.
ON_A_PHONE = {"ishani", "tunde", "cass", "bea", "kofi"}


BOTH = ("embedded", "servers")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A journey is made on each stand that its file names in `STANDS`; on both, if it names none. Each on its core."""
    if "stand" in metafunc.fixturenames:
        names = getattr(metafunc.module, "STANDS", BOTH)
        each = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]
        metafunc.parametrize("stand", each, indirect=True, scope="session")


def pytest_collection_finish(session: pytest.Session) -> None:
    """A group that is not kept together is made on both cores, each with a stand of its own, and nobody is told."""
    if getattr(session.config.option, "loadgroup", False):
        lost = [each for each in session.items if each.get_closest_marker("xdist_group") and "@" not in each.nodeid]
        if lost:
            raise pytest.UsageError("pytest-xdist keeps no group together with this pytest: see requirements-dev.txt")


@pytest.fixture(scope="session")
def stand(request: pytest.FixtureRequest) -> Iterator[Stand]:
    """With what is embedded, or on PostgreSQL and Redis: the demo Trust, made by a first start from nothing."""
    with contextlib.ExitStack() as stack:
        database_url = stack.enter_context(postgres()) if request.param == "servers" else ""
        yield Stand.first_started(Path(stack.enter_context(_short_folder())), database_url)


@pytest.fixture(scope="module")
def product(stand: Stand) -> Iterator[Product]:
    """The product as `bin/run` starts it, with the demo Trust as it is at first."""
    with contextlib.ExitStack() as stack:
        environment = stand.copied(var := Path(stack.enter_context(_short_folder())))
        if environment:
            environment["BROKER_URL"] = stack.enter_context(running_broker()).url
        product = start_product(var, **environment)
        stack.callback(product.stop)
        yield product


def _short_folder() -> TemporaryDirectory[str]:
    """Directly under the temporary folder: the path of a Unix socket may have no more than 103 bytes."""
    return TemporaryDirectory(prefix="journey-")


@pytest.fixture
def one_screen(request: pytest.FixtureRequest) -> dict[str, int]:
    """The size of everybody's screen in a story that must hold on both: each database tells it on one of them."""
    return {"embedded": PHONE, "servers": DESK}[request.node.callspec.params["stand"]]


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
