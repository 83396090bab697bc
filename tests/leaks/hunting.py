"""Ask an address as one reader, and say which marks came back that may not stand there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from bs4 import BeautifulSoup
from pypdf import PdfReader

from audit.models import AuditEntry, Look
from notifications.models import Attempt, Message
from tests.leaks.fields import GOVERNANCE, IMPORT, MAY_STAND_IN_AN_ADDRESS, SENSITIVE
from tests.leaks.planting import BY_CHANCE, Mark, Marks
from tests.leaks.readers import Reader
from tests.permissions.asking import Answer, Askers

ADDRESSES = re.compile(r"""(?:href|action|src|formaction|content)=(?:"([^"]*)"|'([^']*)')|Location: (\S+)""")


@dataclass(frozen=True)
class Leak:
    """One mark, where it must not be."""

    reader: str
    where: str
    mark: Mark
    how: str = ""

    def __str__(self) -> str:
        return f"{self.mark.field} is told to {self.reader} by {self.where}{self.how and f' ({self.how})'}"


PLACES = {IMPORT: r"/hr/workforce/esrimport/", GOVERNANCE: r"/hr/workforce/struckout/"}


def place_of(mark: Mark) -> re.Pattern[str]:
    """The only addresses where a mark may stand, for whoever may read it."""
    if mark.level == SENSITIVE:  # not in a list: one opens the record, and that is written down
        return re.compile(rf"/hr/workforce/{mark.model.lower()}/(add|[0-9]+/(change|history|made-in-error))/")
    return re.compile(PLACES.get(mark.level, r"/hr/"))


def may_stand(mark: Mark, reader: Reader, path: str) -> bool:
    return mark.level in reader.may and place_of(mark).match(path) is not None


@dataclass
class Hunt:
    """Asks, and remembers what was told to whom: `leaks`, and the marks that somebody who may has `found`."""

    marks: Marks
    askers: Askers
    readers: dict[str, Reader]
    leaks: list[Leak] = field(default_factory=list)
    found: set[Mark] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    asked: int = 0

    @classmethod
    def of(cls, marks: Marks, readers: Iterable[Reader]) -> Hunt:
        by_name = {reader.name: reader for reader in readers}
        people = SimpleNamespace(people={name: reader.person for name, reader in by_name.items()})
        return cls(marks, Askers.of(people), by_name)  # type: ignore[arg-type] # it asks for the people alone

    def ask(self, name: str, path: str, data: dict[str, Any] | None = None) -> Answer:
        """Ask, hunt what came back and what was written meanwhile, and give the answer."""
        reader, method = self.readers[name], "GET" if data is None else "POST"
        then = self._new_rows() if reader.is_of_hr else None
        answer = self.askers.ask(name, method, path, data, then)
        self.asked += 1
        where = f"{method} {path}"
        if answer.status == 500:
            self.broken.append(f"{where} as {name}: {answer.error}")
        text = words_of(answer)
        for mark in self.marks.found_in(text):
            if mark.word in path:
                continue  # whoever asks for it is sent to the log-in with what they asked
            if may_stand(mark, reader, path):
                self.found.add(mark)
            else:
                self.leaks.append(Leak(name, where, mark))
        self._hunt_addresses(name, where, text)
        self.hunt_text(name, f"a row written by {where}", str(answer.seen or ""))
        return answer

    def ask_all(self, names: Iterable[str], paths: Iterable[str]) -> None:
        paths = list(paths)
        for name in names:
            for path in paths:
                self.ask(name, path)

    def hunt_text(self, name: str, where: str, text: str) -> None:
        """Text in which no mark at all may stand."""
        self.leaks += [Leak(name, where, mark) for mark in self.marks.found_in(text)]

    def _hunt_addresses(self, name: str, where: str, text: str) -> None:
        addresses = " ".join("".join(found) for found in ADDRESSES.findall(text))
        for mark in self.marks.found_in(addresses):
            if not MAY_STAND_IN_AN_ADDRESS.match(mark.field):
                self.leaks.append(Leak(name, where, mark, "in an address"))

    def _new_rows(self) -> Any:
        """The rows that others may read one day, as far as they were not there before."""
        models = (AuditEntry, Look, Message, Attempt)
        before = [model.objects.count() for model in models]

        def rows() -> list[Any]:
            new = [model for model, count in zip(models, before, strict=True) if model.objects.count() != count]
            return [list(model.objects.values()) for model in new]

        return rows


def words_of(answer: Answer) -> str:
    """What came back, as text; and the headers."""
    return "\n".join([text_of(answer.content), *answer.headers])


def text_of(content: bytes) -> str:
    """The text of a page or a file: of a spreadsheet or a PDF its contents."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    elif content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode(errors="replace")


def shape_of(answer: Answer, *echoed: str) -> tuple[Any, ...]:
    """What two answers are compared by: all of it, but for what is made up anew, and what was typed and comes back."""
    text = BY_CHANCE.sub("", text_of(answer.content))
    headers = "\n".join(answer.headers)
    for word in echoed:
        text, headers = text.replace(word, "…"), headers.replace(word, "…")
    headers = re.sub(r"(Content-Length|Expires|Date): .*", "", headers)
    return answer.status, text, headers


def form_of(answer: Answer) -> dict[str, Any]:
    """The fields of the last form of a page, filled as they are shown."""
    forms = BeautifulSoup(answer.content, "html.parser").select("main form[method=post]")
    shown: dict[str, Any] = {}
    for control in forms[-1].select("[name]") if forms else ():
        shown |= _filled(control)
    return {name: value for name, value in shown.items() if name not in ("csrfmiddlewaretoken", "kept_for")}


def _filled(control: Any) -> dict[str, Any]:
    name, kind = control["name"], control.get("type")
    if control.name == "textarea":
        return {name: control.get_text().removeprefix("\n")}
    if control.name == "select":
        chosen = control.find("option", selected=True) or control.find("option")
        return {name: chosen.get("value", "") if chosen else ""}
    if kind in ("checkbox", "radio") and not control.has_attr("checked"):
        return {}
    return {name: control.get("value", "")} if kind != "file" else {}


def bad_posts(answer: Answer) -> Iterator[dict[str, Any]]:
    """For the form of a page: nothing, what is shown, what is stale, and nonsense in each box."""
    shown = form_of(answer)
    yield {}
    if shown:
        yield shown
        yield shown | {"seen": "1"}
        yield dict.fromkeys(shown, "no such thing " * 40)
        yield dict.fromkeys(shown, "-1")
