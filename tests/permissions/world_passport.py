"""Passports: shared with our group, with the far one, with a sponsor, with nobody; and what was not there."""

from __future__ import annotations

from access import services
from access.models import Consent, Passport
from access.questions import BY_KEY
from accounts.models import Person
from core import clock
from meetings.models import NeedsMet
from meetings.services import say_if_needs_were_met
from tests.permissions.world import ABSENT, World

#: What stands in each passport, and who wrote it.
NEED = {name: f"Ziggurat{name}" for name in ("ours", "far", "sponsor", "private", "nadia", "left")}


def add(world: World) -> None:
    cast = world.cast
    owners = {"ours": cast.cass, "far": cast.morgan, "sponsor": cast.ishani, "nadia": cast.nadia, "left": cast.leyla}
    passports = {name: _passport(person, NEED[name]) for name, person in owners.items()}
    passports["private"] = services.answer_question(
        by=cast.samuel, question=BY_KEY["comfort"], chosen=["breaks"], words={}, point_size=None
    )
    for body, people in ((cast.group, (cast.cass, cast.nadia)), (cast.other_group, (cast.morgan,))):
        for person in people:
            services.share_with_body(by=person, body=body)
    services.share_with_person(by=cast.ishani, person=cast.samuel)
    # From before she left, and not yet ended by the clock.
    Consent.objects.create(person=cast.leyla, body=cast.network, wording=1, given_at=clock.now())
    world.things["access:read"] = {name: (passport.pk,) for name, passport in passports.items()} | {"absent": (ABSENT,)}
    bodies = {name: (body.pk,) for name, body in world.bodies.items()} | {"absent": (ABSENT,)}
    world.things["access:share"] = bodies
    world.things["access:question"] = {key: (key,) for key in BY_KEY} | {"absent": ("diagnosis",)}
    asked = {
        "ours": _asked(world, "past", passports["ours"], "no"),
        "far": _asked(world, "far", passports["far"], "partly"),
        "asked": _asked(world, "past", passports["nadia"]),
    }
    for name in ("needs", "act_on_needs"):
        world.things[f"meetings:{name}"] = {short: (row.pk,) for short, row in asked.items()} | {"absent": (ABSENT,)}


def _passport(person: Person, words: str) -> Passport:
    question = BY_KEY["anything_else"]
    return services.answer_question(
        by=person, question=question, chosen=[], words={"anything_else": words}, point_size=None
    )


def _asked(world: World, meeting: str, passport: Passport, answer: str = "") -> NeedsMet:
    asked = NeedsMet.objects.create(meeting=world.meetings[meeting], passport=passport, asked_at=clock.now())
    if answer:
        say_if_needs_were_met(by=passport.person, asked=asked, answer=NeedsMet.Answer(answer), words="Quokkawords")
    return asked
