"""Predicates that need only where a person stands and which roles they hold. Rooms above join them into sentences."""

from __future__ import annotations

from typing import Any

import rules

from accounts.models import Role
from governance import standing
from governance.models import Body, CharterDraft


def _has_role(person: Any, role: Role) -> bool:
    return person.is_authenticated and person.is_active and role in person.role_names


@rules.predicate
def is_logged_in(person: Any) -> bool:
    return person.is_authenticated and person.is_active


@rules.predicate
def is_steering_secretary(person: Any) -> bool:
    """Secretary or deputy secretary of the Steering Group."""
    return standing.of(person).is_steering_secretary


@rules.predicate
def is_on_steering(person: Any) -> bool:
    return standing.of(person).is_on_steering


@rules.predicate
def is_asked_by_steering(person: Any) -> bool:
    """Sits on the Steering Group and has not stepped back."""
    return standing.of(person).is_asked_by_steering


@rules.predicate
def sits_in_on_steering(person: Any) -> bool:
    """Sits in on the Steering Group for someone who has stepped back."""
    return standing.of(person).sits_in_on_steering


@rules.predicate
def is_in_network(person: Any) -> bool:
    return standing.of(person).sits_on_kind(Body.Kind.NETWORK)


@rules.predicate
def is_governance_lead(person: Any) -> bool:
    return _has_role(person, Role.GOVERNANCE_LEAD)


@rules.predicate
def is_equality_lead(person: Any) -> bool:
    return _has_role(person, Role.EQUALITY_LEAD)


@rules.predicate
def is_platform_admin(person: Any) -> bool:
    return _has_role(person, Role.PLATFORM_ADMIN)


@rules.predicate
def sits_on_body(person: Any, body: Body | None) -> bool:
    """Holds a seat of `body` today."""
    return body is not None and standing.of(person).sits_on(body.pk)


@rules.predicate
def co_leads_body(person: Any, body: Body | None) -> bool:
    return body is not None and standing.of(person).co_leads(body.pk)


@rules.predicate
def is_secretary_of_body(person: Any, body: Body | None) -> bool:
    """Secretary or deputy secretary of `body`."""
    return body is not None and standing.of(person).is_secretary_of(body.pk)


@rules.predicate
def runs_the_body(person: Any, body: Body | None) -> bool:
    """Co-lead or secretary of the body, or secretary of the Steering Group, who stands in where there is no co-lead."""
    stands = standing.of(person)
    return body is not None and (body.pk in stands.run_body_ids or stands.is_steering_secretary)


@rules.predicate
def runs_some_body(person: Any) -> bool:
    """Co-lead or secretary of any body."""
    return bool(standing.of(person).offices)


@rules.predicate
def runs_body(person: Any, body: Body | None) -> bool:
    """Secretary or deputy of `body`, or of the Steering Group, who stands in where a body has none."""
    return is_secretary_of_body.test(person, body) or (body is not None and is_steering_secretary.test(person))


@rules.predicate
def may_see_seats(person: Any, body: Body | None) -> bool:
    """Counts of a group are for whoever has logged in; those of the Network for its members and those who run it."""
    if body is None or not is_logged_in.test(person):
        return False
    return body.kind != Body.Kind.NETWORK or is_in_network.test(person) or runs_body.test(person, body)


@rules.predicate
def may_know_who_sits(person: Any, body: Body | None) -> bool:
    """Those who sit with them, who co-lead and who run the body. Of the Network only who runs it: it has no list."""
    if body is None:
        return False
    if runs_body.test(person, body):
        return True
    beside = sits_on_body.test(person, body) or co_leads_body.test(person, body)
    return beside and body.kind != Body.Kind.NETWORK


@rules.predicate
def answers_charter(person: Any, body: Body | None) -> bool:
    """Co-chair or secretary of the body above; for the Steering Group, which has none above, the governance lead."""
    return body is not None and charter_office(person, body) is not None


def charter_office(person: Any, body: Body) -> str | None:
    """The office from which `person` answers for the terms of reference of `body`, or None."""
    if body.kind == Body.Kind.STEERING:
        return CharterDraft.As.GOVERNANCE_LEAD if is_governance_lead.test(person) else None
    if body.reports_to_id is None:
        return None
    stands = standing.of(person)
    offices = (CharterDraft.As.SECRETARY, CharterDraft.As.DEPUTY, CharterDraft.As.CO_LEAD)
    return next((each for each in offices if stands.holds(body.reports_to_id, each)), None)
