"""Leaks made on purpose, each of another kind: the hunt must find every one, or it proves nothing."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import logging
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from django.contrib import admin
from django.http import HttpResponse
from openpyxl import Workbook

from accounts.models import Person
from audit.services import record as record_act
from core import clock
from core.errors import Refused
from notifications import kinds
from notifications.models import Message
from oxleas_coprod import hr_reminders
from tests.leaks import elsewhere, fields
from tests.leaks.hunting import Hunt
from tests.leaks.places import address
from tests.leaks.planting import Planted
from tests.leaks.probing import answered_lookups, differences, searches_that_tell
from tests.leaks.twins import otherwise
from workforce import services
from workforce.admin.base import site
from workforce.models import Dbs, Worker
from workforce.presenters import history_of

VIEWER, EDITOR = "only hr_viewer", "only hr_editor"


def found(hunt: Hunt, here: Planted) -> dict[str, bool]:
    """For each plant, whether the hunt found it. What it found is forgotten again: it was planted."""
    results = {}
    for plant in PLANTS:
        kept = list(hunt.leaks), set(hunt.found), list(hunt.broken)
        before = len(hunt.leaks)
        told = bool(plant(hunt, here))
        results[plant.__name__.removeprefix("_")] = told or len(hunt.leaks) > before
        hunt.leaks, hunt.found, hunt.broken = kept
    return results


def _worker_admin() -> Any:
    return site._registry[Worker]


@contextlib.contextmanager
def _column(**more: Any) -> Iterator[None]:
    """A column more in the list of workers: of the DBS check, or one that only sorts by it."""

    @admin.display(description="More", ordering=more.get("ordering"))
    def told(obj: Any) -> str:
        return str(more["shows"](obj)) if "shows" in more else "More"

    kind = _worker_admin()
    columns = (*kind.list_display, "told")
    with mock.patch.object(kind, "told", told, create=True), mock.patch.object(kind, "list_display", columns):
        yield


def _in_a_list(hunt: Hunt, here: Planted) -> None:
    with _column(shows=lambda worker: worker.dbs.level if hasattr(worker, "dbs") else ""):
        hunt.ask(VIEWER, address("worker", "changelist"))


def _in_a_filter(hunt: Hunt, here: Planted) -> list[str]:
    with mock.patch.object(type(_worker_admin()), "allowed_lookups", frozenset({"dbs__level__startswith"})):
        return list(answered_lookups(hunt, here, VIEWER, ["worker"]))


def _in_an_order(hunt: Hunt, here: Planted) -> list[str]:
    other = Dbs.objects.create(worker=here.of("Worker")[1], level="zzzz", is_cleared=False)
    with _column(ordering="dbs__level"):
        place = len(_worker_admin().list_display) - 1
        listed = f"{address('worker', 'changelist')}?o={place}"
        told = differences(hunt, [VIEWER], [listed], otherwise)
    other.history.all().delete()  # type: ignore[attr-defined]
    Dbs.objects.filter(pk=other.pk)._raw_delete("default")
    return told


def _in_a_search(hunt: Hunt, here: Planted) -> list[str]:
    kind = _worker_admin()
    with mock.patch.object(kind, "search_fields", (*kind.search_fields, "work_health__status")):
        return list(searches_that_tell(hunt, here, VIEWER, ["worker"]))


def _as_a_yes_or_no(hunt: Hunt, here: Planted) -> list[str]:
    with _column(shows=lambda worker: "Yes" if hasattr(worker, "dbs") and worker.dbs.is_cleared else "No"):
        return differences(hunt, [VIEWER], [address("worker", "changelist")], otherwise)


def _in_a_history(hunt: Hunt, here: Planted) -> None:
    of_another = history_of(here.worker.dbs)
    with mock.patch("workforce.admin.base.history_of", return_value=of_another):
        hunt.ask(EDITOR, address("worker", "history", here.worker.pk))


def _in_the_title_of_an_error(hunt: Hunt, here: Planted) -> None:
    """A refusal that names somebody else's record."""

    def refuses(**more: Any) -> None:
        raise Refused(f"{here.worker.work_health.status} stands in the way")

    path = address("worker", "change", here.worker.pk)
    with mock.patch("workforce.services.keep", refuses):
        hunt.ask(EDITOR, path, {"employee_number": "1", "first_name": "A", "last_name": "B", "seen": _seen(here)})


def _seen(here: Planted) -> str:
    return services.version_of(here.worker)


def _in_an_address(hunt: Hunt, here: Planted) -> None:
    with mock.patch.object(type(_worker_admin()), "says", "x"), _linked(here.worker.last_name):
        hunt.ask(VIEWER, address("worker", "change", here.worker.pk))


@contextlib.contextmanager
def _linked(name: str) -> Iterator[None]:
    kind = type(_worker_admin())
    with mock.patch.object(
        kind, "crumbs", property(lambda self: [{"text": "Back", "href": f"/hr/workforce/worker/?q={name}"}])
    ):
        yield


def _to_another_department(hunt: Hunt, here: Planted) -> None:
    """A page of the rest of the product that knows of a worker."""
    name = here.worker.last_name

    def tells(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(f"<p>{name} starts on Monday</p>")

    with mock.patch("home.views.render", tells):
        hunt.ask("communications", "/me/")


def _in_the_log(hunt: Hunt, here: Planted) -> None:
    with elsewhere.every_line() as lines:
        logging.getLogger("workforce.services").info("kept %s", vars(here.worker.dbs))
    elsewhere.hunt_lines(hunt, lines)


def _in_the_log_of_acts(hunt: Hunt, here: Planted) -> None:
    def writes(**more: Any) -> None:
        record_act(actor=more["by"], verb="planted", about=more["record"], status=here.worker.dbs.level)

    path = address("worker", "change", here.worker.pk)
    with mock.patch("workforce.services.keep", writes):
        hunt.ask(EDITOR, path, {"employee_number": "1", "first_name": "A", "last_name": "B", "seen": _seen(here)})


def _in_a_message(hunt: Hunt, here: Planted) -> None:
    def posts(**more: Any) -> None:
        now = clock.now()
        moments = dict.fromkeys(("posted_at", "due_at", "expires_at", "give_up_at"), now)
        facts = {"of": here.worker.last_name}
        Message.objects.create(kind="planted", recipient=more["by"], occasion="planted", facts=facts, **moments)

    path = address("worker", "change", here.worker.pk)
    with mock.patch("workforce.services.keep", posts):
        hunt.ask(EDITOR, path, {"employee_number": "1", "first_name": "A", "last_name": "B", "seen": _seen(here)})


def _in_a_letter(hunt: Hunt, here: Planted) -> None:
    """The reminder says who it is about, and not only how many wait."""
    says = {"count_said": here.worker.last_name, "is_one": True}
    telling = dataclasses.replace(hr_reminders.DUE, words=lambda message: says)
    with mock.patch.dict(kinds._kinds, {telling.name: telling}):
        elsewhere.hunt_letters(hunt)


def _in_a_file(hunt: Hunt, here: Planted) -> None:
    """A workbook with a column of DBS checks."""
    book, file = Workbook(write_only=True), io.BytesIO()
    book.create_sheet().append(["Level", here.worker.dbs.level])
    book.save(file)
    with mock.patch.dict(here.files, {"planted.xlsx": file.getvalue()}):
        elsewhere.hunt_files(hunt, here)


def _on_the_page_of_an_error(hunt: Hunt, here: Planted) -> None:
    """The page that says that something went wrong quotes what did."""

    def quotes(request: Any) -> HttpResponse:
        return HttpResponse(f"<p>{here.worker.dbs.level}</p>", status=500)

    with mock.patch("oxleas_coprod.urls.handler500", quotes):
        elsewhere.hunt_broken_pages(hunt, here, VIEWER)


def _in_another_table(hunt: Hunt, here: Planted) -> None:
    robin = Person.objects.filter(email__startswith="robin@")
    phone = robin.get().phone
    robin.update(phone=here.worker.last_name)
    elsewhere.hunt_tables(hunt)
    robin.update(phone=phone)


def _in_a_name(hunt: Hunt, here: Planted) -> None:
    with mock.patch.object(Dbs, "__str__", lambda self: self.level):
        elsewhere.hunt_names(hunt)


def _in_a_field_that_nobody_wrote_down(hunt: Hunt, here: Planted) -> list[str]:
    less = {fields.SENSITIVE: "worker level is_cleared"}
    with mock.patch.dict(fields.READ_BY, {"Dbs": less}):
        return fields.undeclared()


PLANTS: tuple[Callable[[Hunt, Planted], Any], ...] = (
    *(_in_a_list, _in_a_filter, _in_an_order, _in_a_search, _as_a_yes_or_no, _in_a_history, _in_the_title_of_an_error),
    *(_in_an_address, _to_another_department, _in_the_log, _in_the_log_of_acts, _in_a_message, _in_another_table),
    *(_in_a_letter, _in_a_file, _on_the_page_of_an_error, _in_a_name, _in_a_field_that_nobody_wrote_down),
)
