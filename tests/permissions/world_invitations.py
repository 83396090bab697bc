"""Invitations in each state, made by Samuel and by Grace; a list that waits; somebody's agreement by phone."""

from __future__ import annotations

import uuid

from accounts.invitations import token_of
from accounts.models import Way
from governance.models import Constituency, Function
from network.models import Offer
from network.services import joining
from network.services.invitations import Place, invite, take_back
from network.services.lists import keep_list
from tests.permissions.world import ABSENT, World

CANARY = "Alder Canaryguest"
ADDRESSES = ("invitation", "letter", "pass_on", "send_again", "take_back", "give_seat")


def add(world: World) -> None:
    """Add them, and what stands in their addresses."""
    samuel, grace = world.cast.samuel, world.cast.grace
    mine = _invited(samuel, "mine", Way.EMAIL)
    paper, said = _invited(samuel, "", Way.PAPER), _invited(samuel, "", Way.SAID)
    others = _invited(grace, "others", Way.EMAIL, Place(Constituency.PEER))
    back = _invited(samuel, "back", Way.EMAIL)
    take_back(by=samuel, offer=back)
    held = _waiting_for_a_seat(world)
    offers = {"mine": mine, "paper": paper, "said": said, "others": others, "back": back, "held": held}
    things = {name: (offer.pk,) for name, offer in offers.items()} | {"absent": (ABSENT,)}
    for name in ADDRESSES:
        world.things[f"network:{name}"] = things
    tokens = {"open": (token_of(mine.invitation),), "used": (token_of(held.invitation),), "absent": ("B" * 43,)}
    world.things["network:invited"] = world.things["network:ask_again"] = tokens
    kept = keep_list(by=grace, text="Rowan, rowan@post.example, peer", form_key=uuid.uuid4())
    world.things["network:list"] = world.things["network:drop_list"] = {"kept": (kept.pk,), "absent": (ABSENT,)}


def _invited(by, key: str, way: Way, place: Place | None = None) -> Offer:
    address = f"{key}@post.example" if key else ""
    place = place or Place(Constituency.PEER, sponsor=by)
    return invite(by=by, name=CANARY, address=address, way=way, place=place, words="", form_key=uuid.uuid4())


def _waiting_for_a_seat(world: World) -> Offer:
    """Stanley, who has no seat anywhere, has joined for a seat that is not empty."""
    stranger = world.people["stranger"]
    place = Place(Constituency.CORPORATE, body=world.cast.group, function=Function.EQUALITY)
    offer = invite(
        by=world.cast.grace,
        name="Stanley",
        address=stranger.email,
        way=Way.EMAIL,
        place=place,
        words="",
        form_key=uuid.uuid4(),
    )
    joining.say_yes(token=token_of(offer.invitation), by=stranger)
    nothing = {"phone": "", "post": "", "times": "", "may_leave_message": False, "may_show_name": False}
    joining.choose_contact(by=stranger, way="email", **nothing)
    joining.agree(by=stranger, version=1)
    return offer
