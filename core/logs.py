"""What the log may hold: no address, no token and no query string, whoever writes the line.

Lines are written to need none of this. It is the second net: Django names the path of a form it refused, a driver
quotes the row it could not write, a traceback quotes what it choked on.
"""

from __future__ import annotations

import logging
import re
from typing import ClassVar


class Discreet(logging.Formatter):
    """A formatter that masks, in the finished line and its traceback, what could lead to a person or log one in."""

    MASKED: ClassVar[tuple[tuple[re.Pattern[str], str], ...]] = (
        (re.compile(r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;:=]+"), "[address]"),
        # After a path: "?to=…". A question mark that ends a sentence is left alone.
        (re.compile(r"\?[^\s\"'?=]*=[^\s\"']*"), "?[query]"),
        # Longer than a UUID: keys of links and sessions, hashes, sealed texts.
        (re.compile(r"(?<![\w-])[\w-]{40,}={0,2}"), "[token]"),
        # PostgreSQL quotes the whole row that it would not write, and the values of a key that was there already.
        (re.compile(r"\b(DETAIL|CONTEXT): [^\n]*"), r"\1: [row]"),
        # Keys of a session are shorter than that, and of these letters alone.
        (re.compile(r"\b(?=[a-z0-9]*[0-9])[a-z0-9]{32}\b"), "[token]"),
    )

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for pattern, instead in self.MASKED:
            line = pattern.sub(instead, line)
        return line
