"""Names of offices as people say them."""

from __future__ import annotations

from governance.models import Body, Office


def office_words(body: Body, kind: str) -> str:
    """ "Co-lead", of the Steering Group "Co-chair"; "Secretary", "Deputy secretary"."""
    if kind == Office.Kind.CO_LEAD and body.kind == Body.Kind.STEERING:
        return "Co-chair"
    return str(Office.Kind(kind).label)
