"""What moderators do about a report. Each act has a reason and a row; nobody acts on their own words or report."""

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
from practice.rules import may_look_at
from practice.services.reports import alert
from practice.services.words import erase_item, erase_reply, locked_item, locked_reply
from practice.workflows import AWAY, REPORT, WORDS, ReportState

#: What an act does to the words; `NO_ACTION` leaves them as they are.
MOVES = {
    Act.Kind.HIDE: "hide",
    Act.Kind.ASK_TO_CHANGE: "ask_to_change",
    Act.Kind.RESTORE: "restore",
    Act.Kind.REMOVE: "remove",
}
#: With these the matter is settled, and whoever reported it hears that we looked.
CLOSING = frozenset({Act.Kind.RESTORE, Act.Kind.REMOVE, Act.Kind.NO_ACTION})


def possible_acts(words: Item | Reply) -> list[Act.Kind]:
    """What can be done about words as they stand, the least first."""
    found = [kind for kind, move in MOVES.items() if WORDS.allows(words, move)]
    return found if words.state in AWAY else [Act.Kind.NO_ACTION, *found]


@transaction.atomic
def act(*, by: Person, report: Report, kind: Act.Kind, reason: str, note: str, form_key: UUID) -> Act:
    """Do `kind` about a report, for a reason. The author is told of what was done to their words, and why.

    A repeated `form_key` gives the first act. Raises `Refused` without a reason, when it cannot be done as things
    stand, when somebody has settled it, and for whoever wrote or reported the words.
    """
    report = _locked(report)
    first = first_result(Act.objects.all(), form_key, by_id=by.pk, report_id=report.pk)
    if first:
        return first
    _check_may(by, report)
    if not reason.strip():
        raise Refused("Give the reason.", field="reason")
    if kind not in possible_acts(report.words):
        stands = report.words.get_state_display().lower()
        raise Refused(f"This cannot be done now. It stands as: {stands}.", field="kind")
    _move(report.words, kind)
    made = _write(by, report, kind, form_key, reason=reason, note=note)
    if kind in MOVES:
        _tell_author(report.words, made)
    if kind in CLOSING:
        _close(by, report)
    return made


@transaction.atomic
def ask_second(*, by: Person, report: Report, note: str, form_key: UUID) -> Act:
    """Ask the other moderators for a second opinion. Raises `Refused` when there is nobody to ask, and as `act`."""
    report = _locked(report)
    first = first_result(Act.objects.all(), form_key, by_id=by.pk, report_id=report.pk)
    if first:
        return first
    _check_may(by, report)
    if all(person.pk == by.pk for person in who_looks(report)):
        raise Refused("There is no other moderator to ask. The secretary can name one.")
    made = _write(by, report, Act.Kind.ASK_SECOND, form_key, note=note)
    alert(report, occasion=f"act {made.pk}", today=report.reason == Report.Reason.WORRIED, but=by)
    return made


@transaction.atomic
def give_second(*, by: Person, report: Report, note: str, form_key: UUID) -> Act:
    """Leave a second opinion, and tell the other moderators. It decides nothing by itself.

    Raises `Refused` for whoever asked for it, when nobody asked, and as `act`.
    """
    report = _locked(report)
    first = first_result(Act.objects.all(), form_key, by_id=by.pk, report_id=report.pk)
    if first:
        return first
    _check_may(by, report)
    if not wants_second_from(by, report):
        raise Refused("Nobody else has asked for a second opinion on this.")
    made = _write(by, report, Act.Kind.GIVE_SECOND, form_key, note=note)
    alert(report, occasion=f"act {made.pk}", today=False, but=by)
    return made


def wants_second_from(person: Person, report: Report) -> bool:
    """Whether another moderator waits for this one's opinion."""
    acts = list(report.acts.all())
    asked = [place for place, each in enumerate(acts) if each.kind == Act.Kind.ASK_SECOND]
    if not asked or acts[asked[-1]].by_id == person.pk:
        return False
    return not any(each.kind == Act.Kind.GIVE_SECOND for each in acts[asked[-1] :])


def _locked(report: Report) -> Report:
    """The report as it stands, once the words it is about are ours."""
    found = Report.objects.select_related("item", "reply__item").get(pk=report.pk)
    if found.item is not None:
        item = locked_item(found.item)
        found = Report.objects.select_related("by").get(pk=report.pk)
        found.item = item
    else:
        reply = locked_reply(found.words)  # type: ignore[arg-type]
        found = Report.objects.select_related("by").get(pk=report.pk)
        found.reply = reply
    return found


def _check_may(by: Person, report: Report) -> None:
    if not may_look_at.test(by, report):
        raise Refused("Another moderator must look at this: you wrote it, you reported it, or you are not a moderator.")
    if report.state != ReportState.OPEN:
        raise Refused("Somebody has settled this already. Open the list again.")


def _move(words: Item | Reply, kind: Act.Kind) -> None:
    if kind == Act.Kind.REMOVE:
        erase_item(words, "remove") if isinstance(words, Item) else erase_reply(words, "remove")
    elif kind in MOVES:
        WORDS.move(words, MOVES[kind])


def _write(by: Person, report: Report, kind: Act.Kind, form_key: UUID, *, note: str, reason: str = "") -> Act:
    made = Act.objects.create(
        report=report,
        kind=kind,
        reason_sealed=sealed(reason),
        note_sealed=sealed(note),
        at=clock.now(),
        by=by,
        form_key=form_key,
    )
    record(actor=by, verb="practice.moderated", about=report, act=str(kind))
    return made


def _tell_author(words: Item | Reply, made: Act) -> None:
    post(kind=told.DECIDED, recipients=[words.author], occasion=f"act {made.pk}", about=words)


def _close(by: Person, report: Report) -> None:
    """Every open report about the same words is settled; each of those who told us hears that we looked."""
    for each in Report.objects.about(report.words).open().select_related("by"):
        REPORT.move(each, "close", looked_at=clock.now(), looked_by=by)
        record(actor=by, verb="practice.looked_at", about=each)
        post(kind=told.LOOKED, recipients=[each.by], occasion=f"report {each.pk} looked at", about=each)
