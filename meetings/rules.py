"""Who runs a meeting, and who is asked to come."""

from __future__ import annotations

from typing import Any

import rules

from governance import standing
from meetings.models import Meeting


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
