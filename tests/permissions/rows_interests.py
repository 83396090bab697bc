"""Interests, what concerns someone's own care or team, and what is handed over."""

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
    people,
)
from tests.permissions.world import CANARIES
from tests.permissions.world_interests import NADIAS, SAMUELS, WHY

#: Who holds a staff seat, or a seat on the Steering Group.
ASKED_ABOUT_INTERESTS = people("tunde cass priya samuel nadia yetunde")
KEEPERS = SECRETARY | GOVERNANCE

INTERESTS = [
    page("interests:mine", may=EVERYONE, why="each their own; who is not asked is told so",
         shows={SAMUELS: people("samuel"), NADIAS: people("nadia")}),
    button("interests:answer", may=ASKED_ABOUT_INTERESTS, rest=403, post=200, why="an empty press says what is wrong"),
    Row("interests:declare", may=ASKED_ABOUT_INTERESTS, rest=403, why="a peer without a Steering seat is never asked"),
    Row("interests:correct", "samuels", may=people("samuel"), refused=STEERING - people("samuel") | KEEPERS,
        why="one's own; others at the table may know of it"),
    Row("interests:correct", "nadias", may=people("nadia"), refused=GROUP - people("nadia") | KEEPERS),
    Row("interests:correct", "absent"),
    page("interests:register", may=KEEPERS, rest=403, shows={SAMUELS: KEEPERS, NADIAS: KEEPERS}),
    page("interests:waiting", may=SECRETARY, rest=403, shows={CANARIES["steering"]: SECRETARY}),
    page("interests:body", "ours", may=GROUP | SECRETARY, refused=EVERYONE - GROUP - SECRETARY,
         shows={NADIAS: GROUP | SECRETARY, SAMUELS: people("")}, why="those at the table, and who keeps its list"),
    page("interests:body", "far", may=FAR_LEAD | SECRETARY, refused=EVERYONE - FAR_LEAD - SECRETARY),
    page("interests:body", "steering", may=STEERING | SECRETARY, refused=EVERYONE - STEERING - SECRETARY,
         shows={SAMUELS: STEERING | SECRETARY, NADIAS: people("")}),
    page("interests:body", "network", why="who belongs there is private"),
    page("interests:body", "closed"),
    page("interests:body", "absent"),
]  # fmt: skip

CONCERNS = [
    page("interests:recusal", "shared", may=people("cass") | SECRETARY, shows={WHY: people("cass") | SECRETARY},
         why="its author, and the secretary whom they let read it"),
    page("interests:recusal", "alone", may=people("cass"), shows={WHY: people("cass")}, why="its author and no other"),
    page("interests:recusal", "far", may=FAR_LEAD),
    page("interests:recusal", "absent"),
    button("interests:take_back", "shared", may=people("cass"), refused=SECRETARY, why="nobody speaks for another"),
    button("interests:take_back", "alone", may=people("cass")),
    button("interests:take_back", "far", may=FAR_LEAD),
    button("interests:take_back", "absent"),
    Row("meetings:concerns_me", "ours", may=GROUP, why="who sits there"),
    Row("meetings:concerns_me", "far", may=FAR_LEAD),
    Row("meetings:concerns_me", "steering", may=STEERING, refused=SECRETARY, why="Grace has no seat"),
    Row("meetings:concerns_me", "closed"),
    Row("meetings:concerns_me", "absent"),
    Row("meetings:concerns_me", "absent_inside"),
    Row("steering:concerns_me", "review", may=STEERING, refused=GROUP | NETWORK | KEEPERS - STEERING,
        why="members, while it is before them"),
    Row("steering:concerns_me", "far_review", may=STEERING, refused=FAR_LEAD | KEEPERS),
    Row("steering:concerns_me", "recommended", may=STEERING, get=302, post=302,
        refused=(GROUP | NETWORK | KEEPERS) - STEERING, why="it is decided: they are led back"),
    Row("steering:concerns_me", "writing", refused=(GROUP | KEEPERS) - people("yetunde tunde cass"),
        gets=dict.fromkeys(("tunde", "cass", "yetunde"), 404), posts=dict.fromkeys(("tunde", "cass", "yetunde"), 404)),
    Row("steering:concerns_me", "absent"),
]  # fmt: skip


def handed_over(about, may, **more):
    """The page, and the same on paper."""
    return [page(name, about, may=may, refused=EVERYONE - may, **more) for name in ("handover_pack", "handover_pdf")]


#: The Steering Group's secretary stands in for every group.
RUN = CO_LEADS | SECRETARY
HANDOVER = [
    page("handover", may=EVERYONE, why="the packs of one's own parts"),
    page("handover_pack", "ours_member", may=GROUP | SECRETARY, refused=EVERYONE - GROUP - SECRETARY,
         shows={CANARIES["group"]: GROUP | SECRETARY}, why="who sits there, and who runs it"),
    page("handover_pack", "far_member", may=FAR_LEAD | SECRETARY, refused=EVERYONE - FAR_LEAD - SECRETARY,
         shows={CANARIES["far"]: FAR_LEAD | SECRETARY}),
    page("handover_pack", "steering_member", may=STEERING | SECRETARY, refused=EVERYONE - STEERING - SECRETARY,
         shows={CANARIES["steering"]: STEERING | SECRETARY}),
    *handed_over("ours_co-lead", RUN),
    *handed_over("ours_sponsor", RUN, why="Priya holds the sponsor's seat, and co-leads"),
    *handed_over("ours_deputy", RUN),
    *handed_over("steering_secretary", SECRETARY),
    *handed_over("network_member", NETWORK | SECRETARY),
    *handed_over("network_sponsor", people("priya samuel") | SECRETARY),
    *(page(name, about) for name in ("handover_pack", "handover_pdf")
      for about in ("closed_member", "absent_member", "absent_part")),
]  # fmt: skip

ROWS = [*INTERESTS, *CONCERNS, *HANDOVER]
