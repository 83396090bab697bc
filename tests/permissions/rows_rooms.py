"""Groups, meetings, the Network, help contacts, the ledger, one's own pages and what is public."""

from __future__ import annotations

from tests.permissions.notation import (
    CO_LEADS,
    EVERYONE,
    FAR_LEAD,
    GOVERNANCE,
    GROUP,
    NETWORK,
    NOT_LOGGED_IN,
    SECRETARY,
    STEERING,
    Row,
    button,
    page,
    people,
    public,
)
from tests.permissions.world import CANARIES

PUBLIC = [
    public("home", post=200),
    public("accessibility", post=200),
    public("privacy", post=200),
    public("how_comments_work", post=200),
    public("gallery", post=200, why="components and no data; gone in production"),
    public("gallery_errors", post=200),
    public("helplines:help", post=200, why="help needs no log-in"),
    public("steering:published_list"),
    public("steering:published", "published"),
    public("steering:published", "far_published"),
    public("steering:published", "absent", get=404),
    public("steering:you_said", "published"),
    public("steering:you_said", "absent", get=404),
    public("steering:published_pdf", "published"),
    public("steering:published_pdf", "absent", get=404),
    public("notifications:mailboxes", why="the demonstration's; gone in production"),
    public("notifications:letter", "kept?to=cass@anytown-riverside.example"),
    public("notifications:letter", "kept?to=owen@anytown-riverside.example", get=404, why="not in that mailbox"),
    public("notifications:letter", "absent?to=cass@anytown-riverside.example", get=404),
    public("notifications:attachment", "kept?to=cass@anytown-riverside.example"),
    public("notifications:attachment", "absent?to=cass@anytown-riverside.example", get=404),
]

#: Whoever has a kind of seat to ask for: the Network's members, and Corporate Services (Nadia, Yetunde).
COULD_SIT = NETWORK | people("nadia yetunde")
GROUPS = [
    page("taskgroups:groups", may=EVERYONE, why="what each group does and how it is filled; no names"),
    page("taskgroups:group", "ours", may=EVERYONE, shows={CANARIES["group"]: GROUP | SECRETARY},
         why="counts for everyone; who sits there, for those who sit with them and for who runs it"),
    page("taskgroups:group", "far", may=EVERYONE, shows={CANARIES["far"]: FAR_LEAD | SECRETARY}),
    page("taskgroups:group", "steering", may=EVERYONE, shows={CANARIES["steering"]: STEERING | SECRETARY}),
    page("taskgroups:group", "closed", may=EVERYONE),
    page("taskgroups:group", "network", why="the Network has a page of its own"),
    page("taskgroups:group", "absent"),
    Row("taskgroups:join", "ours", may=COULD_SIT - GROUP, refused=EVERYONE - (COULD_SIT - GROUP)),
    Row("taskgroups:join", "far", may=COULD_SIT - FAR_LEAD, refused=EVERYONE - (COULD_SIT - FAR_LEAD)),
    Row("taskgroups:join", "steering", refused=EVERYONE, why="nobody asks for a seat on the Steering Group"),
    Row("taskgroups:join", "closed", may=COULD_SIT, refused=EVERYONE - COULD_SIT, why="the service says no"),
    Row("taskgroups:join", "network"),
    Row("taskgroups:join", "absent"),
    page("taskgroups:requests", "ours", may=CO_LEADS | SECRETARY, refused=EVERYONE - CO_LEADS - SECRETARY,
         why="those who answer; the secretary stands in"),
    page("taskgroups:requests", "far", may=FAR_LEAD | SECRETARY, refused=EVERYONE - FAR_LEAD - SECRETARY),
    page("taskgroups:requests", "closed", may=SECRETARY, refused=EVERYONE - SECRETARY, why="its co-lead is none now"),
    page("taskgroups:requests", "network"),
    page("taskgroups:requests", "absent"),
    page("taskgroups:request", "ours", may=people("ishani") | CO_LEADS | SECRETARY, why="who asked, and who answers"),
    page("taskgroups:request", "far", may=people("cass") | FAR_LEAD | SECRETARY),
    page("taskgroups:request", "answered", may=people("samuel") | CO_LEADS | SECRETARY),
    page("taskgroups:request", "absent"),
    button("taskgroups:withdraw", "ours", may=people("ishani"), refused=CO_LEADS | SECRETARY, why="her own"),
    button("taskgroups:withdraw", "far", may=people("cass"), refused=FAR_LEAD | SECRETARY),
    button("taskgroups:withdraw", "answered", may=people("samuel"), refused=CO_LEADS | SECRETARY, post=200),
    button("taskgroups:withdraw", "absent"),
    button("taskgroups:accept", "ours", may=CO_LEADS | SECRETARY, refused=people("ishani"), why="not one's own"),
    button("taskgroups:accept", "far", may=FAR_LEAD | SECRETARY, refused=people("cass"), post=200, why="no seat left"),
    button("taskgroups:accept", "answered", may=CO_LEADS | SECRETARY, refused=people("samuel"), post=200),
    button("taskgroups:accept", "absent"),
    Row("taskgroups:decline", "ours", may=CO_LEADS | SECRETARY, refused=people("ishani")),
    Row("taskgroups:decline", "far", may=FAR_LEAD | SECRETARY, refused=people("cass")),
    Row("taskgroups:decline", "absent"),
    page("network:network", may=NETWORK | SECRETARY, rest=403, why="its members, and who keeps the list"),
]  # fmt: skip

MEETINGS = [
    page("meetings:mine", may=EVERYONE, why="each sees their own"),
    Row("meetings:call", "ours", may=CO_LEADS, refused=EVERYONE - CO_LEADS),
    Row("meetings:call", "far", may=FAR_LEAD, refused=EVERYONE - FAR_LEAD),
    Row("meetings:call", "steering", may=SECRETARY, refused=EVERYONE - SECRETARY),
    Row("meetings:call", "closed", refused=EVERYONE),
    Row("meetings:call", "absent"),
    page("meetings:meeting", "ours", may=GROUP, shows={CANARIES["group"]: CO_LEADS},
         why="those who sit there; who answers what, for those who run it"),
    page("meetings:meeting", "far", may=FAR_LEAD, shows={CANARIES["far"]: FAR_LEAD}),
    page("meetings:meeting", "steering", may=STEERING | SECRETARY, shows={CANARIES["steering"]: SECRETARY}),
    page("meetings:meeting", "closed", why="a body that is closed has nobody"),
    page("meetings:meeting", "absent"),
    Row("meetings:reply", "ours", may=GROUP, get=302, why="who sits there is asked to come"),
    Row("meetings:reply", "far", may=FAR_LEAD, get=302),
    Row("meetings:reply", "steering", may=STEERING, refused=SECRETARY, get=302, why="Grace runs it and has no seat"),
    Row("meetings:reply", "absent"),
    *(
        row
        for name, post in (("change", 200), ("cancel", 302), ("presence", 200))
        for row in (
            Row(f"meetings:{name}", "ours", may=CO_LEADS, refused=GROUP - CO_LEADS, post=post),
            Row(f"meetings:{name}", "far", may=FAR_LEAD, post=post),
            Row(f"meetings:{name}", "steering", may=SECRETARY, refused=STEERING, post=post),
            Row(f"meetings:{name}", "closed"),
            Row(f"meetings:{name}", "absent"),
        )
    ),
    Row("meetings:presence", "past", may=CO_LEADS, refused=GROUP - CO_LEADS),
]  # fmt: skip

#: The contacts are changed by those who answer for them, and by who looks after the software.
HELP_EDITORS = SECRETARY | GOVERNANCE | people("robin")
HELP = [
    Row("helplines:contacts", may=HELP_EDITORS, rest=403),
    Row("helplines:add", may=HELP_EDITORS, rest=403),
    Row("helplines:change", "any", may=HELP_EDITORS, rest=403),
    Row("helplines:change", "absent", get=404, post=404, may=HELP_EDITORS, rest=403),
    button("helplines:confirm", "any", may=HELP_EDITORS, rest=403),
    button("helplines:confirm", "absent", post=404, may=HELP_EDITORS, rest=403),
    Row("helplines:remove", "any", may=HELP_EDITORS, rest=403, post=302),
    Row("helplines:remove", "absent", get=404, post=404, may=HELP_EDITORS, rest=403),
]

LEDGER_READERS = SECRETARY | GOVERNANCE
LEDGER = [
    page("notifications:ledger", may=LEDGER_READERS, rest=403, why="who was told what"),
    button("notifications:send_again", "refused", may=LEDGER_READERS, rest=403),
    button("notifications:send_again", "absent", post=404, may=LEDGER_READERS, rest=403),
]

#: Pages of logging in turn away who is logged in already; the others lead to where it begins.
IN, OUT = dict.fromkeys(EVERYONE, 302), dict.fromkeys(NOT_LOGGED_IN, 302)
OWN = [
    page("me", may=EVERYONE),
    Row("accounts:details", may=EVERYONE),
    *(
        Row(
            name,
            may=EVERYONE,
            get=302,
            post=302,
            why="a change to one's log-in asks for a fresh log-in first",
        )
        for name in (
            "accounts:password",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
        )
    ),
    page("mfa_index", may=EVERYONE),
    Row("account_reauthenticate", may=EVERYONE, post=302),
    *(public("accounts:link", about, post=302) for about in ("cass", "used", "leyla", "absent")),
    *(public("accounts:fresh_link", about, get=405, post=302) for about in ("cass", "used", "leyla", "absent")),
    public("accounts:check_your_email"),
    public("accounts:hidden"),
    public("accounts:log_out_and_hide", get=405, post=302),
    public("account_request_login_code", post=200, gets=IN, posts=IN),
    public("account_login", post=200, gets=IN, posts=IN),
    public("account_confirm_login_code", get=302, post=302),
    public("mfa_authenticate", get=302, post=302),
    public("account_inactive"),
    public("account_logout", post=302, gets=OUT),
]

HR = people("nadia viewer exporter")
EDITOR = people("nadia")
PLATFORM = people("robin")


def records(kind: str) -> list[Row]:
    """HR's pages of one kind of record. Whoever is not of HR does not learn that they are there."""
    return [
        Row(f"hr:workforce_{kind}_changelist", post=302, may=HR),
        Row(f"hr:workforce_{kind}_add", may=EDITOR, refused=HR - EDITOR),
        Row(f"hr:workforce_{kind}_change", "any", may=HR, post_may=EDITOR, post_refused=HR - EDITOR),
        Row(f"hr:workforce_{kind}_change", "absent", post_refused=HR - EDITOR),
        Row(f"hr:workforce_{kind}_history", "any", may=HR),
        Row(f"hr:workforce_{kind}_history", "absent"),
        *struck_out(kind),
    ]


def struck_out(kind: str) -> list[Row]:
    """Striking out an entry made in error: for editors, and a viewer is told whom to ask."""
    if kind == "referencevalue":
        return []
    return [
        Row(f"hr:workforce_{kind}_made_in_error", "any", may=EDITOR, refused=HR - EDITOR),
        Row(f"hr:workforce_{kind}_made_in_error", "absent"),
    ]


def sensitive_records(kind: str) -> list[Row]:
    """HR's pages of a health or DBS status. Whoever may not see those does not learn that they are there."""
    return [
        Row(f"hr:workforce_{kind}_changelist", post=302, may=EDITOR),
        Row(f"hr:workforce_{kind}_add", may=EDITOR),
        Row(f"hr:workforce_{kind}_change", "any", may=EDITOR),
        Row(f"hr:workforce_{kind}_change", "absent"),
        Row(f"hr:workforce_{kind}_history", "any", may=EDITOR),
        Row(f"hr:workforce_{kind}_history", "absent"),
        Row(f"hr:workforce_{kind}_made_in_error", "any", may=EDITOR),
        Row(f"hr:workforce_{kind}_made_in_error", "absent"),
    ]


#: The list of what was struck out tells of people: it is the governance lead's, and of HR nobody learns of it.
STRUCK_OUT = [
    Row("hr:workforce_struckout_changelist", post=302, may=GOVERNANCE),
    Row("hr:workforce_struckout_add"),
    Row("hr:workforce_struckout_change", "any", may=GOVERNANCE),
    Row("hr:workforce_struckout_change", "absent"),
]


ADMIN = [
    Row("hr:index", may=HR),
    *records("position"),
    *records("occupancy"),
    *(Row(f"hr:workforce_{kind}_change_many", may=EDITOR, refused=HR - EDITOR) for kind in ("position", "occupancy")),
    *records("worker"),
    *records("referencevalue"),
    Row("hr:workforce_esrimport_changelist", post=302, may=EDITOR, refused=HR - EDITOR),
    Row("hr:workforce_esrimport_add", may=EDITOR, refused=HR - EDITOR),
    Row("hr:workforce_esrimport_change", "any", may=EDITOR, refused=HR - EDITOR, post=302),
    Row("hr:workforce_esrimport_change", "absent", refused=HR - EDITOR),
    *records("peertraining"),
    *records("competence"),
    *records("vacancy"),
    *(row for row in records("check") if row.address != "hr:workforce_check_add"),
    Row("hr:workforce_check_add", refused=HR, why="The six are made when the checks of a vacancy start."),
    *(row for kind in ("workhealth", "dbs", "adjustments", "wellbeingplan") for row in sensitive_records(kind)),
    *STRUCK_OUT,
    Row("hr:", ""),
    Row("platform:index", may=PLATFORM),
    *(
        row
        for kind in ("person", "roleheld")
        for row in (
            Row(f"platform:accounts_{kind}_changelist", post=302, may=PLATFORM),
            Row(f"platform:accounts_{kind}_add", may=PLATFORM),
            Row(f"platform:accounts_{kind}_change", "any", may=PLATFORM, post=302),
            Row(f"platform:accounts_{kind}_change", "absent"),
        )
    ),
    Row("platform:", ""),
]

ROWS = [*PUBLIC, *GROUPS, *MEETINGS, *HELP, *LEDGER, *OWN, *ADMIN]
