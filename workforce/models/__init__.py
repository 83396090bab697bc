"""HR's part: posts, who holds them, and how posts are filled. Nothing imports this room; it knows no log-in account.

Rules that the database can hold are constraints. The code of a constraint, `field:<name>`, says under which field
of a form its words belong. What must never be held has no field: sickness, discipline, certificates, what was said.
"""

from workforce.models.esr import Absence, ColumnChoice, Difference, EsrImport, FileRows, Problem, ReferenceValue
from workforce.models.learning import Competence, PeerTraining
from workforce.models.posts import FULL_TIME_HOURS, Occupancy, OccupancyQuerySet, Position, Worker
from workforce.models.recorded import Recorded
from workforce.models.reminders import Digest, Reminded
from workforce.models.sensitive import Adjustments, Dbs, WellbeingPlan, WorkHealth
from workforce.models.snapshots import Export, ReleasedFigures
from workforce.models.struck import StruckOut
from workforce.models.vacancies import Check, Vacancy

__all__ = [
    "ReferenceValue",
    "Problem",
    "FileRows",
    "EsrImport",
    "Export",
    "ReleasedFigures",
    "Difference",
    "ColumnChoice",
    "Absence",
    "FULL_TIME_HOURS",
    "Adjustments",
    "Check",
    "Competence",
    "Dbs",
    "Digest",
    "Occupancy",
    "OccupancyQuerySet",
    "PeerTraining",
    "Position",
    "Recorded",
    "Reminded",
    "StruckOut",
    "Vacancy",
    "WellbeingPlan",
    "WorkHealth",
    "Worker",
]
