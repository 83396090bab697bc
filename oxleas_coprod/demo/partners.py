"""Partnerships of the demo Trust at each point of their life, and Corporate Services who nominate their people."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Iterator

from core import clock
from governance.models import Function, Seat
from network.models import Noted, Partnership, Shared
from network.services import corporate, handovers, requests, together
from network.services.partnerships import end_partnership
from oxleas_coprod.demo.structure import DemoTrust


def add(trust: DemoTrust) -> None:
    """One who shares, one without a sponsor, one handover that waits for a yes, one private request; nominations."""
    _ishani_shares(trust)
    _bea_has_nobody(trust)
    _devon_is_asked(trust)
    _kofi_asks_in_private(trust)
    _functions_nominate(trust)


def _ishani_shares(trust: DemoTrust) -> None:
    pair = _pair(trust, "ishani", "samuel")
    with _days_ago(40):
        together.share(by=trust.people["ishani"], partnership=pair, what=[Shared.REPLIES, Shared.PHONE])
    for days, what in ((36, [Noted.What.OFFERED, Noted.What.READY]), (34, [Noted.What.TALKED])):
        with _days_ago(days):
            together.note_today(by=trust.people["samuel"], partnership=pair, what=what)


def _bea_has_nobody(trust: DemoTrust) -> None:
    with _days_ago(9):
        end_partnership(by=trust.people["grace"], partnership=_pair(trust, "bea", "priya"))


def _devon_is_asked(trust: DemoTrust) -> None:
    people = trust.people
    with _days_ago(5):
        proposed = handovers.propose(
            by=people["marcus"],
            peer=people["devon"],
            old=_pair(trust, "devon", "marcus"),
            new_sponsor=people["priya"],
            form_key=uuid.uuid4(),
        )
    with _days_ago(3):
        handovers.accept(by=people["priya"], handover=proposed)


def _kofi_asks_in_private(trust: DemoTrust) -> None:
    with _days_ago(4):
        requests.ask_for_sponsor(
            by=trust.people["kofi"],
            partnership=_pair(trust, "kofi", "anwen"),
            words="I would like someone who works nearer to where I live.",
            nominee="Marcus, who I met at the Conversation",
            form_key=uuid.uuid4(),
        )


def _functions_nominate(trust: DemoTrust) -> None:
    """Communications has filled a seat; Human Resources waits for an answer."""
    grace, colm, nadia = (trust.people[key] for key in ("grace", "colm", "nadia"))
    with _days_ago(120):
        for key, function in (
            ("nadia", Function.HR),
            ("colm", Function.COMMUNICATIONS),
            ("yetunde", Function.EQUALITY),
        ):
            corporate.name_lead(by=grace, function=function, email=trust.people[key].email, form_key=uuid.uuid4())
    with _days_ago(30):
        seat = Seat.objects.get(body=trust.bodies["wellbeing"], function=Function.COMMUNICATIONS)
        chosen = corporate.nominate(by=colm, seat=seat, email=colm.email, form_key=uuid.uuid4())
    with _days_ago(28):
        corporate.confirm(by=grace, nomination=chosen)
    with _days_ago(2):
        seat = Seat.objects.get(body=trust.bodies["steering"], function=Function.HR)
        corporate.nominate(by=nadia, seat=seat, email=nadia.email, form_key=uuid.uuid4())


def _pair(trust: DemoTrust, peer: str, sponsor: str) -> Partnership:
    return Partnership.objects.unended().get(peer=trust.people[peer], sponsor=trust.people[sponsor])


@contextlib.contextmanager
def _days_ago(days: int) -> Iterator[None]:
    with clock.set_to(clock.now() - dt.timedelta(days=days)):
        yield
