"""Who HR's people are."""

from __future__ import annotations

from typing import Any

import rules

from accounts.models import Role


@rules.predicate
def may_edit_hr_records(person: Any) -> bool:
    """Holds the role of an HR editor now."""
    return person.is_authenticated and person.is_active and Role.HR_EDITOR in person.role_names


@rules.predicate
def may_view_hr_records(person: Any) -> bool:
    """Holds the role of an HR viewer now."""
    return person.is_authenticated and person.is_active and Role.HR_VIEWER in person.role_names


@rules.predicate
def may_see_sensitive_statuses(person: Any) -> bool:
    """Holds the role that opens health and DBS statuses. It opens nothing alone: see the table."""
    return person.is_authenticated and person.is_active and Role.HR_SENSITIVE in person.role_names


@rules.predicate
def may_take_records_away(person: Any) -> bool:
    """Holds the role that lets records out as a file. It opens nothing alone: see the table."""
    return person.is_authenticated and person.is_active and Role.HR_EXPORTER in person.role_names
