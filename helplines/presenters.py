"""The help page, in the order people need it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helplines.models import HelpContact

Kind = HelpContact.Kind


def help_page(contacts: Iterable[HelpContact]) -> dict[str, Any]:
    """Contacts by what they are for: emergency and urgent first, the person for ordinary questions last."""
    by_kind: dict[str, list[HelpContact]] = {kind: [] for kind in Kind}
    for contact in contacts:
        by_kind[contact.kind].append(contact)
    return {
        "emergency": by_kind[Kind.EMERGENCY],
        "urgent": by_kind[Kind.URGENT],
        "others": [(kind.label, by_kind[kind]) for kind in (Kind.LISTENING, Kind.DEAF) if by_kind[kind]],
        "person": by_kind[Kind.PERSON][0] if by_kind[Kind.PERSON] else None,
    }
