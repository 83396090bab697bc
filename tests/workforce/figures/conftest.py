"""A Trust with something of every kind in its records, half of it changed since."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from core import clock
from tests.factories.workforce import OccupancyFactory, PeerTrainingFactory, PositionFactory
from workforce import services
from workforce.models import Occupancy, Position

#: The day that is asked about. The records began a year and a half before, and went on after.
DAY = dt.date(2026, 6, 30)
TITLES = ("Peer Support Worker", "Senior Peer Support Worker", "Peer Support Lead", "=Peer Trainer")
FAMILIES = ("psw", "senior", "lead", "trainer")
DIRECTORATES = ("Adult acute and crisis", "Community mental health", "Forensic")


def at(day: dt.date):
    """The clock at noon of a day."""
    return clock.set_to(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC))


def after(days: int) -> dt.date:
    """So many days after the day that is asked about."""
    return DAY + dt.timedelta(days=days)


@pytest.fixture
def made_world(cast):
    """Forty posts, most of them held, by people who came, learnt, moved up and left; then changes after the day."""
    with at(after(-540)):
        for n in range(40):
            kind = 0 if n % 3 else n % 4
            PositionFactory(
                number=f"7{n:04}",
                title=TITLES[kind],
                family=FAMILIES[kind],
                band=("3", "4", "6", "5")[kind],
                directorate=DIRECTORATES[n % 3],
            )
    posts = list(Position.objects.order_by("pk"))
    contracts = ("permanent", "fixed", "permanent", "bank", "volunteer", "apprentice")
    with at(after(-500)):
        for n, post in enumerate(posts[:34]):
            _stay(n, post, contracts[n % 6])
    _share_and_move(posts)
    _learn()
    _change(cast.nadia, posts)
    return posts


def _stay(n: int, post: Position, contract: str) -> None:
    """Every seventh had ended by the day, one of those on the day itself; two were yet to come."""
    starts = after(20) if n in (10, 32) else after(-700 + 20 * n)
    ends = {0: after(-200), 7: DAY, 14: after(-30), 21: after(5), 28: after(-1)}.get(n) if n % 7 == 0 else None
    OccupancyFactory(
        position=post,
        contract=contract,
        starts_on=starts,
        ended_on=ends,
        hours=Decimal("15.00") if n % 2 else Decimal("37.50"),
        peer_supervisor="Juniper Hathersedge" if n % 4 else "",
    )


def _share_and_move(posts: list[Position]) -> None:
    """Two share a post; somebody has two posts; three went up a band, one of them the day after."""
    with at(after(-450)):
        OccupancyFactory(position=posts[1], starts_on=after(-440))
        twice = Occupancy.objects.get(position=posts[2])
        OccupancyFactory(position=posts[34], worker=twice.worker, starts_on=after(-100))
        for old, new, day in ((posts[4], posts[35], -90), (posts[5], posts[36], 0), (posts[8], posts[37], 1)):
            stay = Occupancy.objects.filter(position=old).first()
            Occupancy.objects.filter(pk=stay.pk).update(ended_on=after(day - 1))
            OccupancyFactory(position=new, worker=stay.worker, starts_on=after(day))
            Position.objects.filter(pk=new.pk).update(band="7")
            new.refresh_from_db()
            new.save()  # the history library keeps this state too


def _learn() -> None:
    workers = [stay.worker for stay in Occupancy.objects.order_by("pk")[:20]]
    for n, worker in enumerate(workers):
        provider = ("Anytown Recovery College", "+Imagine", "The Trust")[n % 3]
        if n % 2:
            PeerTrainingFactory(worker=worker, starts_on=after(-1200), ended_on=after(-1000), provider=provider)
        if n % 3 == 0:
            PeerTrainingFactory(worker=worker, starts_on=after(-60), ended_on=after(-n), provider=provider)
        if n % 5 == 0:
            PeerTrainingFactory(worker=worker, starts_on=after(-10), ended_on=None, result="doing")
    PeerTrainingFactory(worker=workers[2], starts_on=after(-5), ended_on=after(1))
    PeerTrainingFactory(worker=workers[4], starts_on=after(2), ended_on=None, result="booked")


def _change(by, posts: list[Position]) -> None:
    """Saved on the day, late: they count. Saved the day after: they do not."""
    for day, hour, band, contract, closed in ((DAY, 22, "5", "fixed", -3), (after(1), 1, "8a", "bank", 1)):
        with clock.set_to(dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)):
            for post in posts[10:14]:
                post.refresh_from_db()
                post.band, post.directorate = band, f"Moved {day:%d}"
                services.keep(by=by, record=post)
            for stay in Occupancy.objects.filter(position__in=posts[15:18]):
                stay.contract, stay.peer_supervisor = contract, "" if day == DAY else "Somebody Else"
                services.keep(by=by, record=stay)
            post = posts[38 if day == DAY else 39]
            post.closed_on = after(closed)
            services.keep(by=by, record=post)
    with at(after(2)):
        PositionFactory(number="79999")
