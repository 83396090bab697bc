"""A peer asks for another sponsor, in private; the secretary proposes one, or talks to them."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.db import transaction

from accounts.models import Person, Role
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from core.secrets import seal
from network.models import Partnership, SponsorRequest
from network.models.requests import secretaries_for
from network.notifications.waiting import NEWS, WAITS
from network.services import steps
from network.services.handovers import withdraw
from network.workflows import REQUEST, RequestState
from notifications.services import post


@transaction.atomic
def ask_for_sponsor(
    *, by: Person, partnership: Partnership | None, words: str, nominee: str, form_key: UUID
) -> SponsorRequest:
    """Ask for another sponsor in place of `partnership`'s, or for one. Tells those who answer, and nobody else.

    A repeated `form_key` gives the first result. Raises `Refused` unless `by` is a current peer, for a partnership
    that is not theirs or has ended, and while another request waits.
    """
    steps.lock_network()
    first = first_result(SponsorRequest.objects.all(), form_key, peer_id=by.pk)
    if first:
        return first
    steps.check_peer(by)
    if partnership and not Partnership.objects.unended().filter(pk=partnership.pk, peer=by).exists():
        raise Refused("This person is not your sponsor any more.", field="partnership")
    if SponsorRequest.objects.waiting().filter(peer=by).exists():
        raise Refused("You have asked already. You will get an answer.")
    request = SponsorRequest.objects.create(
        peer=by,
        partnership=partnership,
        sealed_words=_sealed(words),
        sealed_nominee=_sealed(nominee),
        asked_at=clock.now(),
        form_key=form_key,
    )
    record(actor=by, verb="network.asked_for_sponsor", about=request)
    post(kind=WAITS, recipients=who_answers(by), occasion=f"sponsor request {request.pk}", about=request)
    return request


@transaction.atomic
def say_on_care_team(*, by: Person, partnership: Partnership) -> SponsorRequest:
    """The peer says that this sponsor is on their care team: a change is asked for. That, and why, is not kept.

    Asked already means not asked again. Raises `Refused` as `ask_for_sponsor` does.
    """
    steps.lock_network()
    waiting = SponsorRequest.objects.waiting().filter(peer=by, partnership=partnership).first()
    if waiting:
        return waiting
    return ask_for_sponsor(by=by, partnership=partnership, words="", nominee="", form_key=uuid.uuid4())


@transaction.atomic
def note_talk(*, by: Person, request: SponsorRequest, note: str) -> SponsorRequest:
    """Close a request because the two have talked and no other sponsor is wanted now. A repeat changes nothing.

    The peer is told, and reads the note. A new sponsor who was asked meanwhile is asked no more. Raises `Refused` when
    it does not wait any more.
    """
    request = _locked(request)
    if request.state == RequestState.TALKED and request.answered_by_id == by.pk:
        return request
    _check_waiting(request)
    REQUEST.move(request, "talk", sealed_note=_sealed(note), answered_at=clock.now(), answered_by=by)
    record(actor=by, verb="network.talked_about_sponsor", about=request)
    _call_off(request, by)
    post(kind=NEWS, recipients=[request.peer], occasion=f"sponsor request {request.pk} talked", about=request)
    return request


@transaction.atomic
def take_back(*, by: Person, request: SponsorRequest) -> SponsorRequest:
    """Take one's own request back. What was written in it is wiped. A repeat changes nothing.

    Raises `Refused` for somebody else's, and when it does not wait any more.
    """
    request = _locked(request)
    if request.peer_id != by.pk:
        raise Refused("Only the person who asked can take this back.")
    if request.state == RequestState.TAKEN_BACK:
        return request
    _check_waiting(request)
    REQUEST.move(request, "take_back", sealed_words="", sealed_nominee="")
    record(actor=by, verb="network.took_back_sponsor_request", about=request)
    _call_off(request, by)
    return request


def who_answers(peer: Person) -> list[Person]:
    """The secretary and deputies who never were this peer's sponsor; where there are none, such governance leads."""
    found = [office.person for office in secretaries_for(peer).select_related("person")]
    if found:
        return found
    sponsors = Partnership.objects.filter(peer=peer).values("sponsor")
    leads = Person.objects.filter(roles__role=Role.GOVERNANCE_LEAD, roles__until_at=None, is_active=True)
    return list(leads.exclude(pk=peer.pk).exclude(pk__in=sponsors))


def _call_off(request: SponsorRequest, by: Person) -> None:
    for handover in request.handovers.waiting():
        withdraw(by=by, handover=handover)


def _locked(request: SponsorRequest) -> SponsorRequest:
    steps.lock_network()
    return SponsorRequest.objects.select_related("peer").get(pk=request.pk)


def _check_waiting(request: SponsorRequest) -> None:
    if request.state != RequestState.ASKED:
        raise Refused("This does not wait for an answer any more. Open the page again to see where it stands.")


def _sealed(text: str) -> str:
    return seal(text.strip()) if text.strip() else ""
