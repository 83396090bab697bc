"""Who may see what somebody needs: they, and whom they chose."""

from __future__ import annotations

from typing import Any

import rules

from access.models import Consent, Passport


@rules.predicate
def is_own_passport(person: Any, passport: Passport | None) -> bool:
    return passport is not None and person.is_authenticated and person.is_active and passport.person_id == person.pk


@rules.predicate
def was_shared_with(person: Any, passport: Passport | None) -> bool:
    """By a consent that stands today."""
    return passport is not None and Consent.objects.first_that_opens(passport.person, to=person) is not None
