"""Whoever sends more fields than a form has changes nothing by it.

Each form is sent as its page shows it, with good answers typed in; then once more with the name of every field of every
table of ours beside them, and some that ought to tempt. What stands in the database afterwards must be the same.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection, models
from django.forms import modelform_factory

from accounts.models import Person
from governance.models import Body
from steering.models import Policy
from tests.permissions.asking import Askers
from tests.permissions.world import World

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
ROOMS = (
    *(
        "access",
        "accounts",
        "documents",
        "governance",
        "helplines",
        "meetings",
        "network",
        "practice",
        "steering",
        "taskgroups",
        "workforce",
    ),
    *("audit", "notifications"),
)
TEMPTING = ("user", "by", "group", "status", "is_staff", "is_superuser", "actor", "admin", "roles", "next_state")


@dataclass
class Form:
    """One form: where, about what, who sends it, and what they type."""

    address: str
    about: str
    person: str
    typed: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.address


def day(name: str, days: int) -> dict[str, str]:
    """A day so many days from now, in the three boxes of a date."""
    on = dt.date(2026, 9, 1) + dt.timedelta(days=days)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


COUNTS = {f"{side}_{way}": "0" for side in ("peers", "staff") for way in ("against", "neither")}
WHERE = {**day("day", 30), "starts": "10am", "ends": "11am", "place": "Room 5", "title": "To agree"}
FORMS = [
    Form("accounts:details", "", "ishani", {"name": "Ishani M", "phone": "07700 900999"}),
    Form("taskgroups:join", "far", "ishani", {"line": "I have time.", "step": "send"}),
    Form("taskgroups:decline", "ours", "tunde", {"reason": "No seat is free now."}),
    Form("taskgroups:accept", "ours", "tunde"),
    Form("taskgroups:withdraw", "ours", "ishani"),
    Form("network:sharing", "ours", "ishani", {"what": ["phone"]}),
    Form("network:today", "ours", "samuel", {"what": ["ready"]}),
    Form("network:ask", "", "morgan", {"words": "Someone nearer."}),
    Form("network:talked", "ours", "grace", {"note": "We talked."}),
    Form("network:end", "ours", "grace"),
    Form("network:answer_handover", "ours", "ishani", {"answer": "yes"}),
    Form("network:answer_nomination", "ours", "grace", {"answer": "no"}),
    Form("network:name_lead", "", "grace", {"function": "equality", "email": "yetunde@anytown-riverside.example"}),
    Form("network:invite", "", "samuel", {"name": "Ash", "way": "email", "address": "a@post.example", "step": "send"}),
    Form("network:name", "", "ishani", {"name": "Ishani M"}),
    Form("network:contact", "", "ishani", {"way": "text", "phone": "07700 900999"}),
    Form("network:agreement", "", "ishani", {"agree": "on"}),
    Form("meetings:call", "ours", "priya", WHERE),
    Form("meetings:change", "ours", "priya", {"place": "Room 6"}),
    Form("meetings:cancel", "ours", "priya"),
    Form("meetings:reply", "ours", "cass", {"answer": "coming"}),
    Form("practice:start", "", "tunde"),
    Form("practice:write", "draft", "ishani", {"title": "Another name"}),
    Form("practice:audience", "draft", "ishani", {"audience": "network", "shown_as": "side"}),
    Form("practice:sponsor", "seen", "ishani", {"sponsor": "nobody"}),
    Form("practice:say_seen", "seen", "samuel", {"line": "I was there."}),
    Form("practice:reply", "steering", "tunde", {"words": "Thank you.", "shown_as": "side"}),
    Form("practice:report_item", "network", "tunde", {"reason": "unkind", "said": ""}),
    Form("practice:act", "ours", "priya", {"kind": "hide", "reason": "We look at it.", "note": ""}),
    Form("practice:second", "ours", "priya", {"note": "I am not sure."}),
    Form("practice:moderators", "", "grace", {"email": "cass@anytown-riverside.example"}),
    Form("meetings:concerns_me", "ours", "nadia", {"effect": "out", "reason": "My team."}),
    Form("interests:declare", "", "samuel", {"words": "A talk.", "confirm": "yes", **day("from_on", -30)}),
    Form("interests:correct", "samuels", "samuel", {"words": "Other words."}),
    Form("access:question", "comfort", "samuel", {"chosen": ["camera_off"]}),
    Form("access:share", "ours", "nadia", {"share": "no"}),
    Form("access:share_with_people", "", "ishani", {"people": []}),
    Form("access:delete", "", "samuel"),
    Form("meetings:needs", "asked", "nadia", {"answer": "yes"}),
    Form("meetings:act_on_needs", "ours", "priya", {"done": "We booked a loop."}),
    Form("steering:preview", "own", "tunde", {"title": "A new title"}),
    Form("steering:say_ready", "asked", "tunde"),
    Form("steering:edit_block", "asked", "tunde", {"text": "Other words."}),
    Form("steering:add_block", "asked", "tunde", {"kind": "paragraph", "text": "More words."}),
    Form("steering:remove_block", "asked", "tunde"),
    Form("steering:comment", "asked", "samuel", {"words": "Please say when.", "shown_as": "side"}),
    Form("steering:check_comment", "begun", "ishani"),
    Form("steering:answer", "asked", "priya", {"outcome": "noted", "reason": "We have read this."}),
    Form("steering:review", "review", "cass", {"position": "support", "words": "Good."}),
    Form(
        "steering:recommendation",
        "review",
        "grace",
        {"outcome": "recommended", "reasons": "Good.", "peers_for": "2", "staff_for": "2", "confirm": "1", **COUNTS},
    ),
    Form("steering:equality", "recommended", "yetunde", {"impact": "none", "words": "Nobody is worse off."}),
    Form("steering:publish", "ratified", "owen", {"confirm": "1", "reference": "PSW-77", "executive_lead": "Dr Ash",
         "audience": "All", "slug": "a-new-plan", **day("effective_from", 10), **day("review_on", 900)}),
    Form("steering:recipients", "asked", "owen", {"reason": "Asked for by an auditor."}),
    Form("helplines:add", "", "grace", {"kind": "listening", "name": "A line", "how": "Call", "rank": "70"}),
    Form("helplines:change", "any", "grace", {"name": "Another line"}),
    Form("hr:workforce_position_change", "any", "nadia", {"title": "Peer Worker"}),
    Form("hr:workforce_occupancy_change", "any", "nadia", {"peer_supervisor": "Somebody Else"}),
    Form("platform:accounts_person_add", "", "robin", {"email": "new@anytown-riverside.example", "name": "New Person"}),
    Form("platform:accounts_person_change", "any", "robin", {"stop": "on"}),
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_only_the_fields_of_the_form_are_taken(form, askers, world):
    path = world.path(form.address, form.about)
    honest = {**as_shown(askers, form, path), **form.typed}
    before, plain = everything(), _after(askers, form, path, honest)
    assert plain != before, "the honest form changed nothing"
    stuffed = _after(askers, form, path, {**stuffing(world, set(honest)), **honest})
    assert told_apart(stuffed, before) == told_apart(plain, before)


def test_a_form_that_took_too_much_would_be_found(askers, world, monkeypatch):
    """Planted: a form of every field, and a service that saves what the form has filled in."""
    greedy = modelform_factory(Person, fields=("name", "phone", "email"))
    monkeypatch.setattr("accounts.views.own.DetailsForm", greedy)
    monkeypatch.setattr("accounts.views.own.change_details", lambda *, by, **words: by.save())
    form = Form("accounts:details", "", "ishani", {"name": "Ishani M", "phone": ""})
    path = world.path(form.address, form.about)
    honest = {**form.typed, "email": "ishani@anytown-riverside.example"}
    before, plain = everything(), _after(askers, form, path, honest)
    stuffed = _after(askers, form, path, {**stuffing(world, set(form.typed)), **form.typed})
    assert told_apart(stuffed, before) != told_apart(plain, before)


def as_shown(askers: Askers, form: Form, path: str) -> dict[str, Any]:
    """The fields of the form as its page shows them, filled as they are; nothing for a mere button."""
    if form.address == "taskgroups:withdraw" or form.address in BUTTONS_ONLY:
        return {}
    page = askers.ask(form.person, "GET", _page_of(askers.world, form, path))
    assert page.status == 200
    shown: dict[str, Any] = {}
    for control in BeautifulSoup(page.content, "html.parser").select("main form [name]"):
        _fill(shown, control)
    return {name: value for name, value in shown.items() if name not in {"csrfmiddlewaretoken", "kept_for"}}


#: Addresses without a page of their own: the form stands on another.
BUTTONS_ONLY = {
    *("taskgroups:accept", "steering:say_ready"),
    *("network:today", "network:answer_handover", "network:answer_nomination"),
}


def _page_of(world: World, form: Form, path: str) -> str:
    return world.path("meetings:meeting", form.about) if form.address == "meetings:reply" else path


def _fill(shown: dict[str, Any], control: Any) -> None:
    name, kind = control["name"], control.get("type")
    if control.name == "textarea":
        shown[name] = control.get_text().removeprefix("\n")
    elif control.name == "select":
        chosen = control.find("option", selected=True)
        shown[name] = chosen["value"] if chosen else ""
    elif kind == "checkbox":
        if control.has_attr("checked"):
            shown.setdefault(name, []).append(control["value"])
    elif kind == "radio":
        if control.has_attr("checked") or name not in shown:
            shown[name] = control["value"]
    elif control.name == "input":
        shown[name] = control.get("value", "")


def stuffing(world: World, declared: set[str]) -> dict[str, Any]:
    """Every field name of every table of ours that the form does not have, with a value that would do harm."""
    names: dict[str, Any] = dict.fromkeys(TEMPTING, str(world.people["morgan"].pk))
    for model in _tables():
        for each in model._meta.concrete_fields:
            names[each.name] = names[each.attname] = _harm(world, each)
    dates = {name for name in declared if name.endswith(("_day", "_month", "_year"))}
    taken = declared | {name.rpartition("_")[0] for name in dates}
    return {name: value for name, value in names.items() if name not in taken | MAY_BE_LEFT_EMPTY}


#: Fields that a form has and its page did not send: a box not ticked.
MAY_BE_LEFT_EMPTY = {
    *("stop", "end", "with_names", "changed", "may_leave_message", "may_show_name", "is_mistake", "is_shared"),
}


def _harm(world: World, each: models.Field) -> str:
    if each.is_relation:
        harmful = {Person: world.people["morgan"], Body: world.bodies["far"], Policy: world.policies["far_writing"]}
        return str(getattr(harmful.get(each.related_model), "pk", 1))
    if isinstance(each, models.EmailField):
        return "taken-over@anytown-riverside.example"
    if each.choices:
        return str(list(each.choices)[-1][0])
    by_kind = {"BooleanField": "on", "DateField": "2031-01-01", "DateTimeField": "2031-01-01 10:00"}
    return by_kind.get(each.get_internal_type(), str(uuid.uuid4()) if "UUID" in each.get_internal_type() else "7")


def _after(askers: Askers, form: Form, path: str, data: dict[str, Any]) -> list[str]:
    """What stands in the tables once the form was sent."""
    _count_alike()
    answer = askers.ask(form.person, "POST", path, data, then=everything)
    assert answer.status in (200, 302), answer.error
    return answer.seen


def everything() -> list[str]:
    """Every row of every table of ours, in words, so that two can be compared."""
    return sorted(
        f"{model._meta.label} {sorted(row.items())}"
        for model in _tables()
        for row in model._base_manager.values(*_compared(model))
    )


def _compared(model: type[models.Model]) -> list[str]:
    """The columns that are the same each time that the same thing is done."""
    return [
        each.attname
        for each in model._meta.concrete_fields
        if each.attname not in MADE_UP and "sealed" not in each.attname
    ]


#: Made up by chance, or written at every page. What is sealed is another text each time, too.
MADE_UP = {"form_key", "token_sha256", "secret", "claim", "session_data", "expire_date"}
UUID_IN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NO_PASSWORD = re.compile(r"'password', '![^']*'")


def told_apart(lines: list[str], before: list[str]) -> list[str]:
    """Lines in which every id that was not there before is the same: only rows that were there can be told apart."""
    known = set(UUID_IN.findall(str(before)))
    named = (UUID_IN.sub(lambda it: it[0] if it[0] in known else "a new id", line) for line in lines)
    return sorted(NO_PASSWORD.sub("no password", line) for line in named)


def _count_alike() -> None:
    """PostgreSQL does not count down when something is undone: let every sending begin at the same number."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(format('%I', sequencename)::regclass, 100000) FROM pg_sequences")


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS]
