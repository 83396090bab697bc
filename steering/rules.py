"""Predicates about policies, drafts, comments and decisions."""

from __future__ import annotations

from typing import Any

import rules

from governance import standing
from governance.models import Body, Office
from steering.models import Asked, Consultation, Policy
from steering.workflows import DECIDED

# -- drafting and comment


@rules.predicate
def co_leads_the_group(person: Any, policy: Policy | None) -> bool:
    """Co-leads the group that writes `policy`."""
    return policy is not None and standing.of(person).co_leads(policy.body_id)


@rules.predicate
def speaks_for_a_side(person: Any, policy: Policy | None) -> bool:
    """Co-leads the group that writes `policy`, or sits in for a co-lead of it who has stepped back."""
    return policy is not None and standing.of(person).speaks_for(policy.body_id) is not None


@rules.predicate
def is_in_the_group(person: Any, policy: Policy | None) -> bool:
    """Sits on, sits in on, or holds an office of, the group that writes `policy`."""
    return policy is not None and policy.body_id in standing.of(person).body_ids


@rules.predicate
def co_leads_a_task_group(person: Any, body: Body | None) -> bool:
    """Co-leads `body`; with no body named, any Task Group."""
    stands = standing.of(person)
    if body is not None:
        return stands.co_leads(body.pk)
    return any(kind == Body.Kind.TASK_GROUP and office == Office.Kind.CO_LEAD for _, kind, office, _ in stands.offices)


@rules.predicate
def was_asked(person: Any, about: Consultation | Asked | None) -> bool:
    """Is one of those whom a consultation asked. One query; none when the row that says so is at hand."""
    if about is None or not person.is_authenticated:
        return False
    if isinstance(about, Asked):
        return about.person_id == person.pk
    return Asked.objects.filter(consultation=about, person=person).exists()


# -- deciding and publishing


@rules.predicate
def has_left_a_view(person: Any, policy: Policy | None) -> bool:
    """Has said what they think of the version before the Steering Group. No query when the views were prefetched."""
    return policy is not None and any(
        view.person_id == person.pk and view.version_id == policy.under_review_id for view in policy.views.all()
    )


@rules.predicate
def is_decided(person: Any, policy: Policy | None) -> bool:
    """The Steering Group has recommended it: views can no longer sway one another."""
    return policy is not None and policy.state in DECIDED
