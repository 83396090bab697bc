"""What `visible_to` gives, what the table of permissions says, and what is written here by hand: all three are one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser

from access.models import Passport
from access.permissions import READ_PASSPORT
from core.permissions import can
from governance import standing
from governance.interest_permissions import READ_RECUSAL
from governance.models import Body, Recusal
from meetings.models import Meeting, NeedsMet
from meetings.permissions import SEE_MEETING
from network.models import FunctionLead, Gap, Handover, Nomination, Offer, Partnership, SponsorRequest
from network.permissions import ANSWER_SPONSOR_REQUEST, CHANGE_INVITATION, SEE_INVITATION, SEE_SPONSOR_REQUEST
from practice.models import Item, Reply, Report
from practice.permissions import CHANGE_ITEM, LOOK_AT_REPORT, READ_ITEM, REPLY, REPORT_ITEM, SEE_OWN_REPORT
from steering import permissions as may
from steering.models import Comment, Consultation, Policy
from taskgroups.models import JoinRequest
from taskgroups.permissions import SEE_REQUEST
from tests.permissions import notation as who
from tests.permissions.rows_practice import READ_REPLIES, READS, TOLD
from tests.permissions.world import PEOPLE, World
from workforce.permissions import STRIKE_OUT

KNOWN = {
    "writing": who.IN_WRITING,
    "asked": who.TAKE_PART,
    "review": who.TAKE_PART,
    "recommended": who.TAKE_PART,
    "ratified": who.TAKE_PART,
    "withdrawn": who.TAKE_PART,
    "published": who.EVERYONE,
    "far_writing": who.FAR_IN_WRITING,
    "far_asked": who.FAR_TAKE_PART,
    "far_review": who.FAR_REVIEWED,
    "far_published": who.EVERYONE,
}
TAKEN_PART_IN = KNOWN | {"published": who.TAKE_PART, "far_published": who.FAR_REVIEWED}
COMMENTED_ON = {name: people for name, people in TAKEN_PART_IN.items() if not name.endswith("writing")}
MEETINGS = {
    "ours": who.GROUP,
    "past": who.GROUP,
    "far": who.FAR_LEAD,
    "steering": who.STEERING | who.SECRETARY,
    "closed": who.NOBODY,
}
REQUESTS = {
    "ours": who.people("ishani") | who.CO_LEADS | who.SECRETARY,
    "far": who.people("cass") | who.FAR_LEAD | who.SECRETARY,
    "answered": who.people("samuel") | who.CO_LEADS | who.SECRETARY,
}
#: Whose passport it is, and whom they chose.
PASSPORTS = {
    "ours": who.people("cass") | who.CO_LEADS | who.SECRETARY,
    "nadia": who.people("nadia") | who.CO_LEADS | who.SECRETARY,
    "sponsor": who.people("ishani samuel"),
    "far": who.FAR_LEAD | who.SECRETARY,
    "private": who.people("samuel"),
    "left": who.NOBODY,
}
#: Of whom it was asked, and who may act when it was not there.
NEEDS = {
    "ours": who.people("cass") | who.CO_LEADS | who.SECRETARY,
    "far": who.FAR_LEAD | who.SECRETARY,
    "asked": who.people("nadia"),
}
#: COMMENT is about a consultation and START_POLICY about a body; these are about a policy.
ABOUT_POLICIES = (
    *(may.SEE_OPEN_DRAFT, may.EDIT_DRAFT, may.SAY_READY, may.SHARE_DRAFT, may.OPEN_CONSULTATION),
    *(may.READ_ALL_COMMENTS, may.ANSWER_COMMENT, may.SUBMIT_FOR_REVIEW, may.RECORD_RECOMMENDATION),
    *(may.SIGN_OFF_EQUALITY, may.RECORD_RATIFICATION, may.PUBLISH_POLICY, may.READ_EVIDENCE),
)


def disagreements(world: World, *names: str) -> Iterator[str]:
    """One sentence for each thing that is not seen as written, for those people or for everybody."""
    for name in names or PEOPLE:
        person = world.people[name] or AnonymousUser()
        if world.people[name]:
            standing.forget(person)
        for check in (_policies, _others, _doable, _as_permitted):
            yield from (f"{name}: {complaint}" for complaint in check(world, name, person))


def _differ(what: str, seen: set, written: set) -> Iterator[str]:
    if seen != written:
        yield f"{what}: sees {seen - written} and misses {written - seen}"


def _written(name: str, by_thing: dict[str, frozenset[str]], things: dict[str, Any]) -> set:
    return {things[thing] for thing, people in by_thing.items() if name in people}


def _policies(world: World, name: str, person: Any) -> Iterator[str]:
    """A consultation and a comment are seen by those who take part in their policy."""
    ids = {short: policy.pk for short, policy in world.policies.items()}
    shown: list[tuple[str, Any, dict]] = [
        ("policies", Policy.objects.visible_to(person).values_list("pk"), KNOWN),
        ("policies taken part in", Policy.objects.taking_part(person).values_list("pk"), TAKEN_PART_IN),
        ("consultations", Consultation.objects.visible_to(person).values_list("policy_id"), COMMENTED_ON),
        ("comments", Comment.objects.visible_to(person).values_list("consultation__policy_id"), COMMENTED_ON),
    ]
    for what, rows, written in shown:
        yield from _differ(what, {pk for (pk,) in rows}, _written(name, written, ids))


def _others(world: World, name: str, person: Any) -> Iterator[str]:
    meetings = _written(name, MEETINGS, world.meetings) | _of_the_decisions(name)
    yield from _differ("meetings", set(Meeting.objects.visible_to(person)), meetings)
    yield from _differ("meetings, by permission", _may(person, SEE_MEETING, Meeting), meetings)
    requests = _written(name, REQUESTS, world.requests)
    yield from _differ("requests", set(JoinRequest.objects.visible_to(person)), requests)
    yield from _differ("requests, by permission", _may(person, SEE_REQUEST, JoinRequest), requests)
    yield from _practice(world, name, person)
    passports = _written(name, PASSPORTS, _rows(world, Passport, "access:read"))
    yield from _differ("passports", set(Passport.objects.visible_to(person)), passports)
    yield from _differ("passports, by permission", _may(person, READ_PASSPORT, Passport), passports)
    needs = _written(name, NEEDS, _rows(world, NeedsMet, "meetings:needs"))
    yield from _differ("needs", set(NeedsMet.objects.visible_to(person)), needs)
    bodies = set(Body.objects.all()) if name in who.EVERYONE else set()
    yield from _differ("bodies", set(Body.objects.visible_to(person)), bodies)
    partners = set(Partnership.objects.all()) if name in who.SECRETARY else set()
    if name in who.people("ishani samuel"):
        partners = set(Partnership.objects.filter(peer=world.cast.ishani))
    yield from _differ("partnerships", set(Partnership.objects.visible_to(person)), partners)
    yield from _network(world, name, person)


#: Owen answers the one that Grace may not; so he, and not she, knows of it.
SPONSOR_REQUESTS = {"ours": who.people("ishani grace"), "far": who.SECRETARY, "graces": who.GOVERNANCE}
HANDOVERS = {"ours": who.people("samuel priya ishani grace"), "far": who.SECRETARY}
NOMINATIONS = {"ours": who.people("nadia grace"), "far": who.SECRETARY}


def _network(world: World, name: str, person: Any) -> Iterator[str]:
    handovers = _written(name, HANDOVERS, world.handovers)
    yield from _differ("handovers", set(Handover.objects.visible_to(person)), handovers)
    asked = _written(name, SPONSOR_REQUESTS, world.sponsor_requests)
    yield from _differ("requests for a sponsor", set(SponsorRequest.objects.visible_to(person)), asked)
    yield from _differ("the same, by permission", _may(person, SEE_SPONSOR_REQUEST, SponsorRequest), asked)
    nominations = _written(name, NOMINATIONS, world.nominations)
    yield from _differ("nominations", set(Nomination.objects.visible_to(person)), nominations)
    gaps = set(Gap.objects.all()) if name in who.SECRETARY else set()
    yield from _differ("gaps", set(Gap.objects.visible_to(person)), gaps)
    leads = FunctionLead.objects.all() if name in who.SECRETARY else FunctionLead.objects.none()
    if name == "nadia":
        leads = FunctionLead.objects.filter(person=person)
    yield from _differ("leads", set(FunctionLead.objects.visible_to(person)), set(leads))
    answered = {each for each in asked if each.peer_id != getattr(person, "pk", None)}
    yield from _differ("requests to answer", _may(person, ANSWER_SPONSOR_REQUEST, SponsorRequest), answered)


def _practice(world: World, name: str, person: Any) -> Iterator[str]:
    """What a peer shared is read by its audience, and nobody does anything to what they do not read."""
    ids = {short: args[0] for short, args in world.things["practice:item"].items() if short != "absent"}
    seen = set(Item.objects.visible_to(person).values_list("pk", flat=True))
    yield from _differ(
        "practice", seen, {ids[short] for short, people in READS.items() if name in people and short in ids}
    )
    yield from _differ("practice, by permission", {each.pk for each in _may(person, READ_ITEM, Item)}, seen)
    for permission in (CHANGE_ITEM, REPLY, REPORT_ITEM):
        hidden = {each.pk for each in _may(person, permission, Item)} - seen
        if hidden:
            yield f"may {permission.name} what is hidden ({hidden})"
    looked = set(Report.objects.for_moderator(person))
    yield from _differ("reports to look at", _may(person, LOOK_AT_REPORT, Report), looked)
    told = {world.things["practice:reported"][short][0] for short, people in TOLD.items() if name in people}
    yield from _differ("own reports", set(Report.objects.visible_to(person).values_list("pk", flat=True)), told)
    replies = Reply.objects.visible_to(person)
    written = set(Reply.objects.filter(state="shared")) if name in READ_REPLIES else set()
    yield from _differ("replies", set(replies), written)


#: Who may see one of these is who finds it: their pages ask both, so neither is missed on them.
SEEN_BY_PERMISSION = (
    (Recusal, READ_RECUSAL),
    (Offer, SEE_INVITATION),
    (Offer, CHANGE_INVITATION),
    (Report, SEE_OWN_REPORT),
)


def _as_permitted(world: World, name: str, person: Any) -> Iterator[str]:
    for model, permission in SEEN_BY_PERMISSION:
        found = set(model.objects.visible_to(person))
        yield from _differ(f"{model.__name__}, by {permission.name}", _may(person, permission, model), found)
    # Its page asks for the right to change the record as well, so no page would tell that this one is missing.
    if can(person, STRIKE_OUT) != (name == "nadia"):
        yield f"{STRIKE_OUT.name}: HR's editor alone may"


def _rows(world: World, model: Any, address: str) -> dict[str, Any]:
    return {short: model.objects.filter(pk=key).first() for short, (key,) in world.things[address].items()}


def _may(person: Any, permission: Any, model: Any) -> set:
    return {each for each in model.objects.all() if can(person, permission, each)}


def _of_the_decisions(name: str) -> set[Meeting]:
    """Meetings of the Steering Group that the policies were decided at."""
    held = Meeting.objects.filter(body__kind=Body.Kind.STEERING, state=Meeting.State.HELD)
    return set(held) if name in who.STEERING | who.SECRETARY else set()


def _doable(world: World, name: str, person: Any) -> Iterator[str]:
    """Nobody may do something to a policy that they may not know of: a permission would open what is hidden."""
    known, taking = set(Policy.objects.visible_to(person)), set(Policy.objects.taking_part(person))
    for short, policy in world.policies.items():
        doable = [each.name for each in ABOUT_POLICIES if can(person, each, policy)]
        if doable and policy not in known:
            yield f"may {doable} to a policy that is hidden ({short})"
        if policy.under_review_id and policy not in taking and can(person, may.READ_REVIEW, policy):
            yield f"may read the review of {short}"
    for consultation in Consultation.objects.select_related("policy"):
        if consultation.policy not in taking and can(person, may.COMMENT, consultation):
            yield f"may comment on a policy that is hidden ({consultation.policy_id})"
