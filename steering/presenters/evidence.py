"""The proof of one policy: its versions and their hashes, who was asked, what was said, who decided, who was told.

People are named where they acted for the Trust. Peers are not, nor is anyone who was asked, until a reason is given
(`named=True`): to be named here tells of one's health. Who wrote a comment is shown as they chose, and no reason
changes that: neither beside the comment, nor in the log, nor as the one to whom its answer went.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from accounts.models import Person
from audit.models import AuditEntry
from audit.services import entries_about
from documents.models import Version
from documents.reading import PlacedBlock, blocks_of_each
from documents.services import fingerprint_of
from governance.models import Constituency, Side, Term
from governance.shown import ShownAs, shown_name, side_name, side_people
from meetings.models import Meeting
from notifications.ledger import Fate, fates
from steering.models import (
    Asked,
    Comment,
    Consultation,
    EqualityRecord,
    MemberView,
    Policy,
    Publication,
    Recommendation,
)
from steering.presenters.acts import NAMELESS, in_words
from steering.presenters.draft import OUTCOMES
from steering.presenters.reviewing import stands_of

#: Acts that are never given a name: it would tell who wrote a comment.
OF_AUTHORS = frozenset({"steering.sent_comment"})
#: What messages are about that went to all who were asked, or sit there. Others went to those who commented.
TOLD_ALL = frozenset(model._meta.label for model in (Consultation, Meeting, Publication))


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
        frozen = Version.objects.filter(document=self.policy.document, frozen_at__isnull=False)
        return list(frozen.select_related("frozen_by").annotate(by_a_peer=_is_peer("frozen_by")))

    @cached_property
    def blocks(self) -> dict[UUID, list[PlacedBlock]]:
        """The blocks of each closed version."""
        return blocks_of_each(self._frozen)

    @cached_property
    def proofs(self) -> list[Proof]:
        """Each closed version, oldest first, with its hash taken again now."""
        return [
            Proof(version, fingerprint_of(self.blocks[version.pk]), self.who(version.frozen_by, version.by_a_peer))
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

    @property
    def comments(self) -> QuerySet[Comment]:
        """Every comment in the order it was sent, with its answer."""
        found = Comment.objects.filter(consultation__policy=self.policy)
        return found.select_related("author", "text_seen", "answer__by").annotate(by_a_peer=_is_peer("answer__by"))

    @cached_property
    def remarks(self) -> list[Remark]:
        """Every comment as it may be shown."""
        return [self.remark(comment) for comment in self.comments]

    def remark(self, comment: Comment) -> Remark:
        """One comment and its answer, its author called what they chose to be called."""
        answer = getattr(comment, "answer", None)
        return Remark(
            who=shown_name(comment.shown_as, comment.side, comment.author.name),
            side="" if comment.shown_as == ShownAs.MEMBER else comment.get_side_display(),
            at=comment.sent_at,
            number=self.number_of(comment.version_id),
            read=f"{comment.text_seen.label} {comment.text_seen.text}".strip(),
            words=comment.words,
            outcome=OUTCOMES[answer.outcome] if answer else "Not answered",
            reason=answer.reason if answer else "",
            answered_by=self.who(answer.by, comment.by_a_peer) if answer else "",  # type: ignore[attr-defined]
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
        joined = found.select_related("item__meeting", "by").annotate(by_a_peer=_is_peer("by"))
        return [(said, stands_of(said), self.who(said.by, said.by_a_peer)) for said in joined]

    @cached_property
    def equality(self) -> list[tuple[EqualityRecord, str]]:
        """Screening and sign-offs, oldest first, with who recorded each."""
        found = EqualityRecord.objects.filter(policy=self.policy).select_related("by")
        return [(record, self.who(record.by, record.by_a_peer)) for record in found.annotate(by_a_peer=_is_peer("by"))]

    @property
    def ratification(self) -> Any:
        return getattr(self.policy, "ratification", None)

    @property
    def publication(self) -> Any:
        return getattr(self.policy, "publication", None)

    # -- names ---------------------------------------------------------------------------------------------------

    def who(self, person: Any, is_peer: bool) -> str:
        """How someone who acted is called: by name, unless they are a peer and no reason was given."""
        if person is None:
            return "the system"
        return side_name(Side.PEER) if is_peer and not self.named else person.name

    def who_alone(self, person: Any) -> str:
        """As `who`, where nothing was read beside the person. One query."""
        return self.who(person, Term.objects.filter(person=person, seat__constituency=Constituency.PEER).exists())

    # -- what was done, and who was told ---------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> list[Model]:
        """What either log may be about: the policy, its drafts, comments, meetings and publication. Two queries."""
        document = self.policy.document
        versions = Version.objects.filter(document=document).values_list("pk", "agenda_items__meeting")
        rounds = Consultation.objects.filter(policy=self.policy).values_list("pk", "comments__pk")
        published = [self.publication] if self.publication else []
        return [
            self.policy,
            document,
            *_each_once(versions, Version, Meeting),
            *_each_once(rounds, Consultation, Comment),
            *published,
        ]

    @property
    def entries(self) -> QuerySet[AuditEntry]:
        """The audit log of all this, oldest first. One query, however many rows it is about."""
        return entries_about(*self._rows).annotate(by_a_peer=_is_peer("actor"))

    def act(self, entry: AuditEntry) -> Act:
        """One entry of the audit log as a sentence."""
        is_nameless = entry.verb in OF_AUTHORS or (entry.verb in NAMELESS and not self.named)
        who = "a member" if is_nameless else self.who(entry.actor, entry.by_a_peer)
        return Act(entry.at, capfirst(who), in_words(entry.verb))

    @cached_property
    def fates(self) -> list[Fate]:
        """What became of each message about all this: those of one purpose together, oldest first."""
        return sorted(fates(self._rows), key=lambda fate: (fate.purpose, fate.posted_at, fate.number))

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
        """To whom a message went: by name only for whoever gave a reason, and never where that tells who commented."""
        is_named = self.named and fate.about_type in TOLD_ALL
        person = self._recipients_by_id.get(fate.recipient_id) if is_named else None
        return person.name if person else "One person"


def _each_once(pairs: Iterable[tuple[Any, Any]], one: type[Model], other: type[Model]) -> list[Model]:
    """A row of `one` for each first key, and of `other` for each second key that is there, without reading them."""
    keys = dict.fromkeys((model, key) for pair in pairs for model, key in zip((one, other), pair, strict=True) if key)
    return [model(pk=key) for model, key in keys]


def _is_peer(who: str) -> Exists:
    """Whether the person in the field `who` holds, or held, a peer seat anywhere."""
    return Exists(Term.objects.filter(person=OuterRef(who), seat__constituency=Constituency.PEER))


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` belong to each consultation, counted apart from any other."""
    mine = rows.filter(consultation=OuterRef("pk")).order_by().values("consultation")
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)
