"""Questions of every room that may wait for the reader, beside drafts, meetings and requests.

Each room says which rows wait; all are asked at once, in one row of one query, because the front page asks it of
everybody who comes. A card leads to the page where the question is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from access.models import Passport
from access.notifications import REVIEWED_EVERY
from accounts.models import Agreed, Person, Role
from core import clock
from core.permissions import can
from governance import standing
from governance.interest_permissions import DECLARE_INTERESTS
from governance.models import Break, Deputy, InterestAsk, TermNotice
from governance.presenters.due import charters_waiting_for
from home.cards import Card
from meetings.models import NeedsMet
from network.models import Offer
from practice.models import Report
from practice.presenters.needs import items_with_news


@dataclass(frozen=True)
class Question:
    """`rows` are those that wait for one person; `page` is where they are answered. `of` says who may be asked at all.

    With `by_id` the page is that of the first such row.
    """

    title: str
    words: str
    page: str
    rows: Callable[[Person], QuerySet]
    of: Callable[[Person], bool] = lambda person: True
    by_id: bool = False


def _to_stay(person: Person) -> QuerySet:
    asked = TermNotice.objects.visible_to(person).filter(term__ends_on__gt=clock.today(), term__stay_answer=None)
    return asked.exclude(term__in=Break.objects.now().values("term")).order_by("term__ends_on")


def _to_deputise(person: Person) -> QuerySet:
    return Deputy.objects.visible_to(person).waiting().filter(term__ends_on__gt=clock.today())


def _to_agree_again(person: Person) -> QuerySet:
    """For who has agreed once: to older words, or more than a year ago. Who never has is still joining."""
    mine = Agreed.objects.filter(person=person)
    return mine.standing().exclude(Exists(mine.current()))


def _passport_to_review(person: Person) -> QuerySet:
    old = clock.today() - REVIEWED_EVERY
    return Passport.objects.saying_something().filter(person=person, reviewed_on__lte=old)


def _interests(person: Person) -> QuerySet:
    newer = InterestAsk.objects.filter(person=person, number__gt=OuterRef("number"))
    return InterestAsk.objects.filter(person=person, answer="").exclude(Exists(newer))


def _holds_an_office(person: Person) -> bool:
    return bool(standing.of(person).offices)


def _answers_for_a_body(person: Person) -> bool:
    return _holds_an_office(person) or Role.GOVERNANCE_LEAD in person.role_names


QUESTIONS = (
    Question(
        "Finish joining",
        "You said yes. A few things are left.",
        "network:joining",
        lambda person: Offer.objects.unfinished_of(person),
    ),
    Question("Say if you would like to stay", "A seat of yours ends soon.", "own_seats:question", _to_stay, by_id=True),
    Question("Say if you can be a deputy", "Somebody asks you.", "own_seats:deputy", _to_deputise, by_id=True),
    Question(
        "Say if what you need was there",
        "After a meeting.",
        "meetings:needs",
        lambda person: NeedsMet.objects.to_answer(person),
        by_id=True,
    ),
    Question("Say yes again to keeping things private", "We ask once a year.", "network:agreement", _to_agree_again),
    Question("Look at your access passport", "Is it still right?", "access:passport", _passport_to_review),
    Question(
        "Say if you have an interest to declare",
        "We ask once a year.",
        "interests:mine",
        _interests,
        of=lambda person: can(person, DECLARE_INTERESTS),
    ),
    Question(
        "Look at what was reported",
        "A report waits.",
        "practice:reports",
        lambda person: Report.objects.for_moderator(person).open(),
    ),
    Question("See what became of what you shared", "There is something new.", "practice:mine", items_with_news),
    Question(
        "Answer terms of reference",
        "A group below yours has proposed some.",
        "governance:charter_draft",
        lambda person: charters_waiting_for(person).annotate(pk_=F("charter__body_id")),
        of=_answers_for_a_body,
        by_id=True,
    ),
    Question(
        "Act on what was not there",
        "Somebody said that what they need was missing.",
        "meetings:unmet",
        lambda person: NeedsMet.objects.visible_to(person).exclude(passport__person=person).unmet(),
        of=_holds_an_office,
    ),
)


def from_questions(person: Person) -> Iterator[Card]:
    """A card for each question that waits for the reader. One query."""
    asked = {f"q{number}": each for number, each in enumerate(QUESTIONS) if each.of(person)}
    found = Person.objects.filter(pk=person.pk).values(**{key: _first(each, person) for key, each in asked.items()})
    for key, value in found.get().items():
        if value:
            question = asked[key]
            path = reverse(question.page, args=[value] if question.by_id else [])
            yield Card(question.title, path, question.words)


def _first(question: Question, person: Person) -> Subquery:
    """The id of the first row that waits, which says as well whether there is one."""
    rows = question.rows(person)
    return Subquery(rows.values("pk_" if "pk_" in rows.query.annotations else "pk")[:1])
