"""What people do with an ESR file, and what a worker does for them. Each act names its person."""

from __future__ import annotations

import json
import logging
from typing import Any

from celery import current_app
from django.db import DatabaseError, transaction

from audit.services import record as record_act
from core import clock
from core.errors import Refused
from core.secrets import seal, unseal
from workforce.esr.applying import apply
from workforce.esr.columns import FACTS, LABELS, guess, key_of
from workforce.esr.opening import read_file
from workforce.esr.workflows import IMPORTS, State
from workforce.models import ColumnChoice, Difference, EsrImport, FileRows, Occupancy

logger = logging.getLogger(__name__)

WORK = "workforce.tasks.work"
DECIDED: Any = Difference.State
CLASH = "Nothing was saved: another record has one of these numbers now, or two values do not fit. Check again."


def upload(*, by: Any, file: Any) -> EsrImport:
    """Read a file and keep its rows, sealed, until columns are chosen. Raises Refused; then nothing is kept."""
    found = read_file(file)
    with transaction.atomic():
        run = EsrImport.objects.create(
            file_name=found.name,
            headings=found.headings,
            columns=last_choice(found.headings),
            rows_total=len(found.rows),
            uploaded_at=clock.now(),
            uploaded_by=by,
        )
        FileRows.objects.create(run=run, sealed=seal(json.dumps(found.rows)))
        record_act(actor=by, verb="workforce.uploaded_esr_file", about=run, rows=len(found.rows))
    return run


def last_choice(headings: list[str]) -> dict[str, int]:
    """The columns as they were chosen last time for these headings; else a guess."""
    kept = ColumnChoice.objects.filter(headings=key_of(headings)).first()
    return kept.columns if kept else guess(headings)


@transaction.atomic
def choose_columns(*, by: Any, run: EsrImport, columns: dict[str, int]) -> None:
    """Keep the choice for next time, forget every other column, and have the file checked."""
    for fact in FACTS:
        if fact.required and fact.name not in columns:
            raise Refused(f"Choose the column of the {LABELS[fact.name].lower()}.", field=fact.name)
    if len(set(columns.values())) != len(columns):
        raise Refused("You chose one column for two things. Choose each column once.")
    rows = rows_of(run)
    places = sorted(columns.values())
    kept = [[line, *(cells[place] if place < len(cells) else "" for place in places)] for line, *cells in rows]
    ColumnChoice.objects.update_or_create(
        headings=key_of(run.headings), defaults={"columns": columns, "saved_at": clock.now(), "saved_by": by}
    )
    FileRows.objects.filter(run=run).update(sealed=seal(json.dumps(kept)))
    IMPORTS.move(
        run,
        "check",
        columns={name: places.index(place) for name, place in columns.items()},
        headings=[run.headings[place] for place in places],
        rows_done=0,
        says="",
    )
    record_act(actor=by, verb="workforce.chose_esr_columns", about=run)
    ask_for_work()


@transaction.atomic
def check_again(*, by: Any, run: EsrImport) -> None:
    """Compare once more with what is held now. What was accepted stays accepted."""
    rows_of(run)
    IMPORTS.move(run, "check", rows_done=0, says="")
    record_act(actor=by, verb="workforce.checked_esr_file_again", about=run)
    ask_for_work()


@transaction.atomic
def accept(*, by: Any, run: EsrImport, difference: int) -> bool:
    """Save one difference. False when its record has changed since the check: then nothing is saved.

    Raises Refused when it is decided already, or when the database will not hold it.
    """
    each = _open(run, difference)
    try:
        with transaction.atomic():
            apply(run, [each], by=by)
    except DatabaseError:
        raise Refused(CLASH) from None
    if each.state != DECIDED.ACCEPTED:
        return False
    if run.accepted_at is None:
        EsrImport.objects.filter(pk=run.pk).update(**_now(by, "accepted"))
    record_act(actor=by, verb="workforce.accepted_esr_difference", about=run, difference=each.pk)
    return True


@transaction.atomic
def leave(*, by: Any, run: EsrImport, difference: int) -> None:
    """Leave one as it is held here."""
    each = _open(run, difference)
    run.differences.filter(pk=each.pk).update(state=DECIDED.LEFT)
    record_act(actor=by, verb="workforce.left_esr_difference", about=run, difference=each.pk)


@transaction.atomic
def accept_all(*, by: Any, run: EsrImport) -> None:
    """Have a worker save every difference that nobody has decided on, all in one go."""
    IMPORTS.move(run, "accept_all", says="", **({} if run.accepted_at else _now(by, "accepted")))
    record_act(actor=by, verb="workforce.accepted_esr_file", about=run)
    ask_for_work()


@transaction.atomic
def undo(*, by: Any, run: EsrImport) -> None:
    """Have a worker take the import back."""
    if run.accepted_at is None:
        raise Refused("Nothing of this file has been saved, so there is nothing to undo.")
    IMPORTS.move(run, "undo", says="", **_now(by, "undone"))
    record_act(actor=by, verb="workforce.undid_esr_import", about=run)
    ask_for_work()


@transaction.atomic
def stop(*, by: Any, run: EsrImport) -> None:
    """Throw the file away before anything of it was saved."""
    if run.accepted_at is not None:
        raise Refused("Part of this file has been saved. Undo the import instead.")
    IMPORTS.move(run, "stop")
    forget_file(run)
    record_act(actor=by, verb="workforce.threw_esr_file_away", about=run)


def latest() -> EsrImport | None:
    """The last import that was saved and not undone: whoever is absent from it is marked."""
    saved = EsrImport.objects.filter(accepted_at__isnull=False, undone_at=None)
    return saved.order_by("-uploaded_at", "-pk").first()


def is_absent(occupancy: Occupancy) -> bool:
    """Whether the last import that was saved did not name whoever is in this post. Two queries."""
    run = latest()
    return run is not None and run.absences.filter(occupancy=occupancy).exists()


def ask_for_work() -> None:
    """Tell a worker when the transaction commits. Only a hint: the row is the truth, and each minute finds it."""
    transaction.on_commit(_send_hint)


def _send_hint() -> None:
    try:
        current_app.send_task(WORK, retry=False, ignore_result=True)
    except Exception as problem:  # noqa: BLE001 -- whatever ails the broker, the page must not fail
        logger.warning("The broker took no hint (%s); the minute finds the import.", type(problem).__name__)


def _now(by: Any, what: str) -> dict[str, Any]:
    return {f"{what}_at": clock.now(), f"{what}_by": by}


def _open(run: EsrImport, difference: int) -> Difference:
    """One that nobody has decided on, locked."""
    EsrImport.objects.select_for_update().get(pk=run.pk)
    run.refresh_from_db()
    each = run.differences.select_for_update().filter(pk=difference, state=DECIDED.OPEN).first()
    if run.state != State.READY or each is None:
        raise Refused("This has been decided already. The page now shows how it stands.")
    return each


def rows_of(run: EsrImport) -> list[list[Any]]:
    kept = FileRows.objects.filter(run=run).first()
    if kept is None:
        raise Refused("The file is no longer here: we keep it for a day. Choose the file again.")
    return json.loads(unseal(kept.sealed))


def forget_file(run: EsrImport) -> None:
    FileRows.objects.filter(run=run).delete()
