"""Say yes or no to an invitation, do what is asked, and begin. Each verb takes its turn at the Network's row."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.invitations import find
from accounts.models import Agreed, ContactChoice, Invitation, Person, Way
from accounts.services import agreements, contact
from accounts.services import invitations as accounts
from accounts.services.log_in import send_code_to_nobody
from accounts.services.people import change_details
from audit.services import record
from core import clock
from core.errors import Refused
from network.models import Offer
from network.notifications import invitations as told
from network.people import keepers, people_one_may_write_down
from network.services.places import begin
from network.services.turns import take_turn
from notifications.services import post


@transaction.atomic
def say_yes(*, token: str, by: Person | None) -> Person:
    """Say yes: gives the person, who may log in from now on. `by` is whoever is logged in.

    Raises what `accounts.services.invitations.accept` raises.
    """
    take_turn()
    invitation, person = accounts.accept(token=token, by=by)
    if by is not None:
        Offer.objects.filter(invitation=invitation).update(named_at=clock.now())
        finish_if_ready(person)
    return person


@transaction.atomic
def say_no(*, token: str) -> None:
    """Say no thank you; whoever invited them is told that it is not this time, and no more. Raises `Refused`."""
    take_turn()
    _tell_inviter(accounts.decline(token=token).offer, "declined")


@transaction.atomic
def ask_again(*, token: str = "", address: str = "") -> None:
    """Somebody asks for a new invitation, by an old link or by their address.

    What was invited by email gets a new link, at that address; otherwise whoever invited them is told. For anything
    else nothing happens, and it takes as long.
    """
    take_turn()
    found = _unanswered_by(token, address)
    if found is None:
        send_code_to_nobody()
    elif found.way == Way.EMAIL:
        accounts.issue_again(by=None, system="asked for a new invitation", invitation=found)
    elif found.offer.asked_again_at is None:
        Offer.objects.filter(pk=found.offer.pk).update(asked_again_at=clock.now())
        _tell(told.ASKED_AGAIN, found, f"round {found.round}")


@transaction.atomic
def say_name(*, by: Person, name: str) -> None:
    """Say which name to show."""
    take_turn()
    change_details(by=by, name=name, phone=by.phone)
    Offer.objects.unfinished_of(by).filter(named_at=None).update(named_at=clock.now())
    finish_if_ready(by)


@transaction.atomic
def choose_contact(*, by: Person, **said: Any) -> ContactChoice:
    """Keep how `by` likes to be reached. Raises `Refused` when what that way needs is missing."""
    take_turn()
    chosen = contact.choose_contact(by=by, **said)
    finish_if_ready(by)
    return chosen


@transaction.atomic
def agree(*, by: Person, version: int) -> Agreed:
    """Agree about confidentiality. Raises `Refused` when the words have changed since."""
    take_turn()
    agreed = agreements.agree(by=by, version=version)
    finish_if_ready(by)
    return agreed


@transaction.atomic
def write_down_agreement(*, by: Person, person: Person) -> Agreed:
    """Write down what `person` said on the phone. Raises `Refused` for somebody whom `by` does not stand by."""
    take_turn()
    if not people_one_may_write_down(by).filter(pk=person.pk).exists():
        raise Refused("You can do this for people you stand by, who have not agreed yet.", field="person")
    agreed = agreements.record_agreed_by_phone(by=by, person=person)
    finish_if_ready(person)
    return agreed


@transaction.atomic
def give_waiting_seat(*, by: Person, offer: Offer) -> Offer:
    """Seat somebody from Corporate Services who has joined and waits. Raises `Refused` when no seat is empty."""
    take_turn()
    offer = _whole(Offer.objects.filter(pk=offer.pk))[0]
    if offer.term_id is not None:
        return offer
    if not offer.waits_for_seat:
        raise Refused("Nobody waits for this seat.")
    offer.term = begin(offer, by=by)
    if offer.term is None:
        raise Refused(f"{offer.body.name} has no empty seat for {offer.get_function_display()}. Open one first.")
    offer.save(update_fields=["term"])
    return offer


def finish_if_ready(person: Person) -> None:
    """Begin what `person` has said yes to, once everything that is asked was done. The Network's row is ours."""
    waiting = _whole(Offer.objects.unfinished_of(person).filter(named_at__isnull=False))
    if not waiting or not ContactChoice.objects.filter(person=person).exists():
        return
    if not Agreed.objects.current().filter(person=person).exists():
        return
    for offer in waiting:
        _finish(offer, person)


def _finish(offer: Offer, person: Person) -> None:
    offer.joined_at = clock.now()
    offer.term = begin(offer, by=offer.invitation.made_by or person)
    offer.save(update_fields=["joined_at", "term"])
    record(actor=person, verb="network.joined", about=offer, seated=offer.term_id is not None)
    _tell_inviter(offer, "joined")
    if offer.waits_for_seat:
        post(kind=told.SEAT_WAITED_FOR, recipients=keepers(), occasion=f"offer {offer.pk}", about=offer)


def _tell_inviter(offer: Offer, what: str) -> None:
    _tell(told.ANSWERED, offer.invitation, what)


def _tell(kind: Any, invitation: Invitation, what: str) -> None:
    if invitation.made_by:
        occasion = f"invitation {invitation.pk} {what}"
        post(kind=kind, recipients=[invitation.made_by], occasion=occasion, about=invitation.offer)


def _unanswered_by(token: str, address: str) -> Invitation | None:
    rows = Invitation.objects.unanswered().select_related("made_by", "offer")
    if token:
        found = find(token)
        return rows.filter(pk=found.invitation.pk).first() if found else None
    return rows.filter(address=address).first() if address else None


def _whole(offers: Any) -> list[Offer]:
    return list(offers.select_related("invitation__made_by", "invitation__accepted_by", "body", "sponsor"))
