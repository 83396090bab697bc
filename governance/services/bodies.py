"""What every verb about a body does first."""

from __future__ import annotations

from core.errors import Refused
from governance.models import Body


def locked(body: Body) -> Body:
    """The body's row, ours until the transaction ends. Raises `Refused` for a body that has closed."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.state == Body.State.CLOSED:
        raise Refused("This group has closed.")
    return body
