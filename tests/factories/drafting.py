"""A draft on its way from a Word file to its answers, made by the verbs of the product itself."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from accounts.models import Person
from core import clock
from documents.models import Block, BlockText, Placing, Upload, Version
from governance import standing
from steering.models import Comment, Consultation, EqualityRecord, Policy
from steering.services import comments, consultations, policies
from tests.cast import Cast

TABLE = '{"head":[["When","What"]],"rows":[["Week 1","Meet the team"]]}'
READ = [
    {"kind": "heading", "level": 1, "label": "1", "text": "What this is for"},
    {"kind": "paragraph", "level": 0, "label": "1.1", "text": "A new worker meets their team in the first week."},
    {"kind": "list_item", "level": 0, "label": "(a)", "text": "They get a named person to ask."},
    {
        "kind": "table",
        "level": 0,
        "label": "",
        "text": '{"head":[["When","What"]],"rows":[["Week 1","Meet the team"]]}',
    },
    {"kind": "paragraph", "level": 0, "label": "", "text": "Supervision takes place every four weeks."},
]
TITLE = "Induction Plan for Peer Support Workers"


def upload_of(person: Person) -> Upload:
    """What was read from a Word file and not saved yet."""
    return Upload.objects.create(
        by=person, at=clock.now(), file_name="plan.docx", title=TITLE, blocks=READ, left_out=["1 picture was left out."]
    )


def drafted(cast: Cast, **changes: Any) -> Policy:
    """Draft 0.1, open, of the cast's Task Group."""
    upload = upload_of(cast.grace)
    facts = {"by": cast.grace, "body": cast.group, "title": TITLE, "upload": upload, "form_key": upload.pk}
    return policies.start_policy(**{**facts, **changes})


def made_ready(cast: Cast, policy: Policy) -> Policy:
    """Both co-leads have said that the open draft is ready."""
    for person in (cast.tunde, cast.priya):
        standing.forget(person)
        policies.say_ready(by=person, policy=policy)
    return policy


def opening(cast: Cast, policy: Policy, **changes: Any) -> dict[str, Any]:
    """What `open_consultation` takes, with `changes`."""
    facts = {
        "by": cast.grace,
        "policy": policy,
        "purpose": "Does this say what a new worker needs?",
        "summary": "What happens in the first weeks, and who helps.",
        "rung": Consultation.Rung.COMMENT,
        "bodies": [cast.network, cast.group],
        "closes_at": consultations.end_of(clock.today() + dt.timedelta(days=28)),
        "contact_name": "Grace Hollowbank",
        "contact_phone": "020 7946 0100",
        "impact": EqualityRecord.Impact.NONE,
        "screening": "We looked at each protected group.",
        "form_key": uuid.uuid4(),
    }
    return {**facts, **changes}


def out_for_comment(cast: Cast, **changes: Any) -> Consultation:
    """Draft 0.1 is fixed, and the Network and the Task Group have been asked."""
    policy = made_ready(cast, drafted(cast))
    return consultations.open_consultation(**opening(cast, policy, **changes))


def text_at(version: Version, place: int) -> BlockText:
    """The text at a place of a version, counted from 0."""
    return Placing.objects.select_related("text__block").filter(version=version).order_by("rank")[place].text


def sent(
    consultation: Consultation,
    author: Person,
    *,
    place: int = 1,
    words: str = "Please say who.",
    shown_as: str = "member",
) -> Comment:
    """A comment on a paragraph of the version that was opened."""
    seen = text_at(consultation.version, place)
    draft = comments.save_words(
        by=author,
        consultation=consultation,
        version=consultation.version,
        text_seen=seen,
        words=words,
        shown_as=shown_as,
    )
    return comments.send_comment(by=author, consultation=consultation, block=seen.block, form_key=draft.form_key)


def next_draft(
    cast: Cast, policy: Policy, *, place: int = 1, text: str = "A new worker meets their team on day one."
) -> Version:
    """Draft 0.2, open, with one paragraph changed."""
    version = policies.start_next_draft(by=cast.tunde, policy=policy)
    seen = text_at(version, place)
    policies.edit_paragraph(by=cast.tunde, policy=policy, block=seen.block, seen=seen, text=text)
    return version


def block_at(version: Version, place: int) -> Block:
    return text_at(version, place).block
