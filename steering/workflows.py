"""Where a policy stands, and the moves between.

Effects of dates (a consultation has closed) are computed, not stored.
"""

from __future__ import annotations

from django.db import models

from core.workflows import Workflow


class PolicyState(models.TextChoices):
    DRAFTING = "drafting", "Being drafted"
    CONSULTING = "consulting", "Out for comment"
    REVIEW = "review", "With the Steering Group"
    RECOMMENDED = "recommended", "Recommended"
    RATIFIED = "ratified", "Ratified"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


POLICY = Workflow(
    PolicyState,
    [
        ("open_consultation", [PolicyState.DRAFTING], PolicyState.CONSULTING),
        ("submit_for_review", [PolicyState.CONSULTING], PolicyState.REVIEW),
        ("return_to_group", [PolicyState.REVIEW], PolicyState.DRAFTING),
        ("recommend", [PolicyState.REVIEW], PolicyState.RECOMMENDED),
        ("ratify", [PolicyState.RECOMMENDED], PolicyState.RATIFIED),
        ("publish", [PolicyState.RATIFIED], PolicyState.PUBLISHED),
        (
            "withdraw",
            [
                PolicyState.DRAFTING,
                PolicyState.CONSULTING,
                PolicyState.REVIEW,
                PolicyState.RECOMMENDED,
                PolicyState.RATIFIED,
            ],
            PolicyState.WITHDRAWN,
        ),
    ],
)

#: The Steering Group has recommended it; the committee, and then the governance lead, come next.
DECIDED = frozenset({PolicyState.RECOMMENDED, PolicyState.RATIFIED, PolicyState.PUBLISHED})
