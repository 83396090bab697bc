"""What the Steering Group reads before it decides: the summary, what changed, what people said, what members think."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.permissions import can
from documents.models import Version
from documents.pages import HOW
from documents.reading import Change, redline
from governance import standing
from governance.models import Body, Side
from governance.shown import side_name, side_people
from meetings.models import AgendaItem, Meeting
from meetings.permissions import CALL_MEETING, SEE_MEETING
from steering import permissions as may
from steering.models import MemberView, Policy, Recommendation
from steering.presenters.draft import OUTCOMES, TAGS, Reader, Said, draft_html, said_about
from steering.presenters.steps import Action
from steering.services.review import recommendation_of, who_take_no_part
from steering.workflows import PolicyState


@dataclass(frozen=True)
class Redlined:
    """A paragraph of a redline, in the shape that `draft_html` draws with its comments beneath it."""

    block_id: UUID
    kind: str
    label: str
    html: SafeString
    text: str = ""

    @classmethod
    def of(cls, change: Change) -> Redlined:
        return cls(change.block_id, change.kind, change.label, _marked(change))


def _marked(change: Change) -> SafeString:
    if change.how not in HOW:
        return change.html
    return format_html(
        '<div class="app-change app-change--{}"><span class="app-change__how">{}</span>{}</div>',
        change.how,
        HOW[change.how],
        change.html,
    )


@dataclass(frozen=True)
class Stand:
    """How one side stood in a recommendation."""

    people: str
    in_favour: int
    against: int
    neither: int
    out: int = 0


class ReviewPage:
    """The page of one policy under review, for one person. Reads each thing once, when it is first asked for."""

    #: What is best read with the policy.
    READS = (
        "document__versions",
        "consultations",
        Prefetch("views", queryset=MemberView.objects.select_related("person")),
    )

    def __init__(self, policy: Policy, person: Any) -> None:
        self.policy = policy
        self.person = person
        self.version = policy.under_review
        self.consultation = policy.latest_consultation
        self.shared_versions = policy.shared_versions

    @property
    def asked_about(self) -> Version:
        """The version that people were asked about last; the one under review when nobody was asked."""
        asked = self.consultation.version_id if self.consultation else None
        return next((version for version in self.shared_versions if version.pk == asked), self.version)

    @cached_property
    def _changes(self) -> list[Change]:
        return redline(self.asked_about, self.version)

    @property
    def changed(self) -> int:
        """How many paragraphs are not as they were when people were asked."""
        return len({change.block_id for change in self._changes if change.how in HOW})

    @cached_property
    def _said(self) -> dict[UUID, list[Said]]:
        return said_about(self.policy)

    @property
    def comment_count(self) -> int:
        return sum(len(comments) for comments in self._said.values())

    @property
    def outcomes(self) -> list[tuple[str, str, int]]:
        """(words, colour of the tag, how many) for each kind of answer that was given."""
        counted = Counter(said.outcome for comments in self._said.values() for said in comments if said.outcome)
        return [(words, TAGS[name], counted[name]) for name, words in OUTCOMES.items() if counted[name]]

    @cached_property
    def draft(self) -> SafeString:
        """The redline in reading order, each paragraph with its comments and their answers beneath it."""
        where_it_is = [Redlined.of(change) for change in self._changes if not change.moved_out]
        base = reverse("steering:policy", args=[self.policy.pk])
        reader = Reader.of(self.person, base, self.shared_versions)
        return draft_html(where_it_is, self._said, reader)  # type: ignore[arg-type]

    # -- views ---------------------------------------------------------------------------------------------------

    @cached_property
    def _out(self) -> dict[int, Side]:
        return who_take_no_part(self.policy)

    @property
    def takes_no_part(self) -> bool:
        """The reader said that it concerns them and that they do not decide on it."""
        return self.person.pk in self._out

    @property
    def may_say_it_concerns_me(self) -> bool:
        """Before the group has decided, for those who sit there."""
        return self.policy.state == PolicyState.REVIEW and can(self.person, may.LEAVE_VIEW, self.policy)

    @cached_property
    def _views(self) -> list[MemberView]:
        """The views on this version; not those of people who said afterwards that they take no part."""
        views = [view for view in self.policy.views.all() if view.version_id == self.version.pk]
        return [view for view in views if view.person_id not in self._out] if views else []

    @property
    def mine(self) -> MemberView | None:
        return next((view for view in self._views if view.person_id == self.person.pk), None)

    @property
    def may_leave_view(self) -> bool:
        return self.may_say_it_concerns_me and not self.takes_no_part

    @property
    def may_read_views(self) -> bool:
        return can(self.person, may.READ_VIEWS, self.policy)

    @property
    def views(self) -> list[tuple[str, list[tuple[str, MemberView]]]]:
        """The views so far by side, both sides always there, each with how its author is called here.

        Members leave them for the group to read with their name. Whoever else may read them is told the side only.
        """
        by_name = can(self.person, may.KNOW_WHOSE_VIEWS, self.policy)
        by_side: dict[str, list[tuple[str, MemberView]]] = defaultdict(list)
        for view in self._views:
            who = view.person.name if by_name else side_name(view.side).capitalize()
            by_side[view.side].append((who, view))
        return [(side_people(side), by_side[side]) for side in Side]

    # -- the meeting and what it decided -------------------------------------------------------------------------

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting that decided; before that the newest one, planned or held, that has this version as a paper."""
        if self.recommendation:
            return self.recommendation.item.meeting
        items = AgendaItem.objects.filter(paper=self.version).exclude(meeting__state=Meeting.State.CANCELLED)
        newest = items.select_related("meeting__body").order_by("meeting__starts_at").last()
        return newest.meeting if newest else None

    @property
    def may_see_meeting(self) -> bool:
        """Whether its own page opens for this person: the governance lead reads the review and sits nowhere."""
        return can(self.person, SEE_MEETING, self.meeting)

    @property
    def call_url(self) -> str:
        """Where the secretary calls a meeting about this version; empty when there is one, or for others."""
        if self.policy.state != PolicyState.REVIEW or self.meeting:
            return ""
        offices = standing.of(self.person).offices
        body_id = next((body_id for body_id, kind, _, _ in offices if kind == Body.Kind.STEERING), None)
        if body_id is None or not can(self.person, CALL_MEETING, Body(pk=body_id)):
            return ""
        return f"{reverse('meetings:call', args=[body_id])}?paper={self.version.pk}"

    @cached_property
    def recommendation(self) -> Recommendation | None:
        return None if self.policy.state == PolicyState.REVIEW else recommendation_of(self.policy)

    @property
    def decided(self) -> Decided | None:
        return Decided(self.recommendation, stands_of(self.recommendation)) if self.recommendation else None

    @property
    def actions(self) -> list[Action]:
        found = deciding_actions(self.policy, self.person)
        said = self.recommendation
        waits = said and said.conditions and not said.conditions_met
        if waits and can(self.person, may.RECORD_RECOMMENDATION, self.policy):
            found.append(
                Action("Say how the conditions were met", reverse("steering:conditions", args=[self.policy.pk]))
            )
        return found


@dataclass(frozen=True)
class Decided:
    """What the Steering Group decided last, for everyone who takes part."""

    said: Recommendation
    stands: list[Stand]


def decided_of(policy: Policy) -> Decided | None:
    """The newest decision on any version of `policy`; None before there is one. One query, or none before review."""
    if policy.under_review_id is None:
        return None
    said = policy.recommendations.select_related("item__meeting").last()
    return Decided(said, stands_of(said)) if said else None


def stands_of(said: Recommendation) -> list[Stand]:
    """How each side stood, peers first."""
    return [
        Stand(side_people(Side.PEER), said.peers_for, said.peers_against, said.peers_neither, said.peers_out),
        Stand(side_people(Side.STAFF), said.staff_for, said.staff_against, said.staff_neither, said.staff_out),
    ]


#: What each page of deciding is called, in which states it may be used, and who may.
UNPUBLISHED = frozenset(PolicyState) - {PolicyState.PUBLISHED, PolicyState.WITHDRAWN, PolicyState.RATIFIED}
PAGES = (
    ("recommendation", "Record what the Steering Group decided", may.RECORD_RECOMMENDATION, {PolicyState.REVIEW}),
    (
        "equality",
        "Sign off the equality analysis",
        may.SIGN_OFF_EQUALITY,
        {PolicyState.REVIEW, PolicyState.RECOMMENDED, PolicyState.RATIFIED},
    ),
    ("ratification", "Record that a committee ratified it", may.RECORD_RATIFICATION, {PolicyState.RECOMMENDED}),
    ("publish", "Publish it", may.PUBLISH_POLICY, {PolicyState.RATIFIED}),
    ("publish", "See what is missing before it is published", may.PUBLISH_POLICY, UNPUBLISHED),
    ("evidence", "See the evidence", may.READ_EVIDENCE, set(PolicyState)),
)


def deciding_actions(policy: Policy, person: Any) -> list[Action]:
    """What `person` may do about deciding and publishing `policy` as it stands now; no query beyond who they are."""
    return [
        Action(words, reverse(f"steering:{name}", args=[policy.pk]))
        for name, words, permission, states in PAGES
        if policy.state in states and can(person, permission, policy)
    ]
