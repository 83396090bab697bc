"""The list of policies: one query, and one row of plain markup for each, however many there are."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock
from core.counts import count_of
from governance.models import Side
from steering.models import Comment, Consultation, Policy, Ready
from steering.presenters.steps import Stand, next_step, tag_of
from steering.workflows import PolicyState

ROW = """<li><div class="nhsuk-card"><div class="nhsuk-card__content">
<h2 class="nhsuk-card__heading nhsuk-heading-m"><a href="{}{}/">{}</a></h2>
<p><strong class="nhsuk-tag nhsuk-tag--{}">{}</strong></p>
<p class="app-meta">Written by: {}</p>
<p class="nhsuk-card__description">Next: {}{}</p></div></div></li>"""


def policies_listed(user: Any) -> SafeString:
    """Every policy that `user` may know of, by title, with where it stands and what happens next; "" for none."""
    start = reverse("steering:policies")
    return format_html_join("\n", ROW, (_row(start, *found) for found in _found(user)))


def _row(start: str, pk: Any, title: str, body: str, *stands: Any) -> tuple[Any, ...]:
    stand = _stand(*stands)
    step, (words, colour) = next_step(stand), tag_of(stand)
    return start, pk, title, colour, words, body, step.what, format_html(" Who: {}.", step.who) if step.who else ""


def _stand(
    state: str, major: int | None, minor: int, peer: bool, staff: bool, closes_at: Any, unanswered: int
) -> Stand:
    ready = frozenset(side for side, said in ((Side.PEER, peer), (Side.STAFF, staff)) if said)
    return Stand(PolicyState(state), "" if major is None else f"{major}.{minor}", ready, closes_at, unanswered)


def _found(user: Any) -> QuerySet:
    return policy_rows(Policy.objects.visible_to(user)).order_by("document__title", "made_at")


def stands_of_policies(policies: QuerySet[Policy]) -> list[tuple[Any, str, Stand]]:
    """Key, title and where it stands, of each of `policies`, by title. One query."""
    found = policy_rows(policies).order_by("document__title", "made_at")
    return [(pk, title, _stand(*stands)) for pk, title, _, *stands in found]


def policy_rows(policies: QuerySet[Policy]) -> QuerySet:
    """One row for each policy: key, title, body, and what `_stand` takes."""
    consultations = Consultation.objects.filter(policy=OuterRef("pk"))
    ready = Ready.objects.filter(version=OuterRef("writing__pk"))
    waiting = Comment.objects.filter(consultation__policy=OuterRef("pk"), answer=None)
    is_closed = Q(state=PolicyState.CONSULTING) & ~Exists(consultations.filter(closes_at__gt=clock.now()))
    return policies.annotate(
        writing=FilteredRelation("document__versions", condition=Q(document__versions__frozen_at=None)),
    ).values_list(
        "pk",
        "document__title",
        "body__name",
        "state",
        "writing__major",
        "writing__minor",
        Exists(ready.filter(side=Side.PEER)),
        Exists(ready.filter(side=Side.STAFF)),
        Subquery(consultations.order_by("-opens_at").values("closes_at")[:1]),
        Case(When(is_closed, then=count_of(waiting, per="consultation__policy")), default=0),
    )
