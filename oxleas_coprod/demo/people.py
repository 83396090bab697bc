"""The people of the demo Trust. All invented."""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "anytown-riverside.example"


@dataclass(frozen=True)
class DemoPerson:
    """Someone in the demonstration: a short key, a name, and what they are there to show."""

    key: str
    name: str
    does: str
    phone: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE = (
    DemoPerson("grace", "Grace Hollowbank", "secretary of the Steering Group", "020 7946 0101"),
    DemoPerson("ishani", "Ishani Marrowby", "peer; comments from a phone", "07700 900101"),
    DemoPerson("tunde", "Tunde Osterfield", "peer; co-leads Role design and job description", "07700 900102"),
    DemoPerson("priya", "Priya Copperdale", "staff sponsor; co-leads Role design and job description", "020 7946 0102"),
    DemoPerson("samuel", "Samuel Thistlemoor", "staff sponsor; Ishani's; sits on the Steering Group", "020 7946 0103"),
    DemoPerson("cass", "Cass Tinderly", "peer; sits on the Steering Group", "07700 900103"),
    DemoPerson("morgan", "Morgan Quillfeather", "peer; co-leads Recruitment and selection"),
    DemoPerson("leyla", "Leyla Hartwhistle", "peer; co-leads Induction, training and supervision"),
    DemoPerson("devon", "Devon Lanternby", "peer; co-leads Wellbeing, career and staying in post"),
    DemoPerson("bea", "Bea Stonepetal", "peer; in the Network, not yet in a Task Group"),
    DemoPerson("kofi", "Kofi Underhazel", "peer; sits on the Steering Group"),
    DemoPerson("anwen", "Anwen Fallowgate", "staff sponsor; co-leads Recruitment and selection"),
    DemoPerson("marcus", "Marcus Oatesby", "staff sponsor; in the Network, not yet in a Task Group"),
    DemoPerson("nadia", "Nadia Ferrowick", "Human Resources; keeps the role records at /hr/"),
    DemoPerson("colm", "Colm Stepplestone", "Communications; sits on Task Groups"),
    DemoPerson("yetunde", "Yetunde Larchmere", "Equality and Human Rights; signs off equality"),
    DemoPerson("owen", "Owen Bramblecote", "governance lead; publishes, and proves the chain"),
    DemoPerson("helen", "Dr Helen Mossbridge", "executive champion; sits on the Steering Group"),
    DemoPerson("robin", "Robin Alderfield", "looks after the software at /platform/"),
)
