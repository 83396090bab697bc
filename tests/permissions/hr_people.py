"""HR's people, each alone in what they hold, at every address of HR's site.

The matrix asks everybody of the Trust; there HR has an editor who may see health and DBS statuses, and a viewer who may
not. Here stand the others, whoever holds one of the added roles alone, and staff of another department.
"""

from __future__ import annotations

from types import SimpleNamespace

from accounts.models import Person, Role
from tests.factories.workforce import CheckFactory
from tests.leaks.readers import holding, of_another_department
from tests.permissions.asking import Askers
from tests.permissions.notation import NOBODY, Row, page, people
from tests.permissions.world import World
from workforce.models import Check

#: `status_viewer` and `status_editor` may see health and DBS statuses as well.
HR = people("hr_viewer hr_editor status_viewer status_editor file_viewer file_editor")
EDITORS = people("hr_editor status_editor file_editor")
STATUSES = people("status_viewer status_editor")
#: May take records away as a file as well.
EXPORTERS = people("file_viewer file_editor")
WHO = (*sorted(HR), "status_alone", "file_alone", "communications")
OUTSIDE = dict.fromkeys(("status_alone", "file_alone", "communications"), 404)
ORDINARY = ("position", "occupancy", "worker", "peertraining", "competence", "vacancy", "check", "referencevalue")
TOGETHER = ("position", "occupancy")
SENSITIVE = ("workhealth", "dbs", "adjustments", "wellbeingplan")


def askers(world: World) -> Askers:
    """A browser for each of them, in this world."""
    made = Askers.of(SimpleNamespace(people=make(world)))  # type: ignore[arg-type] # it asks for the people alone
    made.world = world
    return made


def make(world: World) -> dict[str, Person | None]:
    """The people of this file; and a check of a vacancy that tells of health."""
    vacancy = _check(world).vacancy
    health = CheckFactory(kind="health", vacancy=vacancy)
    for name in ("change", "history"):
        world.things[f"hr:workforce_check_{name}"]["health"] = (health.pk,)
    roles = {
        "hr_viewer": (Role.HR_VIEWER,),
        "hr_editor": (Role.HR_EDITOR,),
        "status_viewer": (Role.HR_VIEWER, Role.HR_SENSITIVE),
        "status_editor": (Role.HR_EDITOR, Role.HR_SENSITIVE),
        "status_alone": (Role.HR_SENSITIVE,),
        "file_viewer": (Role.HR_VIEWER, Role.HR_EXPORTER),
        "file_editor": (Role.HR_EDITOR, Role.HR_EXPORTER),
        "file_alone": (Role.HR_EXPORTER,),
    }
    made = {name: holding(world.cast, name.replace("_", "-"), *held) for name, held in roles.items()}
    return made | {"communications": of_another_department(world.cast)}


def _check(world: World) -> Check:
    return Check.objects.get(pk=world.things["hr:workforce_check_change"]["any"][0])


def record(kind: str, about: str, may: frozenset[str], change: frozenset[str]) -> list[Row]:
    """The pages of one record: `may` read it, `change` those of them who save it; the others of HR may not save."""
    start = f"hr:workforce_{kind}"
    refused = HR - EDITORS if about == "health" else may - change
    return [
        Row(f"{start}_change", about, may=may, post_may=change, post_refused=refused),
        Row(f"{start}_history", about, may=may),
        *([] if kind == "referencevalue" or about == "health" else made_in_error(kind, may, change)),
    ]


def made_in_error(kind: str, may: frozenset[str], change: frozenset[str]) -> list[Row]:
    """Striking out: for those who change it, and who only reads it is told whom to ask."""
    address = f"hr:workforce_{kind}_made_in_error"
    return [Row(address, "any", may=change, refused=may - change), Row(address, "absent")]


def beside_the_records() -> list[Row]:
    """Pages that are about no one kind of record; and what was struck out, of which nobody of HR learns."""
    return [
        Row("hr:due", may=HR),
        Row("hr:search", may=HR),
        *(page(f"hr:{name}", may=HR, posts=OUTSIDE) for name in ("figures", "figures_file", "released")),
        page("hr:released_one", "any", may=HR, posts=OUTSIDE),
        Row("hr:release", may=EDITORS, refused=HR - EDITORS),
        Row("hr:hand_over", "any", may=EDITORS, refused=HR - EDITORS, post=302),
        Row("hr:take_back", may=EDITORS, refused=HR - EDITORS, post=302),
        Row("hr:export", may=EXPORTERS, refused=HR - EXPORTERS, get=302, post=302),
        *(Row(f"hr:workforce_{kind}_change_many", may=EDITORS, refused=HR - EDITORS) for kind in TOGETHER),
        Row("hr:workforce_struckout_changelist"),
        Row("hr:workforce_struckout_add"),
        Row("hr:workforce_struckout_change", "any"),
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
    return [
        *made,
        *beside_the_records(),
        Row("hr:workforce_esrimport_changelist", post=302, may=EDITORS, refused=HR - EDITORS),
        Row("hr:workforce_esrimport_add", may=EDITORS, refused=HR - EDITORS),
        Row("hr:workforce_esrimport_change", "any", may=EDITORS, refused=HR - EDITORS, post=302),
        Row("hr:workforce_esrimport_change", "absent", refused=HR - EDITORS),
    ]
