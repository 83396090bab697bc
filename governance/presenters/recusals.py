"""What members see of those whom a matter concerns: a name and what they do. Never why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.permissions import can
from core.secrets import Unreadable, unseal
from governance.interest_permissions import READ_RECUSAL
from governance.models import Matter, Recusal

DOES = {
    Recusal.Effect.OUT: "takes no part in this item.",
    Recusal.Effect.SPEAKS: "stays and speaks, and does not decide.",
    Recusal.Effect.TAKES_PART: "says that it concerns them, and takes part.",
}
LOST = "What was written here can no longer be read. Ask the person."


@dataclass(frozen=True)
class Concern:
    """One line beside a matter. `opens` is the recusal when the reader may open its own page."""

    name: str
    words: str
    opens: Recusal | None
    is_mine: bool


@dataclass(frozen=True)
class RecusalPage:
    said: Recusal
    reason: str
    is_mine: bool
    words: str


def concerns(body_id: UUID, matters: Iterable[Matter], person: Any) -> dict[tuple[str, str], list[Concern]]:
    """Whom each matter before a body concerns, for its members, by the key of the matter. One query; none for none."""
    wanted = list(matters)
    found: dict[tuple[str, str], list[Concern]] = defaultdict(list)
    if wanted:
        for said in Recusal.objects.on(body_id, *wanted).select_related("person"):
            found[said.about_type, said.about_id].append(_concern(said, person))
    return found


def _concern(said: Recusal, person: Any) -> Concern:
    opens = said if can(person, READ_RECUSAL, said) else None
    return Concern(said.person.name, DOES[Recusal.Effect(said.effect)], opens, said.person_id == person.pk)


def recusal_page(said: Recusal, person: Any) -> RecusalPage:
    """One recusal for its author, or for the secretary who may read why."""
    try:
        reason = unseal(said.reason_sealed) if said.reason_sealed else ""
    except Unreadable:
        reason = LOST
    return RecusalPage(said, reason, said.person_id == person.pk, DOES[Recusal.Effect(said.effect)])
