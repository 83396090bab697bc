"""What moderators see, and what the secretary sees of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.models import Person
from core import clock
from helplines import reading
from helplines.presenters import help_page
from practice.models import Act, Item, Moderator, Reply, Report
from practice.services.moderation import possible_acts, wants_second_from
from practice.workflows import ERASED, WordsState

#: The queue shows so many; the oldest are looked at first.
SHOWN = 50
FEWEST_MODERATORS = 2


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    report: Report
    what: str
    stands: str


@dataclass(frozen=True)
class ReportsPage:
    waiting: list[Waiting]
    done: list[Waiting]
    hours: str


def reports_page(person: Any) -> ReportsPage:
    """Reports that `person` may look at: those that wait, worries first and then the oldest; and the last ones done."""
    mine = Report.objects.for_moderator(person).select_related("item", "reply")
    waiting = sorted(mine.open()[:SHOWN], key=lambda each: each.reason != Report.Reason.WORRIED)
    done = mine.exclude(state=Report.State.OPEN).order_by("-looked_at")[:10]
    return ReportsPage([_line(each) for each in waiting], [_line(each) for each in done], settings.MODERATION_HOURS)


def _line(report: Report) -> Waiting:
    what = "Something that was shared" if report.item_id else "A reply"
    return Waiting(report, what, report.words.get_state_display())


@dataclass(frozen=True)
class Logged:
    """One act in the log, as moderators read it."""

    act: Act
    who: str


@dataclass(frozen=True)
class ReportPage:
    """A report and the words it is about. `author` is named only where somebody is worried about someone."""

    report: Report
    item: Item | None
    reply: Reply | None
    are_words_here: bool
    author: str
    shown_name: str
    log: list[Logged]
    others: int
    may_act: bool
    wants_opinion: bool
    is_worry: bool
    hours: str
    route: str


def report_page(report: Report, person: Person) -> ReportPage:
    """Everything that a moderator reads about a report. It comes with its words, their author, and its acts."""
    words = report.words
    is_draft = words.state == WordsState.DRAFT
    are_here = words.state not in ERASED and not is_draft
    is_worry = report.reason == Report.Reason.WORRIED
    is_open = report.state == Report.State.OPEN
    return ReportPage(
        report=report,
        item=report.item if are_here else None,
        reply=report.reply if are_here else None,
        are_words_here=are_here,
        author=words.author.name if is_worry else "",
        shown_name=words.shown_name,
        log=[Logged(act, _who(act, person)) for act in report.acts.all()],
        others=Report.objects.about(words).open().exclude(pk=report.pk).count(),
        may_act=is_open,
        wants_opinion=is_open and wants_second_from(person, report),
        is_worry=is_worry,
        hours=settings.MODERATION_HOURS,
        route=settings.SAFEGUARDING_ROUTE,
    )


def _who(act: Act, person: Person) -> str:
    if act.kind == Act.Kind.HANDED_BACK:
        return "The author"
    return "You" if act.by_id == person.pk else act.by.name


def acts_for(report: Report) -> list[Act.Kind]:
    """What may be done about it as its words stand."""
    return possible_acts(report.words)


def where_help_is() -> dict[str, Any]:
    """Crisis contacts, and where a worry about someone's safety goes. One query."""
    contacts = help_page(reading.contacts())
    return {"help": contacts, "route": settings.SAFEGUARDING_ROUTE, "hours": settings.MODERATION_HOURS}


@dataclass(frozen=True)
class ModeratorsPage:
    """Who looks at reports. `are_few` when fewer than two do, so that nobody can give a second opinion."""

    now: list[Moderator]
    before: list[Moderator]
    are_few: bool


def moderators_page() -> ModeratorsPage:
    """For the secretary: those who look at reports now, and those who did. One query."""
    everyone = list(Moderator.objects.select_related("person").order_by("from_on", "pk"))
    today = clock.today()
    now = [each for each in everyone if each.until_on is None or each.until_on > today]
    able = [each for each in now if each.person.is_active]
    before = [each for each in everyone if each not in now]
    return ModeratorsPage(now=now, before=before[-20:], are_few=len(able) < FEWEST_MODERATORS)
