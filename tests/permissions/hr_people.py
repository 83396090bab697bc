"""HR's people, each alone in what they hold, at every address of HR's site.

The matrix asks everybody of the Trust; there HR has an editor who may see health and DBS statuses, and a viewer who may
not. Here stand the other two, whoever holds the third role alone, and staff of another department.
"""

from __future__ import annotations

from accounts.models import Person, Role
from tests.factories.workforce import CheckFactory
from tests.leaks.readers import holding, of_another_department
from tests.permissions.notation import NOBODY, Row, people
from tests.permissions.world import World
from workforce.models import Check

#: `status_viewer` and `status_editor` may see health and DBS statuses as well.
HR = people("hr_viewer hr_editor status_viewer status_editor")
EDITORS = people("hr_editor status_editor")
STATUSES = people("status_viewer status_editor")
WHO = (*sorted(HR), "status_alone", "communications")
ORDINARY = ("position", "occupancy", "worker", "peertraining", "competence", "vacancy", "check", "referencevalue")
SENSITIVE = ("workhealth", "dbs", "adjustments", "wellbeingplan")


def make(world: World) -> dict[str, Person | None]:
    """The people of this file; and a check of a vacancy that tells of health."""
    vacancy = _check(world).vacancy
    health = CheckFactory(kind="health", vacancy=vacancy)
    for page in ("change", "history"):
        world.things[f"hr:workforce_check_{page}"]["health"] = (health.pk,)
    roles = {
        "hr_viewer": (Role.HR_VIEWER,),
        "hr_editor": (Role.HR_EDITOR,),
        "status_viewer": (Role.HR_VIEWER, Role.HR_SENSITIVE),
        "status_editor": (Role.HR_EDITOR, Role.HR_SENSITIVE),
        "status_alone": (Role.HR_SENSITIVE,),
    }
    made = {name: holding(world.cast, name.replace("_", "-"), *held) for name, held in roles.items()}
    return made | {"communications": of_another_department(world.cast)}


def _check(world: World) -> Check:
    return Check.objects.get(pk=world.things["hr:workforce_check_change"]["any"][0])


def record(kind: str, about: str, may: frozenset[str], change: frozenset[str]) -> list[Row]:
    """The pages of one record: `may` read it, `change` those of them who save it; the others of HR may not save."""
    page = f"hr:workforce_{kind}"
    refused = HR - EDITORS if about == "health" else may - change
    return [
        Row(f"{page}_change", about, may=may, post_may=change, post_refused=refused),
        Row(f"{page}_history", about, may=may),
    ]


def rows() -> list[Row]:
    made = [Row("hr:index", may=HR), Row("hr:", "")]
    for kind in ORDINARY:
        adds = NOBODY if kind == "check" else EDITORS
        made += [
            Row(f"hr:workforce_{kind}_changelist", post=302, may=HR),
            Row(f"hr:workforce_{kind}_add", may=adds, refused=HR - adds),
            *record(kind, "any", HR, EDITORS),
            Row(f"hr:workforce_{kind}_change", "absent", post_refused=HR - EDITORS),
            Row(f"hr:workforce_{kind}_history", "absent"),
        ]
    made += record("check", "health", STATUSES, people("status_editor"))
    for kind in SENSITIVE:
        adds = people("status_editor")
        made += [
            Row(f"hr:workforce_{kind}_changelist", post=302, may=STATUSES),
            Row(f"hr:workforce_{kind}_add", may=adds, refused=STATUSES - adds),
            *record(kind, "any", STATUSES, adds),
            Row(f"hr:workforce_{kind}_change", "absent", post_refused=STATUSES - adds),
            Row(f"hr:workforce_{kind}_history", "absent"),
        ]
    return made + [
        Row("hr:workforce_esrimport_changelist", post=302, may=EDITORS, refused=HR - EDITORS),
        Row("hr:workforce_esrimport_add", may=EDITORS, refused=HR - EDITORS),
        Row("hr:workforce_esrimport_change", "any", may=EDITORS, refused=HR - EDITORS, post=302),
        Row("hr:workforce_esrimport_change", "absent", refused=HR - EDITORS),
    ]
