"""Who may read each field of HR's records: written here by hand, and held against the tables themselves.

A field that is not written here fails the hunt: whoever adds one says who may read it, and from then on it is hunted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.apps import apps
from django.db import models

#: HR's viewers and editors; those who bring in files; those who may see health and DBS statuses;
#: the governance lead; nobody at all.
HR, IMPORT, SENSITIVE, GOVERNANCE, NO_ONE = "hr", "import", "sensitive", "governance", "no one"

READ_BY: dict[str, dict[str, str]] = {
    "Position": {
        HR: "number title family band directorate team base borough lived_experience funded_hours staff_group job_role "
        "occupation_code area_of_work funded_until review_on closed_on policy"
    },
    "Worker": {HR: "employee_number first_name last_name"},
    "Occupancy": {
        HR: "position worker contract assignment_number hours starts_on expected_end_on ended_on leaving_reason covers "
        "probation_starts_on probation_ends_on probation_outcome line_manager peer_supervisor review_on "
        "line_supervision_weeks line_supervised_on peer_supervision_weeks peer_supervised_on group_supervision_weeks "
        "group_supervised_on"
    },
    "PeerTraining": {HR: "worker provider course starts_on ended_on result"},
    "Competence": {
        HR: "worker values knowledge relating supporting self_management teams_and_rights self_care judgement "
        "organisation"
    },
    "WorkHealth": {SENSITIVE: "worker status on"},
    "Dbs": {SENSITIVE: "worker level is_cleared on"},
    "Adjustments": {SENSITIVE: "worker in_place review_on"},
    "WellbeingPlan": {SENSITIVE: "worker status on"},
    "Vacancy": {
        HR: "position state reference advertised_on closes_on interviews_on starts_on opened_at opened_by offered_at "
        "offered_by checks_at checks_by filled_at filled_by withdrawn_at withdrawn_by support_open support_open_on "
        "support_offer support_offer_on support_checks support_checks_on support_start support_start_on occupancy"
    },
    # Two of its six kinds tell of health and of criminal records: see `level_of`.
    "Check": {HR: "vacancy kind status on checked_by"},
    "ReferenceValue": {HR: "kind code words checked_on is_current"},
    "Absence": {HR: "run occupancy"},
    "EsrImport": {
        IMPORT: "file_name state headings columns rows_total rows_done says uploaded_at uploaded_by accepted_at "
        "accepted_by undone_at undone_by claimed_at"
    },
    "FileRows": {IMPORT: "run", NO_ONE: "sealed"},
    "Difference": {IMPORT: "run line kind record number assignment field before after seen made state"},
    "Problem": {IMPORT: "run line assignment words"},
    # Numbers and days: what was due is told by the records themselves.
    "Digest": {HR: "day count"},
    "Reminded": {HR: "kind about_id due_on digest"},
    "Export": {HR: "what file_format rows made_at made_by"},
    "ReleasedFigures": {HR: "as_of figures released_at released_by", NO_ONE: "basis"},
    "StruckOut": {GOVERNANCE: "kind record at by", NO_ONE: "sealed_reason sealed"},
    "ColumnChoice": {IMPORT: "headings columns saved_at saved_by"},
}

#: Choices that the database or a workflow holds to its own list, or that two levels share: no mark fits in.
#: What they tell is hunted by twins, not by marks.
WITHOUT_A_MARK = {"Position.band", "Vacancy.state", "Check.kind", "Check.status", "ReferenceValue.kind"}

#: What may stand in an address: a post and its place, and the number that HR knows a worker by.
MAY_STAND_IN_AN_ADDRESS = re.compile(r"Position\.|ReferenceValue\.|Worker\.employee_number$")


def tables() -> list[type[models.Model]]:
    """HR's tables, their histories aside: those have the same fields."""
    found = apps.get_app_config("workforce").get_models()
    return [model for model in found if not model.__name__.startswith("Historical")]


def level_of(record: models.Model, name: str) -> str:
    """Who may read this field of this record. Raises KeyError for a field that is not written above."""
    if getattr(record, "kind", "") in getattr(record, "SENSITIVE", ()):
        return SENSITIVE
    by_name = {field: level for level, names in READ_BY[type(record).__name__].items() for field in names.split()}
    return by_name[name]


def fields_of(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def undeclared(models_: Iterable[type[models.Model]] | None = None) -> list[str]:
    """Fields of the tables that nobody has written here, and fields written here that no table has."""
    there = {f"{model.__name__}.{field.name}" for model in models_ or tables() for field in fields_of(model)}
    written = {f"{name}.{field}" for name, by in READ_BY.items() for names in by.values() for field in names.split()}
    return sorted(there ^ written)


def sensitive_fields() -> list[str]:
    """Fields that only those with the permission of its own may learn: "Dbs.level"."""
    own = [f"{name}.{field}" for name, by in READ_BY.items() for field in by.get(SENSITIVE, "").split()]
    return [*own, "Check.status", "Check.on", "Check.checked_by"]
