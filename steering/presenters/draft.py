"""The draft as its readers see it: every paragraph, what was said about it, and what was answered.

One page may carry thousands of comments, so its list is built here from plain tuples: nothing is looked up, rendered
by a template or reversed for each comment. Every word that a person wrote goes through `escape`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from html import escape
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from core.columns import UuidText
from core.said import nhs_date
from documents import markup
from documents.models import BlockText, Version
from documents.reading import PlacedBlock
from documents.rendering import block_html
from governance.shown import shown_name
from steering.models import Answer, Comment, Consultation, Policy

#: More comments than this on one paragraph are folded away, so that the draft can still be read.
FOLD_FROM = 4
OUTCOMES = {str(value): str(label) for value, label in Answer.Outcome.choices}
TAGS = {
    "accepted": "green",
    "partly": "aqua-green",
    "not_accepted": "orange",
    "noted": "grey",
    "out_of_scope": "grey",
}


class Said(NamedTuple):
    """One comment and its answer, as read from the database in one row."""

    id: str
    block_id: str
    text_seen_id: int
    author_id: int
    name: str
    side: str
    shown_as: str
    words: str
    sent_at: dt.datetime
    outcome: str | None
    reason: str | None
    changed_in: UUID | None


COLUMNS = (
    UuidText("id"),
    UuidText("block_id"),
    "text_seen_id",
    "author_id",
    "author__name",
    "side",
    "shown_as",
    "words",
    "sent_at",
    "answer__outcome",
    "answer__reason",
    "answer__changed_in_id",
)


def said_in(consultations: Iterable[Consultation]) -> dict[UUID, list[Said]]:
    """Every comment sent in these consultations with its answer, by paragraph, oldest first. One query."""
    return _by_paragraph(Comment.objects.filter(consultation__in=[each.pk for each in consultations]))


def said_about(policy: Policy) -> dict[UUID, list[Said]]:
    """Every comment on a policy's drafts with its answer, by paragraph, oldest first. One query."""
    return _by_paragraph(Comment.objects.filter(consultation__policy=policy))


def _by_paragraph(comments: QuerySet[Comment]) -> dict[UUID, list[Said]]:
    by_text: dict[str, list[Said]] = defaultdict(list)
    for row in comments.order_by("sent_at", "id").values_list(*COLUMNS):
        by_text[row[1]].append(Said._make(row))
    return {UUID(block_id): said for block_id, said in by_text.items()}


def words_of(text: BlockText) -> SafeString:
    """One paragraph as it stood, to be read by itself."""
    return block_html(text.kind, text.level, text.label, text.text)


@dataclass(frozen=True)
class Reader:
    """What the person reading may do, and the addresses of the page: worked out once for the whole draft."""

    person_id: int
    base: str
    may_comment: bool = False
    may_answer: bool = False
    may_edit: bool = False
    folds: bool = True
    numbers: dict[UUID, str] = field(default_factory=dict)

    @classmethod
    def of(cls, person: Any, base: str, versions: Iterable[Version], **may: bool) -> Reader:
        return cls(person.pk, base, numbers={version.pk: version.number for version in versions}, **may)


def draft_html(blocks: list[PlacedBlock], said: dict[UUID, list[Said]], reader: Reader) -> SafeString:
    """The paragraphs in order, each with its comments beneath it."""
    parts: list[str] = []
    for block in blocks:
        _block(parts, block.block_id, block.html, _name_of(block.kind, block.label, block.text), said, reader)
    return mark_safe("".join(parts))  # noqa: S308 -- built from escaped words alone


def gone_html(blocks: list[PlacedBlock], said: dict[UUID, list[Said]], reader: Reader) -> SafeString:
    """Comments whose paragraph no longer stands in the draft, under the words their authors read. One query or none."""
    here = {block.block_id for block in blocks}
    gone = {block_id: comments for block_id, comments in said.items() if block_id not in here}
    if not gone:
        return SafeString("")
    wanted = [comments[-1].text_seen_id for comments in gone.values()]
    texts = {text.block_id: text for text in BlockText.objects.filter(pk__in=wanted)}
    parts: list[str] = []
    silent = replace(reader, may_comment=False, may_edit=False)
    for block_id in gone:
        text = texts[block_id]
        _block(parts, block_id, words_of(text), "", said, silent)
    return mark_safe("".join(parts))  # noqa: S308 -- built from escaped words alone


def contents_of(blocks: Iterable[PlacedBlock]) -> list[tuple[str, str]]:
    """(anchor, words) of the headings of the first two levels."""
    heads = [block for block in blocks if block.kind == "heading" and block.level <= 2]
    return [(block.anchor, f"{block.label} {markup.plain(block.text)}".strip()) for block in heads]


def _block(
    parts: list[str], block_id: UUID, html: str, name: str, said: dict[UUID, list[Said]], reader: Reader
) -> None:
    comments = said.get(block_id, ())
    parts.append(f'<div class="app-block" id="p-{block_id}">{html}')
    if reader.may_comment:
        parts.append(
            f'<p class="app-block__tools"><a href="{reader.base}comment/{block_id}/">Comment on this paragraph'
            f'<span class="nhsuk-u-visually-hidden">: {name}</span></a></p>'
        )
    if reader.may_edit:
        parts.append(
            f'<p class="app-block__tools"><a href="{reader.base}edit/{block_id}/">Change this paragraph'
            f'<span class="nhsuk-u-visually-hidden">: {name}</span></a></p>'
        )
    if comments:
        count = "1 comment" if len(comments) == 1 else f"{len(comments)} comments"
        if len(comments) < FOLD_FROM or not reader.folds:
            parts.append(f'<p class="app-meta">{count}</p>')
            _comments(parts, comments, reader)
        else:
            parts.append(
                '<details class="nhsuk-details"><summary class="nhsuk-details__summary">'
                f'<span class="nhsuk-details__summary-text">{count}</span></summary><div class="nhsuk-details__text">'
            )
            _comments(parts, comments, reader)
            parts.append("</div></details>")
    parts.append("</div>\n")


def _comments(parts: list[str], comments: Iterable[Said], reader: Reader) -> None:
    parts.append('<ul class="app-comments">')
    zone = timezone.get_current_timezone()
    for pk, _, _, author, name, side, shown_as, words, sent_at, outcome, reason, changed_in in comments:
        who = _who(shown_as, side, name)
        yours = ", your comment" if author == reader.person_id else ""
        after = ""
        if outcome:
            after = _answer(pk, outcome, reason or "", reader.numbers.get(changed_in), reader.base)
        elif reader.may_answer:
            after = f'<p><a href="{reader.base}answers/{pk}/">Answer this comment</a></p>'
        parts.append(
            f'<li class="app-comment" id="c-{pk}">'
            f'<p class="app-comment__who">{who}{yours}, {_said_day(sent_at.astimezone(zone).date())}</p>'
            f'<p class="app-comment__words">{escape(words)}</p>{after}</li>'
        )
    parts.append("</ul>")


def _answer(pk: str, outcome: str, reason: str, number: str | None, base: str) -> str:
    changed = f' <a href="{base}comments/{pk}/">See the change in draft {number}</a>' if number else ""
    return (
        f'<div class="app-answer"><p><strong class="nhsuk-tag nhsuk-tag--{TAGS[outcome]}">{OUTCOMES[outcome]}</strong>'
        f'{changed}</p><p class="app-comment__words">{escape(reason)}</p></div>'
    )


@lru_cache(maxsize=4096)
def _who(shown_as: str, side: str, name: str) -> str:
    return escape(shown_name(shown_as, side, name))


@lru_cache(maxsize=8192)
def _name_of(kind: str, label: str, text: str) -> str:
    """A few words that tell one paragraph's link from another's, for those who cannot see where it stands."""
    if kind == "table":
        return "table"
    words = markup.plain(text).split()
    more = "…" if len(words) > 8 else ""
    return escape(" ".join([label, *words[:8]]).strip() + more)


@cache
def _said_day(day: dt.date) -> str:
    return nhs_date(day)
