"""The bodies of the demo Trust and who sits on them: data, so that a Trust can rename, add or close any."""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.models import Body, Constituency, Function


@dataclass(frozen=True)
class DemoBody:
    """One body: its seats as (constituency, function, key of a person or "" for an empty seat)."""

    key: str
    kind: Body.Kind
    name: str
    quorum: tuple[int, int, int]  # in all, peers, staff
    seats: tuple[tuple[Constituency, Function | None, str], ...]
    co_leads: tuple[str, str] = ("", "")  # peer, staff
    stage_key: int | None = None
    does: str = ""
    outputs: tuple[str, ...] = field(default=())


def _seats(*, peers: tuple[str, ...], sponsors: tuple[str, ...], corporate: dict[Function, str] | None = None) -> tuple:
    return (
        *((Constituency.PEER, None, key) for key in peers),
        *((Constituency.SPONSOR, None, key) for key in sponsors),
        *((Constituency.CORPORATE, function, key) for function, key in (corporate or {}).items()),
    )


HR, COMMUNICATIONS, EQUALITY, OTHER = Function.HR, Function.COMMUNICATIONS, Function.EQUALITY, Function.OTHER

BODIES = (
    DemoBody(
        "steering",
        Body.Kind.STEERING,
        "Peer Support Steering Group",
        (5, 2, 2),
        _seats(
            peers=("tunde", "cass", "kofi", "", ""),
            sponsors=("samuel", "anwen", "", "", ""),
            corporate={HR: "", COMMUNICATIONS: "colm", EQUALITY: "yetunde", OTHER: "helen"},
        ),
    ),
    DemoBody(
        "network",
        Body.Kind.NETWORK,
        "Peers and Sponsors Network",
        (0, 0, 0),
        _seats(
            peers=("ishani", "tunde", "cass", "morgan", "leyla", "devon", "bea", "kofi", "", "", "", ""),
            sponsors=("samuel", "priya", "anwen", "marcus", "", ""),
        ),
    ),
    DemoBody(
        "role",
        Body.Kind.TASK_GROUP,
        "Role design and job description",
        (4, 2, 2),
        _seats(
            peers=("tunde", "cass", "", "", ""),
            sponsors=("priya", ""),
            corporate={HR: "nadia", COMMUNICATIONS: "colm", EQUALITY: ""},
        ),
        ("tunde", "priya"),
        1,
        "Writes the job description, says what a peer worker does and does not do, and helps teams get ready.",
    ),
    DemoBody(
        "recruitment",
        Body.Kind.TASK_GROUP,
        "Recruitment and selection",
        (4, 2, 2),
        _seats(
            peers=("morgan", "kofi", "", "", ""),
            sponsors=("anwen", ""),
            corporate={HR: "nadia", COMMUNICATIONS: "", EQUALITY: "yetunde"},
        ),
        ("morgan", "anwen"),
        2,
        "Looks at how people apply, are interviewed and are checked, so that nobody is shut out for what they have lived through.",
    ),
    DemoBody(
        "induction",
        Body.Kind.TASK_GROUP,
        "Induction, training and supervision",
        (4, 2, 2),
        _seats(
            peers=("leyla", "", "", "", ""),
            sponsors=("samuel", ""),
            corporate={HR: "", COMMUNICATIONS: "colm", EQUALITY: ""},
        ),
        ("leyla", "samuel"),
        3,
        "Plans the first weeks, the training, and who a peer worker talks to about the work.",
    ),
    DemoBody(
        "wellbeing",
        Body.Kind.TASK_GROUP,
        "Wellbeing, career and staying in post",
        (4, 2, 2),
        _seats(
            peers=("devon", "", "", "", ""),
            sponsors=("anwen", ""),
            corporate={HR: "nadia", COMMUNICATIONS: "", EQUALITY: "yetunde"},
        ),
        ("devon", "anwen"),
        4,
        "Works on staying well at work, moving on to the next job, and what makes people stay.",
    ),
)

#: peer, then the staff sponsor who is theirs
PARTNERSHIPS = (
    ("ishani", "samuel"),
    ("cass", "samuel"),
    ("tunde", "priya"),
    ("bea", "priya"),
    ("morgan", "anwen"),
    ("kofi", "anwen"),
    ("leyla", "marcus"),
    ("devon", "marcus"),
)

TIME_ASKED = "A meeting of two hours about every seven weeks, and an hour of reading before each."
PAID = "Fares and other costs are paid back. You can be offered a payment for your time. It can change some benefits: talk it over first with the secretary, or Citizens Advice."
