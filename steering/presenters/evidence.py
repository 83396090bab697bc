"""The proof of one policy: its versions and their hashes, who was asked, what was said, who decided, who was told.

People are named where they acted for the Trust. Peers are not, nor is anyone who was asked or who commented, until a
reason is given (`named=True`): to be named here tells of one's health.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Person
from audit.models import AuditEntry
from audit.services import entries_about
from documents.models import Version
from documents.reading import PlacedBlock, blocks_of_each
from documents.services import fingerprint_of
from governance.models import Constituency, Side, Term
from meetings.models import Meeting
from notifications.ledger import Fate, fates
from steering.models import Asked, Comment, Consultation, EqualityRecord, MemberView, Policy, Recommendation
from steering.presenters.acts import NAMELESS, in_words
from steering.presenters.draft import OUTCOMES, shown_name
from steering.presenters.names import side_name, side_people
from steering.presenters.reviewing import stands_of


@dataclass(frozen=True)
class Proof:
    """A version with the hash it was closed with, and the hash of its words as they stand now."""

    version: Version
    computed: str
    frozen_by: str

    @property
    def matches(self) -> bool:
        return self.version.sha256 == self.computed


@dataclass(frozen=True)
class Round:
    """One consultation in counts."""

    consultation: Consultation
    number: str
    asked: list[tuple[str, int]]
    comments: int
    answered: int


@dataclass(frozen=True)
class Remark:
    """One comment as its author chose to be shown, and its answer."""

    who: str
    side: str
    at: dt.datetime
    number: str
    read: str
    words: str
    outcome: str
    reason: str
    answered_by: str
    answered_at: dt.datetime | None
    changed_in: str


@dataclass(frozen=True)
class Act:
    at: dt.datetime
    who: str
    what: str


class Evidence:
    """Everything there is to prove about one policy. Reads each thing once, when it is first asked for."""

    def __init__(self, policy: Policy, *, named: bool = False) -> None:
        self.policy = policy
        self.title = policy.document.title
        self.named = named

    # -- versions ------------------------------------------------------------------------------------------------

    @cached_property
    def _frozen(self) -> list[Version]:
        return list(self.policy.document.versions.filter(frozen_at__isnull=False).select_related("frozen_by"))

    @cached_property
    def blocks(self) -> dict[UUID, list[PlacedBlock]]:
        """The blocks of each closed version."""
        return blocks_of_each(self._frozen)

    @cached_property
    def proofs(self) -> list[Proof]:
        """Each closed version, oldest first, with its hash taken again now."""
        return [
            Proof(version, fingerprint_of(self.blocks[version.pk]), self.who(version.frozen_by))
            for version in self._frozen
        ]

    @property
    def all_match(self) -> bool:
        return all(proof.matches for proof in self.proofs)

    def number_of(self, version_id: UUID | None) -> str:
        return next((version.number for version in self._frozen if version.pk == version_id), "")

    # -- who was asked, what they said -----------------------------------------------------------------------------

    @cached_property
    def rounds(self) -> list[Round]:
        """Each consultation, oldest first: how many of each side were asked, how many comments, how many answered."""
        counted = self.policy.consultations.annotate(
            peers=_number_of(Asked.objects.filter(side=Side.PEER)),
            staff=_number_of(Asked.objects.filter(side=Side.STAFF)),
            said=_number_of(Comment.objects.all()),
            answered=_number_of(Comment.objects.filter(answer__isnull=False)),
        )
        return [
            Round(
                each,
                self.number_of(each.version_id),
                [(side_people(Side.PEER), each.peers), (side_people(Side.STAFF), each.staff)],
                each.said,
                each.answered,
            )
            for each in counted
        ]

    @cached_property
    def remarks(self) -> list[Remark]:
        """Every comment in the order it was sent, with its answer."""
        found = Comment.objects.filter(consultation__policy=self.policy).select_related(
            "author", "text_seen", "answer__by"
        )
        return [self._remark(comment) for comment in found]

    def _remark(self, comment: Comment) -> Remark:
        answer = getattr(comment, "answer", None)
        who = shown_name(comment.shown_as, comment.side, comment.author.name)
        return Remark(
            who=f"{who} ({comment.author.name})" if self.named and who != comment.author.name else who,
            side=comment.get_side_display(),
            at=comment.sent_at,
            number=self.number_of(comment.version_id),
            read=f"{comment.text_seen.label} {comment.text_seen.text}".strip(),
            words=comment.words,
            outcome=OUTCOMES[answer.outcome] if answer else "Not answered",
            reason=answer.reason if answer else "",
            answered_by=self.who(answer.by) if answer else "",
            answered_at=answer.at if answer else None,
            changed_in=self.number_of(answer.changed_in_id) if answer else "",
        )

    @cached_property
    def recipients(self) -> list[Asked]:
        """Everyone who was asked, by name. Only for whoever gave a reason."""
        found = Asked.objects.filter(consultation__policy=self.policy).select_related("person", "consultation")
        return list(found.order_by("consultation__opens_at", "side", "person__name", "person_id"))

    # -- who decided ---------------------------------------------------------------------------------------------

    @cached_property
    def views(self) -> list[tuple[str, list[tuple[str, MemberView]]]]:
        """The views of Steering Group members by side, each with how its author is called here."""
        by_side: dict[str, list[tuple[str, MemberView]]] = defaultdict(list)
        for view in MemberView.objects.filter(policy=self.policy).select_related("person"):
            who = view.person.name if self.named else side_name(view.side).capitalize()
            by_side[view.side].append((who, view))
        return [(side_people(side), by_side[side]) for side in Side]

    @cached_property
    def recommendations(self) -> list[tuple[Recommendation, list[Any], str]]:
        """What the Steering Group decided each time, how each side stood, and who recorded it."""
        found = Recommendation.objects.filter(policy=self.policy)
        joined = found.select_related("item__meeting", "by", "conditions_met_by")
        return [(said, stands_of(said), self.who(said.by)) for said in joined]

    @cached_property
    def equality(self) -> list[tuple[EqualityRecord, str]]:
        """Screening and sign-offs, oldest first, with who recorded each."""
        found = EqualityRecord.objects.filter(policy=self.policy).select_related("by")
        return [(record, self.who(record.by)) for record in found]

    @property
    def ratification(self) -> Any:
        return getattr(self.policy, "ratification", None)

    @property
    def publication(self) -> Any:
        return getattr(self.policy, "publication", None)

    # -- names ---------------------------------------------------------------------------------------------------

    @cached_property
    def _peers(self) -> frozenset[int]:
        """Ids of those who hold, or held, a peer seat anywhere."""
        return frozenset(Term.objects.filter(seat__constituency=Constituency.PEER).values_list("person_id", flat=True))

    def who(self, person: Any) -> str:
        """How someone who acted is called: by name, unless they are a peer and no reason was given."""
        if person is None:
            return "The system"
        if self.named or person.pk not in self._peers:
            return person.name
        return side_name(Side.PEER).capitalize()

    # -- what was done, and who was told ---------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> list[Model]:
        """What either log may be about: the policy, its drafts, comments, meetings and publication."""
        document = self.policy.document
        comments = Comment.objects.filter(consultation__policy=self.policy).only("pk")
        meetings = Meeting.objects.filter(items__paper__document=document).only("pk").distinct()
        published = [self.publication] if self.publication else []
        rounds = self.policy.consultations.all()
        return [self.policy, document, *document.versions.all(), *rounds, *comments, *meetings, *published]

    @property
    def entries(self) -> QuerySet[AuditEntry]:
        """The audit log of all this, oldest first. One query, however many rows it is about."""
        return entries_about(*self._rows)

    def act(self, entry: AuditEntry) -> Act:
        """One entry of the audit log as a sentence."""
        is_nameless = entry.verb in NAMELESS and not self.named
        who = "A member" if is_nameless else self.who(entry.actor)
        return Act(entry.at, who, in_words(entry.verb))

    @cached_property
    def fates(self) -> list[Fate]:
        """What became of each message about all this, oldest first."""
        return fates(self._rows)

    @property
    def message_counts(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """For each kind of message: why it is sent, and how many stand where."""
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for fate in self.fates:
            counted[fate.purpose][fate.in_words.capitalize()] += 1
        return [(purpose, counts.most_common()) for purpose, counts in counted.items()]

    @cached_property
    def _recipients_by_id(self) -> dict[int, Person]:
        return Person.objects.in_bulk({fate.recipient_id for fate in self.fates} - {None})

    def recipient_of(self, fate: Fate) -> str:
        """To whom a message went: by name only for whoever gave a reason."""
        person = self._recipients_by_id.get(fate.recipient_id) if self.named else None
        return person.name if person else "One person"


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` belong to each consultation, counted apart from any other."""
    mine = rows.filter(consultation=OuterRef("pk")).order_by().values("consultation")
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)
