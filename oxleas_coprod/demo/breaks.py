"""Somebody on a break with a deputy, and terms that end soon, one with an answer and one without."""

from __future__ import annotations

import datetime as dt
import uuid

from core import clock
from governance.models import Deputy, StayAnswer, Term, TermNotice
from governance.services.breaks import step_back
from governance.services.deputies import accept, ask_deputy
from governance.services.term_clock import answer_stay, notice_what_ends
from oxleas_coprod.demo.structure import DemoTrust

#: Whose time ends how many days from today.
ENDING = (("devon", "wellbeing", 62), ("samuel", "induction", 24))


def add(trust: DemoTrust) -> None:
    """Kofi is on a break from a Task Group and Bea sits in; Devon would like to talk; Samuel has not answered."""
    with clock.set_to(clock.now() - dt.timedelta(days=20)):
        _a_break(trust)
    for key, body, days in ENDING:
        Term.objects.filter(person=trust.people[key], body=trust.bodies[body]).update(
            ends_on=clock.today() + dt.timedelta(days=days)
        )
    with clock.set_to(clock.now().replace(hour=12)):
        notice_what_ends()
        notice = TermNotice.objects.get(term__person=trust.people["devon"])
        answer_stay(by=trust.people["devon"], notice=notice, answer=StayAnswer.Answer.TALK)


def _a_break(trust: DemoTrust) -> None:
    kofi, bea = trust.people["kofi"], trust.people["bea"]
    term = Term.objects.get(person=kofi, body=trust.bodies["recruitment"])
    ask_deputy(by=kofi, term=term, address=bea.email, form_key=uuid.uuid4())
    accept(by=bea, deputy=Deputy.objects.get(term=term))
    step_back(by=kofi, term=term)
