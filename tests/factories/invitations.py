"""Invitations made by the verbs that people use."""

from __future__ import annotations

import uuid

from accounts.invitations import token_of
from accounts.models import Person, Way
from governance.models import Constituency
from network.models import Offer
from network.services import joining
from network.services.invitations import Place, invite

ADDRESS = "alder@post.example"


def invited(by: Person, address: str = ADDRESS, way: Way = Way.EMAIL, place: Place | None = None, **more) -> Offer:
    """An open invitation; as a peer of `by` unless told otherwise."""
    place = place or Place(Constituency.PEER, sponsor=by)
    said = {"name": "Alder Finchley", "words": "", "form_key": uuid.uuid4()} | more
    return invite(by=by, address=address, way=way, place=place, **said)


def token(offer: Offer) -> str:
    """The token of its link, as it stands now."""
    offer.invitation.refresh_from_db()
    return token_of(offer.invitation)


def said_yes(offer: Offer) -> Person:
    return joining.say_yes(token=token(offer), by=None)


def does_everything(person: Person) -> None:
    """The three things that are asked."""
    nothing = {"phone": "", "post": "", "times": "", "may_leave_message": False, "may_show_name": False}
    joining.say_name(by=person, name=person.name)
    joining.choose_contact(by=person, way="email", **nothing)
    joining.agree(by=person, version=1)
