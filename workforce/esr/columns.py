"""Which column of a file holds which fact: what we can read, and guesses from typical headings.

The headings of an ESR export differ from Trust to Trust, so a guess is only a proposal that somebody looks at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """`headings` are typical names of its column, the likeliest first."""

    name: str
    label: str
    headings: tuple[str, ...]
    required: bool = False


FACTS = (
    Fact("assignment_number", "Assignment number", ("assignment number", "assignment no", "assignment"), required=True),
    Fact("position_number", "Position number", ("position number", "position no", "post number"), required=True),
    Fact("employee_number", "Employee number", ("employee number", "employee no", "staff number")),
    Fact("last_name", "Last name", ("last name", "surname", "family name")),
    Fact("first_name", "First name", ("first name", "forename", "given name")),
    Fact("title", "Title of the post", ("position title", "position name", "job title")),
    Fact("band", "Band", ("pay scale", "grade", "band", "pay grade", "afc band")),
    Fact("directorate", "Directorate", ("directorate", "division", "org l5", "org l4")),
    Fact("team", "Team", ("team", "org l8", "org l7", "department", "organisation", "organization")),
    Fact("staff_group", "Staff group", ("staff group",)),
    Fact("job_role", "Job role", ("role", "job role")),
    Fact("occupation_code", "Occupation code", ("occ code", "occupation code", "occupational code")),
    Fact("area_of_work", "Area of work", ("area of work",)),
    Fact("contract", "Kind of contract", ("assignment category", "contract type", "contract")),
    Fact("wte", "WTE (or FTE)", ("fte", "wte", "assignment fte", "contracted wte")),
    Fact("hours", "Contracted hours a week", ("contracted hours", "hours", "weekly hours")),
    Fact("starts_on", "First day in the post", ("start date in position", "position start date", "start date")),
    Fact(
        "expected_end_on",
        "Expected last day (fixed term)",
        ("fixed term contract end date", "fixed term end date", "contract end date"),
    ),
    Fact("ended_on", "Last day in the post", ("assignment end date", "end date", "termination date", "leaving date")),
)
LABELS = {fact.name: fact.label for fact in FACTS}


def plain(heading: str) -> str:
    """A heading as it is compared: small letters, single spaces, no signs."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in heading.lower()).split())


def guess(headings: Iterable[str]) -> dict[str, int]:
    """The likeliest column of each fact, by its place. No column is proposed twice."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(plain(heading), place)
    found: dict[str, int] = {}
    for fact in FACTS:
        for heading in fact.headings:
            if heading in places:
                found[fact.name] = places.pop(heading)
                break
    return found


def key_of(headings: Iterable[str]) -> str:
    """The same for the same headings in the same order."""
    return hashlib.sha256("\n".join(plain(heading) for heading in headings).encode()).hexdigest()
