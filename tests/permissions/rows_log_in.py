"""How one logs in: passkeys, sessions, one's address, the Trust's own log-in, a lost second step."""

from __future__ import annotations

from tests.permissions.notation import EVERYONE, GOVERNANCE, Row, button, page, people, public

FRESH = "a change to how one logs in asks for a fresh log-in first, before it looks for anything"
TWO_PEOPLE = people("robin") | GOVERNANCE


def fresh(address: str, about: str = "", **more: object) -> Row:
    """A page that asks for a fresh log-in first, whatever is sent."""
    return Row(address, about, **({"may": EVERYONE, "get": 302, "post": 302, "why": FRESH} | more))


ROWS = [
    page("accounts:devices", may=EVERYONE, why="one's own"),
    button("accounts:end_device", may=EVERYONE, why="one's own, by a handle that is looked for among them"),
    button("accounts:end_other_devices", may=EVERYONE),
    fresh("accounts:email"),
    fresh("accounts:confirm_email"),
    button("accounts:keep_email", may=EVERYONE),
    fresh("accounts:passkey_add"),
    *(fresh(f"accounts:passkey_{verb}", about) for verb in ("rename", "remove") for about in ("ours", "absent")),
    button("accounts:keep_second_step", may=EVERYONE, why="one's own"),
    public("mfa_login_webauthn", get=302, post=302),
    *(
        public(f"accounts:trust_{name}", get=404, why="no provider is set")
        for name in ("log_in", "callback", "not_known", "went_wrong")
    ),
    fresh("accounts:forget_trust"),
    fresh("accounts:resets", may=TWO_PEOPLE, rest=403),
    fresh("accounts:reset_ask", may=TWO_PEOPLE, rest=403),
    *(
        fresh(f"accounts:{name}", about, may=TWO_PEOPLE, rest=403)
        for name in ("reset", "reset_stop")
        for about in ("ours", "absent")
    ),
]
