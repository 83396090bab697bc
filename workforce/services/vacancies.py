"""Filling a post: opening a vacancy, moving it on, and saying where each check stands."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from audit.services import record as record_act
from core import clock
from core.errors import Refused
from workforce.models import Check, Occupancy, Vacancy
from workforce.services.records import keep, keep_state
from workforce.workflows import SETTLED, VACANCY, VacancyState

#: For each move: which moment of the vacancy it sets, and what the audit row calls it.
MOVES = {
    "make_offer": ("offered", "workforce.made_offer"),
    "start_checks": ("checks", "workforce.started_checks"),
    "fill": ("filled", "workforce.filled_vacancy"),
    "withdraw": ("withdrawn", "workforce.withdrew_vacancy"),
}


def open_vacancy(*, by: Any, vacancy: Vacancy) -> None:
    """Begin to fill a position. Raises `Refused` for a position that is closed."""
    closed_on = vacancy.position.closed_on
    if closed_on is not None and closed_on <= clock.today():
        raise Refused("This position is closed", field="position")
    vacancy.opened_at, vacancy.opened_by = clock.now(), by
    keep(by=by, record=vacancy)


@transaction.atomic
def move(*, by: Any, vacancy: Vacancy, name: str) -> Vacancy:
    """Move a vacancy on by one of the moves of `VACANCY`. Gives it as it now stands.

    Starting the checks makes the six. Raises `Refused` when there is no such move now, or when it is to be filled and
    a check is neither cleared nor not applicable.
    """
    locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if name == "fill" and VACANCY.allows(locked, "fill"):
        _refuse_unsettled(locked)
    moment, verb = MOVES[name]
    VACANCY.move(locked, name, **{f"{moment}_at": clock.now(), f"{moment}_by": by})
    keep_state(by=by, record=locked)
    if name == "start_checks":
        for kind in Check.Kind:
            keep_state(by=by, record=Check(vacancy=locked, kind=kind))
    record_act(actor=by, verb=verb, about=locked)
    return locked


@transaction.atomic
def keep_check(*, by: Any, check: Check) -> None:
    """Save where a check stands. Raises `Refused` once the vacancy is filled or withdrawn: it stays as it was then."""
    vacancy = Vacancy.objects.select_for_update().get(pk=check.vacancy_id)
    if vacancy.state != VacancyState.CHECKS:
        raise Refused(f"The vacancy is {vacancy.get_state_display().lower()}, so its checks stay as they are.")
    keep(by=by, record=check)


@transaction.atomic
def name_who_fills(*, by: Any, vacancy_id: int, occupancy: Occupancy) -> None:
    """Let a filled vacancy lead to who fills it.

    Raises `Refused` when it is not filled, leads to somebody already, or is of another position.
    """
    vacancy = Vacancy.objects.select_for_update().filter(pk=vacancy_id, position=occupancy.position_id).first()
    if vacancy is None or vacancy.state != VacancyState.FILLED:
        raise Refused("There is no filled vacancy of this position. Open the vacancy again.", field="position")
    if vacancy.occupancy_id is not None:
        raise Refused("Somebody has said already who fills this vacancy. Open the vacancy again.", field="position")
    vacancy.occupancy = occupancy
    keep(by=by, record=vacancy)


def _refuse_unsettled(vacancy: Vacancy) -> None:
    """Which checks are open is not said: two of them tell of health and of criminal records."""
    settled = vacancy.checks.filter(status__in=SETTLED).count()
    if settled < len(Check.Kind):
        raise Refused(
            "Not every check is done. Each of the six must be cleared, or not applicable, before the post is filled.",
            field="move",
        )
