"""What the Steering Group, the equality lead and the committee decide about the version under review.

Each verb locks the policy's row first, so that two at once take turns, and asks where it stands after that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Person, Role
from audit.services import record
from core import clock
from core.errors import Refused
from documents.models import Version
from governance import standing
from governance.models import Body, Matter, Side
from governance.people import co_leads_of, secretaries_of
from governance.quorum import quorum_of
from governance.recused import who_decide_nothing
from meetings.models import AgendaItem, Meeting
from notifications.services import post
from steering.models import EqualityRecord, MemberView, Policy, Ratification, Recommendation
from steering.notifications import deciding as kinds
from steering.services.policies import locked
from steering.workflows import POLICY, PolicyState

Outcome = Recommendation.Outcome
Impact = EqualityRecord.Impact


TAKES_NO_PART = (
    "You said that this concerns your own care or your team, and that you do not decide on it. So you leave no view. "
    "If you want to leave one, take that back first."
)


# -- views before the meeting ----------------------------------------------------------------------------------------


@transaction.atomic
def leave_view(*, by: Person, policy: Policy, position: MemberView.Position, words: str = "") -> MemberView:
    """Leave, or change, what a member of the Steering Group thinks of the version under review.

    The side is the one they sat for when they first said so. Raises `Refused` for someone without a seat, when the
    policy is not with the group, and for someone who said that it concerns them and that they do not decide on it.
    """
    policy = locked(policy)
    side = _steering_side(by)
    if side is None:
        raise Refused("Only people with a seat on the Steering Group leave a view.")
    if policy.state != PolicyState.REVIEW:
        raise Refused("You cannot leave a view now. The Steering Group does not have this draft before it.")
    if by.pk in who_take_no_part(policy):
        raise Refused(TAKES_NO_PART)
    said = {"position": position, "words": words.strip(), "at": clock.now()}
    view, is_new = MemberView.objects.update_or_create(
        version=policy.under_review,
        person=by,
        defaults=said,
        create_defaults={**said, "policy": policy, "side": side},
    )
    verb = "steering.left_view" if is_new else "steering.changed_view"
    record(actor=by, verb=verb, about=policy, version=str(view.version_id), side=view.side)
    return view


def matter_of(policy: Policy) -> Matter:
    """A policy, as people say that it concerns them: its document, whatever the draft or the meeting."""
    return Matter.of(policy.document, policy.document.title)


def who_take_no_part(policy: Policy) -> dict[int, Side]:
    """The people (by id) who said to the Steering Group that they do not decide on `policy`, with their side."""
    body_id = Body.objects.filter(kind=Body.Kind.STEERING).values("pk")[:1]
    return who_decide_nothing(body_id, matter_of(policy))


def _steering_side(person: Person) -> Side | None:
    seats = standing.of(person).seats.values()
    return next((seat.side for seat in seats if seat.body_kind == Body.Kind.STEERING and not seat.is_on_break), None)


# -- the recommendation ----------------------------------------------------------------------------------------------


@transaction.atomic
def record_recommendation(
    *,
    by: Person,
    policy: Policy,
    item: AgendaItem,
    outcome: Recommendation.Outcome,
    reasons: str,
    conditions: str = "",
    peers_for: int,
    peers_against: int,
    peers_neither: int,
    staff_for: int,
    staff_against: int,
    staff_neither: int,
    form_key: UUID,
) -> Recommendation:
    """Record what the Steering Group decided at `item` of a meeting that was held, with reasons and each side's counts.

    Moves the policy on, or back to its group, and tells the co-leads and everyone who commented. A repeat of the same
    `form_key` gets the first result. Raises `Refused` as `check_recommendation` does.
    """
    policy = locked(policy)
    first = Recommendation.objects.filter(form_key=form_key, policy=policy, by=by).first()
    if first:
        return first
    said = Recommendation(
        policy=policy,
        version=policy.under_review,
        item=item,
        outcome=outcome,
        reasons=reasons.strip(),
        conditions=conditions.strip(),
        peers_for=peers_for,
        peers_against=peers_against,
        peers_neither=peers_neither,
        staff_for=staff_for,
        staff_against=staff_against,
        staff_neither=staff_neither,
        at=clock.now(),
        by=by,
        form_key=form_key,
    )
    check_recommendation(said)
    said.save(force_insert=True)
    POLICY.move(policy, "return_to_group" if outcome == Outcome.RETURNED else "recommend")
    record(actor=by, verb=f"steering.decided_{outcome}", about=policy, **_facts_of(said))
    _tell_who_took_part(said)
    if outcome != Outcome.RETURNED:
        _tell_whose_turn_it_is(policy, said.version_id, Role.EQUALITY_LEAD, Role.GOVERNANCE_LEAD)
    return said


def check_recommendation(said: Recommendation) -> Recommendation:
    """Hold a recommendation, not yet saved, against the rules, and give it back with how many took no part.

    Those who were there and said that it concerns them neither count for the quorum nor for a side. Raises `Refused`
    unless the policy is with the group, the meeting was the group's own, held, about this version and quorate on both
    sides, each side's counts add up to those of that side who decided, and (to recommend) more of each side were for it
    than against: staff cannot outvote peers, nor peers staff.
    """
    _check_version(said)
    _check_words(said)
    meeting = _meeting_that_decides(said)
    present, out = meeting.presence_by_side(), _out_by_side(said.policy, meeting)
    said.peers_out, said.staff_out = out[Side.PEER], out[Side.STAFF]
    decide = {side: present[side] - out[side] for side in Side}
    quorum = quorum_of(meeting.body, decide)
    if not quorum.is_met:
        why = " Those who take no part in this item do not count." if any(out.values()) else ""
        raise Refused(f"This meeting could not decide.{why} {quorum.words}", field="item")
    _check_counts(said, present, decide)
    return said


def _check_version(said: Recommendation) -> None:
    if said.policy.state != PolicyState.REVIEW:
        raise Refused("The Steering Group does not have this draft before it, so there is nothing to record.")
    if Recommendation.objects.filter(version=said.version).exists():
        raise Refused("The Steering Group has decided on this version already. The group needs to make a new draft.")


def _check_words(said: Recommendation) -> None:
    if not said.reasons:
        raise Refused("Enter the group's reasons.", field="reasons")
    if said.outcome == Outcome.CONDITIONS and not said.conditions:
        raise Refused("Enter the conditions.", field="conditions")
    if said.outcome != Outcome.CONDITIONS and said.conditions:
        raise Refused(
            "You entered conditions. Choose 'Recommended with conditions', or clear the box.", field="conditions"
        )


def _meeting_that_decides(said: Recommendation) -> Meeting:
    """The meeting, once it is one that could decide this."""
    meeting = Meeting.objects.select_related("body").get(pk=said.item.meeting_id)
    if meeting.body.kind != Body.Kind.STEERING:
        raise Refused("Choose a meeting of the Steering Group.", field="item")
    if said.item.paper_id != said.version_id:
        raise Refused("That meeting did not have this version as its paper. Choose another meeting.", field="item")
    if meeting.state != Meeting.State.HELD:
        raise Refused("First record that the meeting was held, and who was there.", field="item")
    return meeting


def _out_by_side(policy: Policy, meeting: Meeting) -> dict[Side, int]:
    """How many of each side were at the meeting and take no part in deciding on the policy."""
    there = meeting.replies.filter(was_there=True, person__in=who_take_no_part(policy))
    sides = list(there.values_list("side", flat=True))
    return {side: sides.count(side) for side in Side}


def _check_counts(said: Recommendation, present: dict[Side, int], decide: dict[Side, int]) -> None:
    for side, prefix, people in ((Side.PEER, "peers", "peers"), (Side.STAFF, "staff", "staff")):
        counts = [getattr(said, f"{prefix}_{stood}") for stood in ("for", "against", "neither")]
        if sum(counts) != decide[side]:
            out = present[side] - decide[side]
            less = f" and {out} took no part" if out else ""
            raise Refused(
                f"{present[side]} {people} were at the meeting{less}, but your numbers for {people} add up to "
                f"{sum(counts)}.",
                field=f"{prefix}_for",
            )
    if said.outcome == Outcome.RETURNED:
        return
    for prefix, people in (("peers", "peers"), ("staff", "staff")):
        if getattr(said, f"{prefix}_for") <= getattr(said, f"{prefix}_against"):
            raise Refused(
                f"To recommend, more {people} must be for it than against it. One side cannot outvote the other. "
                "Choose 'Returned to the group', or check the numbers.",
                field=f"{prefix}_for",
            )


def _facts_of(said: Recommendation) -> dict[str, Any]:
    counts = {
        name: getattr(said, name)
        for name in ("peers_for", "peers_against", "peers_neither", "staff_for", "staff_against", "staff_neither")
    } | {"peers_out": said.peers_out, "staff_out": said.staff_out}
    return {"version": str(said.version_id), "meeting": str(said.item.meeting_id), **counts}


@transaction.atomic
def record_conditions_met(*, by: Person, policy: Policy, words: str) -> Recommendation:
    """Say how the conditions of the recommendation were met. A repeat gets the first result.

    Raises `Refused` when there is no recommendation with conditions.
    """
    policy = locked(policy)
    said = recommendation_of(policy)
    if said is None or said.outcome != Outcome.CONDITIONS:
        raise Refused("The Steering Group set no conditions for this version.")
    if said.conditions_met:
        return said
    if not words.strip():
        raise Refused("Enter how the conditions were met.", field="words")
    said.conditions_met, said.conditions_met_at, said.conditions_met_by = words.strip(), clock.now(), by
    said.save(update_fields=["conditions_met", "conditions_met_at", "conditions_met_by"])
    record(actor=by, verb="steering.met_conditions", about=policy, version=str(said.version_id))
    return said


# -- equality and ratification ---------------------------------------------------------------------------------------


@transaction.atomic
def record_equality_sign_off(
    *, by: Person, policy: Policy, impact: EqualityRecord.Impact, words: str, form_key: UUID | None = None
) -> EqualityRecord:
    """Record what the equality lead found in the version under review. The newest finding counts.

    A negative effect that cannot be justified is recorded, keeps the policy from being published, and is told to the
    co-leads and the secretary. Raises `Refused` when no version is before the Steering Group or its committee.
    """
    policy = locked(policy)
    first = EqualityRecord.objects.filter(form_key=form_key, policy=policy, by=by).first() if form_key else None
    if first:
        return first
    if policy.state not in (PolicyState.REVIEW, PolicyState.RECOMMENDED, PolicyState.RATIFIED):
        raise Refused("There is no version to sign off. It must be with the Steering Group, or recommended by it.")
    if not words.strip():
        raise Refused("Enter what you found.", field="words")
    found = EqualityRecord.objects.create(
        policy=policy,
        version=version_before(policy),
        stage=EqualityRecord.Stage.SIGN_OFF,
        impact=impact,
        words=words.strip(),
        by=by,
        at=clock.now(),
        **({"form_key": form_key} if form_key else {}),
    )
    record(
        actor=by, verb="steering.signed_off_equality", about=policy, version=str(found.version_id), impact=str(impact)
    )
    if impact == Impact.NOT_JUSTIFIED:
        told = [*co_leads_of(policy.body), *secretaries_of(_steering_group())]
        post(kind=kinds.EQUALITY_FINDING, recipients=told, occasion=f"equality {found.pk}", about=policy)
    return found


@transaction.atomic
def record_ratification(
    *, by: Person, policy: Policy, committee: str, decided_on: dt.date, minute_reference: str
) -> Ratification:
    """Record that an outside committee made the recommended version Trust policy, on a day, at a minute.

    Raises `Refused` when it is not recommended, when the day has not come yet, and when it lies before the meeting
    that recommended it. The same facts sent twice get the first result.
    """
    policy = locked(policy)
    same = {"committee": committee.strip(), "decided_on": decided_on, "minute_reference": minute_reference.strip()}
    first = Ratification.objects.filter(policy=policy, **same).first()
    if first:
        return first
    said = recommendation_of(policy)
    if policy.state != PolicyState.RECOMMENDED or said is None:
        raise Refused("The committee ratifies what the Steering Group has recommended. This is not recommended now.")
    _check_committee_day(decided_on, said)
    ratified = Ratification.objects.create(
        policy=policy, version=version_before(policy), recorded_by=by, recorded_at=clock.now(), **same
    )
    POLICY.move(policy, "ratify")
    record(
        actor=by,
        verb="steering.recorded_ratification",
        about=policy,
        version=str(ratified.version_id),
        decided_on=str(decided_on),
    )
    _tell_whose_turn_it_is(policy, "ratified", Role.GOVERNANCE_LEAD, besides=by)
    return ratified


def _check_committee_day(decided_on: dt.date, said: Recommendation) -> None:
    if decided_on > clock.today():
        raise Refused("The day the committee decided cannot be in the future.", field="decided_on")
    if decided_on < timezone.localtime(said.item.meeting.starts_at).date():
        raise Refused("The committee cannot have decided before the Steering Group recommended it.", field="decided_on")


# -- shared with publication -----------------------------------------------------------------------------------------


def version_before(policy: Policy) -> Version:
    """The version that the Steering Group has or had before it. Raises `Refused` when none has come to it."""
    if policy.under_review is None:
        raise Refused("No draft of this policy has come to the Steering Group.")
    return policy.under_review


def recommendation_of(policy: Policy) -> Recommendation | None:
    """What the Steering Group said of the version under review, with its meeting; None before that. One query."""
    return (
        Recommendation.objects.filter(policy=policy, version=policy.under_review_id)
        .select_related("item__meeting__body", "by", "conditions_met_by")
        .first()
    )


def people_who_commented(policy: Policy) -> Iterable[Person]:
    """Everyone who commented on any draft of `policy`, each once."""
    return Person.objects.filter(pk__in=policy.consultations.filter(comments__isnull=False).values("comments__author"))


def _tell_who_took_part(said: Recommendation) -> None:
    told = [*co_leads_of(said.policy.body), *people_who_commented(said.policy)]
    post(kind=kinds.DECIDED, recipients=told, occasion=f"decision {said.pk}", about=said.policy)


def _tell_whose_turn_it_is(policy: Policy, happening: object, *roles: Role, besides: Person | None = None) -> None:
    people = Person.objects.filter(roles__role__in=roles, roles__until_at=None, is_active=True)
    told = [person for person in people.distinct() if person != besides]
    post(kind=kinds.NEXT_STEP, recipients=told, occasion=f"turn {policy.pk} {happening}", about=policy)


def _steering_group() -> Body:
    return Body.objects.get(kind=Body.Kind.STEERING)
