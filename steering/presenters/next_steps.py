"""What still stands between a policy and its publication, and whom to ask for it, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Person, Role
from governance.models import Body, Office, Side
from steering.models import EqualityRecord, Policy, Recommendation
from steering.workflows import PolicyState

Outcome = Recommendation.Outcome


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: what, and whom to ask for it."""

    what: str
    whom_to_ask: str

    def __str__(self) -> str:
        return f"{self.what} Ask {self.whom_to_ask}."


def what_is_missing(policy: Policy) -> list[Missing]:
    """What a policy still needs before it can be published, in the order it usually comes; empty when nothing.

    Every need is about the version under review, and no other. At most five queries.
    """
    if policy.state == PolicyState.PUBLISHED:
        return []
    if policy.state == PolicyState.WITHDRAWN:
        return [Missing("It was withdrawn.", "the Steering Group secretary")]
    return [
        *_recommendation(policy),
        *_equality(policy),
        *_ratification(policy),
    ]


def _recommendation(policy: Policy) -> list[Missing]:
    if policy.state in (PolicyState.DRAFTING, PolicyState.CONSULTING):
        return [Missing("The Steering Group has not been asked to review it.", "the co-leads of the group writing it")]
    if policy.state == PolicyState.REVIEW:
        return [Missing("The Steering Group has not recommended this version.", _secretary())]
    said = Recommendation.objects.filter(policy=policy, version=policy.under_review_id).first()
    if said and said.outcome == Outcome.CONDITIONS and not said.conditions_met:
        return [Missing("Nobody has said how the Steering Group's conditions were met.", _secretary())]
    return []


def _equality(policy: Policy) -> list[Missing]:
    found = equality_sign_off_of(policy)
    if found is None:
        return [Missing("The equality lead has not signed off this version.", _role(Role.EQUALITY_LEAD))]
    if found.impact == EqualityRecord.Impact.NOT_JUSTIFIED:
        words = "The equality lead found a negative effect that cannot be justified."
        return [Missing(words, _role(Role.EQUALITY_LEAD))]
    return []


def equality_sign_off_of(policy: Policy) -> EqualityRecord | None:
    """The newest sign-off of the version under review, whatever it found. One query."""
    if policy.under_review_id is None or policy.state in (PolicyState.DRAFTING, PolicyState.CONSULTING):
        return None
    return (
        EqualityRecord.objects.filter(
            policy=policy, version=policy.under_review_id, stage=EqualityRecord.Stage.SIGN_OFF
        )
        .select_related("by")
        .last()
    )


def _ratification(policy: Policy) -> list[Missing]:
    ratified = getattr(policy, "ratification", None)
    if ratified and ratified.version_id == policy.under_review_id:
        return []
    words = "No committee is recorded as having ratified this version."
    return [Missing(words, _secretary() if policy.state == PolicyState.RECOMMENDED else _role(Role.GOVERNANCE_LEAD))]


def _secretary() -> str:
    """The Steering Group secretary, named when staff: a peer's name would tell of their health."""
    held = Office.objects.filter(
        body__kind=Body.Kind.STEERING, kind=Office.Kind.SECRETARY, side=Side.STAFF, until_on=None
    )
    name = held.filter(person__is_active=True).values_list("person__name", flat=True).first()
    return f"{name}, the Steering Group secretary" if name else "the Steering Group secretary"


def _role(role: Role) -> str:
    """Who holds a role of the Trust, by name: these are posts that staff hold."""
    held = Person.objects.filter(roles__role=role, roles__until_at=None, is_active=True)
    name = held.values_list("name", flat=True).first()
    return f"{name}, the {role.label.lower()}" if name else f"the {role.label.lower()}"
