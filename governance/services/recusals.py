"""Say that a matter concerns one's own care or team, and take it back. Each verb locks the body's row."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from core.secrets import seal
from governance import standing
from governance.models import Body, Matter, Recusal
from governance.notifications import interests as told
from governance.people import secretaries_of
from governance.services.bodies import locked
from notifications.services import post


@transaction.atomic
def say_it_concerns_me(
    *, by: Person, body: Body, matter: Matter, effect: Recusal.Effect, reason: str, is_shared: bool, form_key: UUID
) -> Recusal:
    """Say that `matter` before `body` concerns `by`, and what they will do. The reason is sealed, and may be empty.

    Tells the secretary when they may read the reason. A repeated `form_key` gives the first. Raises `Refused` for
    someone without a seat, when it was said already, and for a reason that is shared and not there.
    """
    body = locked(body)
    about = {"body_id": body.pk, "person_id": by.pk, "about_type": matter.about_type, "about_id": matter.about_id}
    first = first_result(Recusal.objects.all(), form_key, **about)
    if first:
        return first
    standing.forget(by)
    side = standing.of(by).side_on(body.pk)
    if side is None:
        raise Refused("Only people with a seat in this group say so here.")
    if Recusal.objects.standing_now().filter(**about).exists():
        raise Refused("You have said so already. To change it, take it back first.")
    reason = reason.strip()
    if is_shared and not reason:
        raise Refused("Write why, or do not tell the secretary.", field="reason")
    said = Recusal.objects.create(
        **about,
        side=side,
        title=matter.title[:200],
        effect=effect,
        reason_sealed=seal(reason) if reason else "",
        is_shared=is_shared,
        declared_at=clock.now(),
        form_key=form_key,
    )
    record(actor=by, verb="governance.said_it_concerns_them", about=said, body=str(body.pk), effect=str(effect))
    if is_shared:
        post(kind=told.TOLD_WHY, recipients=secretaries_of(body), occasion=f"recusal {said.pk}", about=said)
    return said


@transaction.atomic
def take_back(*, by: Person, recusal: Recusal) -> Recusal:
    """Take back what one said. A repeat changes nothing. Raises `Refused` for somebody else's."""
    Body.objects.select_for_update().get(pk=recusal.body_id)
    recusal = Recusal.objects.get(pk=recusal.pk)
    if recusal.person_id != by.pk:
        raise Refused("Only the person who said this can take it back.")
    if recusal.withdrawn_at is None:
        recusal.withdrawn_at, recusal.withdrawn_by = clock.now(), by
        recusal.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(actor=by, verb="governance.took_back_that_it_concerns_them", about=recusal)
    return recusal
