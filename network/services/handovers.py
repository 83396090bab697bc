"""From one sponsor to another: someone proposes, the new sponsor says yes, the peer says yes; only then it happens."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from network.models import Handover, Partnership, SponsorRequest
from network.notifications import partnerships as told
from network.notifications.waiting import WAITS
from network.services import steps
from network.workflows import HANDOVER, HandoverState
from notifications.services import post

NOT_WAITING = "This does not wait for an answer any more. Open the page again to see where it stands."


@transaction.atomic
def propose(
    *,
    by: Person,
    peer: Person,
    old: Partnership | None,
    new_sponsor: Person,
    form_key: UUID,
    request: SponsorRequest | None = None,
) -> Handover:
    """Propose a new sponsor for `peer` in place of `old`, and ask the new sponsor. Nothing changes by it.

    Unless the present sponsor proposes it, they do not learn of it before it is done. A repeated `form_key` gives the
    first result. Raises `Refused` for a partnership that has ended, for someone who is not a current sponsor or is
    theirs already, and while another one waits.
    """
    steps.lock_network()
    first = first_result(Handover.objects.all(), form_key, proposed_by_id=by.pk, peer_id=peer.pk)
    if first:
        return first
    old = Partnership.objects.get(pk=old.pk) if old else None
    if old and old.until_on is not None and old.sponsor_id == by.pk:
        raise Refused("This has ended already.")
    _check_new(peer, new_sponsor)
    is_private = old is None or old.sponsor_id != by.pk
    handover = _insert(
        Handover(
            peer=peer,
            old=old,
            new_sponsor=new_sponsor,
            request=(request or _waiting_request(by, peer)) if is_private else None,
            is_private=is_private,
            proposed_at=clock.now(),
            proposed_by=by,
            form_key=form_key,
        )
    )
    record(actor=by, verb="network.proposed_handover", about=handover)
    post(kind=WAITS, recipients=[new_sponsor], occasion=f"handover {handover.pk}", about=handover)
    return handover


@transaction.atomic
def accept(*, by: Person, handover: Handover) -> Handover:
    """The new sponsor says yes; now the peer is asked. A repeat changes nothing.

    Raises `Refused` for anyone else, for a sponsor who has left, and when it does not wait for this.
    """
    handover = _locked(handover)
    if handover.state == HandoverState.ACCEPTED and handover.accepted_by_id == by.pk:
        return handover
    _check_waits_for(handover, HandoverState.PROPOSED, by, handover.new_sponsor)
    steps.check_sponsor(by)
    HANDOVER.move(handover, "accept", accepted_at=clock.now(), accepted_by=by)
    record(actor=by, verb="network.accepted_handover", about=handover)
    post(kind=WAITS, recipients=[handover.peer], occasion=f"handover {handover.pk}", about=handover)
    return handover


@transaction.atomic
def decline(*, by: Person, handover: Handover) -> Handover:
    """The new sponsor says no. No reason is asked. Raises `Refused` as `accept` does."""
    handover = _locked(handover)
    _check_waits_for(handover, HandoverState.PROPOSED, by, handover.new_sponsor)
    return _stop(handover, "decline", by)


@transaction.atomic
def agree(*, by: Person, handover: Handover) -> Handover:
    """The peer says yes: the old partnership ends and the new one begins, today, with no gap. A repeat changes nothing.

    Raises `Refused` for anyone else, when it does not wait for this, and when the new sponsor has left meanwhile.
    """
    handover = _locked(handover)
    if handover.state == HandoverState.DONE and handover.ended_by_id == by.pk:
        return handover
    _check_waits_for(handover, HandoverState.ACCEPTED, by, handover.peer)
    steps.check_peer(by)
    steps.check_sponsor(handover.new_sponsor)
    old = handover.old
    if old and old.until_on is None:
        steps.end(by=by, partnership=old)
        post(kind=told.UNPAIRED, recipients=[old.sponsor], occasion=f"partnership {old.pk} ended", about=old)
    new = steps.begin(by=by, peer=handover.peer, sponsor=handover.new_sponsor)
    HANDOVER.move(handover, "agree", new=new, ended_at=clock.now(), ended_by=by)
    record(actor=by, verb="network.agreed_handover", about=handover, partnership=new.pk)
    steps.leave_behind(by=by, paired=new)
    both = [handover.peer, handover.new_sponsor]
    post(kind=told.PAIRED, recipients=both, occasion=f"partnership {new.pk}", about=new)
    return handover


@transaction.atomic
def refuse(*, by: Person, handover: Handover) -> Handover:
    """The peer says no. No reason is asked, and nothing changes. Raises `Refused` as `agree` does."""
    handover = _locked(handover)
    _check_waits_for(handover, HandoverState.ACCEPTED, by, handover.peer)
    return _stop(handover, "refuse", by)


@transaction.atomic
def withdraw(*, by: Person, handover: Handover) -> Handover:
    """Take it back before it is done: whoever proposed it, the secretary, or the new sponsor. A repeat changes nothing.

    Raises `Refused` when it does not wait any more.
    """
    handover = _locked(handover)
    if handover.state == HandoverState.WITHDRAWN and handover.ended_by_id == by.pk:
        return handover
    if not handover.is_waiting:
        raise Refused(NOT_WAITING)
    return _stop(handover, "withdraw", by)


def _stop(handover: Handover, move: str, by: Person) -> Handover:
    """End it without a change, and tell the two who wait to hear: who proposed it and, after their yes, the sponsor."""
    HANDOVER.move(handover, move, ended_at=clock.now(), ended_by=by)
    record(actor=by, verb=f"network.handover_{handover.state}", about=handover)
    waiting = [handover.proposed_by, *([handover.new_sponsor] if handover.accepted_at else [])]
    steps.tell_how_it_ended(handover, [each for each in waiting if each.pk != by.pk])
    return handover


def _locked(handover: Handover) -> Handover:
    steps.lock_network()
    people = ("peer", "new_sponsor", "proposed_by", "old__sponsor")
    return Handover.objects.select_related(*people).get(pk=handover.pk)


def _check_waits_for(handover: Handover, state: HandoverState, by: Person, person: Person) -> None:
    if by.pk != person.pk:
        raise Refused("Only the person who was asked can answer this.")
    if handover.state != state:
        raise Refused(NOT_WAITING)


def _check_new(peer: Person, new_sponsor: Person) -> None:
    steps.check_peer(peer)
    steps.check_sponsor(new_sponsor, field="new_sponsor")
    if Partnership.objects.live().filter(peer=peer, sponsor=new_sponsor).exists():
        raise Refused("This person stands by them already. Choose someone else.", field="new_sponsor")


def _waiting_request(by: Person, peer: Person) -> SponsorRequest | None:
    """What the peer asked for in private, if this answers it."""
    return SponsorRequest.objects.to_answer_by(by).waiting().filter(peer=peer).first()


def _insert(handover: Handover) -> Handover:
    try:
        with transaction.atomic():
            handover.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("A new sponsor has been proposed already. Take that back first.") from error
    return handover
