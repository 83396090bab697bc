"""A real worker, a real broker and a real mail server: what is posted arrives, whatever dies on the way."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from subprocess import Popen

import pytest

from tests.support import services, sink

pytestmark = pytest.mark.services

PEOPLE = 100


@dataclass
class Place:
    """One installation with its broker and mail server."""

    here: services.Installation
    broker: services.Broker
    mail: sink.Sink
    workers: int = 0

    @contextlib.contextmanager
    def worker(self) -> Iterator[Popen[bytes]]:
        """A worker that is ready, for the length of a `with` block."""
        self.workers += 1
        name = f"worker{self.workers}"
        process = self.here.worker(name)
        try:
            services.wait_for_worker(self.here, name)
            yield process
        finally:
            services.end(process)

    def post(self, occasion: str, *how: str, count: int = PEOPLE) -> float:
        """Post to the first so many people; gives the seconds from the first row to the last commit."""
        posted = json.loads(self.here.run("-m", "tests.support.posting", "post", str(count), occasion, *how))
        return float(posted["committed"] - posted["began"])


EACH_ON_ITS_CORE = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("sqlite", "postgres")]


@pytest.fixture(scope="module", params=EACH_ON_ITS_CORE)
def place(request, tmp_path_factory) -> Iterator[Place]:
    with contextlib.ExitStack() as stack:
        mail = stack.enter_context(sink.running(tmp_path_factory.mktemp("sink")))
        broker = stack.enter_context(services.running_broker())
        url = stack.enter_context(services.postgres()) if request.param == "postgres" else ""
        here = stack.enter_context(
            services.installation(database=url, broker_url=broker.url, email_url=mail.url, EMAIL_TIMEOUT="1")
        )
        here.run("-m", "tests.support.posting", "people", str(PEOPLE))
        yield Place(here, broker, mail)


@pytest.fixture
def taken(place):
    """Every test counts from nothing, with a server that makes no faults."""
    (place.mail.folder / "taken").write_text("")
    place.mail.stop()
    place.mail.order()
    place.mail.start()
    return place.mail


def test_what_is_posted_is_handed_over_once_and_soon(place, taken):
    with place.worker():
        place.post("soon")
        assert taken.wait_for(PEOPLE, 20)
    assert set(taken.copies().values()) == {1}


def test_what_was_posted_while_no_worker_ran_goes_when_one_starts(place, taken):
    place.post("before")
    assert taken.count() == 0
    with place.worker():
        assert taken.wait_for(PEOPLE, 20)
    assert set(taken.copies().values()) == {1}


def test_without_a_broker_nothing_fails_and_all_goes_when_it_returns(place, taken):
    with place.worker():
        place.broker.stop()
        # In its own process and its own transactions, as pages post. None fails, and the first alone waits at all.
        assert place.post("no broker", "each", count=40) < 5
        place.broker.start()
        assert taken.wait_for(40, 30)
    assert set(taken.copies().values()) == {1}


def test_a_broker_that_forgets_everything_loses_no_message(place, taken):
    place.post("forgotten", count=20)
    place.broker.stop()
    for file in (place.broker.folder / "broker").rglob("*"):
        if file.is_file():
            file.unlink()
    place.broker.start()
    with place.worker():
        assert taken.wait_for(20, 20)


def test_a_worker_killed_half_way_loses_nothing(place, taken):
    taken.order(delay=0.02)
    with place.worker() as victim:
        place.post("killed")
        assert taken.wait_for(10, 20)
        services.kill(victim)
    taken.order()
    with place.worker():
        time.sleep(12)  # the lease of what the dead one held
        place.post("after", count=1)
        assert taken.wait_for(PEOPLE + 1, 20)
        time.sleep(1)
    copies = taken.copies()
    assert len(copies) == PEOPLE + 1
    assert sum(copies.values()) <= PEOPLE + 2  # one more at most: the letter that was on its way
