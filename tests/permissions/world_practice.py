"""Items for each audience and in each state, replies, reports and two moderators."""

from __future__ import annotations

import uuid

from governance.shown import ShownAs
from practice.models import Audience, Item, Kind, Moderator, Reply, Report
from practice.services import replies, reports, sharing, writing
from tests.permissions.world import ABSENT, World

#: Words of one item each. They stand on no header, and only its readers may see them.
WORDS = {name: f"Canarywords {name}" for name in ("network", "steering", "group", "far", "draft", "seen", "hidden")}


def add(world: World) -> None:
    """Priya and Morgan look at reports; Samuel told us of one thing, Morgan of another."""
    cast = world.cast
    for person in (cast.priya, cast.morgan):
        Moderator.objects.create(person=person, from_on="2026-01-01")
    items = {
        "network": _shared(cast.ishani, WORDS["network"], Audience.NETWORK),
        "steering": _shared(cast.ishani, WORDS["steering"], Audience.STEERING),
        "group": _shared(cast.cass, WORDS["group"], Audience.GROUP, cast.group),
        "far": _shared(cast.morgan, WORDS["far"], Audience.GROUP, cast.other_group),
        "draft": _draft(cast.ishani, WORDS["draft"]),
        "seen": _draft(cast.ishani, WORDS["seen"]),
        "hidden": _shared(cast.ishani, WORDS["hidden"], Audience.STEERING),
        "gone": _shared(cast.ishani, "Gone", Audience.STEERING),
    }
    writing.let_sponsor_see(by=cast.ishani, item=items["seen"], sponsor=cast.samuel)
    sent = _replies(world, items["steering"])
    found = {
        "ours": _report(cast.samuel, items["network"]),
        "hidden": _report(cast.samuel, items["hidden"]),
        "by_moderator": _report(cast.morgan, items["steering"]),
        "of_moderator": _report(cast.nadia, items["group"]),
        "reply": _report(cast.ishani, sent["cass"]),
    }
    Item.objects.filter(pk=items["hidden"].pk).update(state="hidden")
    sharing.withdraw(by=cast.ishani, item=items["gone"])
    _name(world, items, sent, found)


def _draft(person, what):
    item = writing.start(by=person, form_key=uuid.uuid4())
    return writing.save_answers(by=person, item=item, kind=Kind.INFORMAL, title="Something we do", what=what)


def _shared(person, what, audience, body=None):
    item = _draft(person, what)
    sharing.choose_audience(by=person, item=item, audience=audience, body=body, shown_as=ShownAs.MEMBER)
    return sharing.share(by=person, item=item)


def _replies(world, item) -> dict[str, Reply]:
    """One of Cass's, and one of Samuel's."""
    return {
        name: replies.reply(
            by=world.people[name], item=item, words=f"Reply of {name}.", shown_as="member", form_key=uuid.uuid4()
        )
        for name in ("cass", "samuel")
    }


def _report(by, words) -> Report:
    return reports.report(by=by, words=words, reason="private", said="A street.", form_key=uuid.uuid4())


def _name(world, items, sent, found) -> None:
    of_items = {name: (item.pk,) for name, item in items.items()} | {"absent": (ABSENT,)}
    for name in (*("item", "audience", "check", "stop", "withdraw", "sponsor", "say_seen", "reply", "report_item"),):
        world.things[f"practice:{name}"] = of_items
    for name in ("write", "keep"):
        pages = {key: (*args, "what") for key, args in of_items.items()}
        world.things[f"practice:{name}"] = pages | {"absent_inside": (items["draft"].pk, "nothing")}
    for name in ("reply_page", "withdraw_reply", "report_reply"):
        world.things[f"practice:{name}"] = {key: (row.pk,) for key, row in sent.items()} | {"absent": (ABSENT,)}
    for name in ("reported", "report", "act", "second"):
        world.things[f"practice:{name}"] = {key: (row.pk,) for key, row in found.items()} | {"absent": (ABSENT,)}
    named = Moderator.objects.get(person=world.cast.priya)
    world.things["practice:end_moderator"] = {"any": (named.pk,), "absent": (987654,)}
