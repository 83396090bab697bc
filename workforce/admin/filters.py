"""The drop-down lists above HR's tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.admin_site import PlainFilter
from core import clock
from workforce import overdue
from workforce.models import Occupancy, PeerTraining, Position, Vacancy
from workforce.workflows import UNDER_WAY, CheckStatus


class BandFilter(PlainFilter):
    title, parameter_name, everything = "Band", "band", "Any band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(value, f"Band {label}") for value, label in Position.Band.choices]


def _places(request: Any) -> list[tuple[str, str]]:
    """Every team with its borough, looked up once for a page."""
    if not hasattr(request, "places"):
        request.places = list(Position.objects.order_by().values_list("team", "borough").distinct())
    return request.places


class TeamFilter(PlainFilter):
    title, parameter_name, everything = "Team", "team", "Any team"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(team, team) for team in sorted({team for team, _ in _places(request)})]


class BoroughFilter(PlainFilter):
    title, parameter_name, everything = "Borough", "borough", "Any borough"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(borough, borough) for borough in sorted({borough for _, borough in _places(request) if borough})]


class PolicyFilter(PlainFilter):
    """Those policies that some position names."""

    title, parameter_name, everything = "Policy", "policy", "Any policy, or none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        named = Position.objects.exclude(policy=None).order_by("policy__reference")
        pairs = named.values_list("policy_id", "policy__reference").distinct()
        return [(str(pk), reference) for pk, reference in pairs]


class HolderFilter(PlainFilter):
    title, parameter_name, everything = "Vacant or held", "holder", "Vacant, held or closed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("vacant", "Vacant"), ("held", "Held"), ("closed", "Closed")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        is_closed = Q(closed_on__lte=clock.today())
        if value == "closed":
            return queryset.filter(is_closed)
        is_held = Q(pk__in=Occupancy.objects.on(clock.today()).values("position"))
        # "Or closed" lets in nobody, and has PostgreSQL make one list of who is held instead of looking for each post.
        return queryset.exclude(is_closed).filter(is_held | is_closed if value == "held" else ~is_held)


class ReviewFilter(PlainFilter):
    title, parameter_name, everything = "Review date", "review", "Any review date"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("overdue", "Overdue"), ("soon", "In the next 3 months"), ("none", "Not set")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        today = clock.today()
        soon = today + dt.timedelta(days=91)
        by_value: dict[str, dict[str, Any]] = {
            "overdue": {"review_on__lt": today},
            "soon": {"review_on__gte": today, "review_on__lte": soon},
            "none": {"review_on": None},
        }
        return queryset.filter(**by_value[value])


class CurrentFilter(PlainFilter):
    title, parameter_name, everything = "In post", "in_post", "Now and in the past"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("now", "In post now"), ("past", "Ended")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        today = clock.today()
        return queryset.filter(ended_on__lt=today) if value == "past" else queryset.exclude(ended_on__lt=today)


class ContractFilter(PlainFilter):
    title, parameter_name, everything = "Contract", "contract", "Any contract"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return Occupancy.Contract.choices


class ResultFilter(PlainFilter):
    title, parameter_name, everything = "Result", "result", "Any result"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return PeerTraining.Result.choices


class StateFilter(PlainFilter):
    title, parameter_name, everything = "State", "state", "Any state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("under_way", "Being filled"), *Vacancy.State.choices]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(state__in=UNDER_WAY) if value == "under_way" else queryset.filter(state=value)


class TeamOfPositionFilter(TeamFilter):
    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(position__team=value)


class CheckStatusFilter(PlainFilter):
    title, parameter_name, everything = "Status", "status", "Any status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return CheckStatus.choices


class SavedView(PlainFilter):
    """What HR looks at every week, each under a name that says which rows it shows."""

    title, parameter_name, everything = "Saved view", "view", "None"
    views: ClassVar[dict[str, tuple[str, Callable[[Any], QuerySet[Any]]]]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(value, name) for value, (name, _) in self.views.items()]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return self.views[value][1](queryset)


class PositionViews(SavedView):
    views: ClassVar = {
        "vacant90": ("Vacant for more than 90 days", overdue.vacant_too_long),
        "review": ("Review of the role due in 2 weeks or late", overdue.role_review_due),
    }


class OccupancyViews(SavedView):
    views: ClassVar = {
        "probation": ("Probation ends in 2 weeks or is over, and no outcome", overdue.probation_ends_soon),
        "review": ("Review of the person due in 2 weeks or late", overdue.review_due),
        "ending": ("Fixed term ends in the next 6 months", overdue.fixed_term_ends_soon),
        "unsupervised": ("In post without a peer supervisor", overdue.without_peer_supervisor),
        "supervision": ("In post and supervision overdue", overdue.supervision_overdue),
    }


class VacancyViews(SavedView):
    views: ClassVar = {"slow": ("Checks going on for more than 4 weeks", overdue.checks_too_slow)}
