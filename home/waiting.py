"""Questions of every room that may wait for the reader, beside drafts, meetings and requests.

Each room says which rows wait; all are asked at once, in one row of one query, because the front page asks it of
everybody who comes. A card leads to the page where the question is answered.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from access.models import Passport
from accounts.models import Agreed, Person, Role
from core import clock
from core.permissions import can
from core.secrets import Unreadable, seal, unseal
from governance import standing
from governance.interest_permissions import DECLARE_INTERESTS
from governance.models import Body
from governance.presenters.due import charters_waiting_for
from governance.presenters.interests import question_waiting
from governance.presenters.own_seats import asked_to_deputise, asked_to_stay
from home.cards import Card
from meetings.models import NeedsMet
from network.models import Offer
from network.permissions import SEE_NETWORK
from network.presenters.front import needs as network_needs
from practice.models import Report
from practice.permissions import SEE_REGISTER, SHARE
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


def _to_agree_again(person: Person) -> QuerySet:
    """For who has agreed once: to older words, or more than a year ago. Who never has is still joining."""
    mine = Agreed.objects.filter(person=person)
    return mine.standing().exclude(Exists(mine.current()))


def _sits_somewhere(person: Person) -> bool:
    return bool(standing.of(person).seats)


def _is_not_in_the_network(person: Person) -> bool:
    return not standing.of(person).sits_on_kind(Body.Kind.NETWORK)


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
        of=_is_not_in_the_network,
    ),
    Question(
        "Say if you would like to stay",
        "A seat of yours ends soon.",
        "own_seats:question",
        asked_to_stay,
        of=_sits_somewhere,
        by_id=True,
    ),
    Question("Say if you can be a deputy", "Somebody asks you.", "own_seats:deputy", asked_to_deputise, by_id=True),
    Question(
        "Say if what you need was there",
        "After a meeting.",
        "meetings:needs",
        lambda person: NeedsMet.objects.to_answer(person),
        of=_sits_somewhere,
        by_id=True,
    ),
    Question(
        "Say yes again to keeping things private",
        "We ask once a year.",
        "network:agreement",
        _to_agree_again,
        of=_sits_somewhere,
    ),
    Question(
        "Look at your access passport",
        "Is it still right?",
        "access:passport",
        lambda person: Passport.objects.filter(person=person).due_for_review(),
        of=_sits_somewhere,
    ),
    Question(
        "Say if you have an interest to declare",
        "We ask once a year.",
        "interests:mine",
        question_waiting,
        of=lambda person: can(person, DECLARE_INTERESTS),
    ),
    Question(
        "Look at what was reported",
        "A report waits.",
        "practice:reports",
        lambda person: Report.objects.for_moderator(person).open(),
        of=lambda person: can(person, SEE_REGISTER),
    ),
    Question(
        "See what became of what you shared",
        "There is something new.",
        "practice:mine",
        items_with_news,
        of=lambda person: can(person, SHARE),
    ),
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


#: What waits is asked anew after so long, and whenever the reader has done something.
KEPT_SECONDS = 300
KEPT = "what_waits"


def what_waits(person: Person) -> list[Card]:
    """Everything of this page, for one reader. Two queries, and slow to put into SQL: see `kept_in`."""
    network: list[Card] = []
    if can(person, SEE_NETWORK) or Role.GOVERNANCE_LEAD in person.role_names:
        network = [Card(need.title, need.path, need.words) for need in network_needs(person)]
    return [*network, *from_questions(person)]


def kept_in(session: Any, person: Person) -> list[Card]:
    """The same, as the session remembers it, sealed. The page is opened more often than something new waits.

    `ForgetWhatWaited` makes it forget with each act; what others did shows after five minutes, and by email at once.
    """
    now = int(clock.now().timestamp())
    kept = session.get(KEPT)
    if kept and kept["for"] == person.pk and 0 <= now - kept["at"] < KEPT_SECONDS:
        with contextlib.suppress(Unreadable):
            return [Card(*each) for each in json.loads(unseal(kept["cards"]))]
    cards = what_waits(person)
    sealed = seal(json.dumps([(card.title, card.path, card.words) for card in cards]))
    session[KEPT] = {"for": person.pk, "at": now, "cards": sealed}
    return cards


class ForgetWhatWaited:
    """Middleware, after authentication: whoever sends a form may have answered what waited."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and KEPT in request.session:
            del request.session[KEPT]
        return response


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
