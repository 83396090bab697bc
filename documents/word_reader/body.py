"""The blocks of a document, in order: headings, paragraphs, items of lists, tables, quotations, footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from documents import markup, tables
from documents.markup import Run
from documents.word_reader.errors import CannotRead
from documents.word_reader.numbering import Numbering
from documents.word_reader.styles import Styles, number, value
from documents.word_reader.words import ACCEPTED, REJECTED, Reading, Words

MOST_BLOCKS = 3_000
LONGEST_TEXT = 20_000
LONGEST_TABLE = 200_000
LONGEST_LABEL = 40
DEEPEST_TABLE = 10
TITLES = {"title"}
#: Elements around blocks that only hold them.
AROUND = {"w.customXml", "w.smartTag", "w.sdtContent", *ACCEPTED}


@dataclass(slots=True)
class Found:
    """One block as it will be kept."""

    kind: str
    level: int
    label: str
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "level": self.level, "label": self.label, "text": self.text}

    @property
    def line(self) -> str:
        """The block on a line of its own inside a cell or a note."""
        return f"{markup.escape(self.label)} {self.text}".strip() if self.label else self.text


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it is being put together; a paragraph whose end was deleted runs on into the next."""

    style_id: str
    properties: Element | None
    runs: list[Run] = field(default_factory=list)


class Body:
    """Reads the blocks of the document's parts, keeping count of its lists across them."""

    def __init__(self, reading: Reading, styles: Styles, numbering: Numbering) -> None:
        self.reading = reading
        self.report = reading.report
        self.styles = styles
        self.numbering = numbering
        self.words = Words(reading)
        self.count = 0
        self.title = ""

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[Found]:
        """The blocks inside `parent` (the body, a cell, a note, a text box); `depth` is that of its table."""
        carried: list[Run] = []
        last: Element | None = None
        for element in self._around(parent):
            if element.tag == "w.p":
                last = element
                carried.extend(self.words.runs(element))
                if not self._runs_on(element):
                    yield from self._paragraph(element, carried)
                    carried = []
            elif element.tag == "w.tbl":
                yield from self._table(element, depth + 1)
            boxes, self.reading.boxes = self.reading.boxes, []
            for box in boxes:
                self.report.note("boxes")
                with self.numbering.telling("boxes"):
                    inside = list(self.blocks(box, depth))
                yield from inside
        if carried and last is not None:
            yield from self._paragraph(last, carried)

    def _around(self, parent: Element) -> Iterator[Element]:
        """The paragraphs and tables in `parent`, through the elements that only hold them."""
        for child in parent:
            if child.tag in {"w.p", "w.tbl"}:
                yield child
            elif child.tag in AROUND:
                yield from self._around(child)
            elif child.tag == "w.sdt":
                yield from self._control(child)
            elif child.tag == "mc.AlternateContent":
                yield from self._alternative(child)
            elif child.tag in REJECTED:
                self.report.note("tracked")
                self.reading.pass_over(child)
            elif child.tag == "w.altChunk":
                self.report.note("other_files")

    def _control(self, element: Element) -> Iterator[Element]:
        if value(element, "w.sdtPr/w.docPartObj/w.docPartGallery") == "Table of Contents":
            self.report.note("contents")
            self.reading.pass_over(element)
            return
        for content in element.findall("w.sdtContent"):
            yield from self._around(content)

    def _alternative(self, element: Element) -> Iterator[Element]:
        chosen, *others = [child for child in element if child.tag in {"mc.Choice", "mc.Fallback"}] or [element]
        for other in others:
            self.reading.pass_over(other)
        if chosen is not element:
            yield from self._around(chosen)

    # -- paragraphs -----------------------------------------------------------------------------------------------

    def _runs_on(self, element: Element) -> bool:
        """Whether the end of the paragraph was deleted or moved away, so that the next one continues it."""
        mark = element.find("w.pPr/w.rPr")
        if mark is None:
            return False
        if any(mark.find(tag) is not None for tag in ACCEPTED):
            self.report.note("tracked")
        runs_on = any(mark.find(tag) is not None for tag in REJECTED)
        if runs_on:
            self.report.note("tracked")
        return runs_on

    def _paragraph(self, element: Element, runs: list[Run]) -> Iterator[Found]:
        properties = element.find("w.pPr")
        style_id = value(properties, "w.pStyle") or self.styles.default
        depth, label, is_bullet = self._label(properties, style_id)
        text = _trimmed(runs)
        if not text and (is_bullet or not label):
            return
        if len(label) > LONGEST_LABEL:
            label, text = "", f"{markup.escape(label)} {text}"
        kind, level = self._kind(properties, style_id, numbered=bool(label), depth=depth)
        if kind == "heading":
            text = markup.write(Run(run.words, href=run.href) for run in markup.parse(text))
        if not text:
            kind, level = "list_item", depth
        if not self.title and self.styles.is_named(style_id, TITLES):
            self.title = markup.plain(text)
        yield self._kept(Found(kind, level, label, text))

    def _kind(self, properties: Element | None, style_id: str, *, numbered: bool, depth: int) -> tuple[str, int]:
        outline = number(value(properties, "w.outlineLvl"))
        if outline is None:
            outline = self.styles.outline(style_id)
        if outline is not None and outline < 9:
            return "heading", min(outline + 1, 6)
        if self.styles.is_named(style_id, TITLES):
            return "heading", 1
        if numbered:
            return "list_item", min(depth, 8)
        return ("quote", 0) if self.styles.is_quote(style_id) else ("paragraph", 0)

    def _label(self, properties: Element | None, style_id: str) -> tuple[int, str, bool]:
        """Depth, what Word prints before the paragraph, and whether that is a bullet."""
        num_id = value(properties, "w.numPr/w.numId")
        depth = number(value(properties, "w.numPr/w.ilvl"))
        if num_id is None:
            named = self.styles.numbering(style_id)
            if named is None:
                return 0, "", False
            num_id, found_id, own = named
            if depth is None:
                depth = self.numbering.depth_of_style(num_id, found_id)
            depth = own if depth is None else depth
        depth = min(max(depth or 0, 0), 8)
        return (depth, *self.numbering.next_label(num_id, depth))

    def _kept(self, found: Found) -> Found:
        self.count += 1
        longest = LONGEST_TABLE if found.kind == "table" else LONGEST_TEXT
        if self.count > MOST_BLOCKS or len(found.text) > longest:
            raise CannotRead("too_long")
        return found

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table(self, element: Element, depth: int) -> Iterator[Found]:
        if depth > DEEPEST_TABLE:
            raise CannotRead("too_deep")
        rows = [row for row in self._inside(element, "w.tr") if not self._is_deleted(row, "w.trPr/w.del")]
        cells = [[c for c in self._inside(row, "w.tc") if not self._is_deleted(c, "w.tcPr/w.cellDel")] for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            self.report.note("framed")
            yield from self.blocks(cells[0][0], depth)
            return
        if depth > 1:
            self.report.note("nested")
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell, depth)
            return
        grid = [self._row(row, line, depth) for row, line in zip(rows, cells, strict=True)]
        if not any(any(line) for line in grid):
            return
        heads = self._heads(element, rows, grid)
        yield self._kept(Found("table", 0, "", tables.dump(tables.make(grid[:heads], grid[heads:]))))

    def _row(self, row: Element, cells: list[Element], depth: int) -> list[str]:
        line = [""] * min(number(value(row, "w.trPr/w.gridBefore")) or 0, 20)
        for cell in cells:
            span = min(number(value(cell, "w.tcPr/w.gridSpan")) or 1, 60)
            if span > 1 or cell.find("w.tcPr/w.vMerge") is not None:
                self.report.note("merged")
            line.append("\n".join(found.line for found in self.blocks(cell, depth)))
            line.extend([""] * (span - 1))
        return line

    def _heads(self, element: Element, rows: list[Element], grid: list[list[str]]) -> int:
        """How many rows at the top head the columns."""
        marked = 0
        while marked < len(rows) and rows[marked].find("w.trPr/w.tblHeader") is not None:
            marked += 1
        if marked:
            return marked if marked < len(rows) else 0
        look = element.find("w.tblPr/w.tblLook")
        is_first_special = look is not None and (
            look.get("w.firstRow") in {"1", "true", "on"} or _bit(look.get("w.val", ""), 0x20)
        )
        return 1 if is_first_special and len(grid) > 1 and all(grid[0]) else 0

    def _inside(self, parent: Element, tag: str) -> Iterator[Element]:
        """The rows of a table or cells of a row, through the elements that only hold them."""
        for child in parent:
            if child.tag == tag:
                yield child
            elif child.tag in AROUND or child.tag == "w.sdt":
                yield from self._inside(child, tag)

    def _is_deleted(self, element: Element, mark: str) -> bool:
        deleted = element.find(mark) is not None
        if deleted:
            self.report.note("tracked")
            self.reading.pass_over(element)
        return deleted


def _bit(text: str, bit: int) -> bool:
    try:
        return bool(int(text, 16) & bit)
    except ValueError:
        return False


def _trimmed(runs: list[Run]) -> str:
    """The text of `runs` without space at its ends or before its line breaks."""
    text = markup.write(runs)
    return "\n".join(line.strip() for line in text.strip().split("\n"))
