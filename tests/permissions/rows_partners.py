"""Partnerships, handovers, private requests, and Corporate Services' nominations."""

from __future__ import annotations

from tests.permissions.notation import GOVERNANCE, SECRETARY, Row, button, page, people

ISHANI, SAMUEL, PRIYA = people("ishani"), people("samuel"), people("priya")
PEERS, SPONSORS = people("ishani tunde cass morgan"), SAMUEL | PRIYA
#: Speaks for Human Resources.
HR_LEAD = people("nadia")

KEEPING = [
    Row("network:members", may=SECRETARY, rest=403, shows={"Plover Canarypeer": SECRETARY}, why="who keeps the list"),
    page("network:waiting", may=SECRETARY, rest=403),
    Row("network:pair", may=SECRETARY, rest=403, shows={"Plover Canarypeer": SECRETARY}),
    Row("network:end", "ours", may=SECRETARY, refused=ISHANI | SAMUEL, post=302, why="the two know of it; she ends it"),
    Row("network:end", "far", may=SECRETARY, post=302),
    Row("network:end", "absent"),
]

OWN = [
    page("network:my_sponsor", may=PEERS, rest=403, shows={"Samuel Thistlemoor": ISHANI}),
    page("network:my_peers", may=SPONSORS, rest=403, shows={"Ishani Marrowby": SAMUEL}),
    Row("network:ask", may=PEERS, rest=403, posts={"ishani": 200, "tunde": 200}),
    Row("network:sharing", "ours", may=ISHANI, refused=SAMUEL | SECRETARY, post=302, why="hers alone to decide"),
    Row("network:sharing", "far", refused=SECRETARY),
    Row("network:sharing", "absent"),
    button("network:ask_at_once", "ours", may=ISHANI, refused=SAMUEL | SECRETARY, post=200, why="nothing is ticked"),
    button("network:ask_at_once", "far", refused=SECRETARY),
    button("network:ask_at_once", "absent"),
    *(
        row
        for name in ("today", "check")
        for row in (
            button(f"network:{name}", "ours", may=SAMUEL, refused=ISHANI | SECRETARY, why="what a sponsor notes"),
            button(f"network:{name}", "far", refused=SECRETARY),
            button(f"network:{name}", "absent"),
        )
    ),
]

#: Samuel proposed Priya; Ishani is asked. The secretary may know of all that is not kept private from her.
IN_OUR_HANDOVER = SAMUEL | PRIYA | ISHANI | SECRETARY
HANDOVERS = [
    Row("network:propose", "ours", may=SAMUEL | SECRETARY, refused=ISHANI),
    Row("network:propose", "far", may=SECRETARY),
    Row("network:propose", "absent"),
    page("network:handover", "ours", may=IN_OUR_HANDOVER, why="a new sponsor does not learn who, before the yes",
         shows={"For Ishani Marrowby": SAMUEL | SECRETARY}),
    page("network:handover", "far", may=SECRETARY),
    page("network:handover", "absent"),
    button("network:answer_handover", "ours", may=PRIYA | ISHANI, refused=SAMUEL | SECRETARY, post=200,
           why="an empty press is neither yes nor no"),
    button("network:answer_handover", "far", refused=SECRETARY),
    button("network:answer_handover", "absent"),
    button("network:take_back_handover", "ours", may=SAMUEL | PRIYA | SECRETARY, refused=ISHANI,
           why="the peer says no instead"),
    button("network:take_back_handover", "far", may=SECRETARY),
    button("network:take_back_handover", "absent"),
]  # fmt: skip

REQUESTS = [
    page("network:sponsor_request", "ours", may=ISHANI | SECRETARY, why="her sponsor does not learn of it",
         shows={"CANARYWORDS": ISHANI | SECRETARY}),
    page("network:sponsor_request", "far", may=SECRETARY),
    page("network:sponsor_request", "graces", may=GOVERNANCE, why="Grace stood by them: the governance lead answers"),
    page("network:sponsor_request", "absent"),
    Row("network:propose_for_request", "ours", may=SECRETARY, refused=ISHANI),
    Row("network:propose_for_request", "far", may=SECRETARY),
    Row("network:propose_for_request", "graces", may=GOVERNANCE),
    Row("network:propose_for_request", "absent"),
    Row("network:talked", "ours", may=SECRETARY, refused=ISHANI, post=302),
    Row("network:talked", "graces", may=GOVERNANCE, post=302),
    Row("network:talked", "absent"),
    button("network:take_back_request", "ours", may=ISHANI, refused=SECRETARY),
    button("network:take_back_request", "far", refused=SECRETARY),
    button("network:take_back_request", "graces", refused=GOVERNANCE),
    button("network:take_back_request", "absent"),
]  # fmt: skip

CORPORATE = [
    page("network:corporate", may=SECRETARY | HR_LEAD, rest=403, shows={"Communications": SECRETARY},
         why="each sees the seats of their own part of the Trust"),
    Row("network:name_lead", may=SECRETARY, rest=403),
    button("network:end_lead", "ours", may=SECRETARY, rest=403),
    button("network:end_lead", "absent", may=SECRETARY, rest=403, post=404),
    Row("network:nominate", may=HR_LEAD, rest=403),
    page("network:nomination", "ours", may=SECRETARY | HR_LEAD, shows={"Nobody logs in": SECRETARY},
         why="who nominates learns of nobody by asking"),
    page("network:nomination", "far", may=SECRETARY),
    page("network:nomination", "absent"),
    button("network:answer_nomination", "ours", may=SECRETARY, refused=HR_LEAD, post=200),
    button("network:answer_nomination", "far", may=SECRETARY, post=200),
    button("network:answer_nomination", "absent"),
    button("network:take_back_nomination", "ours", may=HR_LEAD, refused=SECRETARY),
    button("network:take_back_nomination", "far", refused=SECRETARY),
    button("network:take_back_nomination", "absent"),
]  # fmt: skip

ROWS = [*KEEPING, *OWN, *HANDOVERS, *REQUESTS, *CORPORATE]
