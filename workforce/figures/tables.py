"""The tables that people ask for, made of what was counted.

Each kind of table sorts every role into one of its rows, so that the rows of each add up to the same number.
Asked for in a request under the Freedom of Information Act to one Trust, November 2025.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from workforce.figures.counting import Counted, Progress, Role, Training
from workforce.models import FULL_TIME_HOURS, Occupancy, Position

#: The families of posts that are called peer support workers; the others call for lived experience all the same.
PEER_SUPPORT_WORKERS = frozenset({Position.Family.PSW, Position.Family.CARER, Position.Family.SENIOR})
VOLUNTEER = Occupancy.Contract.VOLUNTEER
HELD_IN_ESR = "Held in ESR"


@dataclass(frozen=True)
class Kind:
    """How roles are sorted. `rows` are all there can be, in order; None where the records say which there are.

    A kind whose rows are parts of another's rows is not released: titles, which tell the band.
    """

    key: str
    heading: str
    first_column: str
    of: Callable[[Role], str]
    rows: tuple[str, ...] | None = None
    is_released: bool = True


@dataclass(frozen=True)
class Line:
    """One row of a table with exact figures. `length` is that of its bar, in hundredths of the longest."""

    label: str
    workers: int
    others: int
    length: int = 0

    @property
    def all(self) -> int:
        return self.workers + self.others


@dataclass(frozen=True)
class Table:
    """A kind of table for one day."""

    kind: Kind
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Fact:
    """One figure that is no table: its words, and the figure as it is shown."""

    words: str
    figure: str


def is_peer_support_worker(role: Role) -> bool:
    return role.family in PEER_SUPPORT_WORKERS


GROUPS = ("Peer support workers", "Other roles that call for lived experience")
SUPERVISED = ("With a peer supervisor", "Without a peer supervisor")


def _group(role: Role) -> str:
    return GROUPS[0 if is_peer_support_worker(role) else 1]


def _labels(choices: Any) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices}


_CONTRACTS = _labels(Occupancy.Contract.choices)

KINDS = (
    Kind("group", "Peer support workers and other roles", "Role", _group, GROUPS),
    Kind("band", "By band", "Band", lambda role: f"Band {role.band}", tuple(f"Band {b}" for b in Position.Band.values)),
    Kind("directorate", "By directorate", "Directorate", lambda role: role.directorate),
    Kind("contract", "By contract", "Contract", lambda role: _CONTRACTS[role.contract], tuple(_CONTRACTS.values())),
    Kind(
        "title",
        "By job title and band",
        "Title and band",
        lambda role: f"{role.title}, band {role.band}",
        is_released=False,
    ),
    Kind(
        "training",
        "By peer training",
        "Training",
        lambda role: Training.WORDS[role.training],
        tuple(Training.WORDS.values()),
    ),
    Kind(
        "progress",
        "By progress in 12 months",
        "Progress",
        lambda role: Progress.WORDS[role.progress],
        tuple(Progress.WORDS.values()),
    ),
    Kind(
        "supervisor",
        "By peer supervision",
        "Peer supervision",
        lambda role: SUPERVISED[0 if role.has_peer_supervisor else 1],
        SUPERVISED,
    ),
)


RELEASED = tuple(kind for kind in KINDS if kind.is_released)


def tables_of(counted: Counted) -> list[Table]:
    """Every kind of table with its exact figures."""
    return [Table(kind, _lines(kind, counted.roles)) for kind in KINDS]


def _lines(kind: Kind, roles: Iterable[Role]) -> tuple[Line, ...]:
    counts: Counter[tuple[str, bool]] = Counter((kind.of(role), is_peer_support_worker(role)) for role in roles)
    names = kind.rows if kind.rows is not None else tuple(sorted({name for name, _ in counts}))
    longest = max((counts[name, True] + counts[name, False] for name in names), default=0) or 1
    return tuple(
        Line(name, counts[name, True], counts[name, False], (counts[name, True] + counts[name, False]) * 100 // longest)
        for name in names
    )


def facts_of(counted: Counted) -> list[Fact]:
    """The figures that stand alone; and, of those that are asked for and not kept here, where they are kept."""
    roles, posts = counted.roles, counted.posts
    workers = [role for role in roles if is_peer_support_worker(role)]
    employed = [role for role in roles if role.contract != VOLUNTEER]
    fixed = sum(role.contract == Occupancy.Contract.FIXED for role in employed)
    volunteers = sum(role.contract == VOLUNTEER for role in workers)
    hours = sum((role.hours for role in employed), Decimal())
    wte = (hours / Decimal(FULL_TIME_HOURS)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return [
        Fact("Roles held", f"{len(roles):,}"),
        Fact("People in them, each counted once", f"{len({role.worker for role in roles}):,}"),
        Fact("Peer support workers, employed", f"{len(workers) - volunteers:,}"),
        Fact("Peer support workers who volunteer", f"{volunteers:,}"),
        Fact("Other roles that call for lived experience", f"{len(roles) - len(workers):,}"),
        Fact("Whole-time equivalents, volunteers left out", f"{wte:,}"),
        Fact("Fixed-term, of all but volunteers", f"{fixed:,} of {len(employed):,}{_share(fixed, len(employed))}"),
        Fact("Posts open", f"{posts.open:,}"),
        Fact("Posts filled", f"{posts.filled:,}"),
        Fact("Posts vacant", f"{posts.vacant:,}"),
        Fact("Posts vacant for more than 90 days", f"{posts.vacant_long:,}"),
        Fact("Roles that began in the 12 months before", f"{counted.started:,}"),
        Fact("Roles that ended in the 12 months before", f"{counted.left:,}"),
        Fact("People who finished a peer course in the 12 months before", f"{counted.learnt_lately:,}"),
        Fact("Other learning (CPD)", HELD_IN_ESR),
        Fact("Sickness days for each whole-time equivalent", HELD_IN_ESR),
        Fact("Share of sickness related to mental health", HELD_IN_ESR),
        Fact("Share of the Trust's whole workforce", HELD_IN_ESR),
    ]


def _share(part: int, whole: int) -> str:
    return f" ({part * 100 / whole:.0f}%)" if whole else ""
