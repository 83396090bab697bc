"""What a worker does with ESR files: checks them, saves them, takes them back. Each is done whole or not at all."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q

from audit.services import record as record_act
from core import clock
from core.turns import take_turn_at
from workforce.esr.applying import BATCH, apply
from workforce.esr.comparing import DryRun
from workforce.esr.services import CLASH, DECIDED, forget_file, rows_of
from workforce.esr.undoing import take_back
from workforce.esr.workflows import AT_WORK, IMPORTS, State
from workforce.models import Absence, Difference, EsrImport, FileRows, Problem, StruckOut

logger = logging.getLogger(__name__)

#: A worker that has been at an import for longer has been stopped; another takes over. Nothing is half done.
TAKE_OVER = dt.timedelta(minutes=10)
KEEP_ROWS = dt.timedelta(days=1)
BROKEN = "Something went wrong, and nothing was changed. Try again; if it happens again, tell the IT service desk."


def work() -> None:
    """Do what waits, oldest first: check, save or undo. Each import is claimed by one worker."""
    waiting = Q(claimed_at=None) | Q(claimed_at__lt=clock.now() - TAKE_OVER)
    for run in EsrImport.objects.filter(waiting, state__in=AT_WORK).order_by("uploaded_at", "pk"):
        claimed = EsrImport.objects.filter(waiting, pk=run.pk, state=run.state).update(claimed_at=clock.now())
        if claimed:
            _do(run)


def _do(run: EsrImport) -> None:
    act, otherwise, more = {
        State.CHECKING: (_check, "could_not_check", {}),
        State.ACCEPTING: (_accept_all, "could_not_accept", {}),
        State.UNDOING: (_undo, "could_not_undo", {"undone_at": None, "undone_by": None}),
    }[State(run.state)]
    try:
        act(run)
    except DatabaseError as problem:
        _could_not(run, otherwise, CLASH, more, problem)
    except Exception as problem:  # noqa: BLE001 -- a worker goes on, and the person is told
        _could_not(run, otherwise, BROKEN, more, problem)


def _could_not(run: EsrImport, move: str, words: str, more: dict[str, Any], problem: Exception) -> None:
    """The name of the problem alone: its text may hold what stands in a record."""
    logger.error("ESR import %s: %s (%s)", run.pk, move, type(problem).__name__)
    run.refresh_from_db()
    IMPORTS.move(run, move, claimed_at=None, says=words, **more)


def _check(run: EsrImport) -> None:
    while not _is_checked(run):
        pass


def _is_checked(run: EsrImport) -> bool:
    """Compare, and write down what was found: unless a record was struck out meanwhile, of which nothing may be said.

    A strike that begins after waits until all is written, and takes it out again (see `esr.struck`).
    """
    dry = DryRun(run.columns)
    dry.go(rows_of(run), lambda done: EsrImport.objects.filter(pk=run.pk).update(rows_done=done))
    decided = run.differences.exclude(state__in=[DECIDED.OPEN, DECIDED.STALE, DECIDED.LEFT])
    with transaction.atomic():
        take_turn_at(StruckOut)
        if not dry.held.is_all_here():
            return False
        run.differences.exclude(pk__in=decided).delete()
        run.problems.all().delete()
        run.absences.all().delete()
        found: list[Difference | Problem] = [*dry.differences, *dry.problems]
        for each in found:
            each.run = run
        Difference.objects.bulk_create(dry.differences, batch_size=BATCH)
        Problem.objects.bulk_create(dry.problems, batch_size=BATCH)
        Absence.objects.bulk_create((Absence(run=run, occupancy_id=pk) for pk in dry.absent), batch_size=BATCH)
        IMPORTS.move(run, "checked", claimed_at=None, rows_done=run.rows_total)
    return True


def _accept_all(run: EsrImport) -> None:
    with transaction.atomic():
        waiting = list(run.differences.select_for_update().filter(state=DECIDED.OPEN))
        saved = apply(run, waiting, by=run.accepted_by)
        IMPORTS.move(run, "accepted", claimed_at=None)
        forget_file(run)
        record_act(actor=run.accepted_by, verb="workforce.saved_esr_file", about=run, differences=saved)


def _undo(run: EsrImport) -> None:
    with transaction.atomic():
        kept = take_back(run, by=run.undone_by)
        IMPORTS.move(run, "undone", claimed_at=None)
        forget_file(run)
        record_act(actor=run.undone_by, verb="workforce.took_esr_import_back", about=run, kept=kept)


def forget() -> None:
    """Each hour: forget files that are a day old. One whose columns nobody chose is thrown away with it."""
    before = clock.now() - KEEP_ROWS
    old = EsrImport.objects.filter(uploaded_at__lt=before)
    FileRows.objects.filter(run__in=old.exclude(state__in=AT_WORK)).delete()
    old.filter(state=State.COLUMNS).update(state=State.STOPPED)
