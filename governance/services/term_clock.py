"""The term clock: 90 and 30 days before a term ends, those who look after the seat know, and the member is asked.

What is due is found by a query on stored days, and each happening is one row: however often the clock runs, late or
twice at once, nothing is said twice. Whoever missed the 90 days gets the 30 days only.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Person
from audit.services import record
from core import clock
from governance.models import Body, Break, Stage, StayAnswer, Term, TermNotice
from governance.notifications.own_seats import SEAT_NEEDS_YOU, STAY_ANSWERED, STAY_ASKED
from governance.people import runners_of
from governance.services.own_term import own_term
from governance.workflows import ENDED
from notifications.services import post

#: Nobody's phone rings for this in the night.
EARLIEST_HOUR = 9


def notice_what_ends() -> int:
    """Notice every term that ends soon and was not noticed yet, and ask its member. Returns how many were noticed.

    A member on a break is asked when they are back, if the term still runs then; one who has answered is not asked.
    """
    if timezone.localtime(clock.now()).hour < EARLIEST_HOUR:
        return 0
    return sum(_notice_in(body_id) for body_id in sorted({term.body_id for term in _due()}))


def stage_of(term: Term, today: dt.date) -> Stage:
    """The stage that a term which ends within 90 days has come to."""
    return Stage.THIRTY if (term.ends_on - today).days <= Stage.THIRTY else Stage.NINETY


@transaction.atomic
def answer_stay(*, by: Person, notice: TermNotice, answer: StayAnswer.Answer) -> StayAnswer:
    """Say if one would like to stay, and tell those who look after the seat. A later answer replaces an earlier one.

    The same answer again changes nothing. Raises `Refused` once the term has ended, and for somebody else's.
    """
    body, term = own_term(by=by, term=notice.term)
    given = StayAnswer.objects.filter(term=term).first()
    if given and given.answer == answer:
        return given
    said = {"answer": answer, "answered_at": clock.now(), "answered_by": by}
    given, _ = StayAnswer.objects.update_or_create(term=term, defaults=said)
    record(actor=by, verb="governance.answered_stay", about=given, answer=str(answer))
    told = [person for person in runners_of(body) if person.pk != by.pk]
    occasion = f"stay {given.pk} {given.answered_at.isoformat()}"
    post(kind=STAY_ANSWERED, recipients=told, occasion=occasion, about=body)
    return given


def _due(body_id: UUID | None = None) -> list[Term]:
    """Terms to notice, or whose member is still to be asked, of one body or of all. One query a stage."""
    today = clock.today()
    soon, sooner = (today + dt.timedelta(days=int(stage)) for stage in (Stage.NINETY, Stage.THIRTY))
    terms = Term.objects.on(today).filter(person__is_active=True).exclude(body__state__in=ENDED)
    if body_id:
        terms = terms.filter(body_id=body_id)
    found = [
        *_to_notice(terms.filter(ends_on__lte=soon, ends_on__gt=sooner), Stage.NINETY),
        *_to_notice(terms.filter(ends_on__lte=sooner), Stage.THIRTY),
    ]
    return [term for term in found if term.starts_on <= term.ends_on - dt.timedelta(days=stage_of(term, today))]


def _to_notice(terms: QuerySet[Term], stage: Stage) -> QuerySet[Term]:
    """Those of the terms that have come to `stage`, that nobody follows on, and where something is left to do."""
    noticed = TermNotice.objects.filter(term=OuterRef("pk"), stage=stage)
    later = Term.objects.filter(starts_on__gte=OuterRef("ends_on"), ends_on__gt=F("starts_on"))
    follows_on = later.filter(Q(seat=OuterRef("seat")) | Q(body=OuterRef("body"), person=OuterRef("person")))
    return (
        terms.exclude(Exists(follows_on))
        .annotate(
            is_noticed=Exists(noticed),
            is_asked=Exists(noticed.filter(asked_on__isnull=False)),
            is_on_break=Exists(Break.objects.now().filter(term=OuterRef("pk"))),
            has_answered=Exists(StayAnswer.objects.filter(term=OuterRef("pk"))),
        )
        .filter(Q(is_noticed=False) | Q(is_asked=False, is_on_break=False, has_answered=False))
        .select_related("person")
        .order_by("pk")
    )


@transaction.atomic
def _notice_in(body_id: UUID) -> int:
    """Notice what is due in one body, once its row is ours."""
    body = Body.objects.select_for_update(of=("self",)).select_related("reports_to").get(pk=body_id)
    return sum(_notice(body, term) for term in _due(body.pk))


def _notice(body: Body, term: Term) -> bool:
    today = clock.today()
    stage = stage_of(term, today)
    notice, is_new = TermNotice.objects.get_or_create(term=term, stage=stage, defaults={"noticed_on": today})
    if is_new:
        record(actor=None, system="term clock", verb="governance.noticed_term_ends", about=term, stage=int(stage))
        told = [person for person in runners_of(body) if person.pk != term.person_id]
        occasion = f"body {body.pk} until {term.ends_on} {int(stage)}"
        post(kind=SEAT_NEEDS_YOU, recipients=told, occasion=occasion, about=body)
    if not term.is_on_break and not term.has_answered:  # type: ignore[attr-defined]
        TermNotice.objects.filter(pk=notice.pk).update(asked_on=today)
        post(kind=STAY_ASKED, recipients=[term.person], occasion=f"term {term.pk} {int(stage)}", about=notice)
    return is_new
