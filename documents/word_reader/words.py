"""The words inside a paragraph: what Word would print of it when every tracked change is accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from documents.markup import Run, safe_link
from documents.word_reader.archive import Relation
from documents.word_reader.report import Report
from documents.word_reader.styles import Looks, Styles, is_on, looks_of, number, value
from documents.word_reader.symbols import UNKNOWN, in_words, symbol

#: Elements that only hold others.
HOLDERS = {"w.smartTag", "w.customXml", "w.bdo", "w.dir", "w.sdtContent", "w.rubyBase", "m.oMathPara"}
ACCEPTED = {"w.ins", "w.moveTo"}
REJECTED = {"w.del", "w.moveFrom"}
#: Elements of a run that stand for a fixed character.
CHARACTERS = {
    "w.tab": " ",
    "w.ptab": " ",
    "w.br": "\n",
    "w.cr": "\n",
    "w.noBreakHyphen": "\u2011",
    "w.softHyphen": "\u00ad",
}
HYPERLINK = re.compile(r"\s*HYPERLINK\s+\"([^\"]*)\"", re.IGNORECASE)
INSIDE_LINK = re.compile(r"\s*HYPERLINK\s+\\l\b", re.IGNORECASE)
CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
CHECKED = {True: "☒", False: "☐"}


@dataclass(slots=True)
class Field:
    """One of Word's fields: an instruction, then what it came to when it was last worked out."""

    instruction: str = ""
    in_result: bool = False
    is_contents: bool = False
    href: str = ""


@dataclass(slots=True)
class Reading:
    """What a whole reading shares: what was met, the open fields, the text boxes still to read."""

    styles: Styles
    report: Report
    note_mark: Callable[[str, str], str]
    relations: dict[str, Relation] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    met: set[int] = field(default_factory=set)
    trust_fields: bool = True

    def pass_over(self, element: Element) -> None:
        """Remember that the words in `element` were left out on purpose."""
        self.met.update(id(text) for text in element.iter("w.t"))

    @property
    def is_silent(self) -> bool:
        """Whether we are inside an instruction, or a table of contents."""
        return self.trust_fields and any(not f.in_result or f.is_contents for f in self.fields)

    @property
    def href(self) -> str:
        return next((f.href for f in reversed(self.fields) if f.href), "")


class Words:
    """Reads runs out of the elements inside a paragraph."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.report = reading.report
        self.readers: dict[str, Callable[[Element, str], Iterator[Run]]] = {
            "w.r": self._run,
            "w.hyperlink": self._hyperlink,
            "w.fldSimple": self._simple_field,
            "w.sdt": self._control,
            "mc.AlternateContent": self._alternative,
            "m.oMath": self._formula,
            "w.ruby": self._ruby,
            "w.subDoc": self._other_file,
            **dict.fromkeys(HOLDERS, self.runs),
            **dict.fromkeys(ACCEPTED, self._accepted),
            **dict.fromkeys(REJECTED, self._rejected),
        }

    def runs(self, parent: Element, href: str = "") -> Iterator[Run]:
        """The runs inside `parent`, in order."""
        for child in parent:
            reader = self.readers.get(child.tag)
            if reader is not None:
                yield from reader(child, href)

    # -- what stands beside runs ----------------------------------------------------------------------------------

    def _accepted(self, element: Element, href: str) -> Iterator[Run]:
        self.report.note("tracked")
        return self.runs(element, href)

    def _rejected(self, element: Element, href: str) -> Iterator[Run]:
        self.report.note("tracked")
        self.reading.pass_over(element)
        return iter(())

    def _hyperlink(self, element: Element, href: str) -> Iterator[Run]:
        relation = self.reading.relations.get(element.get("r.id", ""))
        anchor = element.get("w.anchor", "")
        if relation is None or not relation.outside:
            self.report.note("inside_links")
            return self.runs(element, href)
        target = relation.target + (f"#{anchor}" if anchor and "#" not in relation.target else "")
        return self.runs(element, self._checked_link(target))

    def _checked_link(self, target: str) -> str:
        href = safe_link(target.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29"))
        if not href:
            self.report.note("odd_links")
        return href

    def _simple_field(self, element: Element, href: str) -> Iterator[Run]:
        instruction = element.get("w.instr", "")
        if CONTENTS.match(instruction):
            return self._contents(element)
        link = HYPERLINK.match(instruction)
        return self.runs(element, self._checked_link(link[1]) if link else href)

    def _contents(self, element: Element) -> Iterator[Run]:
        self.report.note("contents")
        self.reading.pass_over(element)
        return iter(())

    def _control(self, element: Element, href: str) -> Iterator[Run]:
        content = element.find("w.sdtContent")
        return iter(()) if content is None else self.runs(content, href)

    def _alternative(self, element: Element, href: str) -> Iterator[Run]:
        """Only the first of the ways in which the same thing is written."""
        chosen, *others = [child for child in element if child.tag in {"mc.Choice", "mc.Fallback"}] or [element]
        for other in others:
            self.reading.pass_over(other)
        yield from self.runs(chosen, href)
        yield from self._in_run(chosen, href, Looks(), "")

    def _formula(self, element: Element, href: str) -> Iterator[Run]:
        self.report.note("formulas")
        yield Run("".join(text.text or "" for text in element.iter("m.t")), href=href)

    def _ruby(self, element: Element, href: str) -> Iterator[Run]:
        for small in element.iter("w.rt"):
            self.report.note("above_words")
            self.reading.pass_over(small)
        return self.runs(element, href)

    def _other_file(self, element: Element, href: str) -> Iterator[Run]:
        self.report.note("other_files")
        return iter(())

    # -- runs -----------------------------------------------------------------------------------------------------

    def _run(self, element: Element, href: str) -> Iterator[Run]:
        properties = element.find("w.rPr")
        looks = looks_of(properties).over(self.reading.styles.looks(value(properties, "w.rStyle") or ""))
        if looks.hidden:
            if any(text.text for text in element.iter("w.t")):
                self.report.note("hidden")
            self.reading.pass_over(element)
            return
        fonts = properties.find("w.rFonts") if properties is not None else None
        font = (fonts.get("w.ascii") or fonts.get("w.hAnsi") or "") if fonts is not None else ""
        for run in self._in_run(element, href, looks, font):
            self._note_looks(properties, run)
            yield run

    def _note_looks(self, properties: Element | None, run: Run) -> None:
        if properties is None or not run.words.strip() or run.href:
            return
        if is_on(properties, "w.strike") or is_on(properties, "w.dstrike"):
            self.report.note("struck")
        raised = value(properties, "w.vertAlign") in {"superscript", "subscript"}
        if raised or is_on(properties, "w.u") or is_on(properties, "w.highlight"):
            self.report.note("looks")

    def _in_run(self, element: Element, href: str, looks: Looks, font: str) -> Iterator[Run]:
        like = Run("", strong=bool(looks.strong), emphasis=bool(looks.emphasis), href=href)
        for child in element:
            if child.tag == "w.fldChar":
                yield from self._field(child, like)
            elif child.tag == "w.instrText":
                self._instruct(child)
            elif child.tag in {"mc.AlternateContent", "w.ruby"}:
                yield from self.readers[child.tag](child, href)
            elif child.tag in {"w.drawing", "w.pict", "w.object"}:
                self._drawing(child)
            else:
                yield from self._said(self._character(child, font), like)

    def _said(self, words: str, like: Run) -> Iterator[Run]:
        if words and not self.reading.is_silent:
            yield replace(like, words=words, href=like.href or self.reading.href)

    def _character(self, child: Element, font: str) -> str:
        if child.tag == "w.t":
            self.reading.met.add(id(child))
            words = in_words(child.text or "", font)
        elif child.tag == "w.sym":
            words = symbol(child.get("w.font", ""), number_in_hex(child.get("w.char", "")))
        elif child.tag in {"w.footnoteReference", "w.endnoteReference"}:
            return "" if child.get("w.customMarkFollows") in {"1", "true", "on"} else self._note(child)
        else:
            return CHARACTERS.get(child.tag, "")
        self.report.note("symbols", words.count(UNKNOWN) if words != child.text else 0)
        return words

    def _note(self, child: Element) -> str:
        return self.reading.note_mark(child.tag.removeprefix("w.").removesuffix("Reference"), child.get("w.id", ""))

    def _drawing(self, element: Element) -> None:
        boxes = list(_boxes(element))
        if boxes:
            self.reading.boxes.extend(boxes)
        elif element.tag == "w.object" or any(True for _ in element.iter("o.OLEObject")):
            self.report.note("objects")
        elif any(True for _ in element.iter("a.blip")) or any(True for _ in element.iter("v.imagedata")):
            self.report.note("pictures")
        elif element.tag == "w.drawing":
            self.report.note("objects")

    # -- fields ---------------------------------------------------------------------------------------------------

    def _field(self, child: Element, like: Run) -> Iterator[Run]:
        kind = child.get("w.fldCharType")
        fields = self.reading.fields
        if kind == "begin":
            yield from self._said(_form_answer(child), like)
            fields.append(Field())
        elif kind == "separate" and fields:
            self._begin_result(fields[-1])
        elif kind == "end" and fields:
            fields.pop()

    def _begin_result(self, opened: Field) -> None:
        opened.in_result = True
        if CONTENTS.match(opened.instruction):
            opened.is_contents = True
            self.report.note("contents")
        elif link := HYPERLINK.match(opened.instruction):
            opened.href = self._checked_link(link[1])
        elif INSIDE_LINK.match(opened.instruction):
            self.report.note("inside_links")

    def _instruct(self, child: Element) -> None:
        if self.reading.fields and not self.reading.fields[-1].in_result:
            self.reading.fields[-1].instruction += child.text or ""


def number_in_hex(text: str) -> int:
    """`text` as a hexadecimal number; 0 if it is not one."""
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _form_answer(begin: Element) -> str:
    """What is chosen in an old form's drop-down list or tick box."""
    options = begin.findall("w.ffData/w.ddList/w.listEntry")
    if options:
        chosen = number(value(begin, "w.ffData/w.ddList/w.result")) or 0
        return options[chosen].get("w.val", "") if chosen < len(options) else ""
    box = begin.find("w.ffData/w.checkBox")
    if box is None:
        return ""
    ticked = is_on(box, "w.checked")
    return CHECKED[bool(is_on(box, "w.default") if ticked is None else ticked)]


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing, outermost only; where a box is written twice, once."""
    for child in element:
        if child.tag == "w.txbxContent":
            yield child
        elif child.tag == "mc.AlternateContent":
            chosen = child.find("mc.Choice")
            yield from _boxes(chosen if chosen is not None else child)
        else:
            yield from _boxes(child)
