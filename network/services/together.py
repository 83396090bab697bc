"""What the two of a partnership do with it: what the sponsor may see, what the sponsor notes, the yearly check."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from network.models import Noted, Partnership, Shared


@transaction.atomic
def share(*, by: Person, partnership: Partnership, what: Collection[Shared]) -> Partnership:
    """Let the sponsor see exactly `what`, from now. Raises `Refused` for anyone but the peer, and once it has ended."""
    partnership = _locked(partnership)
    if partnership.peer_id != by.pk:
        raise Refused("Only the peer decides what their sponsor may see.")
    wanted: dict[str, bool] = {f"shares_{each.value}": each in what for each in Shared}
    changed = {name: value for name, value in wanted.items() if getattr(partnership, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(partnership, name, value)
        partnership.save(update_fields=list(changed))
        record(actor=by, verb="network.changed_sharing", about=partnership, shares=changed)
    return partnership


@transaction.atomic
def note_today(*, by: Person, partnership: Partnership, what: Collection[Noted.What]) -> None:
    """What the sponsor did today, exactly `what`: a tick taken away is taken back.

    Raises `Refused` for anyone but the sponsor, and once it has ended.
    """
    partnership = _locked(partnership)
    _check_is_sponsor(by, partnership)
    today = clock.today()
    partnership.notes.filter(on=today).exclude(what__in=what).delete()
    Noted.objects.bulk_create(
        [Noted(partnership=partnership, what=each, on=today) for each in what], ignore_conflicts=True
    )
    record(actor=by, verb="network.noted_today", about=partnership, what=sorted(map(str, what)))


@transaction.atomic
def record_check(*, by: Person, partnership: Partnership) -> Partnership:
    """The two have done their yearly check today. Raises `Refused` as `note_today` does. A repeat changes nothing."""
    partnership = _locked(partnership)
    _check_is_sponsor(by, partnership)
    if partnership.checked_on != clock.today():
        partnership.checked_on = clock.today()
        partnership.save(update_fields=["checked_on"])
        record(actor=by, verb="network.checked_partnership", about=partnership)
    return partnership


def _check_is_sponsor(by: Person, partnership: Partnership) -> None:
    if partnership.sponsor_id != by.pk:
        raise Refused("Only the sponsor notes this.")


def _locked(partnership: Partnership) -> Partnership:
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if partnership.until_on is not None:
        raise Refused("This partnership has ended.")
    return partnership
