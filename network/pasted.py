"""Read a list of people as somebody pasted it, and say in plain words what is wrong with a line.

A line is: name, email address, "peer" or "staff sponsor", and for a peer the email address of their staff sponsor, if
they have one. Commas, semicolons or tabs stand between, so that rows of a spreadsheet can be pasted as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.invitations import normal_address
from accounts.models import Invitation, Person
from core.errors import Refused
from governance.models import Constituency
from network.known import Known, known, sponsors_today

MOST_LINES = 200
LONGEST_NAME = Invitation._meta.get_field("name").max_length or 0


@dataclass(frozen=True)
class Line:
    """One line as read. `problem` is "" when this person can be invited."""

    number: int
    name: str
    address: str
    constituency: Constituency | None
    sponsor: Person | None
    problem: str

    @property
    def role(self) -> str:
        return self.constituency.label if self.constituency else ""


def read_lines(text: str) -> list[Line]:
    """Every line that is not empty, checked against who is here now. Four queries, however many lines.

    Raises `Refused` for more lines than a list can have, and for none.
    """
    rows = [(number, _cells(line)) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if rows and _is_heading(rows[0][1]):
        rows = rows[1:]
    if not rows:
        raise Refused("Paste the people you want to invite, one on each line.", field="text")
    if len(rows) > MOST_LINES:
        raise Refused(f"A list can have up to {MOST_LINES} lines. You pasted {len(rows)}.", field="text")
    return list(_Reader(rows).lines())


def _cells(line: str) -> list[str]:
    """Name, address, role, sponsor's address: whatever stands between them."""
    between = next((sign for sign in "\t;," if sign in line), ",")
    cells = next(csv.reader([line.replace("\0", "")], delimiter=between), [])
    return ([cell.strip() for cell in cells] + [""] * 4)[:4]


def _is_heading(cells: list[str]) -> bool:
    return "@" not in "".join(cells) and any(word in cells[1].lower() for word in ("mail", "address"))


def role_of(text: str) -> Constituency | None:
    """ "Peer", "sponsor" and "staff sponsor", in this installation's words too."""
    word = " ".join(text.lower().split())
    if word in {"peer", "peers", settings.WORDS["peer"].lower()}:
        return Constituency.PEER
    if word in {"sponsor", "staff sponsor", "staff", settings.WORDS["sponsor"].lower()}:
        return Constituency.SPONSOR
    return None


class _Reader:
    """Checks the lines one after another, with everything that is known of their addresses read beforehand."""

    def __init__(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        self.rows = list(rows)
        self.known: Known = known(filter(None, (_address(cells[1]) for _, cells in self.rows)))
        self.sponsors = sponsors_today()
        self.first_on: dict[str, int] = {}

    def lines(self) -> Iterator[Line]:
        for number, (name, typed, role, sponsor) in self.rows:
            address, constituency = _address(typed), role_of(role)
            named = self.sponsors.get(_address(sponsor))
            problem = self._problem(name, typed, role, sponsor)
            self.first_on.setdefault(address, number)
            yield Line(number, name, address or typed, constituency, named, problem)

    def _problem(self, name: str, typed: str, role: str, sponsor: str) -> str:
        address, constituency = _address(typed), role_of(role)
        if not name:
            return "There is no name."
        if len(name) > LONGEST_NAME:
            return f"The name must be {LONGEST_NAME} characters or fewer."
        if not address:
            return "The email address is not right. It should look like name@example.com"
        if address in self.first_on:
            return f"The same address is on line {self.first_on[address]}."
        if constituency is None:
            return f"Say if they are a {settings.WORDS['peer']} or a {settings.WORDS['sponsor']}."
        if sponsor and constituency == Constituency.PEER and _address(sponsor) not in self.sponsors:
            return f"The address in the last place is not one of a {settings.WORDS['sponsor']} here now."
        return self.known.why_not(address, constituency)


def _address(text: str) -> str:
    try:
        return normal_address(text)
    except ValidationError:
        return ""
