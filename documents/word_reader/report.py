"""What was left out of a document, or read differently, in plain sentences."""

from __future__ import annotations

from collections import Counter

#: For each thing: the sentence for one, and for several ({n}).
SENTENCES = {
    "tracked": ("This file had tracked changes. They were read as if all of them were accepted.", ""),
    "comments": (
        "1 comment in the margin was left out.",
        "{n} comments in the margin were left out.",
    ),
    "headers": ("The words at the top and bottom of each page (header and footer) were left out.", ""),
    "contents": ("The table of contents was left out, because its page numbers no longer fit.", ""),
    "pictures": ("1 picture was left out.", "{n} pictures were left out."),
    "objects": ("1 chart or embedded file was left out.", "{n} charts or embedded files were left out."),
    "boxes": (
        "The words of 1 text box were kept. They follow the paragraph it was fixed to.",
        "The words of {n} text boxes were kept. They follow the paragraphs they were fixed to.",
    ),
    "framed": (
        "1 box drawn as a table with a single cell was read as ordinary paragraphs.",
        "{n} boxes drawn as tables with a single cell were read as ordinary paragraphs.",
    ),
    "nested": (
        "1 table inside a table was read as lines of words in its cell.",
        "{n} tables inside tables were read as lines of words in their cells.",
    ),
    "merged": ("Cells that were joined have been split. Their words stand in the first of them.", ""),
    "odd_links": (
        "1 link was taken off, because it does not lead to a web, email or telephone address. Its words were kept.",
        "{n} links were taken off, because they do not lead to web, email or telephone addresses. "
        "Their words were kept.",
    ),
    "inside_links": (
        "1 link to another place in the document was taken off. Its words were kept.",
        "{n} links to other places in the document were taken off. Their words were kept.",
    ),
    "struck": ("Some words were crossed out. They were kept as ordinary words, so check them.", ""),
    "looks": ("Underlining, highlighting, and raised or lowered letters were left out. The words were kept.", ""),
    "hidden": ("Words formatted as hidden were left out.", ""),
    "symbols": (
        "1 symbol from a picture font could not be read. It is shown as □.",
        "{n} symbols from picture fonts could not be read. They are shown as □.",
    ),
    "formulas": (
        "1 formula was kept as plain letters and signs.",
        "{n} formulas were kept as plain letters and signs.",
    ),
    "other_files": ("Words that this file takes from another file were left out.", ""),
    "above_words": ("Small reading aids printed above words were left out.", ""),
    "unknown": (
        "1 word stood in a part of the file we cannot read, and was left out.",
        "{n} words stood in parts of the file we cannot read, and were left out.",
    ),
}


class Report:
    """Counts what is met while reading."""

    def __init__(self) -> None:
        self.met: Counter[str] = Counter()

    def note(self, what: str, times: int = 1) -> None:
        """Count `what`, a key of SENTENCES."""
        if times:
            self.met[what] += times

    def sentences(self) -> list[str]:
        """One sentence for each thing met, always in the same order."""
        told = []
        for what, (one, several) in SENTENCES.items():
            if self.met[what]:
                told.append(several.format(n=self.met[what]) if several and self.met[what] > 1 else one)
        return told
