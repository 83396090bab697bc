"""The small Markdown subset that paragraphs are kept in: *emphasis*, **strong**, [words](link), and a backslash.

A text is parsed into runs: stretches of words that look the same. Everything that shows, compares or prints a
paragraph works on runs, so that no two of them can read a text differently. Anything else is plain words.
No Django here: the process that reads Word files uses it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

STRONG, EMPHASIS = "strong", "emphasis"
#: How many stars mean what.
MARKS = {1: (EMPHASIS,), 2: (STRONG,), 3: (STRONG, EMPHASIS)}

TOKEN = re.compile(
    r"\\(?P<escaped>[\\*\[\]()])"
    r"|\[(?P<words>(?:\\.|[^\[\]\\])+)\]\((?P<url>[^()\s]+)\)"
    r"|(?P<stars>\*+)"
    r"|(?P<plain>[^\\*\[]+|.)",
    re.DOTALL,
)
SAFE_URL = re.compile(
    r"(?:https?://[^\s<>\"\\^`{|}]+|mailto:[^\s<>\"\\^`{|}]+@[^\s<>\"\\^`{|}]+|tel:[+0-9][-.()0-9]*)", re.IGNORECASE
)
LONGEST_URL = 2000


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same: `href` is a safe link, or empty."""

    words: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""

    def looks_like(self, other: Run) -> bool:
        """Whether the two differ in nothing but their words."""
        return (self.strong, self.emphasis, self.href) == (other.strong, other.emphasis, other.href)


@dataclass(slots=True)
class _Token:
    words: str
    href: str = ""
    stars: int = 0
    opens: frozenset[str] = frozenset()
    closes: frozenset[str] = frozenset()


def safe_link(url: str) -> str:
    """`url` when it is a whole web, mail or telephone address; else "". Nothing else may become a link."""
    url = url.strip()
    if len(url) > LONGEST_URL or not SAFE_URL.fullmatch(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in {"mailto", "tel"} or parts.hostname else ""


def parse(text: str) -> tuple[Run, ...]:
    """The runs of `text`, side by side ones that look the same joined. Marks with no partner stay as words."""
    tokens = list(_tokens(text))
    _drop_marks_without_partner(tokens)
    on = {STRONG: False, EMPHASIS: False}
    runs: list[Run] = []
    for token in tokens:
        words = token.words
        if token.stars:
            words = _turn(token, on)
        runs.append(Run(words, strong=on[STRONG], emphasis=on[EMPHASIS], href=token.href))
    return tuple(join(runs))


def join(runs: Iterable[Run]) -> list[Run]:
    """`runs` without empty ones, neighbours that look the same made one."""
    joined: list[Run] = []
    for run in runs:
        if not run.words:
            continue
        if joined and joined[-1].looks_like(run):
            joined[-1] = replace(joined[-1], words=joined[-1].words + run.words)
        else:
            joined.append(run)
    return joined


def plain(text: str) -> str:
    """The words of `text` without marks and addresses."""
    return "".join(run.words for run in parse(text))


def write(runs: Iterable[Run]) -> str:
    """The text that parses back into `runs` (but that space at the edge of a mark stands outside it)."""
    return _Writer().write(join(_space_outside(runs)))


def escape(words: str) -> str:
    """`words` as a text in which every mark is an ordinary character."""
    return re.sub(r"([\\*])", r"\\\1", words).replace("](", "]\\(")


class _Writer:
    """Writes runs, turning marks on and off between them. A link closes every mark around it."""

    def __init__(self) -> None:
        self.on: dict[str, bool] = {STRONG: False, EMPHASIS: False}
        self.out: list[str] = []

    def write(self, runs: list[Run]) -> str:
        index = 0
        while index < len(runs):
            href = runs[index].href
            end = index + 1
            while href and end < len(runs) and runs[end].href == href:
                end += 1
            self._stretch(runs[index:end], href)
            index = end
        self._set(strong=False, emphasis=False)
        return "".join(self.out)

    def _stretch(self, runs: list[Run], href: str) -> None:
        if href:
            self._set(strong=False, emphasis=False)
            self.out.append("[")
        for run in runs:
            self._set(strong=run.strong, emphasis=run.emphasis)
            words = re.sub(r"([\\*\[\]])", r"\\\1", run.words) if href else escape(run.words)
            self.out.append(words)
        if href:
            self._set(strong=False, emphasis=False)
            self.out.append(f"]({_in_brackets(href)})")

    def _set(self, *, strong: bool, emphasis: bool) -> None:
        stars = 2 * (self.on[STRONG] != strong) + (self.on[EMPHASIS] != emphasis)
        self.out.append("*" * stars)
        self.on = {STRONG: strong, EMPHASIS: emphasis}


def _in_brackets(href: str) -> str:
    return href.replace("(", "%28").replace(")", "%29")


def _space_outside(runs: Iterable[Run]) -> Iterator[Run]:
    """Move space at the edges of marked words outside, where the marks would not be read."""
    for run in runs:
        bare = run.words.strip()
        if not (run.strong or run.emphasis) or bare == run.words:
            yield run
            continue
        before, _, after = run.words.partition(bare) if bare else (run.words, "", "")
        look = replace(run, strong=False, emphasis=False)
        yield replace(look, words=before)
        yield replace(run, words=bare)
        yield replace(look, words=after)


def _tokens(text: str, href: str = "") -> Iterator[_Token]:
    for match in TOKEN.finditer(text):
        if match["escaped"]:
            yield _Token(match["escaped"], href)
        elif match["stars"]:
            yield _stars(text, match, href)
        elif match["words"] is not None:
            link = "" if href else safe_link(match["url"])
            if link:
                yield from _tokens(match["words"], link)
            else:
                yield _Token(match[0], href)
        else:
            yield _Token(match["plain"], href)


def _stars(text: str, match: re.Match[str], href: str) -> _Token:
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    marks = frozenset(MARKS.get(len(match[0]), ()))
    return _Token(
        match[0],
        href,
        stars=len(match[0]) if marks else 0,
        opens=marks if after.strip() else frozenset(),
        closes=marks if before.strip() else frozenset(),
    )


def _drop_marks_without_partner(tokens: list[_Token]) -> None:
    """A mark may only open what a later one can close."""
    closes_later: frozenset[str] = frozenset()
    for token in reversed(tokens):
        token.opens &= closes_later
        closes_later |= token.closes


def _turn(token: _Token, on: dict[str, bool]) -> str:
    """Turn the marks of `token` on or off; return the stars that had no meaning here."""
    left = token.stars
    for mark in MARKS[token.stars]:
        size = 2 if mark == STRONG else 1
        if mark in (token.closes if on[mark] else token.opens):
            on[mark] = not on[mark]
            left -= size
    return "*" * left
