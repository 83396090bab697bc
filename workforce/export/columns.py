"""What stands in the files: these columns and no others.

Nothing of health, DBS checks or adjustments, of probation, of why somebody left, of whom they stand in for. The lived
experience that a post calls for is left out too: beside a name it would tell of the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from core import clock
from core.said import local
from workforce.models import Occupancy, Position, Vacancy
from workforce.models.snapshots import Export

#: So many records are held in memory at a time.
CHUNK = 500


@dataclass(frozen=True)
class Column:
    """A heading, and how its value is read off a row."""

    heading: str
    of: Callable[[Any], Any]


def _of_post(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row[0], name)


def _of_holder(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row[1], name) if row[1] else None


def _of_worker(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row[1].worker, name) if row[1] else None


def _coded(name: str) -> Callable[[Any], Any]:
    """An entry of a national list, in its own words."""
    return lambda row: getattr(getattr(row[0], name), "words", None)


POSTS = (
    Column("Position number", _of_post("number")),
    Column("Title", _of_post("title")),
    Column("Role family", lambda row: row[0].get_family_display()),
    Column("Band", _of_post("band")),
    Column("Directorate", _of_post("directorate")),
    Column("Team", _of_post("team")),
    Column("Place of work", _of_post("base")),
    Column("Borough", _of_post("borough")),
    Column("Funded hours", _of_post("funded_hours")),
    Column("Staff group", _coded("staff_group")),
    Column("Job role", _coded("job_role")),
    Column("Occupation code", _coded("occupation_code")),
    Column("Area of work", _coded("area_of_work")),
    Column("Funded until", _of_post("funded_until")),
    Column("Role review date", _of_post("review_on")),
    Column("State", lambda row: "Held" if row[1] else "Vacant"),
    Column("Employee number", _of_worker("employee_number")),
    Column("First name", _of_worker("first_name")),
    Column("Last name", _of_worker("last_name")),
    Column("Contract", lambda row: row[1].get_contract_display() if row[1] else None),
    Column("Hours", _of_holder("hours")),
    Column("First day", _of_holder("starts_on")),
    Column("Expected last day", _of_holder("expected_end_on")),
    Column("Line manager", _of_holder("line_manager")),
    Column("Peer supervisor", _of_holder("peer_supervisor")),
    Column("Next review", _of_holder("review_on")),
)


def _day_of(moment: str) -> Callable[[Any], Any]:
    def day(vacancy: Vacancy) -> Any:
        at = getattr(vacancy, f"{moment}_at")
        return local(at).date() if at else None

    return day


VACANCIES = (
    Column("Position number", lambda vacancy: vacancy.position.number),
    Column("Title", lambda vacancy: vacancy.position.title),
    Column("Band", lambda vacancy: vacancy.position.band),
    Column("Directorate", lambda vacancy: vacancy.position.directorate),
    Column("Team", lambda vacancy: vacancy.position.team),
    Column("Reference", lambda vacancy: vacancy.reference),
    Column("State", lambda vacancy: vacancy.get_state_display()),
    Column("Opened", _day_of("opened")),
    Column("First day of the advert", lambda vacancy: vacancy.advertised_on),
    Column("Last day to apply", lambda vacancy: vacancy.closes_on),
    Column("Interviews", lambda vacancy: vacancy.interviews_on),
    Column("Offer made", _day_of("offered")),
    Column("Checks started", _day_of("checks")),
    Column("First day of work agreed", lambda vacancy: vacancy.starts_on),
    Column("Filled", _day_of("filled")),
    Column("Withdrawn", _day_of("withdrawn")),
)

COLUMNS = {Export.What.POSTS: POSTS, Export.What.VACANCIES: VACANCIES}


def rows_of(what: str) -> Iterator[list[Any]]:
    """The headings, then a list of values for each row, read a few hundred records at a time."""
    columns = COLUMNS[Export.What(what)]
    yield [column.heading for column in columns]
    for row in _posts() if what == Export.What.POSTS else _vacancies():
        yield [column.of(row) for column in columns]


def _posts() -> Iterator[tuple[Position, Occupancy | None]]:
    """Each post that is not closed with each who is in it today; one that is vacant, with nobody."""
    today = clock.today()
    holders = Occupancy.objects.on(today).select_related("worker").order_by("starts_on", "pk")
    coded = ("staff_group", "job_role", "occupation_code", "area_of_work")
    posts = Position.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today)).select_related(*coded)
    posts = posts.prefetch_related(Prefetch("occupancies", holders, to_attr="holders")).order_by("number", "pk")
    for post in posts.iterator(chunk_size=CHUNK):
        held_by: list[Occupancy | None] = list(post.holders) or [None]  # type: ignore[attr-defined]
        for holder in held_by:
            yield post, holder


def _vacancies() -> Iterator[Vacancy]:
    return Vacancy.objects.select_related("position").order_by("opened_at", "pk").iterator(chunk_size=CHUNK)
