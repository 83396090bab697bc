"""Invite a whole list: kept first, sent when somebody has looked at it, forgotten when nobody sends it."""

from __future__ import annotations

import datetime as dt
import uuid
from uuid import UUID

from django.db import transaction

from accounts.models import Person, Way
from accounts.services import invitations as accounts
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from core.secrets import seal
from governance.models import Body, Constituency
from network.models import Offer, PastedList
from network.pasted import Line, read_lines
from network.services.turns import lock_network

#: A list that nobody has sent is deleted after so long.
KEPT_FOR = dt.timedelta(days=30)


@transaction.atomic
def keep_list(*, by: Person, text: str, form_key: UUID) -> PastedList:
    """Keep a list to look at; nothing is sent. A repeated `form_key` gives the first. Raises `Refused` for too long."""
    first = first_result(PastedList.objects.all(), form_key, made_by_id=by.pk)
    if first:
        return first
    lines = read_lines(text)
    made = PastedList.objects.create(sealed=seal(text), made_at=clock.now(), made_by=by, form_key=form_key)
    record(actor=by, verb="network.kept_list", about=made, lines=len(lines))
    return made


@transaction.atomic
def send_list(*, by: Person, pasted_list: PastedList) -> PastedList:
    """Invite everybody on the list whose line is right, all at once or nobody. Sent already means not sent again.

    The lines are read once more, against who is here at this moment; those that are wrong are left out and counted.
    Raises `Refused` when no line is right.
    """
    network = lock_network()
    row = PastedList.objects.select_for_update().get(pk=pasted_list.pk)
    if row.sent_at:
        return row
    lines = read_lines(row.text)
    right = [line for line in lines if not line.problem]
    if not right:
        raise Refused("There is nobody on this list to invite. Correct the lines and paste them again.")
    for line in right:
        _invite(by, network, row, line)
    row.sealed, row.sent_at, row.sent_by, row.left_out = "", clock.now(), by, len(lines) - len(right)
    row.save()
    record(actor=by, verb="network.sent_list", about=row, invited=len(right), left_out=row.left_out)
    return row


@transaction.atomic
def drop_list(*, by: Person, pasted_list: PastedList) -> None:
    """Delete a list that was not sent. Raises `Refused` for one that was."""
    row = PastedList.objects.select_for_update().filter(pk=pasted_list.pk).first()
    if row is None:
        return
    if row.sent_at:
        raise Refused("This list has been sent. Take back each invitation instead.")
    record(actor=by, verb="network.dropped_list", about=row)
    row.delete()


def forget_lists() -> int:
    """Delete lists that nobody has sent for 30 days. Says how many; run twice, it finds none."""
    old = PastedList.objects.filter(sent_at=None, made_at__lt=clock.now() - KEPT_FOR)
    deleted, _ = old.delete()
    return deleted


def _invite(by: Person, network: Body, pasted: PastedList, line: Line) -> None:
    made = accounts.make_invitation(by=by, name=line.name, address=line.address, way=Way.EMAIL, form_key=uuid.uuid4())
    is_peer = line.constituency == Constituency.PEER
    Offer.objects.create(
        invitation=made,
        body=network,
        constituency=line.constituency or "",
        sponsor=line.sponsor if is_peer else None,
        pasted_list=pasted,
    )
