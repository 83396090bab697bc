"""Begin an empty installation: its first person is invited to be the Steering Group's secretary."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import transaction

from accounts.models import Invitation, Person, Way
from accounts.services import invitations as accounts
from core.errors import Refused
from governance.models import Body, Office
from network.models import Offer
from network.services.places import FIRST_SECRETARY


@transaction.atomic
def invite_first_secretary(*, address: str, name: str) -> Invitation:
    """Make the Steering Group and the Network if they are missing, and invite somebody to be secretary.

    Done again, it sends a new link; to another address, the first one's link is dead. Raises `Refused` when there is a
    secretary, and when the address is somebody's who is here.
    """
    steering = _made(Body.Kind.STEERING, settings.WORDS["steering"])
    steering = Body.objects.select_for_update().get(pk=steering.pk)
    _made(Body.Kind.NETWORK, settings.WORDS["network"], reports_to=steering)
    if Office.objects.filter(body=steering, kind=Office.Kind.SECRETARY, until_on=None).exists():
        raise Refused("There is a secretary already. They can invite people themselves.")
    if Person.objects.filter(email=address).exists():
        raise Refused("Somebody with this email address is here already.")
    waiting = Invitation.objects.unanswered().filter(made_by=None, offer__office=Office.Kind.SECRETARY).first()
    if waiting:
        return _again(waiting, address=address, name=name)
    made = accounts.make_invitation(
        by=None, system=FIRST_SECRETARY, name=name, address=address, way=Way.EMAIL, form_key=uuid.uuid4()
    )
    Offer.objects.create(invitation=made, body=steering, office=Office.Kind.SECRETARY)
    return made


def _again(waiting: Invitation, *, address: str, name: str) -> Invitation:
    """The same invitation, perhaps to an address that is written right this time."""
    Invitation.objects.filter(pk=waiting.pk).update(address=address, name=name)
    return accounts.issue_again(by=None, system=FIRST_SECRETARY, invitation=waiting)


def _made(kind: Body.Kind, name: str, reports_to: Body | None = None) -> Body:
    defaults = {"name": name, "state": Body.State.ACTIVE, "reports_to": reports_to}
    body, _ = Body.objects.get_or_create(kind=kind, defaults=defaults)
    return body
