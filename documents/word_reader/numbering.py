"""The numbers and bullets that Word prints before paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from documents.word_reader.number_forms import in_form
from documents.word_reader.styles import Styles, is_on, number, value
from documents.word_reader.symbols import BULLET, bullet

LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one depth of a list is numbered. `restarts_after` is the depth whose number sets this one back."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    font: str = ""
    all_decimal: bool = False
    restarts_after: int | None = None
    style_id: str = ""
    picture: bool = False


@dataclass(slots=True)
class Num:
    """One list: the scheme it follows, and where it begins anew."""

    scheme: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(slots=True)
class Story:
    """How far one stretch of text has counted: the text itself, the text boxes, or the notes."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    met: set[tuple[str, int]] = field(default_factory=set)
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """Counts while a document is read from its beginning to its end."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self.styles = styles
        self.schemes: dict[str, dict[int, Level]] = {}
        self.links: dict[str, str] = {}
        self.nums: dict[str, Num] = {}
        self.stories: dict[str, Story] = {}
        self.story = self._story("text")
        for row in root.iter("w.abstractNum") if root is not None else ():
            self._add_scheme(row)
        for row in root.findall("w.num") if root is not None else ():
            self._add_num(row)
        for num in self.nums.values():
            num.scheme = self._follow(num.scheme)

    @contextmanager
    def telling(self, name: str) -> Iterator[None]:
        """Count in the story called `name` for a while: Word numbers text boxes and notes by themselves."""
        before, self.story = self.story, self._story(name)
        try:
            yield
        finally:
            self.story = before

    def _story(self, name: str) -> Story:
        return self.stories.setdefault(name, Story())

    def depth_of_style(self, num_id: str, style_id: str) -> int | None:
        """The depth of list `num_id` that belongs to a paragraph style."""
        for depth in range(LEVELS):
            if self._level(num_id, depth).style_id == style_id:
                return depth
        return None

    def next_label(self, num_id: str, depth: int) -> tuple[str, bool]:
        """Count one paragraph of list `num_id` and return what is printed before it, and whether that is a bullet."""
        if num_id not in self.nums:
            return "", False
        level = self._level(num_id, depth)
        counts = self._count(num_id, depth)
        if level.form == "bullet":
            return (BULLET if level.picture else bullet(level.pattern, level.font)).strip(), True
        if level.form == "none" and "%" not in level.pattern:
            return level.pattern.strip(), False
        return self._fill(num_id, level, counts), False

    def _count(self, num_id: str, depth: int) -> dict[int, int]:
        num, story = self.nums[num_id], self.story
        counts = story.counts.setdefault(num.scheme, {})
        self._begin_shallower(num_id, depth, counts)
        if depth in num.starts and (num_id, depth) not in story.begun:
            counts[depth] = num.starts[depth]
        else:
            counts[depth] = counts.get(depth, self._start(num_id, depth) - 1) + 1
        story.begun.add((num_id, depth))
        story.met.add((num.scheme, depth))
        for deeper in [d for d in counts if d > depth]:
            after = self._level(num_id, deeper).restarts_after
            if after is None or depth < after:
                del counts[deeper]
        return counts

    def _begin_shallower(self, num_id: str, depth: int, counts: dict[int, int]) -> None:
        """A depth above this one that was never used counts as used once: 1.1 comes first, and then 2."""
        scheme = self.nums[num_id].scheme
        for shallower in range(depth - 1, -1, -1):
            if (scheme, shallower) in self.story.met:
                break
            self.story.met.add((scheme, shallower))
            counts[shallower] = self._start(num_id, shallower)

    def _start(self, num_id: str, depth: int) -> int:
        return self.nums[num_id].starts.get(depth, self._level(num_id, depth).start)

    def _fill(self, num_id: str, level: Level, counts: dict[int, int]) -> str:
        """The pattern with its numbers: "%1.%2" becomes "3.2"."""

        def one(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            shown = self._level(num_id, depth)
            count = counts.get(depth, self._start(num_id, depth))
            return in_form("decimal" if level.all_decimal else shown.form, count)

        return re.sub(r"%([1-9])", one, level.pattern).strip()

    def _level(self, num_id: str, depth: int) -> Level:
        num = self.nums.get(num_id)
        if num is None:
            return Level()
        return num.levels.get(depth) or self.schemes.get(num.scheme, {}).get(depth) or Level()

    def _add_scheme(self, row: Element) -> None:
        scheme = row.get("w.abstractNumId", "")
        self.schemes[scheme] = {number(lvl.get("w.ilvl")) or 0: _level(lvl) for lvl in row.findall("w.lvl")}
        link = value(row, "w.numStyleLink")
        if link:
            self.links[scheme] = link

    def _add_num(self, row: Element) -> None:
        num = Num(value(row, "w.abstractNumId") or "")
        for override in row.findall("w.lvlOverride"):
            depth = number(override.get("w.ilvl")) or 0
            start = number(value(override, "w.startOverride"))
            if start is not None:
                num.starts[depth] = start
            level = override.find("w.lvl")
            if level is not None:
                num.levels[depth] = _level(level)
        self.nums[row.get("w.numId", "")] = num

    def _follow(self, scheme: str) -> str:
        """The scheme itself, when `scheme` only names a numbering style that has it."""
        seen: set[str] = set()
        while scheme in self.links and scheme not in seen:
            seen.add(scheme)
            named = self.styles.numbering(self.links[scheme])
            if named is not None and named[0] in self.nums:
                scheme = self.nums[named[0]].scheme
        return scheme


def _level(row: Element) -> Level:
    fonts = row.find("w.rPr/w.rFonts")
    restart = number(value(row, "w.lvlRestart"))
    form = value(row, "w.numFmt", "decimal") or "decimal"
    return Level(
        start=number(value(row, "w.start")) or 0,
        form=form,
        pattern=value(row, "w.lvlText") or "",
        font=(fonts.get("w.ascii") or fonts.get("w.hAnsi") or "") if fonts is not None else "",
        all_decimal=bool(is_on(row, "w.isLgl")),
        restarts_after=restart,
        style_id=value(row, "w.pStyle") or "",
        picture=row.find("w.lvlPicBulletId") is not None,
    )
