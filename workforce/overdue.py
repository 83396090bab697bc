"""What waits too long: the rules behind the saved views. Each narrows a queryset, in one query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, DurationField, ExpressionWrapper, F, IntegerField, Q, QuerySet
from django.db.models import Value as Plain
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from core import clock
from workforce.models import Occupancy, Position, Vacancy
from workforce.workflows import VacancyState

VACANT_DAYS = 90
CHECK_DAYS = 28
ENDING_DAYS = 183
#: Probation and reviews are prepared, so they are due before their day.
AHEAD_DAYS = 14
KINDS_OF_SUPERVISION = ("line", "peer", "group")


def vacant_too_long(positions: QuerySet[Position]) -> QuerySet[Position]:
    """Open positions that nobody has been in for more than 90 days.

    When nobody ever was, the days count from when the record was made: we do not know how old the post is.
    """
    today = clock.today()
    before = today - dt.timedelta(days=VACANT_DAYS)
    # Sets of keys, and not a look for each position: over thousands of posts that costs the database far less.
    lately = Occupancy.objects.filter(Q(ended_on=None) | Q(ended_on__gte=before), starts_on__lte=today)
    history: Any = Position.history  # type: ignore[attr-defined] # made by the history library
    began = timezone.make_aware(dt.datetime.combine(before, dt.time.min))
    new = history.filter(history_type="+", history_date__gte=began)
    vacant = positions.exclude(closed_on__lte=today).exclude(pk__in=lately.values("position"))
    # In this order: the few new ones are looked up first, and who was ever in post for those alone.
    return vacant.filter(~Q(pk__in=new.values("id")) | Q(pk__in=Occupancy.objects.values("position")))


def in_post(occupancies: QuerySet[Occupancy]) -> QuerySet[Occupancy]:
    """Those in being today."""
    today = clock.today()
    return occupancies.filter(Q(ended_on=None) | Q(ended_on__gte=today), starts_on__lte=today)


def fixed_term_ends_soon(occupancies: QuerySet[Occupancy]) -> QuerySet[Occupancy]:
    """In post on a fixed term, and to end within 6 months or ended on paper already."""
    soon = clock.today() + dt.timedelta(days=ENDING_DAYS)
    return in_post(occupancies).filter(contract=Occupancy.Contract.FIXED, expected_end_on__lte=soon)


def without_peer_supervisor(occupancies: QuerySet[Occupancy]) -> QuerySet[Occupancy]:
    """In post, and nobody is named who gives peer supervision."""
    return in_post(occupancies).filter(peer_supervisor="")


def probation_ends_soon(occupancies: QuerySet[Occupancy]) -> QuerySet[Occupancy]:
    """In post, and probation ends within 14 days or is over, and nobody has said how it ended."""
    soon = clock.today() + dt.timedelta(days=AHEAD_DAYS)
    open_still = ("", Occupancy.Probation.EXTENDED)
    return in_post(occupancies).filter(probation_ends_on__lte=soon, probation_outcome__in=open_still)


def review_due(occupancies: QuerySet[Occupancy]) -> QuerySet[Occupancy]:
    """In post, and the review of the person in the role is due within 14 days or late."""
    return in_post(occupancies).filter(review_on__lte=clock.today() + dt.timedelta(days=AHEAD_DAYS))


def role_review_due(positions: QuerySet[Position]) -> QuerySet[Position]:
    """Open positions whose own review is due within 14 days or late."""
    today = clock.today()
    return positions.exclude(closed_on__lte=today).filter(review_on__lte=today + dt.timedelta(days=AHEAD_DAYS))


def supervision_overdue(occupancies: QuerySet[Occupancy]) -> QuerySet[Occupancy]:
    """In post, and later than agreed for some kind of supervision; from the first day, when there was none yet."""
    late = Q()
    for kind in KINDS_OF_SUPERVISION:
        since = ExpressionWrapper(
            Plain(clock.today(), output_field=DateField()) - Coalesce(f"{kind}_supervised_on", "starts_on"),
            output_field=DurationField(),
        )
        agreed = ExpressionWrapper(
            Cast(f"{kind}_supervision_weeks", IntegerField()) * Plain(dt.timedelta(weeks=1)),
            output_field=DurationField(),
        )
        occupancies = occupancies.annotate(**{f"_{kind}_since": since, f"_{kind}_agreed": agreed})
        late |= Q(**{f"_{kind}_since__gt": F(f"_{kind}_agreed")})
    return in_post(occupancies).filter(late)


def checks_too_slow(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """Vacancies whose checks began more than 4 weeks ago and are not over."""
    before = clock.now() - dt.timedelta(days=CHECK_DAYS)
    return vacancies.filter(state=VacancyState.CHECKS, checks_at__lt=before)
