"""Peer practice: what each may read, who changes it, who replies, who reports, and who looks at reports.

Ishani shared with the Network, and with the Steering Group; Cass with our group; Morgan with the far one. Samuel is
Ishani's own staff sponsor, Priya is another. Priya and Morgan are moderators. "seen" is a draft that Samuel is let see.
"""

from __future__ import annotations

from tests.permissions.notation import (
    EVERYONE,
    FAR_LEAD,
    GROUP,
    NETWORK,
    SECRETARY,
    STEERING,
    Row,
    button,
    page,
    people,
)
from tests.permissions.world_practice import WORDS

AUTHOR, SPONSOR, MODERATORS = people("ishani"), people("samuel"), people("priya morgan")
#: Everybody who sits somewhere, and the secretary of the Steering Group.
OF_GROUPS = NETWORK | GROUP | STEERING | SECRETARY
PEERS = people("ishani tunde cass morgan")
OF_STEERING = STEERING | SECRETARY
#: Who reads each item.
READS = {
    "network": NETWORK,
    "steering": NETWORK | OF_STEERING,
    "group": GROUP,
    "far": FAR_LEAD,
    "draft": AUTHOR,
    "seen": AUTHOR | SPONSOR,
    "hidden": AUTHOR,
    "gone": people(""),
    "absent": people(""),
}
AUTHORS = dict.fromkeys(READS, AUTHOR) | {"group": people("cass"), "far": FAR_LEAD, "gone": people("")}
AUTHORS["absent"] = people("")


def own(address: str, about: str, **more: object) -> Row:
    """A page for the author: its other readers may know of it and not do this."""
    return Row(
        f"practice:{address}", about, **({"may": AUTHORS[about], "refused": READS[about] - AUTHORS[about]} | more)
    )


LISTS = [
    page("practice:register", may=OF_GROUPS, rest=403, why="those who sit somewhere, and the secretary",
         shows={"Shared with the Steering Group": OF_STEERING, "Share what you do": PEERS}),
    page("practice:mine", may=EVERYONE, why="each sees their own"),
    page("practice:house_rules", may=EVERYONE, shows={"What was reported": MODERATORS | SECRETARY}),
    page("practice:steering", may=OF_STEERING, rest=403),
    Row("practice:start", may=PEERS, rest=403, why="peers of the Network"),
]  # fmt: skip

ITEMS = [
    *(
        page("practice:item", about, may=readers, shows={WORDS[about]: readers} if about in WORDS else {})
        for about, readers in READS.items()
    ),
    *(
        row
        for about in READS
        for row in (
            own("withdraw", about, post=302),
            own("sponsor", about),
            own("audience", about),
        )
    ),
    # A page of questions is there while it is written; for what is shared it leads back to the item.
    *(own("write", about, get=302, post=302) for about in ("network", "steering", "group", "far", "hidden", "gone")),
    own("write", "draft"),
    own("write", "seen"),
    Row("practice:write", "absent"),
    Row("practice:write", "absent_inside"),
    *(own("keep", about, get=405, post=409) for about in ("network", "steering", "group", "far", "hidden", "gone")),
    own("keep", "draft", get=405),
    own("keep", "seen", get=405),
    Row("practice:keep", "absent", get=405),
    Row("practice:keep", "absent_inside", get=405),
    *(own("check", about, get=302, post=302) for about in ("network", "steering", "group", "far", "hidden", "gone")),
    own("check", "draft", why="it has no audience yet: the form once more"),
    own("check", "seen"),
    Row("practice:check", "absent"),
    *(own("stop", about, get=405, post=302) for about in READS),
    Row("practice:say_seen", "seen", may=SPONSOR, refused=AUTHOR, post=302, why="own sponsor, whom the author lets"),
    *(Row("practice:say_seen", about, refused=readers) for about, readers in READS.items() if about != "seen"),
    Row("practice:reply", "steering", may=STEERING, refused=READS["steering"] - STEERING),
    *(Row("practice:reply", about, refused=readers) for about, readers in READS.items() if about != "steering"),
    *(
        Row("practice:report_item", about, may=READS[about] - AUTHORS[about], refused=AUTHORS[about])
        for about in ("network", "steering", "group", "far", "hidden", "gone", "absent")
    ),
    Row("practice:report_item", "draft", refused=AUTHOR),
    Row("practice:report_item", "seen", refused=AUTHOR | SPONSOR, why="a draft is reported to nobody"),
]

#: Who reads a reply: the author of the item, and the Steering Group.
READ_REPLIES = AUTHOR | OF_STEERING
REPLIES = [
    *(
        row
        for writer in ("cass", "samuel")
        for row in (
            Row("practice:reply_page", writer, may=people(writer), refused=READ_REPLIES - people(writer)),
            button("practice:withdraw_reply", writer, may=people(writer), refused=READ_REPLIES - people(writer)),
            Row("practice:report_reply", writer, may=READ_REPLIES - people(writer), refused=people(writer)),
        )
    ),
    Row("practice:reply_page", "absent"),
    button("practice:withdraw_reply", "absent"),
    Row("practice:report_reply", "absent"),
]

#: Who told us of each, and who may look at it: never who wrote or reported it.
TOLD = {"ours": SPONSOR, "hidden": SPONSOR, "by_moderator": people("morgan"), "of_moderator": people("nadia")}
TOLD |= {"reply": AUTHOR, "absent": people("")}
LOOK = dict.fromkeys(TOLD, MODERATORS) | {"by_moderator": people("priya"), "absent": people("")}
REPORTS = [
    *(page("practice:reported", about, may=who) for about, who in TOLD.items()),
    page("practice:reports", may=MODERATORS | SECRETARY, rest=403, why="the secretary stands in"),
    *(
        page("practice:report", about, may=LOOK[about], shows=words)
        for about, words in {
            "ours": {WORDS["network"]: MODERATORS},
            "hidden": {WORDS["hidden"]: MODERATORS},
            "by_moderator": {WORDS["steering"]: people("priya")},
            "of_moderator": {WORDS["group"]: MODERATORS},
            "reply": {"Reply of cass.": MODERATORS},
            "absent": {},
        }.items()
    ),
    *(Row(f"practice:{name}", about, may=LOOK[about]) for name in ("act", "second") for about in LOOK),
]
NAMING = [
    Row("practice:moderators", may=SECRETARY, rest=403),
    button("practice:end_moderator", "any", may=SECRETARY, rest=403),
    button("practice:end_moderator", "absent", may=SECRETARY, rest=403, post=404),
]

ROWS = [*LISTS, *ITEMS, *REPLIES, *REPORTS, *NAMING]
