"""One small Trust with something in each state, in our group and in another: what the matrix asks about.

Ours is the cast's Task Group. The *far* group is led by Morgan; nobody else of the cast sits there, and its other
people are asked and speak only there. Somewhere in each body sits a person whose name nobody else may read.
A module `world_*` beside this one adds what it has to, in its function `add(world)`, once everything here stands.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from accounts.links import fingerprint
from accounts.models import LoginLink, Person, Role, RoleHeld
from core import clock
from documents.models import Version
from governance.models import Body, Constituency, Office, Side
from helplines.models import HelpContact
from meetings.models import Meeting
from meetings.services import call_meeting
from network.models import Handover, Nomination, SponsorRequest
from notifications import mailbox
from notifications.kinds import all_kinds
from notifications.models import Message, MessageState
from steering.models import MemberView, Policy
from steering.services import comments
from steering.workflows import PolicyState
from taskgroups.models import JoinRequest, Remit
from tests.cast import Cast, make_cast, office, seat
from tests.conftest import MORNING
from tests.factories import drafting
from tests.factories import steering as deciding
from tests.factories.workforce import (
    AdjustmentsFactory,
    CheckFactory,
    CompetenceFactory,
    DbsFactory,
    OccupancyFactory,
    PeerTrainingFactory,
    WellbeingPlanFactory,
    WorkHealthFactory,
)
from workforce.belonging import mark_of, told_with
from workforce.models import EsrImport, ReferenceValue, StruckOut
from workforce.services import strike_out

#: Names that only those who sit with them, and those who run the body, may read. They stand on no header.
CANARIES = {"group": "Wren Canarymember", "far": "Finch Canarymember", "steering": "Heron Canarymember"}
ABSENT = uuid.UUID("00000000-0000-4000-8000-000000000000")

#: Everybody asked at each address. Two of them are not logged in: nobody, and Leyla, who is deactivated.
PEOPLE = (
    *("nobody", "ishani", "tunde", "priya", "cass", "samuel", "morgan", "grace"),
    *("yetunde", "owen", "nadia", "viewer", "exporter", "robin", "leyla", "stranger"),
)


@dataclass
class World:
    """`things` holds, by the name of an address and then of an object, what stands in the address for it."""

    cast: Cast
    people: dict[str, Person | None] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    requests: dict[str, JoinRequest] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    sponsor_requests: dict[str, SponsorRequest] = field(default_factory=dict)
    nominations: dict[str, Nomination] = field(default_factory=dict)
    things: dict[str, dict[str, tuple]] = field(default_factory=dict)

    def path(self, address: str, about: str) -> str:
        """The path of an address, for the object of that short name; what follows a "?" is the query."""
        if address.endswith(":"):
            return f"/{address.removesuffix(':')}/nothing-is-here/"
        about, _, query = about.partition("?")
        path = reverse(address, args=self._arguments(address, about) if about else ())
        return f"{path}?{query}" if query else path

    def _arguments(self, address: str, about: str) -> tuple:
        return self.things[address][about] if address in self.things else self.things["*"][about]


@contextlib.contextmanager
def standing_world(mail: Path) -> Iterator[World]:
    """The world for the length of a `with` block, on the morning of the tests; then it is undone."""
    requests = logging.getLogger("django.request")
    was_disabled, requests.disabled = requests.disabled, True  # or it would write of every 404 and 403: thousands
    try:
        with override_settings(KEEP_MAIL=True, MAIL_DIR=mail), clock.set_to(MORNING), transaction.atomic():
            yield build()
            transaction.set_rollback(True)
    finally:
        requests.disabled = was_disabled


def build() -> World:
    """Everything, in one go. Takes about two seconds."""
    cast = make_cast()
    far = _far(cast)
    world = World(cast, bodies={"ours": cast.group, "far": cast.other_group, "steering": cast.steering})
    world.bodies |= {"network": cast.network, "closed": _closed(cast)}
    _people(world)
    _seated_canaries(cast)
    _policies(world, far)
    _meetings(world)
    _requests(world)
    world.things["*"] = _every_id(world)
    _paragraphs_and_comments(world)
    _others(world)
    for path in sorted(Path(__file__).parent.glob("world_*.py")):
        importlib.import_module(f"tests.permissions.{path.stem}").add(world)
    return world


def _person(short: str, name: str) -> Person:
    return Person.objects.create_person(email=f"{short}@anytown-riverside.example", name=name)


def _far(cast: Cast) -> Cast:
    """The same cast as the other group knows it: Morgan and a member of staff lead it, and its own people are asked."""
    stand_ins = {name: _person(f"far-{name}", f"Far {name.title()} Ashgrove") for name in ("ishani", "priya", "cass")}
    stand_ins |= {
        name: _person(f"far-{name}", f"Far {name.title()} Elmgrove") for name in ("morgan", "samuel", "nadia")
    }
    other = cast.other_group
    for name in ("ishani", "cass", "morgan"):
        seat(other, stand_ins[name], Constituency.PEER)
    for name in ("priya", "samuel", "nadia"):
        seat(other, stand_ins[name], Constituency.SPONSOR)
    office(other, cast.morgan, Office.Kind.CO_LEAD, Side.PEER)
    office(other, stand_ins["priya"], Office.Kind.CO_LEAD, Side.STAFF)
    people = cast.people | stand_ins | {"tunde": cast.morgan}
    return Cast(network=cast.network, group=other, other_group=cast.group, steering=cast.steering, people=people)


def _closed(cast: Cast) -> Body:
    """A group that has been closed. Cass co-led it; that is over."""
    body = Body.objects.create(kind=Body.Kind.TASK_GROUP, name="A group that closed", state=Body.State.ACTIVE)
    seat(body, cast.cass, Constituency.PEER)
    seat(body, None, Constituency.PEER)
    office(body, cast.cass, Office.Kind.CO_LEAD, Side.PEER)
    Body.objects.filter(pk=body.pk).update(state=Body.State.CLOSED)
    return body


def _people(world: World) -> None:
    cast = world.cast
    viewer = _person("viewer", "Vera Readinglamp")
    for person, role in ((viewer, Role.HR_VIEWER), (cast.nadia, Role.HR_SENSITIVE)):
        RoleHeld.objects.create(person=person, role=role, from_at=clock.now(), given_by=cast.grace)
    stranger = _person("stranger", "Stanley Outerbridge")
    world.people = {name: cast.people.get(name) for name in PEOPLE} | {"viewer": viewer, "stranger": stranger}


def _seated_canaries(cast: Cast) -> None:
    for number, (key, body) in enumerate(
        {"group": cast.group, "far": cast.other_group, "steering": cast.steering}.items()
    ):
        seat(body, _person(f"canary{number}", CANARIES[key]), Constituency.PEER)
    for body in (cast.group, cast.other_group):
        Remit.objects.create(body=body, does="It writes drafts.", time_asked="2 hours a month", paid="Fares are paid.")


# -- policies ------------------------------------------------------------------------------------------------------


def _policies(world: World, far: Cast) -> None:
    for prefix, cast in (("", world.cast), ("far_", far)):
        made = world.policies
        made[f"{prefix}writing"] = drafting.drafted(cast, title="Being written")
        made[f"{prefix}asked"] = _asked(cast)
        made[f"{prefix}review"] = _under_review(cast)
        made[f"{prefix}published"] = deciding.policy_published(
            cast, slug=f"{prefix or 'our_'}plan".replace("_", "-"), reference=f"PSW-{prefix or 'ours'}"
        ).policy
    made["recommended"] = deciding.policy_recommended(world.cast).policy
    made["ratified"] = deciding.policy_ratified(world.cast).policy
    made["withdrawn"] = deciding.policy_out_for_comment(world.cast).policy
    Policy.objects.filter(pk=made["withdrawn"].pk).update(state=PolicyState.WITHDRAWN)


def _asked(cast: Cast) -> Policy:
    """Out for comment now: three comments, one begun, and the next draft open."""
    ours = [cast.network, cast.group] if cast.group.name.startswith("Role") else [cast.group]
    consultation = drafting.out_for_comment(cast, bodies=ours)
    drafting.sent(consultation, cast.ishani)
    drafting.sent(consultation, cast.cass, place=2, shown_as="name")
    seen = drafting.text_at(consultation.version, 4)
    comments.save_words(
        by=cast.ishani,
        consultation=consultation,
        version=consultation.version,
        text_seen=seen,
        words="Not sent yet.",
        shown_as="member",
    )
    drafting.next_draft(cast, consultation.policy)
    return consultation.policy


def _under_review(cast: Cast) -> Policy:
    """The Steering Group has it. Of the cast Samuel alone has left a view; so has one whose name must stay there."""
    story = deciding.policy_under_review(cast)
    deciding.meeting_held(story)
    _leaves_a_view(story, Person.objects.get(email="samuel@anytown-riverside.example"), Side.STAFF)
    _leaves_a_view(story, Person.objects.get(name=CANARIES["steering"]), Side.PEER)
    return story.policy


def _leaves_a_view(story: deciding.Story, person: Person, side: Side) -> None:
    said = {"position": MemberView.Position.SUPPORT, "words": deciding.CANARY_VIEW, "at": clock.now()}
    MemberView.objects.create(policy=story.policy, version=story.second, person=person, side=side, **said)


def _paragraphs_and_comments(world: World) -> None:
    """Addresses that name a paragraph or a comment inside a policy; also one that belongs to another policy."""
    blocks = {name: (policy.pk, _block(policy)) for name, policy in world.policies.items()}
    blocks["begun"] = (world.policies["asked"].pk, _block(world.policies["asked"], 4))
    foreign = (world.policies["asked"].pk, _block(world.policies["far_asked"]))
    blocks |= {"foreign": foreign, "absent": (ABSENT, ABSENT), "absent_inside": (world.policies["asked"].pk, ABSENT)}
    for name in ("edit_block", "add_block", "remove_block", "comment", "keep_comment", "check_comment"):
        world.things[f"steering:{name}"] = blocks
    said = {name: (policy.pk, _comment(policy)) for name, policy in world.policies.items() if _comment(policy)}
    said["foreign"] = (world.policies["asked"].pk, _comment(world.policies["far_asked"]))
    said |= {"absent": (ABSENT, ABSENT), "absent_inside": (world.policies["asked"].pk, ABSENT)}
    for name in ("comment_place", "comment_sent", "answer"):
        world.things[f"steering:{name}"] = said


def _block(policy: Policy, place: int = 1) -> uuid.UUID:
    return drafting.block_at(policy.document.versions.first(), place).pk


def _comment(policy: Policy) -> uuid.UUID | None:
    """Ishani's comment on it, or in the far group that of her stand-in: they were there before the others."""
    found = policy.consultations.first()
    first = found.comments.order_by("author_id").first() if found else None
    return first.pk if first else None


# -- the rest ------------------------------------------------------------------------------------------------------


def _meetings(world: World) -> None:
    cast = world.cast
    leads = {"ours": cast.tunde, "far": cast.morgan, "steering": cast.grace}
    for name, by in leads.items():
        world.meetings[name] = _call(by, world.bodies[name], dt.timedelta(days=20))
    held = _call(cast.tunde, cast.group, dt.timedelta(days=2))
    Meeting.objects.filter(pk=held.pk).update(
        starts_at=clock.now() - dt.timedelta(days=2), ends_at=clock.now() - dt.timedelta(days=2, hours=-1)
    )
    world.meetings["past"] = held
    gone = _call(cast.tunde, cast.group, dt.timedelta(days=3))
    Meeting.objects.filter(pk=gone.pk).update(body=world.bodies["closed"])
    world.meetings["closed"] = gone


def _call(by: Person, body: Body, after: dt.timedelta, paper: Version | None = None) -> Meeting:
    starts = clock.now() + after
    where = {"place": "Room 2", "link": "", "phone_in": "", "items": [("To agree the draft", "agree", paper)]}
    return call_meeting(
        by=by, body=body, starts_at=starts, ends_at=starts + dt.timedelta(hours=1), form_key=uuid.uuid4(), **where
    )


def _requests(world: World) -> None:
    cast = world.cast
    ask = {"constituency": Constituency.PEER, "asked_at": clock.now()}
    make = JoinRequest.objects.create
    world.requests["ours"] = make(body=cast.group, person=cast.ishani, **ask)
    world.requests["far"] = make(body=cast.other_group, person=cast.cass, **ask)
    ask |= {"constituency": Constituency.SPONSOR, "state": JoinRequest.State.DECLINED, "reason": "No seat is free."}
    world.requests["answered"] = make(
        body=cast.group, person=cast.samuel, answered_at=clock.now(), answered_by=cast.priya, **ask
    )


def _every_id(world: World) -> dict[str, tuple]:
    """Short names that one id answers to. A policy, a body and a meeting may share one: the address says which."""
    return {name: (policy.pk,) for name, policy in world.policies.items()} | {"absent": (ABSENT,)}


def _others(world: World) -> None:
    cast, things = world.cast, world.things
    bodies = {name: (body.pk,) for name, body in world.bodies.items()} | {"absent": (ABSENT,)}
    for name in ("taskgroups:group", "taskgroups:join", "taskgroups:requests", "meetings:call"):
        things[name] = bodies
    asked = {name: (request.pk,) for name, request in world.requests.items()} | {"absent": (ABSENT,)}
    for name in ("request", "withdraw", "accept", "decline"):
        things[f"taskgroups:{name}"] = asked
    meetings = {name: (meeting.pk,) for name, meeting in world.meetings.items()} | {"absent": (ABSENT,)}
    for name in ("meeting", "reply", "change", "cancel", "presence"):
        things[f"meetings:{name}"] = meetings
    things["steering:preview"] = {
        "own": (drafting.upload_of(cast.tunde).pk,),
        "other": (drafting.upload_of(cast.grace).pk,),
        "absent": (ABSENT,),
    }
    slugs = {"published": ("our-plan",), "far_published": ("far-plan",), "absent": ("no-such-plan",)}
    for name in ("published", "you_said", "published_pdf"):
        things[f"steering:{name}"] = slugs
    contact = HelpContact.objects.filter(kind=HelpContact.Kind.LISTENING).first()
    for name in ("change", "confirm", "remove"):
        things[f"helplines:{name}"] = {"any": (contact.pk,), "absent": (987654,)}
    things["notifications:send_again"] = {"refused": (_refused_message(cast).pk,), "absent": (ABSENT,)}
    _links(world)
    _mail(world)
    _records(world)


def _refused_message(cast: Cast) -> Message:
    message = Message.objects.filter(recipient__isnull=False, lane="ordinary").first()
    assert message.kind in {kind.name for kind in all_kinds()}
    Message.objects.filter(pk=message.pk).update(state=MessageState.REFUSED, settled_at=clock.now())
    return message


def _links(world: World) -> None:
    for name, person in {"cass": world.cast.cass, "used": world.cast.cass, "leyla": world.cast.leyla}.items():
        link = LoginLink.objects.create(
            person=person,
            token_sha256=fingerprint(f"token-{name}"),
            path="/me/",
            made_at=clock.now(),
            expires_at=clock.now() + dt.timedelta(hours=72),
        )
        if name == "used":
            LoginLink.objects.filter(pk=link.pk).update(used_at=clock.now())
    links = {name: (f"token-{name}",) for name in ("cass", "used", "leyla", "absent")}
    world.things["accounts:link"] = world.things["accounts:fresh_link"] = links


def _mail(world: World) -> None:
    """One letter with a file, in the demonstration's mailbox."""
    letter = EmailMessage(
        "A subject", "Some words.", "us@anytown-riverside.example", ["cass@anytown-riverside.example"]
    )
    letter.attach("meeting.ics", b"BEGIN:VCALENDAR", "text/calendar")
    mailbox.MailboxBackend().send_messages([letter])
    key = mailbox.messages_to("cass@anytown-riverside.example")[0].key
    no_key = "0" * len(key)
    world.things["notifications:letter"] = {"kept": (key,), "absent": (no_key,)}
    world.things["notifications:attachment"] = {"kept": (key, 0), "absent": (key, 7)}


def _struck_out(world: World) -> StruckOut:
    wrong = OccupancyFactory()
    seen = mark_of(told_with(type(wrong).objects.get(pk=wrong.pk)))
    return strike_out(by=world.cast.nadia, record=wrong, reason="Entered twice.", seen=seen)


def _records(world: World) -> None:
    occupancy = OccupancyFactory()
    worker = occupancy.worker
    check = CheckFactory(kind="identity")
    rows: dict[str, Any] = {
        "hr:workforce_position": occupancy.position,
        "hr:workforce_occupancy": occupancy,
        "hr:workforce_worker": worker,
        "hr:workforce_peertraining": PeerTrainingFactory(worker=worker),
        "hr:workforce_competence": CompetenceFactory(worker=worker),
        "hr:workforce_workhealth": WorkHealthFactory(worker=worker),
        "hr:workforce_dbs": DbsFactory(worker=worker),
        "hr:workforce_adjustments": AdjustmentsFactory(worker=worker),
        "hr:workforce_wellbeingplan": WellbeingPlanFactory(worker=worker),
        "hr:workforce_vacancy": check.vacancy,
        "hr:workforce_check": check,
        "hr:workforce_referencevalue": ReferenceValue.objects.create(kind="job_role", words="Peer Mentor"),
        "hr:workforce_esrimport": EsrImport.objects.create(
            file_name="staff.csv", state="ready", uploaded_at=clock.now(), uploaded_by=world.cast.nadia
        ),
        "hr:workforce_struckout": _struck_out(world),
        "platform:accounts_person": world.cast.morgan,
        "platform:accounts_roleheld": world.cast.owen.roles.get(),
    }
    for name, row in rows.items():
        for page in ("change", "history", "made_in_error"):
            world.things[f"{name}_{page}"] = {"any": (row.pk,), "absent": (987654,)}
