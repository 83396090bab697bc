"""What is handed over, on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from core import clock
from core.said import nhs_date
from documents import markup
from documents.pdf import make_pdf
from home.handover import Pack, Section

PRIVATE = "Private: for whoever takes this part on"


@dataclass(frozen=True)
class Printed:
    """One block, as the typesetter takes it."""

    kind: str
    text: str
    level: int = 0
    label: str = ""


def pdf_of(pack: Pack) -> bytes:
    """The page as a PDF. Raises `Refused` when it cannot be made."""
    return make_pdf(
        title=f"Handover: {pack.name}",
        blocks=[block for section in pack.sections for block in _blocks(section)],
        banner=PRIVATE,
        control=[
            ("Group", pack.about.body.name),
            ("Part", pack.name),
            ("What it is", pack.does),
            ("As it stood on", nhs_date(clock.today())),
        ],
        organisation=settings.ORGANISATION_NAME,
    )


def _blocks(section: Section) -> list[Printed]:
    """A heading, then each line. Words of people are escaped: no mark of theirs is one of ours."""
    heading = Printed("heading", section.heading, 1)
    lines = [f"{line.words.rstrip('.')}. {line.more}".strip() for line in section.lines]
    items = [Printed("list_item", markup.escape(words), 0, "•") for words in lines]
    return [heading, *(items or [Printed("paragraph", section.empty)])]
