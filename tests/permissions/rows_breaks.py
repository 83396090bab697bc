"""One's own seats, deputies, leaving, and seats that need someone."""

from __future__ import annotations

from tests.permissions.notation import (
    CO_LEADS,
    EVERYONE,
    FAR_LEAD,
    GROUP,
    NETWORK,
    NOBODY,
    SECRETARY,
    STEERING,
    Row,
    button,
    page,
    people,
)
from tests.permissions.world import CANARIES

#: Whose seats they are. Who runs a body presses nothing for those who sit there.
SEATS = {"ours": GROUP, "far": FAR_LEAD, "steering": STEERING, "network": NETWORK, "closed": NOBODY, "absent": NOBODY}


def of_ones_own_seat(name: str, make: type[Row] | object = Row, **more: object) -> list[Row]:
    """Rows of an address under one's own seat: somebody else's is not found."""
    why = "one's own seat, and no other: nobody steps back, leaves or comes back for somebody else"
    return [make(f"own_seats:{name}", about, may=may, why=why, **more) for about, may in SEATS.items()]


ASKED = {"ishani": people("ishani"), "samuel": people("samuel"), "absent": NOBODY}
RUNNERS = CO_LEADS | FAR_LEAD | SECRETARY

ROWS = [
    page("own_seats:mine", may=EVERYONE, why="each sees their own"),
    Row("own_seats:step_back_from_all", may=NETWORK | GROUP | STEERING, get=405, post=302,
        posts=dict.fromkeys(EVERYONE - NETWORK - GROUP - STEERING, 200), why="the page says that there is no seat"),
    button("own_seats:come_back_to_all", may=EVERYONE, why="who is on no break is back already"),
    *of_ones_own_seat("step_back", button),
    *of_ones_own_seat("come_back", button),
    *of_ones_own_seat("make_up_days", button),
    *of_ones_own_seat("end_deputy", button),
    *of_ones_own_seat("leave", page),
    *of_ones_own_seat("leave_for_sure", post=302),
    *of_ones_own_seat("name_deputy"),
    Row("own_seats:question", "cass", may=people("cass")),
    Row("own_seats:question", "morgan", may=FAR_LEAD),
    Row("own_seats:question", "absent"),
    *(page("own_seats:deputy", about, may=may, why="who was asked") for about, may in ASKED.items()),
    *(button("own_seats:say_yes", about, may=may) for about, may in ASKED.items()),
    *(button("own_seats:say_no", about, may=may) for about, may in ASKED.items()),
    page("own_seats:vacancies", may=RUNNERS, rest=403, shows={"Cass Tinderly": CO_LEADS | SECRETARY,
         "Morgan Quillfeather": FAR_LEAD | SECRETARY, **dict.fromkeys(CANARIES.values(), NOBODY)},
         why="co-leads and secretaries; each the bodies they run, and names of those whose time ends"),
    *(
        Row("own_seats:deputies_count", about, may=SECRETARY, refused=EVERYONE - SECRETARY,
            why="a rule of the body: its secretary writes it down, and no co-lead alone")
        for about in ("ours", "far", "steering", "network", "closed")
    ),
    Row("own_seats:deputies_count", "absent"),
    page("network:leave", may=NETWORK, rest=403, why="its members"),
    Row("network:leave_for_sure", may=NETWORK, rest=403, post=302),
]  # fmt: skip
