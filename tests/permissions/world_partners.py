"""Partnerships, handovers, private requests and nominations: ours, and those of people nobody of the cast knows."""

from __future__ import annotations

import uuid

from core import clock
from governance.models import Constituency, Function, Seat
from network.models import FunctionLead, Gap, Handover, Partnership, SponsorRequest
from network.services import corporate, handovers, requests
from tests.cast import seat
from tests.permissions.world import ABSENT, World, _person


def add(world: World) -> None:
    """Ishani's partnership with Samuel; a far peer and a far sponsor; something that waits of each kind."""
    cast = world.cast
    far_peer, far_sponsor = _person("far-peer", "Plover Canarypeer"), _person("far-sponsor", "Sable Farsponsor")
    new_sponsor = _person("new-sponsor", "Nell Farsponsor")
    seat(cast.network, far_peer, Constituency.PEER)
    for person in (far_sponsor, new_sponsor):
        seat(cast.network, person, Constituency.SPONSOR)
    ours = Partnership.objects.get(peer=cast.ishani)
    far = Partnership.objects.create(peer=far_peer, sponsor=far_sponsor, from_on=clock.today())
    keys = {"ours": (ours.key,), "far": (far.key,), "absent": (ABSENT,)}
    for name in ("end", "propose", "sharing", "ask_at_once", "today", "check"):
        world.things[f"network:{name}"] = keys
    _handovers(world, ours, far, new_sponsor)
    _requests(world, ours, far)
    _nominations(world)
    Gap.objects.create(peer=cast.morgan, from_on=clock.today())


def _handovers(world: World, ours: Partnership, far: Partnership, new_sponsor) -> None:
    cast = world.cast
    made = {
        # Samuel proposes Priya; she has said yes, and Ishani is asked.
        "ours": _propose(cast.samuel, ours, cast.priya),
        # Nobody of the cast but the secretary takes part.
        "far": _propose(far.sponsor, far, new_sponsor),
    }
    handovers.accept(by=cast.priya, handover=made["ours"])
    world.handovers = made
    ids = {name: (each.pk,) for name, each in made.items()} | {"absent": (ABSENT,)}
    for name in ("handover", "answer_handover", "take_back_handover"):
        world.things[f"network:{name}"] = ids


def _propose(by, old: Partnership, new_sponsor) -> Handover:
    return handovers.propose(by=by, peer=old.peer, old=old, new_sponsor=new_sponsor, form_key=uuid.uuid4())


def _requests(world: World, ours: Partnership, far: Partnership) -> None:
    """Ishani's and a far peer's; and one of a peer whom Grace stood by, which is the governance lead's to answer."""
    graces = _person("graces-peer", "Quill Gracespeer")
    seat(world.cast.network, graces, Constituency.PEER)
    Partnership.objects.create(peer=graces, sponsor=world.cast.grace, from_on=clock.today(), until_on=clock.today())
    made = {
        "ours": _ask(world.cast.ishani, ours, "CANARYWORDS of Ishani"),
        "far": _ask(far.peer, far, ""),
        "graces": _ask(graces, None, ""),
    }
    world.sponsor_requests = made
    ids = {name: (each.pk,) for name, each in made.items()} | {"absent": (ABSENT,)}
    for name in ("sponsor_request", "propose_for_request", "talked", "take_back_request"):
        world.things[f"network:{name}"] = ids


def _ask(by, partnership: Partnership | None, words: str) -> SponsorRequest:
    return requests.ask_for_sponsor(by=by, partnership=partnership, words=words, nominee="", form_key=uuid.uuid4())


def _nominations(world: World) -> None:
    """Nadia speaks for Human Resources, and somebody far for Communications."""
    cast = world.cast
    far = _person("far-lead", "Fern Farlead")
    hr = FunctionLead.objects.create(function=Function.HR, person=cast.nadia, from_on=clock.today())
    FunctionLead.objects.create(function=Function.COMMUNICATIONS, person=far, from_on=clock.today())
    chair = seat(cast.steering, None, Constituency.CORPORATE, Function.HR)
    empty = Seat.objects.get(body=cast.group, function=Function.COMMUNICATIONS)
    made = {
        "ours": corporate.nominate(by=cast.nadia, seat=chair, email="colm@x.example", form_key=uuid.uuid4()),
        "far": corporate.nominate(by=far, seat=empty, email="wren@x.example", form_key=uuid.uuid4()),
    }
    world.nominations = made
    ids = {name: (each.pk,) for name, each in made.items()} | {"absent": (ABSENT,)}
    for name in ("nomination", "answer_nomination", "take_back_nomination"):
        world.things[f"network:{name}"] = ids
    world.things["network:end_lead"] = {"ours": (hr.pk,), "absent": (ABSENT,)}
