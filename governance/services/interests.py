"""Declare an interest, put it right, answer the yearly question; and put that question when it is due.

What a person does locks their own row, so that two presses take turns.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from governance import standing
from governance.interest_rules import is_asked
from governance.models import Break, Interest, InterestAsk, InterestEntry
from governance.models.interests import YEAR, seats_that_are_asked
from governance.notifications import interests as told
from notifications.services import post

Answer = InterestAsk.Answer
#: Nobody has had an interest for longer.
EARLIEST = dt.date(1920, 1, 1)


@transaction.atomic
def declare_interest(
    *, by: Person, kind: InterestEntry.Kind, words: str, from_on: dt.date, until_on: dt.date | None, form_key: UUID
) -> Interest:
    """Put an interest of one's own into the register; this also answers the yearly question if it waits.

    A repeated `form_key` gives the first interest. Raises `Refused` for someone who is not asked, and for days that
    cannot be.
    """
    _take_turns(by)
    first = first_result(InterestEntry.objects.select_related("interest"), form_key, by_id=by.pk, number=1)
    if first:
        return first.interest
    _check_asked(by)
    _check_days(from_on, until_on)
    interest = Interest.objects.create(person=by)
    _add(interest, 1, by, form_key, kind=kind, words=words, from_on=from_on, until_on=until_on)
    record(actor=by, verb="governance.declared_interest", about=interest, kind=str(kind))
    _answer_with(by, Answer.DECLARED)
    return interest


@transaction.atomic
def correct_interest(
    *,
    by: Person,
    interest: Interest,
    kind: InterestEntry.Kind,
    words: str,
    from_on: dt.date,
    until_on: dt.date | None,
    is_mistake: bool,
    why: str,
    form_key: UUID,
) -> InterestEntry:
    """Put an interest of one's own right, or end it: one more entry, after which the newest counts.

    A repeated `form_key` gives the first entry; nothing different changes nothing and gives the entry that stands.
    Raises `Refused` for somebody else's, for one taken out as a mistake, and for days that cannot be.
    """
    _take_turns(by)
    if interest.person_id != by.pk:
        raise Refused("Only the person who declared this can put it right.")
    first = first_result(InterestEntry.objects.all(), form_key, by_id=by.pk, interest_id=interest.pk)
    if first:
        return first
    stands = interest.entries.latest("number")
    if stands.is_mistake:
        raise Refused("You took this out as a mistake. If it is right after all, declare it again.")
    _check_days(from_on, until_on)
    says = {"kind": kind, "words": words, "from_on": from_on, "until_on": until_on, "is_mistake": is_mistake}
    if all(getattr(stands, name) == value for name, value in says.items()):
        return stands
    entry = _add(interest, stands.number + 1, by, form_key, why=why, **says)
    record(actor=by, verb="governance.corrected_interest", about=interest, number=entry.number)
    return entry


@transaction.atomic
def answer_question(*, by: Person, answer: InterestAsk.Answer) -> InterestAsk:
    """Answer the yearly question with "nothing to declare", or "what I declared is still right".

    A repeat gives the answer that stands. Raises `Refused` for someone who is not asked, and when the register says
    otherwise: a page that was open while something was declared or ended.
    """
    _take_turns(by)
    _check_asked(by)
    has_some = _has_current(by)
    if answer == Answer.NOTHING and has_some:
        raise Refused("You have declared something that still runs. Say that it is still right, or end it first.")
    if answer == Answer.STANDS and not has_some:
        raise Refused("Nothing that you declared still runs. You can say that you have nothing to declare.")
    return _answer_with(by, answer)


@transaction.atomic
def ask_about_interests() -> int:
    """Put the question to everyone who is asked and was not asked in the last year. Gives how many.

    Somebody on a break from every such seat is left in peace until they are back.

    Run twice at once it asks once: the number of an ask is unique for a person, and so is the message.
    """
    today = clock.today()
    at_the_table = seats_that_are_asked().exclude(breaks__in=Break.objects.now())
    wanted = Person.objects.filter(pk__in=at_the_table.values("person_id"))
    wanted = wanted.annotate(last_on=Max("interest_asks__asked_on"), last=Max("interest_asks__number"))
    due = [person for person in wanted if person.last_on is None or person.last_on + YEAR <= today]
    asks = [InterestAsk(person=person, number=(person.last or 0) + 1, asked_on=today) for person in due]
    InterestAsk.objects.bulk_create(asks, ignore_conflicts=True)
    for person in due:
        ask = InterestAsk.objects.get(person=person, number=(person.last or 0) + 1)
        post(kind=told.ASKED, recipients=[person], occasion=f"interests {ask.number}", about=ask)
    return len(due)


def _take_turns(person: Person) -> None:
    Person.objects.select_for_update().get(pk=person.pk)
    standing.forget(person)


def _check_asked(person: Person) -> None:
    if not is_asked(standing.of(person)):
        raise Refused("Nobody asks you to declare anything, so there is nothing to fill in.")


def _check_days(from_on: dt.date, until_on: dt.date | None) -> None:
    if from_on < EARLIEST:
        raise Refused("Check the year it began.", field="from_on")
    if from_on > clock.today() + YEAR:
        raise Refused("It must have begun, or begin in the next year.", field="from_on")
    if until_on is not None and until_on < from_on:
        raise Refused("It cannot have ended before it began.", field="until_on")


def _has_current(person: Person) -> bool:
    today = clock.today()
    mine = Interest.objects.filter(person=person).prefetch_related("entries")
    return any(list(interest.entries.all())[-1].is_current(today) for interest in mine)


def _add(interest: Interest, number: int, by: Person, form_key: UUID, **says: object) -> InterestEntry:
    return InterestEntry.objects.create(
        interest=interest, number=number, by=by, at=clock.now(), form_key=form_key, **says
    )


def _answer_with(person: Person, answer: InterestAsk.Answer) -> InterestAsk:
    """Answer the question that waits; before the first one was put, it counts as put today."""
    ask = InterestAsk.objects.filter(person=person).last()
    if ask and ask.answer:
        return ask
    ask = ask or InterestAsk(person=person, number=1, asked_on=clock.today())
    ask.answer, ask.answered_at = answer, clock.now()
    ask.save()
    record(actor=person, verb="governance.answered_about_interests", about=ask, answer=str(answer))
    return ask
