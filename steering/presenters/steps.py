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
from governance import standing
from governance.models import Side
from steering import permissions as may
from steering.models import Comment, Policy
from steering.models.consultations import last_day_of
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
class Stand:
    """Where a policy stands: everything that its tag and its next step are told from.

    `writing` is the number of the draft being written, or ""; `ready` the sides that say it is ready; `closes_at` the
    end of the latest consultation; `unanswered` counts comments that wait, and need only be right once it has closed.
    """

    state: PolicyState
    writing: str = ""
    ready: frozenset[str] = frozenset()
    closes_at: dt.datetime | None = None
    unanswered: int = 0

    @classmethod
    def of(cls, policy: Policy, unanswered: int) -> Stand:
        """Of a policy that comes from `with_where_it_stands`. No query."""
        version, consultation = policy.open_version, policy.latest_consultation
        return cls(
            PolicyState(policy.state),
            version.number if version else "",
            frozenset(ready.side for ready in policy.readies.all() if version and ready.version_id == version.pk),
            consultation.closes_at if consultation else None,
            unanswered,
        )

    @property
    def has_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= clock.now()

    @property
    def waiting_for(self) -> list[str]:
        """The co-leads who have not said that the draft being written is ready."""
        return [NOUN[side] for side in Side if side not in self.ready]

    @property
    def is_ready(self) -> bool:
        return bool(self.writing) and not self.waiting_for


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


def tag_of(stand: Stand) -> tuple[str, str]:
    """The words and the colour of the tag for where a policy stands."""
    closed = stand.state == PolicyState.CONSULTING and stand.has_closed
    return "Comments closed" if closed else str(stand.state.label), COLOURS[stand.state]


def signs(policy: Policy) -> list[Sign]:
    """Who has said that the open draft is ready, by side; empty when no draft is open."""
    version = policy.open_version
    if version is None:
        return []
    said = {ready.side: ready.at for ready in policy.readies.all() if ready.version_id == version.pk}
    return [Sign(NOUN[side], said.get(side)) for side in Side]


def next_step(stand: Stand) -> Step:
    """What happens next and who does it."""
    if stand.state == PolicyState.DRAFTING:
        return _while_drafting(stand)
    if stand.state == PolicyState.CONSULTING:
        return _while_consulting(stand)
    return Step(*LATER[stand.state])


def _while_drafting(stand: Stand) -> Step:
    if not stand.writing:
        return Step("The group starts the next draft.", CO_LEADS)
    if stand.waiting_for:
        return Step(
            f"Both co-leads say that draft {stand.writing} is ready.", f"the {' and the '.join(stand.waiting_for)}"
        )
    return Step(f"Draft {stand.writing} is opened for comment.", SECRETARY)


def _while_consulting(stand: Stand) -> Step:
    if not stand.has_closed:
        last_day = nhs_date(last_day_of(stand.closes_at))  # type: ignore[arg-type]
        return Step(f"People can comment until the end of {last_day}. Each comment gets an answer.", CO_LEADS)
    if stand.unanswered:
        need = "1 comment needs" if stand.unanswered == 1 else f"{stand.unanswered:,} comments need"
        return Step(f"{need} an answer.", CO_LEADS)
    if stand.writing:
        return Step(f"Draft {stand.writing} is finished and shared.", CO_LEADS)
    return Step("The draft is sent to the Steering Group.", CO_LEADS)


def actions(policy: Policy, stand: Stand, person: Any) -> list[Action]:
    """What `person` may do to `policy` as it stands now."""
    if stand.state == PolicyState.DRAFTING:
        return [*_writing(policy, stand, person), *_opening(policy, stand, person)]
    if stand.state == PolicyState.CONSULTING:
        return [
            *_reading(policy),
            *_answering(policy, person),
            *_writing(policy, stand, person),
            *_sharing(policy, stand, person),
        ]
    return []


def _reading(policy: Policy) -> list[Action]:
    version = policy.newest_shared
    return [Action(f"Read draft {version.number}", _url("draft", policy))] if version else []


def _writing(policy: Policy, stand: Stand, person: Any) -> list[Action]:
    may_edit = can(person, may.EDIT_DRAFT, policy)
    if not stand.writing:
        return [Action("Start the next draft", _url("start_next_draft", policy), is_press=True)] if may_edit else []
    found = [Action(f"Change the words of draft {stand.writing}", _url("edit", policy))] if may_edit else []
    if can(person, may.SAY_READY, policy) and standing.of(person).speaks_for(policy.body_id) not in stand.ready:
        hint = "If anyone changes a word after this, you will be asked again."
        words = f"Say that draft {stand.writing} is ready"
        found.append(Action(words, _url("say_ready", policy), is_press=True, hint=hint))
    return found


def _opening(policy: Policy, stand: Stand, person: Any) -> list[Action]:
    if stand.is_ready and can(person, may.OPEN_CONSULTATION, policy):
        return [Action("Open it for comment", _url("open_consultation", policy))]
    return []


def _answering(policy: Policy, person: Any) -> list[Action]:
    if not can(person, may.READ_ALL_COMMENTS, policy):
        return []
    words = "Answer comments" if can(person, may.ANSWER_COMMENT, policy) else "Read the comments and answers"
    return [Action(words, _url("answers", policy))]


def _sharing(policy: Policy, stand: Stand, person: Any) -> list[Action]:
    if stand.is_ready and can(person, may.SHARE_DRAFT, policy):
        hint = "Its words are then fixed. Everyone who commented is told."
        return [Action(f"Share draft {stand.writing}", _url("share_draft", policy), is_press=True, hint=hint)]
    is_done = not stand.writing and stand.has_closed and not stand.unanswered
    if is_done and can(person, may.SUBMIT_FOR_REVIEW, policy):
        hint = "Its members are told. The words cannot be changed while they decide."
        words = "Send it to the Steering Group"
        return [Action(words, _url("submit_for_review", policy), is_press=True, hint=hint)]
    return []


def comment_counts(policy: Policy) -> dict[str, int]:
    """How many comments were sent about a policy, and how many wait for an answer. No query before anyone was asked."""
    if policy.latest_consultation is None:
        return {"sent": 0, "waiting": 0}
    sent = Comment.objects.filter(consultation__policy=policy)
    counted = sent.aggregate(sent=Count("pk"), answered=Count("answer"))
    return {"sent": counted["sent"], "waiting": counted["sent"] - counted["answered"]}


def is_with_steering(policy: Policy) -> bool:
    """Whether the Steering Group has, or had, this policy before it now."""
    return policy.state == PolicyState.REVIEW or policy.state in DECIDED


def _url(name: str, policy: Policy) -> str:
    return reverse(f"steering:{name}", args=[policy.pk])
