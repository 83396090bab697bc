"""Who runs a meeting, and who is asked to come."""

from __future__ import annotations

from typing import Any

import rules

from governance import standing
from meetings.models import Meeting, NeedsMet


@rules.predicate
def is_of_its_body(person: Any, meeting: Meeting | None) -> bool:
    """Sits on the body that meets, sits in there, or holds an office of it."""
    return meeting is not None and meeting.body_id in standing.of(person).body_ids


@rules.predicate
def is_asked_to_come(person: Any, meeting: Meeting | None) -> bool:
    """Sits on the body that meets and has not stepped back, or sits in for someone who has."""
    return meeting is not None and standing.of(person).is_asked_by(meeting.body_id)


@rules.predicate
def runs_it(person: Any, meeting: Meeting | None) -> bool:
    """Secretary or co-lead of the body that meets."""
    return meeting is not None and meeting.body_id in standing.of(person).run_body_ids


@rules.predicate
def was_asked_of_them(person: Any, asked: NeedsMet | None) -> bool:
    """Whether what they needed was there."""
    return asked is not None and person.is_authenticated and person.is_active and asked.passport.person_id == person.pk


@rules.predicate
def answers_for_what_was_unmet(person: Any, asked: NeedsMet | None) -> bool:
    """Secretary or co-lead of the body that met, or secretary of the Steering Group, when something was not met for
    somebody else."""
    if asked is None or asked.answer not in NeedsMet.NOT_MET or was_asked_of_them.test(person, asked):
        return False
    stands = standing.of(person)
    return asked.meeting.body_id in stands.run_body_ids or stands.is_steering_secretary
