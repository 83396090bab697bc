"""Who was in which post on a day, and how posts stood: the exact figures, for HR alone.

Who was in post is told by the first and last days as they are known now. What a post or a contract was like (title,
band, directorate, contract, hours, peer supervisor) is taken from the history, as it stood at the end of that day;
where the record is younger than the day, as it stood when it was first kept.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from workforce.models import Occupancy, PeerTraining, Position
from workforce.overdue import VACANT_DAYS

OF_A_POST = ("title", "family", "band", "directorate")
OF_A_CONTRACT = ("contract", "hours", "peer_supervisor")
BANDS = tuple(Position.Band.values)


@dataclass(frozen=True)
class Role:
    """One person in one post on the day. Two posts are two roles."""

    pk: int
    worker: int
    position: int
    title: str
    family: str
    band: str
    directorate: str
    contract: str
    hours: Decimal
    has_peer_supervisor: bool
    training: str
    progress: str


@dataclass(frozen=True)
class Posts:
    """Posts that were not closed on the day. `vacant_long` of the vacant ones were so for more than 90 days."""

    filled: int
    vacant: int
    vacant_long: int

    @property
    def open(self) -> int:
        return self.filled + self.vacant


@dataclass(frozen=True)
class Counted:
    """Everything that is counted of one day. `providers` are of courses that those in post had finished."""

    day: dt.date
    roles: tuple[Role, ...]
    posts: Posts
    started: int
    left: int
    learnt_lately: int
    providers: tuple[tuple[str, int], ...]


class Training:
    """When the holder of a role learnt peer work, measured from their first day in any post that is kept here."""

    BEFORE, SINCE, BOTH, NOW, NONE = "before", "since", "both", "now", "none"
    WORDS: Mapping[str, str] = {
        BEFORE: "Finished a peer course before their first day",
        SINCE: "Finished a peer course since their first day",
        BOTH: "Finished one before and one since",
        NOW: "On their first peer course that day",
        NONE: "No peer course is kept here",
    }


class Progress:
    """Where the holder of a role was a year before."""

    HIGHER, SAME, NEW = "higher", "same", "new"
    WORDS: Mapping[str, str] = {
        HIGHER: "In a higher band than a year before",
        SAME: "In post a year before, and in no higher band now",
        NEW: "Not in a post here a year before",
    }


def a_year_before(day: dt.date) -> dt.date:
    """The same day of the year before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def count_on(day: dt.date) -> Counted:
    """The figures of one day. Six queries, however many records there are."""
    before = a_year_before(day)
    posts, posts_before = _posts(day), _states(Position, day=before, names=("band",))
    stays = [stay for stay in _stays(day) if stay["position_id"] in posts]
    courses = _courses()
    contracts = _states(Occupancy, day=day, names=OF_A_CONTRACT)
    since: dict[int, dt.date] = {}
    for stay in stays:
        since[stay["worker_id"]] = min(stay["starts_on"], since.get(stay["worker_id"], stay["starts_on"]))
    held = [stay for stay in stays if _is_in(stay, day)]
    bands_before = _bands([stay for stay in stays if _is_in(stay, before)], posts_before)
    roles = []
    for stay in held:
        post, worker = posts[stay["position_id"]], stay["worker_id"]
        contract = {**stay, **contracts.get(stay["id"], {})}
        roles.append(
            Role(
                pk=stay["id"],
                worker=worker,
                position=stay["position_id"],
                title=post["title"],
                family=post["family"],
                band=post["band"],
                directorate=post["directorate"],
                contract=contract["contract"],
                hours=contract["hours"],
                has_peer_supervisor=bool(contract["peer_supervisor"]),
                training=_training(courses.get(worker, ()), since[worker], day),
                progress=_progress(bands_before.get(worker), post["band"]),
            )
        )
    workers = {role.worker for role in roles}
    return Counted(
        day=day,
        roles=tuple(roles),
        posts=_how_posts_stood(posts, stays, day),
        started=sum(before < stay["starts_on"] <= day for stay in stays),
        left=sum(stay["ended_on"] is not None and before <= stay["ended_on"] < day for stay in stays),
        learnt_lately=sum(any(_is_over(each, day, after=before) for each in courses.get(who, ())) for who in workers),
        providers=_providers(courses, workers, day),
    )


def _stays(day: dt.date) -> list[dict[str, Any]]:
    """Every occupancy that had begun by the day, as it stands now."""
    names = ("id", "position_id", "worker_id", "starts_on", "ended_on", *OF_A_CONTRACT)
    return list(Occupancy.objects.filter(starts_on__lte=day).order_by("id").values(*names))


def _is_in(stay: Mapping[str, Any], day: dt.date) -> bool:
    return stay["starts_on"] <= day and (stay["ended_on"] is None or stay["ended_on"] >= day)


def _posts(day: dt.date) -> dict[int, dict[str, Any]]:
    """Every position as it stood on the day, with `closed_on`, and `kept_since`: when its record was made."""
    history: Any = Position.history  # type: ignore[attr-defined] # made by the history library
    made = history.filter(id=OuterRef("pk")).order_by().values("id").annotate(first=Min("history_date")).values("first")
    now = Position.objects.order_by("pk").values("id", "closed_on", *OF_A_POST, kept_since=Subquery(made))
    then = _states(Position, day=day, names=OF_A_POST)
    return {post["id"]: {**post, **then.get(post["id"], {})} for post in now}


def _states(model: Any, *, day: dt.date, names: tuple[str, ...]) -> dict[int, dict[str, Any]]:
    """By the id of each record: what its history says of it at the end of the day, or else first of all. One query.

    A record without any history is left out: it is as it is now.
    """
    history = model.history
    of_it = history.filter(id=OuterRef("id"))
    newest = of_it.filter(history_date__lt=end_of(day)).order_by("-history_date", "-history_id")
    first = of_it.order_by("history_date", "history_id")
    state = Coalesce(Subquery(newest.values("history_id")[:1]), Subquery(first.values("history_id")[:1]))
    rows = history.filter(history_id=state, id__in=model.objects.order_by().values("id")).order_by()
    return {row.pop("id"): row for row in rows.values("id", *names)}


def end_of(day: dt.date) -> dt.datetime:
    """The instant at which the next day begins, in the Trust's own time."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))  # noqa: DTZ001 -- made so


def _bands(stays: Iterable[Mapping[str, Any]], posts: Mapping[int, Mapping[str, Any]]) -> dict[int, int]:
    """By worker: the highest of the bands they were in, as its place in the order of bands."""
    highest: dict[int, int] = {}
    for stay in stays:
        if stay["position_id"] in posts:
            place = BANDS.index(posts[stay["position_id"]]["band"])
            highest[stay["worker_id"]] = max(place, highest.get(stay["worker_id"], place))
    return highest


def _progress(before: int | None, band: str) -> str:
    if before is None:
        return Progress.NEW
    return Progress.HIGHER if BANDS.index(band) > before else Progress.SAME


def _courses() -> dict[int, list[dict[str, Any]]]:
    """By worker: the peer courses that they have a place on, take or took."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    names = ("worker_id", "provider", "starts_on", "ended_on", "result")
    for row in PeerTraining.objects.order_by("pk").values(*names):
        found[row["worker_id"]].append(dict(row))
    return found


def _is_over(course: Mapping[str, Any], day: dt.date, *, after: dt.date | None = None) -> bool:
    """Whether a course was finished by `day`; and, if asked, later than `after`."""
    if course["result"] != PeerTraining.Result.FINISHED or course["ended_on"] > day:
        return False
    return after is None or course["ended_on"] > after


def _training(courses: Iterable[Mapping[str, Any]], since: dt.date, day: dt.date) -> str:
    over = [course["ended_on"] < since for course in courses if _is_over(course, day)]
    if any(over):
        return Training.BOTH if not all(over) else Training.BEFORE
    if over:
        return Training.SINCE
    is_on_one = any(
        course["starts_on"] <= day
        and (course["ended_on"] is None or course["ended_on"] >= day)
        and course["result"] != PeerTraining.Result.BOOKED
        for course in courses
    )
    return Training.NOW if is_on_one else Training.NONE


def _providers(
    courses: Mapping[int, Iterable[Mapping[str, Any]]], workers: set[int], day: dt.date
) -> tuple[tuple[str, int], ...]:
    """Who ran the courses, with how many of those in post finished one of theirs; by name."""
    counts: dict[str, int] = defaultdict(int)
    for worker in workers:
        for provider in {course["provider"] for course in courses.get(worker, ()) if _is_over(course, day)}:
            counts[provider] += 1
    return tuple(sorted(counts.items()))


def _how_posts_stood(posts: Mapping[int, Mapping[str, Any]], stays: Iterable[Mapping[str, Any]], day: dt.date) -> Posts:
    """An empty post counts from when somebody was first in it, or from when its record was made."""
    long_ago = day - dt.timedelta(days=VACANT_DAYS)
    held, lately, ever = set(), set(), set()
    for stay in stays:
        position = stay["position_id"]
        ever.add(position)
        if stay["ended_on"] is None or stay["ended_on"] >= long_ago:
            lately.add(position)
        if _is_in(stay, day):
            held.add(position)
    filled = vacant = vacant_long = 0
    for number, post in posts.items():
        if post["closed_on"] is not None and post["closed_on"] <= day:
            continue
        since = post["kept_since"]
        if number in held:
            filled += 1
        elif number in ever or since is None or since < end_of(day):
            vacant += 1
            is_old = number in ever or since is None or since < end_of(long_ago - dt.timedelta(days=1))
            vacant_long += number not in lately and is_old
    return Posts(filled, vacant, vacant_long)
