"""Somebody tells the moderators of something they read."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from notifications.services import post
from practice.models import Act, Item, Reply, Report
from practice.models.moderation import sealed
from practice.moderators import who_looks
from practice.notifications import sharing as told
from practice.rules import may_report_item, may_report_reply
from practice.services.words import locked_item, locked_reply


@transaction.atomic
def report(*, by: Person, words: Item | Reply, reason: str, said: str, form_key: UUID) -> Report:
    """Ask the moderators to look at an item or a reply, and tell those who can look at it.

    A repeated `form_key`, or a second report while the first waits, gives the first. Raises `Refused` for one's own
    words, and when they are not there to be read any more.
    """
    words = locked_item(words) if isinstance(words, Item) else locked_reply(words)
    about = {"item_id": words.pk} if isinstance(words, Item) else {"reply_id": words.pk}
    first = first_result(Report.objects.all(), form_key, by_id=by.pk, **about)
    first = first or Report.objects.open().filter(by=by, **about).first()
    if first:
        return first
    may = may_report_item if isinstance(words, Item) else may_report_reply
    if not may.test(by, words):
        raise Refused(
            "You cannot report this now. If it is not shown any more and you are still worried, call the secretary."
        )
    is_worried = reason == Report.Reason.WORRIED
    made = Report.objects.create(
        by=by,
        reason=reason,
        said_sealed=sealed(said),
        route_shown=is_worried,
        reported_at=clock.now(),
        form_key=form_key,
        **about,
    )
    record(actor=by, verb="practice.reported", about=made, reason=reason, route_shown=is_worried)
    alert(made, occasion="reported", today=is_worried)
    return made


def alert(report: Report, *, occasion: str, today: bool, but: Person | None = None) -> None:
    """Tell those who can look at a report, except `but`, that it waits for them."""
    recipients = [person for person in who_looks(report) if but is None or person.pk != but.pk]
    occasion = f"report {report.pk} {occasion}"
    post(kind=told.TO_LOOK_AT, recipients=recipients, occasion=occasion, about=report, facts={"today": today})


def hand_back_to_moderators(*, by: Person, words: Item | Reply) -> None:
    """Note that the author changed the words, and tell the moderators; within the verb that changed them."""
    record(actor=by, verb="practice.handed_back", about=words)
    for each in Report.objects.about(words).open():
        act = Act.objects.create(report=each, kind=Act.Kind.HANDED_BACK, at=clock.now(), by=by)
        alert(each, occasion=f"act {act.pk}", today=False)
