"""Policies at each point of their life, with the words, comments and answers of one small story.

`policy_in_drafting` … `policy_published` each do all that comes before. Canary words stand where nobody but those who
take part may read them: no public page may hold one.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db import connection

from core import clock
from documents import services as documents
from documents.models import Block, BlockText, Version
from documents.reading import blocks_of
from governance.models import Side
from meetings.models import AgendaItem, Meeting, Reply
from notifications.services import post
from steering.models import Answer, Asked, Comment, Consultation, EqualityRecord, Policy, Publication, Recommendation
from steering.models.comments import ShownAs
from steering.notifications import deciding
from steering.services import publication, review
from steering.workflows import PolicyState
from tests.cast import Cast

CANARY_COMMENT = "Cancommentary words"
CANARY_VIEW = "Canviewary words"
TITLE = "Induction Plan for Peer Support Workers"

WORDS = [
    {"kind": "heading", "level": 1, "label": "1", "text": "What this is for"},
    {"kind": "paragraph", "level": 0, "label": "1.1", "text": "This is about the first weeks of a new worker."},
    {"kind": "paragraph", "level": 0, "label": "1.2", "text": "A line manager meets the worker each month."},
    {"kind": "heading", "level": 1, "label": "2", "text": "Who helps"},
    {"kind": "paragraph", "level": 0, "label": "2.1", "text": "A peer supervisor meets the worker each fortnight."},
]


@dataclass
class Story:
    """A policy and what has happened to it so far."""

    cast: Cast
    policy: Policy
    first: Version
    consultation: Consultation | None = None
    second: Version | None = None
    comments: list[Comment] = field(default_factory=list)
    item: AgendaItem | None = None
    recommendation: Recommendation | None = None
    publication: Publication | None = None

    def block(self, number: int) -> Block:
        """The paragraph at a place of the first draft, counted from 0."""
        return Block.objects.get(pk=blocks_of(self.first)[number].block_id)


def policy_in_drafting(cast: Cast, *, title: str = TITLE) -> Story:
    """Draft 0.1 is open; the policy belongs to the cast's Task Group."""
    document = documents.start_document_from_blocks(by=cast.grace, title=title, blocks=WORDS)
    policy = Policy.objects.create(document=document, body=cast.group, made_at=clock.now(), made_by=cast.grace)
    return Story(cast, policy, document.versions.get())


def policy_out_for_comment(cast: Cast, **options: str) -> Story:
    """Draft 0.1 is frozen; the Network and the Task Group were asked; two peers and one of staff commented."""
    story = policy_in_drafting(cast, **options)
    story.first = documents.freeze(by=cast.grace, version=story.first)
    story.consultation = Consultation.objects.create(
        policy=story.policy,
        version=story.first,
        purpose="Does this say what a new worker needs?",
        summary="What happens in the first weeks, and who helps.",
        opens_at=clock.now() - dt.timedelta(days=20),
        closes_at=clock.now() - dt.timedelta(days=1),
        contact_name="Grace Hollowbank",
        contact_phone="020 7946 0100",
        opened_by=cast.grace,
    )
    story.consultation.bodies.set([cast.network, cast.group])
    for person, side in _asked(cast):
        Asked.objects.create(consultation=story.consultation, person=person, side=side)
    EqualityRecord.objects.create(
        policy=story.policy,
        version=story.first,
        stage=EqualityRecord.Stage.SCREENING,
        impact=EqualityRecord.Impact.NONE,
        words="Nothing was found at screening.",
        by=cast.yetunde,
        at=clock.now(),
    )
    _move(story, PolicyState.CONSULTING)
    story.comments = [
        comment(story, cast.ishani, place=2),
        comment(story, cast.cass, place=2, shown_as=ShownAs.NAME),
        comment(story, cast.samuel, place=4, side=Side.STAFF, shown_as=ShownAs.SIDE),
    ]
    return story


def _asked(cast: Cast) -> list[tuple[object, Side]]:
    peers = [(person, Side.PEER) for person in (cast.ishani, cast.tunde, cast.cass, cast.morgan)]
    return [*peers, *((person, Side.STAFF) for person in (cast.priya, cast.samuel, cast.nadia))]


def comment(story: Story, author, *, place: int, side: Side = Side.PEER, shown_as=ShownAs.MEMBER) -> Comment:  # noqa: ANN001
    """One more comment on a paragraph of the first draft."""
    placed = blocks_of(story.first)[place]
    return Comment.objects.create(
        consultation=story.consultation,
        block_id=placed.block_id,
        version=story.first,
        text_seen_id=placed.text_id,
        author=author,
        side=side,
        shown_as=shown_as,
        words=f"{CANARY_COMMENT} of {author.get_short_name()}: please say more.",
        sent_at=clock.now() - dt.timedelta(days=5) + dt.timedelta(minutes=story.consultation.comments.count()),
    )


def policy_under_review(cast: Cast, **options: str) -> Story:
    """Draft 0.2 changed one paragraph after a comment; every comment has its answer; the Steering Group has it."""
    story = policy_out_for_comment(cast, **options)
    story.second = documents.open_next_version(by=cast.tunde, document=story.policy.document)
    placed = blocks_of(story.second)[2]
    block = Block.objects.get(pk=placed.block_id)
    documents.edit_block(
        by=cast.tunde,
        version=story.second,
        block=block,
        seen=block.texts.get(pk=placed.text_id),
        text="A line manager meets the worker every week for the first three months.",
    )
    story.second = documents.freeze(by=cast.tunde, version=story.second)
    answer(story, story.comments[0], Answer.Outcome.ACCEPTED, changed_in=story.second)
    answer(story, story.comments[1], Answer.Outcome.PARTLY, changed_in=story.second)
    answer(story, story.comments[2], Answer.Outcome.NOTED)
    _move(story, PolicyState.REVIEW, under_review=story.second)
    return story


def answer(story: Story, to: Comment, outcome: Answer.Outcome, changed_in: Version | None = None) -> Answer:
    return Answer.objects.create(
        comment=to,
        outcome=outcome,
        reason=f"We read this with care: {outcome.label.lower()}.",
        changed_in=changed_in,
        by=story.cast.priya,
        at=clock.now(),
    )


def meeting_held(story: Story, *, present=None, body=None, paper: Version | None = None) -> AgendaItem:  # noqa: ANN001
    """The Steering Group met yesterday about the version under review: two peers and two staff, unless told."""
    cast = story.cast
    began = clock.now() - dt.timedelta(days=1)
    meeting = Meeting.objects.create(
        body=body or cast.steering,
        starts_at=began,
        ends_at=began + dt.timedelta(hours=2),
        place="Room 2, Riverside House",
        state=Meeting.State.HELD,
        called_at=began - dt.timedelta(days=14),
        called_by=cast.grace,
        held_at=clock.now(),
        held_by=cast.grace,
    )
    everyone = [(cast.tunde, Side.PEER), (cast.cass, Side.PEER), (cast.samuel, Side.STAFF), (cast.yetunde, Side.STAFF)]
    for person, side in present if present is not None else everyone:
        Reply.objects.create(meeting=meeting, person=person, was_there=True, side=side)
    story.item = AgendaItem.objects.create(
        meeting=meeting, number=1, title="A draft to agree", paper=paper or story.second
    )
    return story.item


def said(story: Story, **changes: object) -> dict[str, object]:
    """What `record_recommendation` takes for a plain yes of two peers and two staff, with `changes`."""
    counts = {"peers_for": 2, "peers_against": 0, "peers_neither": 0, "staff_for": 2, "staff_against": 0}
    return {
        "by": story.cast.grace,
        "policy": story.policy,
        "item": story.item,
        "outcome": Recommendation.Outcome.RECOMMENDED,
        "reasons": "It says what a new worker needs.",
        "conditions": "",
        **counts,
        "staff_neither": 0,
        "form_key": uuid.uuid4(),
        **changes,
    }


def policy_recommended(cast: Cast, *, title: str = TITLE, **changes: object) -> Story:
    """The Steering Group met and recommended draft 0.2."""
    story = policy_under_review(cast, title=title)
    meeting_held(story)
    story.recommendation = review.record_recommendation(**said(story, **changes))
    story.policy.refresh_from_db()
    return story


def sign_off(story: Story, impact: EqualityRecord.Impact = EqualityRecord.Impact.POSITIVE) -> EqualityRecord:
    return review.record_equality_sign_off(
        by=story.cast.yetunde, policy=story.policy, impact=impact, words="Looked at for each protected group."
    )


def ratify(story: Story, **changes: object) -> object:
    facts = {"committee": "People Committee", "decided_on": clock.today(), "minute_reference": "PC/2026/41"}
    ratified = review.record_ratification(by=story.cast.owen, policy=story.policy, **{**facts, **changes})
    story.policy.refresh_from_db()
    return ratified


def policy_ratified(cast: Cast, **options: str) -> Story:
    """Recommended, signed off and ratified: ready to publish."""
    story = policy_recommended(cast, **options)
    sign_off(story)
    ratify(story)
    return story


def to_publish(story: Story, **changes: object) -> dict[str, object]:
    """What `publish` takes, with `changes`."""
    return {
        "by": story.cast.owen,
        "policy": story.policy,
        "reference": "PSW-01",
        "executive_lead": "Dr Helen Mossbridge",
        "audience": "All staff and peers",
        "effective_from": clock.today() + dt.timedelta(days=10),
        "review_on": clock.today() + dt.timedelta(days=3 * 365),
        "slug": "induction-plan",
        **changes,
    }


def policy_published(cast: Cast, *, title: str = TITLE, **changes: object) -> Story:
    """Published as 1.0."""
    story = policy_ratified(cast, title=title)
    story.publication = publication.publish(**to_publish(story, **changes))
    story.policy.refresh_from_db()
    return story


def tamper_with(version: Version) -> None:
    """Change the words of a closed version behind the product's back, as an owner of the database could."""
    table = " ON documents_blocktext" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER text_is_append_only_update{table}")
    BlockText.objects.filter(placings__version=version).update(text="Tampered with.")


def _move(story: Story, state: PolicyState, **also: object) -> None:
    Policy.objects.filter(pk=story.policy.pk).update(state=state, **also)
    story.policy.refresh_from_db()


def post_again(story: Story, person) -> None:  # noqa: ANN001
    """One more message about the policy, as if it had been decided on again."""
    post(kind=deciding.DECIDED, recipients=[person], occasion=f"again {uuid.uuid4()}", about=story.policy)
