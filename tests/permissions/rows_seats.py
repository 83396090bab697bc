"""Bodies, their seats and offices, how they are set up, and their terms of reference."""

from __future__ import annotations

from tests.permissions.notation import (
    CO_LEADS,
    EVERYONE,
    FAR_LEAD,
    GOVERNANCE,
    GROUP,
    NETWORK,
    SECRETARY,
    STEERING,
    Row,
    button,
    page,
)
from tests.permissions.world import CANARIES

#: Members of the Network, and the secretary, may know how full it is.
KNOW_THE_NETWORK = NETWORK | SECRETARY


def for_secretary(address: str, about: str, **more: object) -> Row:
    """What only the secretary does; everybody else knows of the group, and is refused."""
    return Row(address, about, may=SECRETARY, refused=EVERYONE - SECRETARY, **more)


def nothing_inside(address: str) -> Row:
    """A seat, office or move that our group does not have: the secretary is told, others are refused before."""
    return for_secretary(address, "absent_inside", get=404, post=404)


SEATS = [
    page("governance:my_seats", may=EVERYONE, why="each sees their own"),
    page("governance:seats", "ours", may=EVERYONE, shows={CANARIES["group"]: GROUP | SECRETARY},
         why="counts for everyone; who sits there, for those who sit with them and for who runs it"),
    page("governance:seats", "far", may=EVERYONE, shows={CANARIES["far"]: FAR_LEAD | SECRETARY}),
    page("governance:seats", "steering", may=EVERYONE, shows={CANARIES["steering"]: STEERING | SECRETARY}),
    page("governance:seats", "closed", may=EVERYONE, shows={"Cass Tinderly": SECRETARY}),
    page("governance:seats", "network", may=KNOW_THE_NETWORK, refused=EVERYONE - KNOW_THE_NETWORK,
         shows={"Morgan Quillfeather": SECRETARY}, why="its members see counts; no list of names, but for who runs it"),
    page("governance:seats", "absent"),
    for_secretary("governance:open_seat", "ours"),
    for_secretary("governance:open_seat", "network"),
    for_secretary("governance:open_seat", "closed", why="the service says no"),
    Row("governance:open_seat", "absent"),
    for_secretary("governance:close_seat", "ours", post=302),
    for_secretary("governance:close_seat", "far", post=200, why="somebody has it"),
    for_secretary("governance:close_seat", "taken", post=200),
    nothing_inside("governance:close_seat"),
    Row("governance:close_seat", "absent"),
    for_secretary("governance:fill_seat", "ours", why="a name found there says that it is in the Network"),
    for_secretary("governance:fill_seat", "far"),
    nothing_inside("governance:fill_seat"),
    Row("governance:fill_seat", "absent"),
    for_secretary("governance:renew_term", "ours"),
    for_secretary("governance:renew_term", "far"),
    nothing_inside("governance:renew_term"),
    Row("governance:renew_term", "absent"),
    for_secretary("governance:end_term", "ours", post=302),
    for_secretary("governance:end_term", "far", post=302),
    nothing_inside("governance:end_term"),
    Row("governance:end_term", "absent"),
]  # fmt: skip

OFFICES = [
    page("governance:offices", "ours", may=GROUP | SECRETARY, refused=EVERYONE - GROUP - SECRETARY,
         why="it names people"),
    page("governance:offices", "far", may=FAR_LEAD | SECRETARY, refused=EVERYONE - FAR_LEAD - SECRETARY),
    page("governance:offices", "steering", may=STEERING | SECRETARY, refused=EVERYONE - STEERING - SECRETARY),
    page("governance:offices", "network", may=SECRETARY, refused=EVERYONE - SECRETARY, why="not even to its members"),
    page("governance:offices", "closed", may=SECRETARY, refused=EVERYONE - SECRETARY),
    page("governance:offices", "absent"),
    for_secretary("governance:appoint", "ours"),
    for_secretary("governance:appoint", "lead"),
    for_secretary("governance:appoint", "far"),
    nothing_inside("governance:appoint"),
    Row("governance:appoint", "absent"),
    for_secretary("governance:end_office", "ours", post=302),
    for_secretary("governance:end_office", "steering", post=200, why="the last secretary stays"),
    nothing_inside("governance:end_office"),
    Row("governance:end_office", "absent"),
]  # fmt: skip

MAY_SEE_SETTINGS = CO_LEADS | SECRETARY
SETTINGS = [
    page("governance:settings", "ours", may=MAY_SEE_SETTINGS, refused=EVERYONE - MAY_SEE_SETTINGS,
         why="co-leads see, the secretary changes"),
    page("governance:settings", "far", may=FAR_LEAD | SECRETARY, refused=EVERYONE - FAR_LEAD - SECRETARY),
    page("governance:settings", "network", may=SECRETARY, refused=EVERYONE - SECRETARY),
    page("governance:settings", "closed", may=SECRETARY, refused=EVERYONE - SECRETARY),
    page("governance:settings", "absent"),
    for_secretary("governance:change_settings", "ours"),
    for_secretary("governance:change_settings", "steering"),
    Row("governance:change_settings", "absent"),
    for_secretary("governance:move", "ours"),
    for_secretary("governance:move", "pause"),
    for_secretary("governance:move", "far"),
    nothing_inside("governance:move"),
    Row("governance:move", "absent"),
    Row("taskgroups:new_group", may=SECRETARY, rest=403),
    for_secretary("taskgroups:remit", "ours"),
    for_secretary("taskgroups:remit", "far"),
    Row("taskgroups:remit", "network"),
    Row("taskgroups:remit", "absent"),
]  # fmt: skip

#: Those who write it, and those above who answer.
SEE_DRAFT = CO_LEADS | SECRETARY
CHARTERS = [
    page("governance:charter", "ours", may=EVERYONE, shows={"Read the draft": SEE_DRAFT},
         why="what holds is for everyone; a draft for who writes and who answers"),
    page("governance:charter", "steering", may=EVERYONE, shows={"Write them": SECRETARY}),
    page("governance:charter", "network", may=KNOW_THE_NETWORK, refused=EVERYONE - KNOW_THE_NETWORK),
    page("governance:charter", "absent"),
    page("governance:charter_version", "ours", may=EVERYONE),
    page("governance:charter_version", "absent_inside", may=EVERYONE, get=404),
    page("governance:charter_version", "network", may=KNOW_THE_NETWORK, get=404, refused=EVERYONE - KNOW_THE_NETWORK),
    page("governance:charter_version", "absent"),
    page("governance:charter_changes", "ours", may=EVERYONE),
    page("governance:charter_changes", "absent_inside", may=EVERYONE, get=404),
    page("governance:charter_changes", "network", may=KNOW_THE_NETWORK, get=404, refused=EVERYONE - KNOW_THE_NETWORK),
    page("governance:charter_changes", "absent"),
    Row("governance:write_charter", "ours", may=CO_LEADS, refused=EVERYONE - CO_LEADS),
    Row("governance:write_charter", "far", may=FAR_LEAD, refused=EVERYONE - FAR_LEAD),
    Row("governance:write_charter", "steering", may=SECRETARY, refused=EVERYONE - SECRETARY),
    Row("governance:write_charter", "network", refused=EVERYONE, why="it has neither co-leads nor a secretary here"),
    Row("governance:write_charter", "absent"),
    page("governance:charter_draft", "ours", may=SEE_DRAFT, refused=EVERYONE - SEE_DRAFT),
    page("governance:charter_draft", "steering", may=SECRETARY | GOVERNANCE, get=404,
         refused=EVERYONE - SECRETARY - GOVERNANCE, why="there is none; others are refused before"),
    page("governance:charter_draft", "absent"),
    button("governance:propose_charter", "ours", may=CO_LEADS, refused=EVERYONE - CO_LEADS),
    button("governance:propose_charter", "far", may=FAR_LEAD, refused=EVERYONE - FAR_LEAD, post=200, why="no draft"),
    button("governance:propose_charter", "absent"),
    for_secretary("governance:answer_charter", "ours"),
    for_secretary("governance:answer_charter", "far", get=302, post=302, why="there is nothing to answer"),
    Row("governance:answer_charter", "steering", may=GOVERNANCE, get=302, post=302, refused=EVERYONE - GOVERNANCE,
        why="the governance lead answers for the Steering Group"),
    Row("governance:answer_charter", "absent"),
]  # fmt: skip

ROWS = [*SEATS, *OFFICES, *SETTINGS, *CHARTERS]
