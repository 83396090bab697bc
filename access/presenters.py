"""What the pages of a passport show, and what pages of other rooms may know of it: that it is there, and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from access import ports, wording
from access.models import REVIEWED_EVERY, Consent, Passport
from access.questions import QUESTIONS, WORDS_OF, Question
from access.readers import ReadAs, readers_today
from access.services import Read
from accounts.models import Person
from audit.models import Look
from core import clock
from governance import standing
from governance.models import Body

LOOKS_SHOWN = 5


# -- one's own page ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What somebody said to one question, a line for each thing; none is fine."""

    question: Question
    lines: list[str]


@dataclass(frozen=True)
class Sharing:
    """One group that the owner sits on, when they said yes (or None), and who could see it today."""

    body: Body
    since: dt.datetime | None
    readers: str


@dataclass(frozen=True)
class Looked:
    """Somebody looked: as what, and when."""

    words: str
    at: dt.datetime


@dataclass(frozen=True)
class OwnPage:
    passport: Passport | None
    answers: list[Answer]
    is_unreadable: bool
    groups: list[Sharing]
    people: list[tuple[Person, dt.datetime | None]]
    looks: list[Looked]
    has_more_looks: bool
    review_is_due: bool

    @property
    def is_shared(self) -> bool:
        return any(each.since for each in self.groups) or any(since for _, since in self.people)


def own_page(person: Person, read: Read | None) -> OwnPage:
    """The passport of `person` as they alone see it. `read` is what it says, or None when there is none."""
    companions = ports.companions_of(person)
    consents = Consent.objects.live_of(person, companions)
    given = {consent.body_id or consent.reader_id: consent.given_at for consent in consents}
    bodies = list(Body.objects.filter(pk__in=list(standing.of(person).seats)))
    readers = readers_today(bodies, but=person)
    looks = list(looks_at(person)[: LOOKS_SHOWN + 1])
    return OwnPage(
        passport=read.passport if read else None,
        answers=answers_of(read, all_questions=True),
        is_unreadable=read is not None and read.words is None,
        groups=[Sharing(body, given.get(body.pk), readers[body.pk]) for body in bodies],
        people=[(each, given.get(each.pk)) for each in companions],
        looks=looked(person, looks[:LOOKS_SHOWN]),
        has_more_looks=len(looks) > LOOKS_SHOWN,
        review_is_due=read is not None and review_is_due(read.passport),
    )


def sharing_with(person: Person, body: Body) -> Sharing:
    """How things stand between `person` and one group."""
    consent = Consent.objects.live_with(body.pk).filter(person=person).first()
    return Sharing(body, consent.given_at if consent else None, readers_today([body], but=person)[body.pk])


def chosen_people(person: Person) -> list[int]:
    """Ids of the people with whom `person` shares by name today."""
    return [each.reader_id for each in _live_of(person) if each.reader_id]


def _live_of(person: Person) -> list[Consent]:
    return Consent.objects.live_of(person, ports.companions_of(person))


def words_agreed_to() -> str:
    return wording.WORDINGS[wording.CURRENT]


def review_is_due(passport: Passport) -> bool:
    return passport.says_something and passport.reviewed_on <= clock.today() - REVIEWED_EVERY


def answers_of(read: Read | None, *, all_questions: bool = False) -> list[Answer]:
    """What a passport says, question by question; those without an answer only when `all_questions`."""
    answers = [Answer(question, _lines(read, question) if read else []) for question in QUESTIONS]
    return [answer for answer in answers if answer.lines or all_questions]


def _lines(read: Read, question: Question) -> list[str]:
    words = read.words or {}
    under = {detail.under: words[detail.key] for detail in question.details if detail.under and detail.key in words}
    if question.asks_size and read.passport.point_size:
        under["large_print"] = f"{read.passport.point_size} point"
    chosen = [choice.key for choice in question.choices if choice.key in read.passport.chosen]
    lines = [f"{WORDS_OF[key]}: {under[key]}" if key in under else WORDS_OF[key] for key in chosen]
    for detail in question.details:
        if not detail.under and detail.key in words:
            lines.append(f"{detail.label}: {words[detail.key]}" if question.choices else words[detail.key])
    return lines


def initial_of(read: Read | None, question: Question) -> dict[str, Any]:
    """What stands now, for the form of one question."""
    if read is None:
        return {}
    chosen = [key for key in read.passport.chosen if key in question.keys]
    return {"chosen": chosen, "point_size": read.passport.point_size, **(read.words or {})}


# -- who looked --------------------------------------------------------------------------------------------------------


def looks_at(person: Person) -> QuerySet[Look]:
    """Every look at the passport of `person`, newest first."""
    mine = [str(pk) for pk in Consent.objects.filter(person=person).values_list("pk", flat=True)]
    return Look.objects.filter(about_type=Consent._meta.label, about_id__in=mine).order_by("-at", "-pk")


def looked(person: Person, looks: Iterable[Look]) -> list[Looked]:
    """Looks in words: by the office that somebody looked in, never by name, but for whom the owner chose by name."""
    looks = list(looks)
    ids = [int(look.about_id) for look in looks]
    consents = Consent.objects.select_related("body", "reader").in_bulk(ids) if ids else {}
    words = {each.verb: each.words for each in ReadAs}
    return [Looked(words[look.what].format(place=_place(consents[int(look.about_id)])), look.at) for look in looks]


def _place(consent: Consent) -> str:
    return consent.body.name if consent.body else consent.reader.name if consent.reader else ""


# -- for those it was shared with --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SharedBy:
    """Somebody who shared theirs: for a list that says no reason."""

    passport_id: UUID
    name: str
    changed_at: dt.datetime


@dataclass(frozen=True)
class SharedWith:
    """Those who shared with one group, or with the reader by name (`place` is "")."""

    place: str
    people: list[SharedBy]


def shared_page(reader: Person) -> list[SharedWith]:
    """Everybody whose passport `reader` may see today, group by group. One query."""
    consents = (
        Consent.objects.open_to(reader)
        .filter(person__passport__in=Passport.objects.saying_something())
        .select_related("body", "person__passport")
        .order_by("body__kind", "body__name", "person__name", "person_id")
    )
    places: dict[str, list[SharedBy]] = {}
    for consent in consents:
        passport = consent.person.passport
        line = SharedBy(passport.pk, consent.person.name, passport.changed_at)
        places.setdefault(consent.body.name if consent.body else "", []).append(line)
    return [SharedWith(place, people) for place, people in places.items()]


def flags_for(body_id: UUID) -> dict[int, UUID]:
    """The id of the passport of each person (by id) who shares theirs with that body today. One query.

    For lists that only those who run the body see: the caller asks who may.
    """
    return _flags(Consent.objects.live_with(body_id))


def flags_for_reader(reader: Person) -> dict[int, UUID]:
    """The same for everybody whose passport `reader` may see: for a sponsor's list of their peers. One query."""
    return _flags(Consent.objects.open_to(reader))


def _flags(consents: QuerySet[Consent]) -> dict[int, UUID]:
    people = consents.values("person")
    return dict(Passport.objects.saying_something().filter(person__in=people).values_list("person_id", "pk"))


@dataclass(frozen=True)
class Card:
    """For my page: whether there is one, with how many groups and people it is shared, and if a review is due."""

    has_passport: bool
    shared_with: int
    review_is_due: bool


def card(person: Person) -> Card:
    """What my page says of the reader's own passport. Three queries."""
    passport = Passport.objects.filter(person=person).first()
    return Card(
        has_passport=passport is not None and passport.says_something,
        shared_with=len(_live_of(person)),
        review_is_due=passport is not None and review_is_due(passport),
    )
