"""What the pages of one's own seats show, and what other pages say of them in short."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.said import nhs_date
from governance.models import Body, Break, Deputy, Office, Side, StayAnswer, Term, TermNotice
from governance.presenters.seat_words import seat_words
from governance.services.breaks import Offer, later_than, offer_for
from governance.workflows import ENDED


@dataclass(frozen=True)
class MySeat:
    """One seat of the reader's. `offices` are in words; `notice` is the newest question about it, `answer` theirs."""

    term: Term
    words: str
    offices: list[str]
    is_co_lead: bool
    on_break: Break | None
    deputy: Deputy | None
    notice: TermNotice | None
    answer: StayAnswer | None
    offer: Offer | None

    @property
    def body(self) -> Body:
        return self.term.body

    @property
    def is_network(self) -> bool:
        return self.body.kind == Body.Kind.NETWORK

    @property
    def is_peer(self) -> bool:
        return self.term.seat.constituency == Side.PEER


@dataclass(frozen=True)
class MySeats:
    seats: list[MySeat]
    asked: list[Deputy]
    sits_in: list[Deputy]

    @property
    def on_break(self) -> int:
        return sum(1 for seat in self.seats if seat.on_break)

    @property
    def at_the_table(self) -> int:
        return len(self.seats) - self.on_break


def own_terms(person: Any) -> QuerySet[Term]:
    """The seats that `person` holds today."""
    if not person.is_authenticated or not person.is_active:
        return Term.objects.none()
    held = Term.objects.on(clock.today()).filter(person=person).exclude(body__state__in=ENDED)
    return held.select_related("body", "seat").order_by("body__kind", "body__name")


def my_seats(person: Person) -> MySeats:
    """Every seat of the reader's, and what they were asked as a deputy. Eight queries, however many seats."""
    deputies = Deputy.objects.live().select_related("person")
    terms = list(
        own_terms(person).prefetch_related(
            "breaks", "notices", Prefetch("deputies", queryset=deputies, to_attr="live_deputies")
        )
    )
    answers = {answer.term_id: answer for answer in StayAnswer.objects.filter(term__in=terms)}
    later = later_than(terms)
    offices: dict[Any, list[Office]] = {}
    for office in Office.objects.filter(person=person, until_on=None):
        offices.setdefault(office.body_id, []).append(office)
    mine = Deputy.objects.visible_to(person).live().filter(term__ends_on__gt=clock.today())
    deputises = list(mine.select_related("term__person", "body"))
    return MySeats(
        [_seat(term, offices.get(term.body_id, []), answers.get(term.pk), later) for term in terms],
        [deputy for deputy in deputises if not deputy.accepted_at],
        [deputy for deputy in deputises if deputy.accepted_at],
    )


def _seat(term: Term, offices: list[Office], answer: StayAnswer | None, later: list[Term]) -> MySeat:
    breaks, notices = list(term.breaks.all()), list(term.notices.all())
    deputies: list[Deputy] = term.live_deputies  # type: ignore[attr-defined]
    return MySeat(
        term=term,
        words=seat_words(term.seat),
        offices=[office.get_kind_display().lower() for office in offices],
        is_co_lead=any(office.kind == Office.Kind.CO_LEAD for office in offices),
        on_break=next((each for each in breaks if each.back_on is None), None),
        deputy=deputies[0] if deputies else None,
        notice=notices[-1] if notices else None,
        answer=answer,
        offer=offer_for(term, breaks, later),
    )


# -- in short, for the front page and my page ----------------------------------------------------------------------


@dataclass(frozen=True)
class SeatInShort:
    """One seat in a line: since when the reader is on a break, and the path of a question that waits ("" for none)."""

    body: Body
    words: str
    last_day: dt.date
    away_since: dt.date | None
    question_path: str

    @property
    def break_words(self) -> str:
        """ "You have been on a break since 3 August 2026.", or ""."""
        return f"You have been on a break since {nhs_date(self.away_since)}." if self.away_since else ""


def seats_in_short(person: Person) -> list[SeatInShort]:
    """The reader's seats, for the front page and my page. One query."""
    newest = TermNotice.objects.filter(term=OuterRef("pk")).order_by("stage").values("pk")[:1]
    terms = own_terms(person).annotate(
        away_since=Subquery(Break.objects.now().filter(term=OuterRef("pk")).values("from_on")[:1]),
        notice_id=Subquery(newest),
        has_answered=Exists(StayAnswer.objects.filter(term=OuterRef("pk"))),
    )
    return [
        SeatInShort(
            body=term.body,
            words=seat_words(term.seat),
            last_day=term.last_day,
            away_since=term.away_since,
            question_path=_question_path(term),
        )
        for term in terms
    ]


def _question_path(term: Any) -> str:
    """Nobody on a break is asked; the question waits until they are back."""
    if not term.notice_id or term.has_answered or term.away_since:
        return ""
    return reverse("own_seats:question", args=[term.notice_id])


def asked_to_stay(person: Person) -> QuerySet[TermNotice]:
    """Questions about the reader's seats that wait for them, the seat that ends first on top. None during a break."""
    asked = TermNotice.objects.visible_to(person).filter(term__ends_on__gt=clock.today(), term__stay_answer=None)
    return asked.exclude(term__in=Break.objects.now().values("term")).order_by("term__ends_on")


def asked_to_deputise(person: Person) -> QuerySet[Deputy]:
    """What the reader was asked, and has not answered."""
    return Deputy.objects.visible_to(person).waiting().filter(term__ends_on__gt=clock.today())


# -- leaving ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Leaving:
    """What the page before leaving says: what goes, in lines, and how one may come back."""

    name: str
    goes: list[str]
    back: str


def leaving(term: Term, person: Person) -> Leaving:
    """About one seat of the reader's. Two queries."""
    held = Office.objects.filter(body=term.body_id, person=person, until_on=None)
    offices = [f"your part as {office.get_kind_display().lower()}" for office in held]
    deputy = ["your deputy"] if Deputy.objects.live().filter(term=term).exists() else []
    is_group = term.body.kind == Body.Kind.TASK_GROUP
    return Leaving(
        name=term.body.name,
        goes=[
            f"your seat, which was yours until {nhs_date(term.last_day)}",
            *offices,
            *deputy,
            "messages and invitations from this group",
            "your name among the people of this group",
            "drafts of this group that are still being written",
        ],
        back="Open Groups in the menu and ask to join again." if is_group else "Call the secretary.",
    )
