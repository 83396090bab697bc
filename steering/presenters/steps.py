"""Where a policy stands and what happens next, in plain words; and what the person reading may do about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse

from core import clock
from core.permissions import can
from core.said import nhs_date
from governance.models import Side
from steering import permissions as may
from steering.models import Comment, Policy
from steering.services.policies import NOUN
from steering.workflows import DECIDED, PolicyState

#: A colour for each state: never the only sign, the word stands in it.
COLOURS = {
    PolicyState.DRAFTING: "grey",
    PolicyState.CONSULTING: "blue",
    PolicyState.REVIEW: "purple",
    PolicyState.RECOMMENDED: "aqua-green",
    PolicyState.RATIFIED: "aqua-green",
    PolicyState.PUBLISHED: "green",
    PolicyState.WITHDRAWN: "red",
}
CO_LEADS, SECRETARY = "the co-leads of the group", "the Steering Group secretary"
LATER = {
    PolicyState.REVIEW: ("The Steering Group reads the draft and decides at a meeting.", SECRETARY),
    PolicyState.RECOMMENDED: (
        "The equality analysis is signed off, and a committee of the Trust ratifies it.",
        "the equality lead and the Steering Group secretary",
    ),
    PolicyState.RATIFIED: ("It is published.", "the governance lead"),
    PolicyState.PUBLISHED: ("Nothing now. It is Trust policy.", ""),
    PolicyState.WITHDRAWN: ("Nothing. It was withdrawn.", ""),
}


@dataclass(frozen=True)
class Step:
    """What happens next, as a sentence, and who does it (empty when nobody need)."""

    what: str
    who: str


@dataclass(frozen=True)
class Action:
    """Something the person reading may do: a link, or with `is_press` a button that does it at once."""

    words: str
    url: str
    is_press: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Sign:
    """Whether the co-lead of one side has said that the open draft is ready."""

    who: str
    at: dt.datetime | None


def state_tag(policy: Policy) -> dict[str, str]:
    """The words and colour of the tag for where a policy stands."""
    words = policy.get_state_display()
    consultation = policy.latest_consultation
    if policy.state == PolicyState.CONSULTING and consultation and consultation.has_closed(clock.now()):
        words = "Comments closed"
    return {"words": words, "colour": COLOURS[PolicyState(policy.state)]}


def signs(policy: Policy) -> list[Sign]:
    """Who has said that the open draft is ready, by side; empty when no draft is open."""
    version = policy.open_version
    if version is None:
        return []
    said = {ready.side: ready.at for ready in policy.readies.all() if ready.version_id == version.pk}
    return [Sign(NOUN[side], said.get(side)) for side in Side]


def next_step(policy: Policy) -> Step:
    """What happens next and who does it. `policy` comes from `with_where_it_stands`; no query."""
    if policy.state == PolicyState.DRAFTING:
        return _while_drafting(policy)
    if policy.state == PolicyState.CONSULTING:
        return _while_consulting(policy)
    return Step(*LATER[PolicyState(policy.state)])


def _while_drafting(policy: Policy) -> Step:
    version = policy.open_version
    if version is None:
        return Step("The group starts the next draft.", CO_LEADS)
    waiting = [sign.who for sign in signs(policy) if sign.at is None]
    if waiting:
        return Step(f"Both co-leads say that draft {version.number} is ready.", "the " + " and the ".join(waiting))
    return Step(f"Draft {version.number} is opened for comment.", SECRETARY)


def _while_consulting(policy: Policy) -> Step:
    consultation, version = policy.latest_consultation, policy.open_version
    if not consultation.has_closed(clock.now()):
        last_day = nhs_date(consultation.last_day)
        return Step(f"People can comment until the end of {last_day}. Each comment gets an answer.", CO_LEADS)
    if policy.unanswered:  # type: ignore[attr-defined]
        return Step(f"{_comments(policy.unanswered)} an answer.", CO_LEADS)  # type: ignore[attr-defined]
    if version is not None:
        return Step(f"Draft {version.number} is finished and shared.", CO_LEADS)
    return Step("The draft is sent to the Steering Group.", CO_LEADS)


def _comments(number: int) -> str:
    return "1 comment needs" if number == 1 else f"{number:,} comments need"


def actions(policy: Policy, person: Any) -> list[Action]:
    """What `person` may do to `policy` as it stands now. `policy` comes from `with_where_it_stands`."""
    if policy.state == PolicyState.DRAFTING:
        return [*_writing(policy, person), *_opening(policy, person)]
    if policy.state == PolicyState.CONSULTING:
        return [
            *_reading(policy),
            *_answering(policy, person),
            *_writing(policy, person),
            *_sharing(policy, person),
        ]
    return []


def _reading(policy: Policy) -> list[Action]:
    version = policy.newest_shared
    return [Action(f"Read draft {version.number}", _url("draft", policy))] if version else []


def _writing(policy: Policy, person: Any) -> list[Action]:
    if not can(person, may.EDIT_DRAFT, policy):
        return []
    version = policy.open_version
    if version is None:
        return [Action("Start the next draft", _url("start_next_draft", policy), is_press=True)]
    found = [Action(f"Change the words of draft {version.number}", _url("edit", policy))]
    if can(person, may.SAY_READY, policy) and not _has_said_ready(policy, person):
        hint = "If anyone changes a word after this, you will be asked again."
        words = f"Say that draft {version.number} is ready"
        found.append(Action(words, _url("say_ready", policy), is_press=True, hint=hint))
    return found


def _has_said_ready(policy: Policy, person: Any) -> bool:
    version = policy.open_version
    return any(r.person_id == person.pk and version and r.version_id == version.pk for r in policy.readies.all())


def _both_are_ready(policy: Policy) -> bool:
    found = signs(policy)
    return bool(found) and all(sign.at for sign in found)


def _opening(policy: Policy, person: Any) -> list[Action]:
    if _both_are_ready(policy) and can(person, may.OPEN_CONSULTATION, policy):
        return [Action("Open it for comment", _url("open_consultation", policy))]
    return []


def _answering(policy: Policy, person: Any) -> list[Action]:
    if not can(person, may.READ_ALL_COMMENTS, policy):
        return []
    words = "Answer comments" if can(person, may.ANSWER_COMMENT, policy) else "Read the comments and answers"
    return [Action(words, _url("answers", policy))]


def _sharing(policy: Policy, person: Any) -> list[Action]:
    version = policy.open_version
    if version is not None:
        if _both_are_ready(policy) and can(person, may.SHARE_DRAFT, policy):
            hint = "Its words are then fixed. Everyone who commented is told."
            return [Action(f"Share draft {version.number}", _url("share_draft", policy), is_press=True, hint=hint)]
        return []
    closed = policy.latest_consultation.has_closed(clock.now())
    if closed and not policy.unanswered and can(person, may.SUBMIT_FOR_REVIEW, policy):  # type: ignore[attr-defined]
        hint = "Its members are told. The words cannot be changed while they decide."
        words = "Send it to the Steering Group"
        return [Action(words, _url("submit_for_review", policy), is_press=True, hint=hint)]
    return []


def comment_counts(policy: Policy) -> dict[str, int]:
    """How many comments were sent about a policy, and how many wait for an answer, which is noted on it too.

    One query; none before anyone was asked.
    """
    counted = {"sent": 0, "answered": 0}
    if policy.latest_consultation is not None:
        sent = Comment.objects.filter(consultation__policy=policy)
        counted = sent.aggregate(sent=Count("pk"), answered=Count("answer"))
    policy.unanswered = counted["sent"] - counted["answered"]  # type: ignore[attr-defined]
    return {"sent": counted["sent"], "waiting": policy.unanswered}  # type: ignore[attr-defined]


def is_with_steering(policy: Policy) -> bool:
    """Whether the Steering Group has, or had, this policy before it now."""
    return policy.state == PolicyState.REVIEW or policy.state in DECIDED


def _url(name: str, policy: Policy) -> str:
    return reverse(f"steering:{name}", args=[policy.pk])
