"""Co-chairs, a group that forms, one more term, and terms of reference at each stage, by the verbs that people use."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from core import clock
from governance import standing
from governance.models import Constituency, Function, Office, Side
from governance.presenters.charters import words_to_change
from governance.services.charters import approve_charter, give_back_charter, propose_charter, write_charter
from governance.services.offices import appoint
from governance.services.seats import open_seat, renew_term, usual_end
from oxleas_coprod.demo.bodies import PAID, TIME_ASKED
from taskgroups.services import start_group

if TYPE_CHECKING:
    from oxleas_coprod.demo.structure import DemoTrust

STEERING = """# What this group is for

The Steering Group reads every draft and says if it should become Trust policy. It also reads how the Task Groups are doing.

It does not decide who gets a job, and it does not look at anybody's own care.

# Who sits here

There are 5 seats for peers, 5 for staff sponsors and 4 for Corporate Services. A person sits for 2 years, and can have 2 terms one after another.

# How we decide

At least 5 people come, of them 2 peers and 2 staff. We try to agree. Where we cannot, each side's count is written down."""

ROLE_FIRST = """# What this group is for

We write the job description of a peer support worker, and say what the work is and is not.

# Who sits here

There are 5 seats for peers, 2 for staff sponsors and 3 for Corporate Services. A person sits for 2 years.

# How we work together

What people tell about their lives stays in the group. Anybody can ask for a pause.

# How we decide

At least 4 people come, of them 2 peers and 2 staff."""

ROLE_SECOND = ROLE_FIRST.replace(
    "Anybody can ask for a pause.",
    "Anybody can ask for a pause, and nobody has to say why. Papers come a week before.",
)

RECRUITMENT = """# What this group is for

We look at how people apply, are interviewed and are checked, so that nobody is shut out for what they have lived through.

# Who sits here

There are 5 seats for peers, 2 for staff sponsors and 3 for Corporate Services.

# How we decide

At least 4 people come, of them 2 peers and 2 staff. We try to agree, and write down who does not."""

WELLBEING = """# What this group is for

We work on staying well at work.

# How we decide

The co-leads decide."""


def add(trust: DemoTrust) -> None:
    """What has happened since everyone was seated ten months ago."""
    people, bodies = trust.people, trust.bodies
    for key, side in (("cass", Side.PEER), ("samuel", Side.STAFF)):
        appoint(by=people["grace"], body=bodies["steering"], person=people[key], kind=Office.Kind.CO_LEAD, side=side)
    kofi = people["kofi"].terms.get(body=bodies["steering"])
    renew_term(by=people["grace"], term=kofi, ends_on=usual_end(kofi.ends_on))
    _form_a_group(trust)
    _approved(trust, "steering", STEERING, written_by="grace", answered_by="owen", days_ago=200)
    _approved(trust, "role", ROLE_FIRST, written_by="tunde", answered_by="grace", days_ago=190)
    _approved(trust, "role", ROLE_SECOND, written_by="priya", answered_by="grace", days_ago=40)
    _proposed(trust, "recruitment", RECRUITMENT, written_by="morgan", days_ago=3)
    draft = _proposed(trust, "wellbeing", WELLBEING, written_by="devon", days_ago=12)
    with _days_ago(10):
        reason = "Say who sits in the group. Two people should not decide alone: say how many must come."
        give_back_charter(by=people["grace"], draft=draft, reason=reason)


def _form_a_group(trust: DemoTrust) -> None:
    """One that works for every stage of the project. Its seats are open and nobody sits there yet."""
    grace = trust.people["grace"]
    remit = {
        "stage_key": None,
        "does": "Tells people across the Trust what peer workers do, and what peers have changed.",
        "time_asked": TIME_ASKED,
        "paid": PAID,
    }
    with _days_ago(16):
        body = start_group(by=grace, name="Communications and engagement", remit=remit, form_key=uuid.uuid4())
        for constituency in (Constituency.PEER, Constituency.PEER, Constituency.SPONSOR):
            open_seat(by=grace, body=body, constituency=constituency)
        open_seat(by=grace, body=body, constituency=Constituency.CORPORATE, function=Function.COMMUNICATIONS)
    trust.bodies["communications"] = body


def _proposed(trust: DemoTrust, key: str, words: str, *, written_by: str, days_ago: int):
    by, body = trust.people[written_by], trust.bodies[key]
    with _days_ago(days_ago):
        standing.forget(by)
        seen = words_to_change(body)["seen"]
        write_charter(by=by, body=body, words=words, seen=seen)
        return propose_charter(by=by, body=body)


def _approved(trust: DemoTrust, key: str, words: str, *, written_by: str, answered_by: str, days_ago: int) -> None:
    draft = _proposed(trust, key, words, written_by=written_by, days_ago=days_ago)
    with _days_ago(days_ago - 7):
        standing.forget(trust.people[answered_by])
        approve_charter(by=trust.people[answered_by], draft=draft)


def _days_ago(days: int):
    return clock.set_to(clock.now() - dt.timedelta(days=days))
