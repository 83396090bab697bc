"""Turns data into a PDF in a process of its own: `python -m documents.typesetter`, JSON in, PDF out. No Django here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import fontpkg_atkinson_hyperlegible
import typst

TEMPLATE = Path(__file__).with_name("policy.typ")
FONTS = Path(fontpkg_atkinson_hyperlegible.__file__).with_name("files")
#: The standard for documents that everybody can use. It allows no letter that our fonts cannot draw.
ACCESSIBLE: Literal["ua-1"] = "ua-1"


def typeset(given: str) -> bytes:
    """A tagged PDF; to the accessible standard whenever every letter of it can be drawn."""
    try:
        return _compile(given, ACCESSIBLE)
    except typst.TypstError:
        return _compile(given, None)


def _compile(given: str, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        sys_inputs={"given": given},
        pdf_standards=standard,
        format="pdf",
        timestamp=0,
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode()))
