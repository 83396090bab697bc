"""Inviting, joining, and agreeing about confidentiality."""

from __future__ import annotations

from tests.permissions.notation import (
    EVERYONE,
    GOVERNANCE,
    SECRETARY,
    Row,
    button,
    page,
    people,
    public,
)
from tests.permissions.world_invitations import CANARY

#: Priya and Samuel sit in the Network as staff sponsors.
SPONSORS = people("priya samuel")
INVITERS = SECRETARY | SPONSORS
#: Samuel made it; the secretary sees all.
OF_SAMUEL = people("samuel") | SECRETARY
OF_GRACE = SECRETARY
#: Whoever is logged in is told that the invitation is for somebody else: 200. Stanley's own leads him on.
STANLEY = {"stranger": 302}

INVITING = [
    page("network:invitations", may=INVITERS, rest=403, shows={CANARY: people("samuel grace")}),
    Row("network:invite", may=INVITERS, rest=403),
    page("network:invitation", "mine", may=OF_SAMUEL, why="whoever made it, and the secretary"),
    page("network:invitation", "others", may=OF_GRACE),
    page("network:invitation", "held", may=OF_GRACE),
    page("network:invitation", "absent"),
    page("network:letter", "paper", may=OF_SAMUEL),
    page("network:letter", "mine", may=OF_SAMUEL, get=302, why="an email has no letter"),
    page("network:letter", "others", may=OF_GRACE, get=302),
    page("network:letter", "absent"),
    page("network:pass_on", "said", may=OF_SAMUEL),
    page("network:pass_on", "others", may=OF_GRACE, get=302),
    page("network:pass_on", "absent"),
    button("network:send_again", "mine", may=OF_SAMUEL),
    button("network:send_again", "back", may=OF_SAMUEL, post=200, why="it was taken back"),
    button("network:send_again", "others", may=OF_GRACE),
    button("network:send_again", "absent"),
    button("network:take_back", "mine", may=OF_SAMUEL),
    button("network:take_back", "others", may=OF_GRACE),
    button("network:take_back", "held", may=OF_GRACE, post=200, why="it was accepted"),
    button("network:take_back", "absent"),
    button("network:give_seat", "held", may=SECRETARY, post=200, why="no seat is empty yet"),
    button("network:give_seat", "mine", may=SECRETARY, refused=people("samuel"), post=200, why="nobody waits"),
    button("network:give_seat", "absent"),
    Row("network:paste", may=SECRETARY, rest=403),
    Row("network:list", "kept", may=SECRETARY, rest=403, post=302),
    Row("network:list", "absent", may=SECRETARY, rest=403, get=404, post=404),
    button("network:drop_list", "kept", may=SECRETARY, rest=403),
    button("network:drop_list", "absent", may=SECRETARY, rest=403, post=404),
]  # fmt: skip

INVITED = [
    public("network:enter_code", post=200),
    public("network:invited", "open", post=200, why="a look; and an empty press is no answer"),
    public("network:invited", "used", post=200, gets=STANLEY, posts=STANLEY),
    public("network:invited", "absent", post=200),
    *(public("network:ask_again", about, get=405, post=302) for about in ("open", "used", "absent")),
    public("network:ask_by_address", post=200),
    public("network:asked"),
    public("network:address_given"),
    public("network:declined"),
]

OWN = [
    page("network:joining", may=EVERYONE, get=302, why="nobody of these has anything left to do"),
    Row("network:name", may=EVERYONE),
    Row("network:contact", may=EVERYONE),
    Row("network:agreement", may=EVERYONE),
    button("network:withdraw_agreement", may=EVERYONE),
    Row("network:by_phone", may=INVITERS, rest=403, shows={"Ishani Marrowby": people("samuel")},
        why="a sponsor chooses among their own; a secretary gives an address"),
    Row("network:reach", may=INVITERS, rest=403, shows={"Ishani Marrowby": people("samuel")},
        why="a sponsor sees their own peers; a secretary gives an address"),
    Row("network:agreement_words", may=SECRETARY | GOVERNANCE, rest=403),
]  # fmt: skip

ROWS = [*INVITING, *INVITED, *OWN]
