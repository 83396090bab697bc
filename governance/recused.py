"""Who takes no part in deciding on a matter: for what is counted and recorded."""

from __future__ import annotations

from typing import Any

from governance.models import Matter, Recusal, Side


def who_decide_nothing(body_id: Any, matter: Matter) -> dict[int, Side]:
    """The people (by id) who take no part in deciding on a matter before a body, with their side. One query.

    `body_id` may be a subquery.
    """
    found = Recusal.objects.on(body_id, matter).that_decide_nothing()
    return {pk: Side(side) for pk, side in found.values_list("person_id", "side")}
