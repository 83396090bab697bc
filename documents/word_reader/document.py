"""A whole Word file: its text, then its notes, then what was left out."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from documents import markup
from documents.word_reader.archive import Archive, Relation
from documents.word_reader.body import Body, Found
from documents.word_reader.errors import CannotRead
from documents.word_reader.number_forms import in_form
from documents.word_reader.numbering import Numbering
from documents.word_reader.report import Report
from documents.word_reader.styles import Styles, value
from documents.word_reader.words import Reading

#: How Word numbers notes unless it is told otherwise.
NOTE_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass
class Parts:
    """The parts of the file that have words or say how they are printed."""

    main: Element
    relations: dict[str, Relation]
    by_kind: dict[str, list[Element]] = field(default_factory=dict)
    note_relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def one(self, kind: str) -> Element | None:
        return next(iter(self.by_kind.get(kind, ())), None)


class Notes:
    """Numbers footnotes and endnotes in the order in which the text refers to them."""

    def __init__(self, parts: Parts) -> None:
        self.order: list[tuple[str, str, str]] = []
        self.counts = dict.fromkeys(NOTE_FORMS, 0)
        self.forms = {kind: _note_form(parts, kind, form) for kind, form in NOTE_FORMS.items()}

    def mark(self, kind: str, note_id: str) -> str:
        """What is printed where the text refers to a note."""
        self.counts[kind] += 1
        mark = f"[{in_form(self.forms[kind], self.counts[kind])}]"
        self.order.append((kind, note_id, mark))
        return mark


def read(content: bytes) -> dict[str, Any]:
    """{"title", "blocks", "left_out"} of a Word file. Raises CannotRead."""
    parts = _parts(Archive(content))
    answer = _read(parts, trust_fields=True)
    if answer is None:  # a field that never ends would swallow the rest of the text
        answer = _read(parts, trust_fields=False)
    if answer is None or not answer["blocks"]:
        raise CannotRead("no_words")
    return answer


def _read(parts: Parts, *, trust_fields: bool) -> dict[str, Any] | None:
    """One reading; None when it ends inside a field and fields were trusted."""
    styles = Styles(parts.one("styles"))
    notes = Notes(parts)
    report = Report()
    reading = Reading(styles, report, notes.mark, parts.relations, trust_fields=trust_fields)
    body = Body(reading, styles, Numbering(parts.one("numbering"), styles))
    text = parts.main.find("w.body")
    blocks = list(body.blocks(text)) if text is not None else []
    if trust_fields and reading.fields:
        return None
    blocks += _note_blocks(parts, notes, body)
    _report_the_rest(parts, report)
    _report_unread(report, reading, parts.main)
    title = body.title or next((markup.plain(b.text) for b in blocks if b.kind == "heading"), "")
    return {"title": title[:200], "blocks": [b.as_json() for b in blocks], "left_out": report.sentences()}


def _note_blocks(parts: Parts, notes: Notes, body: Body) -> list[Found]:
    found = []
    for kind, note_id, mark in notes.order:
        body.reading.relations = parts.note_relations.get(f"{kind}s", {})
        root = parts.one(f"{kind}s")
        for note in root.findall(f"w.{kind}") if root is not None else ():
            if note.get("w.id") == note_id:
                with body.numbering.telling(kind):
                    lines = "\n".join(block.line for block in body.blocks(note))
                found.append(Found("footnote", 0, mark, lines))
    return found


def _report_the_rest(parts: Parts, report: Report) -> None:
    for comments in parts.by_kind.get("comments", ()):
        report.note("comments", len(comments.findall("w.comment")))
    margins = [*parts.by_kind.get("header", ()), *parts.by_kind.get("footer", ())]
    if any((text.text or "").strip() for margin in margins for text in margin.iter("w.t")):
        report.note("headers")


def _report_unread(report: Report, reading: Reading, main: Element) -> None:
    """The last safety: words that no rule of ours met are counted, and said."""
    unread = [text.text or "" for text in main.iter("w.t") if id(text) not in reading.met]
    report.note("unknown", len(" ".join(unread).split()))


def _parts(archive: Archive) -> Parts:
    main = archive.xml(archive.main)
    if main is None:
        raise CannotRead("not_word")
    parts = Parts(main, archive.relations(archive.main))
    for relation in parts.relations.values():
        if relation.outside or relation.kind not in WANTED:
            continue
        root = archive.xml(relation.target)
        if root is not None:
            parts.by_kind.setdefault(relation.kind, []).append(root)
            if relation.kind in {"footnotes", "endnotes"}:
                parts.note_relations[relation.kind] = archive.relations(relation.target)
    _find_by_name(archive, parts)
    return parts


WANTED = {"styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer", "settings"}


def _find_by_name(archive: Archive, parts: Parts) -> None:
    """Some programs name no relation for the styles or the numbering; Word then looks beside the text."""
    folder = posixpath.dirname(archive.main)
    for kind in ("styles", "numbering"):
        if kind not in parts.by_kind:
            root = archive.xml(posixpath.join(folder, f"{kind}.xml"))
            if root is not None:
                parts.by_kind[kind] = [root]


def _note_form(parts: Parts, kind: str, usual: str) -> str:
    section = next(parts.main.iter("w.sectPr"), None)
    settings = parts.one("settings")
    return value(section, f"w.{kind}Pr/w.numFmt") or value(settings, f"w.{kind}Pr/w.numFmt") or usual
