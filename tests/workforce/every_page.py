"""Every page of the admin sites, in more than one state each: for what is to hold on all of them.

The addresses are those of the permission matrix, so a page with rows there is in here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from accounts.admin_site.lists import LOOKED_FOR
from core.secrets import seal
from tests.factories.esr import NEW, checked, file_of, line_of
from tests.factories.workforce import CheckFactory, OccupancyFactory, PositionFactory, VacancyFactory, days
from tests.permissions.matrix import ROWS
from tests.permissions.world import World
from tests.workforce.conftest import page
from workforce import services
from workforce.esr import services as esr
from workforce.models import Occupancy

HR, PLATFORM = "hr:", "platform:"
#: Who walks each site: an editor who may also see health and DBS statuses, and who looks after the software.
WALKS = {HR: "nadia", PLATFORM: "robin"}
#: What comes from there is to be saved, and is no page.
FILES = {"hr:figures_file"}


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Who asks, and the path: each address that they may open, about each thing that they may see."""
    for row in ROWS:
        for site, who in WALKS.items():
            is_page = row.address.startswith(site) and row.address not in FILES
            if is_page and row.expected("GET", who) == 200:
                yield who, world.path(row.address, row.about)


def in_other_states(world: World) -> Iterator[tuple[str, str]]:
    """HR's pages with much on them, with nothing, narrowed, and at each step of what takes steps."""
    occupancy = Occupancy.objects.order_by("pk").first()
    assert occupancy is not None
    yield from ((who, path) for who, path in _lists(occupancy))
    yield from (("nadia", path) for path in _records(world, occupancy))
    yield from (("nadia", path) for path in _searches())
    yield "nadia", f"{reverse('hr:figures')}?{urlencode({'day_day': 1, 'day_month': 8, 'day_year': 2026})}"
    yield from (("nadia", path) for path in _imports(world, occupancy))


def forms(world: World) -> Iterator[tuple[str, str]]:
    """Who may send which form: sent empty, each comes back with what is wrong."""
    for row in ROWS:
        for site, who in WALKS.items():
            if row.address.startswith(site) and row.expected("POST", who) == 200:
                yield who, world.path(row.address, row.about)


def _lists(occupancy: Occupancy) -> Iterator[tuple[str, str]]:
    for _ in range(51):
        OccupancyFactory(position=occupancy.position)
    positions, holders = page("position", "changelist"), page("occupancy", "changelist")
    yield from (("nadia", path) for path in (f"{positions}?q=<none>", f"{positions}?holder=vacant&band=3", holders))
    yield from (("nadia", path) for path in (f"{holders}?p=2", f"{holders}?o=-1", f"{holders}?view=unsupervised"))
    yield from (("viewer", page(kind, "change", getattr(occupancy, kind))) for kind in ("position", "worker"))
    yield "viewer", page("occupancy", "change", occupancy)


def _searches() -> Iterator[str]:
    """Something of each kind, many of one kind and a page of them, and nothing."""
    many = f"{reverse('hr:search')}?{urlencode({'s': seal('home treatment', purpose=LOOKED_FOR)})}"
    yield from (many, f"{many}&in=people", f"{many}&in=people&p=2")
    yield f"{reverse('hr:search')}?{urlencode({'s': seal('<nothing> of the kind', purpose=LOOKED_FOR)})}"
    yield f"{reverse('hr:search')}?s=nonsense"


def _records(world: World, occupancy: Occupancy) -> Iterator[str]:
    nadia = world.cast.nadia
    occupancy.peer_supervisor, occupancy.review_on = "Juniper <Hathersedge>", days(-3)
    services.keep(by=nadia, record=occupancy)
    yield page("occupancy", "history", occupancy)
    vacancy = VacancyFactory(offered=True, position=PositionFactory(overdue=True, borough=""))
    yield page("vacancy", "change", vacancy)
    services.move(by=nadia, vacancy=vacancy, name="start_checks")
    yield page("vacancy", "change", vacancy)
    vacancy.checks.update(status="cleared", checked_by="Vera Readinglamp", on=days(0))
    services.move(by=nadia, vacancy=vacancy, name="fill")
    yield page("vacancy", "change", vacancy)
    starter = OccupancyFactory(position=vacancy.position)
    services.name_who_fills(by=nadia, vacancy_id=vacancy.pk, occupancy=starter)
    yield from (page("vacancy", "change", vacancy), page("vacancy", "history", vacancy))
    yield page("occupancy", "change", starter)
    yield page("check", "change", CheckFactory(kind="criminal"))
    yield page("position", "change", vacancy.position)


def _imports(world: World, occupancy: Occupancy) -> Iterator[str]:
    nadia = world.cast.nadia
    lines = [line_of(occupancy, band="4"), {**NEW, "band": "9"}]
    fresh = esr.upload(by=nadia, file=file_of(*lines))
    yield page("esrimport", "change", fresh)
    esr.choose_columns(by=nadia, run=fresh, columns=fresh.columns)
    yield f"{page('esrimport', 'change', fresh)}?still=1"
    ready = page("esrimport", "change", checked(nadia, *lines))
    yield from (ready, f"{ready}?show=problems", f"{ready}?show=absent", reverse("hr:workforce_esrimport_changelist"))
