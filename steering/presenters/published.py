"""A published policy, as anyone may read it: its control block, its contents, and what people said in counts.

Nothing here names or quotes a person who was asked or who commented.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from core.said import nhs_date
from documents import markup
from documents.models import Version
from documents.reading import PlacedBlock, blocks_of
from governance.models import Side
from helplines.models import HelpContact
from steering.models import Answer, Asked, Comment, EqualityRecord, Publication, Recommendation
from steering.presenters.draft import OUTCOMES, TAGS, contents_of

#: Fewer peers than this are not counted in public: who knows one of them would know what they said.
FEWEST_TO_TELL = 3
#: Words of a paragraph that say which one it is.
FIRST_WORDS = 12


@dataclass(frozen=True)
class ChangeLine:
    """One line of the change log."""

    number: str
    day: str
    what: str


@dataclass(frozen=True)
class DidLine:
    """What became of one or more comments on a paragraph: the answer, why, and how many had it."""

    outcome: str
    colour: str
    reason: str
    changed_in: str
    comments: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that people commented on, and what the group did about it."""

    name: str
    anchor: str
    comments: int
    did: list[DidLine]


class PublishedPolicy:
    """One publication. Reads each thing once, when it is first asked for."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.policy = publication.policy
        self.title = self.policy.document.title

    @cached_property
    def blocks(self) -> list[PlacedBlock]:
        return blocks_of(self.publication.version)

    @property
    def contents(self) -> list[tuple[str, str]]:
        """(anchor, words) of its main headings."""
        return contents_of(self.blocks)

    # -- the control block ---------------------------------------------------------------------------------------

    @cached_property
    def control(self) -> list[tuple[str, str]]:
        """(what, words) of everything a reader needs to know about where this policy comes from."""
        published, ratified, said = self.publication, self.policy.ratification, self._recommendation
        met_on = nhs_date(said.item.meeting.starts_at)
        return [
            ("Title", self.title),
            ("Reference", published.reference),
            ("Document type", "Policy"),
            ("Version", published.version.number),
            ("Status", "Trust policy: ratified and published"),
            ("Owner and author", f"{self.policy.body.name} (Task Group)"),
            ("Executive lead", published.executive_lead),
            ("Responsible committee", ratified.committee),
            ("Approved by", f"{said.item.meeting.body.name}, {met_on}"),
            ("Ratified by", f"{ratified.committee}, {nhs_date(ratified.decided_on)} ({ratified.minute_reference})"),
            ("Effective from", nhs_date(published.effective_from)),
            ("Review date", nhs_date(published.review_on)),
            ("Who it is for", published.audience),
            ("Replaces", published.supersedes or "Nothing: this is a new policy"),
            ("Equality analysis", self._equality_words),
            ("Consulted", self.consulted_words),
            ("Other formats", self._other_formats),
        ]

    @cached_property
    def _recommendation(self) -> Recommendation:
        said = Recommendation.objects.select_related("item__meeting__body")
        return said.get(policy=self.policy, version=self.policy.under_review_id)

    @property
    def _equality_words(self) -> str:
        found = EqualityRecord.objects.filter(
            policy=self.policy, version=self.policy.under_review_id, stage=EqualityRecord.Stage.SIGN_OFF
        ).last()
        return f"Signed off {nhs_date(found.at)}: {found.get_impact_display().lower()}" if found else ""

    @cached_property
    def asked(self) -> dict[str, int]:
        """How many people of each side were asked, each counted once."""
        rows = Asked.objects.filter(consultation__policy=self.policy).values_list("side")
        return dict(rows.annotate(Count("person", distinct=True)))

    @property
    def consulted_words(self) -> str:
        """How many of each side were asked; of few peers only that they were few, because anyone may read this."""
        peers, staff = self.asked.get(Side.PEER, 0), self.asked.get(Side.STAFF, 0)
        few = f"fewer than {FEWEST_TO_TELL}" if 0 < peers < FEWEST_TO_TELL else str(peers)
        return f"{few[0].upper()}{few[1:]} {settings.WORDS['peer']}s and {staff} staff were asked"

    @property
    def _other_formats(self) -> str:
        person = HelpContact.objects.filter(kind=HelpContact.Kind.PERSON).first()
        if person is None:
            return "Ask the Trust for this policy in another format"
        return f"To get this in another format, or on paper, call {person.name} on {person.phone}"

    @cached_property
    def changes(self) -> list[ChangeLine]:
        """The change log, oldest first."""
        answered = Answer.objects.filter(comment__consultation__policy=self.policy, changed_in__isnull=False)
        counted = dict(answered.values_list("changed_in").annotate(Count("comment")))
        versions = self.policy.document.versions.filter(frozen_at__isnull=False)
        return [
            ChangeLine(version.number, nhs_date(version.frozen_at), self._what(version, counted.get(version.pk, 0)))
            for version in versions
        ]

    def _what(self, version: Version, answers: int) -> str:
        if version.pk == self.publication.version_id:
            return "Published, word for word as it was ratified"
        if answers:
            return f"Changed after {answers} {'comment' if answers == 1 else 'comments'}"
        return "First draft" if (version.major, version.minor) == (0, 1) else "Next draft"

    @property
    def etag(self) -> str:
        """Changes with the words of the policy and with its control block, and with nothing else."""
        said = json.dumps([self.publication.version.sha256, self.control], ensure_ascii=False)
        return f'"{hashlib.sha256(said.encode()).hexdigest()}"'

    # -- we asked, you said, we did ------------------------------------------------------------------------------

    @cached_property
    def _answered(self) -> dict[UUID, list[tuple[str, str, str]]]:
        """(outcome, reason, draft it changed) of each comment, by paragraph."""
        rows = Comment.objects.filter(consultation__policy=self.policy, answer__isnull=False).values_list(
            "block_id", "answer__outcome", "answer__reason", "answer__changed_in__major", "answer__changed_in__minor"
        )
        by_block: dict[UUID, list[tuple[str, str, str]]] = defaultdict(list)
        for block_id, outcome, reason, major, minor in rows:
            by_block[block_id].append((outcome, reason, "" if major is None else f"{major}.{minor}"))
        return by_block

    @property
    def comment_count(self) -> int:
        return sum(len(answers) for answers in self._answered.values())

    @property
    def outcomes(self) -> list[tuple[str, str, int]]:
        """(words, colour of the tag, how many) for each kind of answer that was given."""
        counted = Counter(outcome for answers in self._answered.values() for outcome, _, _ in answers)
        return [(words, TAGS[name], counted[name]) for name, words in OUTCOMES.items() if counted[name]]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Each paragraph that people commented on, in the order of the policy; those taken out since stand last."""
        left = dict(self._answered)
        found = [
            _paragraph(_first_words(block), block.anchor, left.pop(block.block_id))
            for block in self.blocks
            if block.block_id in left
        ]
        return [*found, *(_paragraph("A paragraph that was taken out", "", answers) for answers in left.values())]


def _first_words(block: PlacedBlock) -> str:
    if block.kind == "table":
        return "A table"
    words = markup.plain(block.text).split()
    return " ".join([block.label, *words[:FIRST_WORDS]]).strip() + ("…" if len(words) > FIRST_WORDS else "")


def _paragraph(name: str, anchor: str, answers: list[tuple[str, str, str]]) -> Paragraph:
    did = [
        DidLine(OUTCOMES[outcome], TAGS[outcome], reason, changed_in, count)
        for (outcome, reason, changed_in), count in Counter(answers).items()
    ]
    return Paragraph(name, anchor, len(answers), did)
