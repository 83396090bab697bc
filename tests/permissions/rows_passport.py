"""Access passports: one's own, and those that others chose to share; and whether what people need was there."""

from __future__ import annotations

from access.questions import BY_KEY
from meetings.forms import FLAG
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
from tests.permissions.world_passport import NEED

CASS, NADIA, ISHANI, SAMUEL = people("cass"), people("nadia"), people("ishani"), people("samuel")
#: Those whom somebody of our group lets see it: its co-leads, and the Steering Group's secretary, who stands in.
READERS = CO_LEADS | SECRETARY

OWN = [
    page("access:passport", may=EVERYONE, shows={NEED["ours"]: CASS, NEED["sponsor"]: ISHANI}, why="one's own"),
    *(Row("access:question", key, may=EVERYONE, post=302, why="one may leave it empty") for key in BY_KEY),
    Row("access:question", "absent"),
    button("access:still_right", may=EVERYONE),
    Row("access:delete", may=EVERYONE, post=302),
    page("access:looks", may=EVERYONE),
    Row("access:share_with_people", may=EVERYONE, post=302, shows={"Samuel Thistlemoor": ISHANI},
        why="one's own sponsors, and nobody else"),
    Row("access:share", "ours", may=GROUP, refused=EVERYONE - GROUP, why="where one sits"),
    Row("access:share", "far", may=FAR_LEAD, refused=EVERYONE - FAR_LEAD),
    Row("access:share", "steering", may=STEERING, refused=EVERYONE - STEERING, why="Grace has no seat"),
    Row("access:share", "network", may=NETWORK, refused=EVERYONE - NETWORK),
    Row("access:share", "closed", refused=EVERYONE),
    Row("access:share", "absent"),
]  # fmt: skip

SHARED = [
    page("access:shared", may=EVERYONE, shows={"Cass Tinderly": READERS, "Ishani Marrowby": SAMUEL,
         "Morgan Quillfeather": SECRETARY, "Leyla Hartwhistle": NOBODY}, why="each sees what was shared with them"),
    page("access:read", "ours", may=CASS | READERS, shows={NEED["ours"]: CASS | READERS},
         why="neither those who sit beside her, nor her own sponsor, HR, governance lead or platform administrator"),
    page("access:read", "nadia", may=NADIA | READERS, why="staff have the same"),
    page("access:read", "sponsor", may=ISHANI | SAMUEL, shows={NEED["sponsor"]: ISHANI | SAMUEL},
         why="her own sponsor, whom she chose; no other sponsor and no secretary"),
    page("access:read", "far", may=FAR_LEAD | SECRETARY),
    page("access:read", "private", may=SAMUEL, why="he has shared it with nobody"),
    page("access:read", "left", why="she can no longer log in, so she shares nothing"),
    page("access:read", "absent"),
]  # fmt: skip

WAS_IT_THERE = [
    page("meetings:meeting", "ours", may=GROUP, shows={FLAG: CO_LEADS}, why="a flag for those who run it; no reason"),
    page("meetings:unmet", may=EVERYONE, shows={"Cass Tinderly": READERS, "Morgan Quillfeather": SECRETARY,
         "Nadia Ferrowick": NOBODY, "Quokkawords": NOBODY}, why="to those who may act; all others see an empty list"),
    Row("meetings:needs", "ours", may=CASS, refused=READERS, why="asked of her"),
    Row("meetings:needs", "far", may=FAR_LEAD, refused=SECRETARY),
    Row("meetings:needs", "asked", may=NADIA, why="what is not answered, nobody else knows of"),
    Row("meetings:needs", "absent"),
    Row("meetings:act_on_needs", "ours", may=READERS, refused=CASS, shows={"Quokkawords": READERS}),
    Row("meetings:act_on_needs", "far", may=SECRETARY, refused=FAR_LEAD, why="he leads it, and it is his own"),
    Row("meetings:act_on_needs", "asked", refused=NADIA),
    Row("meetings:act_on_needs", "absent"),
]  # fmt: skip

ROWS = [*OWN, *SHARED, *WAS_IT_THERE]
