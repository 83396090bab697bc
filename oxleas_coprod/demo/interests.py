"""The demo Trust's register of interests, with one answer that is still to come, and one matter that concerns someone."""

from __future__ import annotations

import datetime as dt
import uuid

from core import clock
from governance import standing
from governance.models import InterestAsk, InterestEntry, Recusal
from governance.services.interests import answer_question, ask_about_interests, correct_interest, declare_interest
from governance.services.recusals import say_it_concerns_me
from oxleas_coprod.demo.structure import DemoTrust
from steering.models import Policy
from steering.services.review import matter_of
from steering.workflows import PolicyState

Kind = InterestEntry.Kind
ASKED_DAYS_AGO = 40

#: who, kind, words, began on, and on which day it ended, if it did
DECLARED = (
    (
        "colm",
        Kind.PAID_WORK,
        "I write a newsletter for a charity that runs groups in Southfold. It pays me.",
        (2023, 4, 1),
        None,
    ),
    ("anwen", Kind.ROLE, "Trustee of a housing charity that works with our wards.", (2021, 9, 1), None),
    ("kofi", Kind.ROLE, "On the board of a carers' group in Eastmere. It is not paid.", (2024, 1, 1), None),
    (
        "samuel",
        Kind.GIFT,
        "A place at a conference, paid for by a firm that sells to wards.",
        (2026, 3, 1),
        (2026, 3, 2),
    ),
)
NOTHING = ("tunde", "cass", "yetunde", "priya", "nadia", "marcus")  # Dr Helen Mossbridge has not answered yet


def add(trust: DemoTrust) -> None:
    """Ask everyone, and let most of them answer, on days that have passed. Needs the story: one matter is a policy."""
    asked_at = clock.now() - dt.timedelta(days=ASKED_DAYS_AGO)
    with clock.set_to(asked_at):
        ask_about_interests()
    with clock.set_to(asked_at + dt.timedelta(days=5)):
        for key, kind, words, began, ended in DECLARED:
            _declare(trust, key, kind, words, dt.date(*began), dt.date(*ended) if ended else None)
        for key in NOTHING:
            answer_question(by=trust.people[key], answer=InterestAsk.Answer.NOTHING)
    _correct(trust)
    _one_matter(trust)
    for person in trust.people.values():
        standing.forget(person)


def _declare(
    trust: DemoTrust, key: str, kind: InterestEntry.Kind, words: str, from_on: dt.date, until_on: dt.date | None
) -> None:
    says = {"kind": kind, "words": words, "from_on": from_on, "until_on": until_on}
    declare_interest(by=trust.people[key], form_key=uuid.uuid4(), **says)


def _correct(trust: DemoTrust) -> None:
    """Anwen puts hers right a week later."""
    anwen = trust.people["anwen"]
    interest = anwen.interests.get()
    with clock.set_to(clock.now() - dt.timedelta(days=ASKED_DAYS_AGO - 12)):
        correct_interest(
            by=anwen,
            interest=interest,
            kind=Kind.ROLE,
            words="Chair of trustees of a housing charity that works with our wards.",
            from_on=dt.date(2021, 9, 1),
            until_on=None,
            is_mistake=False,
            why="I was made chair in spring.",
            form_key=uuid.uuid4(),
        )


def _one_matter(trust: DemoTrust) -> None:
    """Anwen's own team is in what the Steering Group has before it: she stays and speaks."""
    policy = Policy.objects.select_related("document").filter(state=PolicyState.REVIEW).first()
    if policy:
        say_it_concerns_me(
            by=trust.people["anwen"],
            body=trust.bodies["steering"],
            matter=matter_of(policy),
            effect=Recusal.Effect.SPEAKS,
            reason="My own team would be the first to do this.",
            is_shared=True,
            form_key=uuid.uuid4(),
        )
