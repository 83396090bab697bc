"""To whom a report goes: the moderators who had no part in it; with none, the Steering Group's secretary."""

from __future__ import annotations

from accounts.models import Person
from governance.models import Body
from governance.people import secretaries_of
from practice.models import Moderator, Report


def who_looks(report: Report) -> list[Person]:
    """Those who may look at `report`, so that nobody judges their own words or their own report. Two queries or four.

    Agrees with `ReportQuerySet.for_moderator`.
    """
    told_us = Report.objects.about(report.words).values_list("by_id", flat=True)
    apart = {report.words.author_id, *told_us}
    named = Moderator.objects.now().select_related("person")
    able = [each.person for each in named if each.person_id not in apart]
    return able or [person for person in _secretaries() if person.pk not in apart]


def _secretaries() -> list[Person]:
    steering = Body.objects.filter(kind=Body.Kind.STEERING).first()
    return secretaries_of(steering) if steering else []
