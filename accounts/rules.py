"""Predicates about people and their roles."""

from __future__ import annotations

from accounts.models import Person, Role
from accounts.models.resets import MAY_RESET


def could_be_the_two(asked: Person, confirms: Person) -> bool:
    """Whether these two may together take a second factor away: both hold such a role today, one of them looks after
    the software, and both may log in."""
    both = (asked, confirms)
    may = all(person.is_active and person.role_names & MAY_RESET for person in both)
    return may and any(Role.PLATFORM_ADMIN in person.role_names for person in both)
