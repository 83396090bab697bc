"""What is handed over with a part: assembled from the rooms below, for whoever takes it on. Never written by hand.

Everything is loaded as the reader may see it, so that the page tells nothing that the pages it leads to do not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.permissions import can
from core.said import nhs_date, nhs_when
from governance.balance import counted
from governance.models import Body, Side
from governance.quorum import quorum_of
from helplines.reading import person_to_call
from home.handover_people import People
from home.handover_rules import Handover, Part, plays
from meetings.models import AgendaItem, Meeting, Reply
from network.models import Partnership
from steering.models import Policy, Recommendation
from steering.models.consultations import last_day_of
from steering.presenters.listing import stands_of_policies
from steering.presenters.steps import Stand, next_step
from steering.workflows import PolicyState
from taskgroups.models import JoinRequest
from taskgroups.permissions import ANSWER_REQUESTS, SEE_MEMBERS
from taskgroups.rules import runs_the_body

LAST_MEETINGS = 3
#: More standing decisions than this are read on the list of drafts.
DATES_SHOWN = 5
DECISIONS_SHOWN = 20
DONE = (PolicyState.PUBLISHED, PolicyState.WITHDRAWN)


@dataclass(frozen=True)
class Line:
    """One thing in plain words, where it is read, and what more is known of it."""

    words: str
    path: str = ""
    more: str = ""


@dataclass(frozen=True)
class Section:
    heading: str
    lines: list[Line] = field(default_factory=list)
    empty: str = "Nothing now."


@dataclass(frozen=True)
class Pack:
    """The whole page: `begins_later` when the reader does not play the part yet and sees only what is open to them."""

    about: Handover
    name: str
    does: str
    begins_later: bool
    sections: list[Section]


def pack(about: Handover, person: Person) -> Pack:
    """What is handed over with a part, as `person` may see it. Never more queries however much there is."""
    runs = runs_the_body.test(person, about.body)
    return Pack(
        about=about,
        name=name_of(about.part),
        does=DOES[about.part],
        begins_later=not runs and not plays(person, about),
        sections=list(_Gathered(about, person, runs=runs and about.runs).sections()),
    )


def name_of(part: Part) -> str:
    """What a part is called here: role nouns are the Trust's own."""
    return settings.WORDS["sponsor"].capitalize() if part == Part.SPONSOR else str(part.label)


DOES = {
    Part.MEMBER: "Comes to meetings, reads drafts and says what they think. Nobody speaks for anybody else.",
    Part.CO_LEAD: "Leads with someone of the other side. Neither can decide alone.",
    Part.SECRETARY: "Calls meetings, asks people for comments, and records what was decided.",
    Part.DEPUTY: "Does what the secretary does when the secretary is away. Everything needed is on these pages.",
    Part.SPONSOR: "Helps a peer get ready for a meeting, and offers to talk it over after. Does not speak for them.",
}


class _Gathered:
    """Reads each thing once. `runs` when the part and the reader both answer for the body."""

    def __init__(self, about: Handover, person: Person, *, runs: bool) -> None:
        self.body, self.part, self.person, self.runs = about.body, about.part, person, runs
        named = self.body.kind != Body.Kind.NETWORK and can(person, SEE_MEMBERS, self.body)
        self.people = People(self.body, person, named=named, runs=runs)

    def sections(self) -> Iterator[Section]:
        """In the order in which somebody new needs them."""
        yield Section("What waits now", [*self._what_waits()])
        if self.runs and self.body.kind == Body.Kind.TASK_GROUP:
            yield Section("Requests to join", [*self._requests()], "Nobody waits for an answer.")
        if self.part == Part.SPONSOR:
            yield Section("The peers you stand by", [*self._peers()], "None now.")
        yield Section("Out for comment now", [*self._consultations()], "No draft is out for comment.")
        yield Section("Dates to come", [*self._dates()], "No date is fixed.")
        yield Section("The last meetings", [*self._past_meetings()], "No meeting was recorded yet.")
        yield Section("Decisions that stand", [*self._decisions()], "Nothing was decided yet.")
        yield Section("Who is who", self._lines(self.people.who_is_who()), self.people.nobody_named)
        yield Section("Empty seats", self._lines(self.people.empty_seats()), "No seat is empty.")
        yield Section("Seats that end soon", self._lines(self.people.ending()), "None in the next 90 days.")
        yield Section("Who can help", [*self._help()])

    @staticmethod
    def _lines(words: Iterator[str]) -> list[Line]:
        return [Line(each) for each in words]

    # -- policies --------------------------------------------------------------------------------------------------

    @cached_property
    def _all_policies(self) -> list[tuple[UUID, str, Stand]]:
        """The policies of this body that the reader takes part in. One query."""
        return stands_of_policies(self._of_the_body(Policy.objects.taking_part(self.person)))

    @cached_property
    def _policies(self) -> list[tuple[UUID, str, Stand]]:
        """Those that are still being worked on."""
        return [each for each in self._all_policies if each[2].state not in DONE]

    def _of_the_body(self, policies: QuerySet[Policy]) -> QuerySet[Policy]:
        if self.body.kind == Body.Kind.TASK_GROUP:
            return policies.filter(body=self.body)
        if self.body.kind == Body.Kind.STEERING:
            return policies if self.runs else policies.filter(under_review__isnull=False)
        return policies.filter(pk__in=Policy.objects.filter(consultations__bodies=self.body).values("pk"))

    def _what_waits(self) -> Iterator[Line]:
        for meeting in self._meetings:
            if self.runs and meeting.state == Meeting.State.PLANNED and meeting.ends_at <= clock.now():
                path = reverse("meetings:presence", args=[meeting.pk])
                yield Line(f"Record who was at the meeting on {nhs_date(meeting.starts_at)}", path)
        for pk, title, stand in self._policies:
            step = next_step(stand)
            who = f" Who: {step.who}." if step.who else ""
            yield Line(title, reverse("steering:policy", args=[pk]), f"Next: {step.what}{who}")
        for said in self._recommendations:
            if said.conditions and not said.conditions_met and said.policy.state not in DONE:
                path = reverse("steering:policy", args=[said.policy_id])
                yield Line(said.policy.document.title, path, "Nobody has said yet how the conditions were met.")

    def _consultations(self) -> Iterator[Line]:
        for pk, title, stand in self._open:
            until = f"Open until the end of {_last_day(stand)}."
            yield Line(title, reverse("steering:draft", args=[pk]), until)

    @property
    def _open(self) -> list[tuple[UUID, str, Stand]]:
        return [each for each in self._policies if each[2].state == PolicyState.CONSULTING and not each[2].has_closed]

    @cached_property
    def _recommendations(self) -> list[Recommendation]:
        """What the Steering Group said of the policies of this body that the reader takes part in, newest first."""
        return list(
            Recommendation.objects.filter(policy_id__in=[pk for pk, _, _ in self._all_policies])
            .select_related("policy__document", "policy__publication", "item__meeting")
            .order_by("-at", "-pk")[:DECISIONS_SHOWN]
        )

    def _decisions(self) -> Iterator[Line]:
        for said in self._recommendations:
            path = reverse("steering:policy", args=[said.policy_id])
            yield Line(said.policy.document.title, path, " ".join(self._decided(said)))

    def _decided(self, said: Recommendation) -> Iterator[str]:
        yield f"{said.get_outcome_display()}, {nhs_date(said.item.meeting.starts_at)}."
        if said.conditions:
            met = "They were met." if said.conditions_met else "They are not met yet."
            yield f"Conditions: {said.conditions.rstrip('.')}. {met}"
        if said.policy.state == PolicyState.PUBLISHED:
            yield f"Published as {said.policy.publication.reference}."

    # -- meetings --------------------------------------------------------------------------------------------------

    @cached_property
    def _items(self) -> list[AgendaItem]:
        """The agendas of the last meetings held, and of all that are planned, as the reader may see them. One query."""
        seen = Meeting.objects.visible_to(self.person).filter(body=self.body)
        held = seen.filter(state=Meeting.State.HELD).order_by("-starts_at")
        return list(
            AgendaItem.objects.filter(
                Q(meeting__in=seen.filter(state=Meeting.State.PLANNED).values("pk"))
                | Q(meeting__in=held.values("pk")[:LAST_MEETINGS])
            )
            .select_related("meeting")
            .order_by("meeting__starts_at", "number")
        )

    @cached_property
    def _presence(self) -> dict[UUID, Counter[Side]]:
        """How many of each side were at each of the last meetings. One query."""
        found: dict[UUID, Counter[Side]] = defaultdict(Counter)
        held = [each.pk for each in self._meetings if each.state == Meeting.State.HELD]
        there = Reply.objects.filter(meeting__in=held, was_there=True)
        for meeting_id, side in there.values_list("meeting_id", "side"):
            found[meeting_id][Side(side)] += 1
        return found

    @property
    def _meetings(self) -> list[Meeting]:
        return list({item.meeting_id: item.meeting for item in self._items}.values())

    def _past_meetings(self) -> Iterator[Line]:
        decided = {said.item_id: said for said in self._recommendations}
        for meeting in reversed([each for each in self._meetings if each.state == Meeting.State.HELD]):
            items = [item for item in self._items if item.meeting_id == meeting.pk]
            there = self._presence[meeting.pk]
            presence = f"{counted(there).capitalize()} were there. {quorum_of(self.body, there).words}"
            about = " ".join(_item_words(item, decided.get(item.pk)) for item in items)
            path = reverse("meetings:meeting", args=[meeting.pk])
            yield Line(f"Meeting on {nhs_date(meeting.starts_at)}", path, f"{about} {presence}")

    def _dates(self) -> Iterator[Line]:
        """Soonest first, and no more of the meetings than somebody new would write down."""
        yield from (line for _, line in sorted(self._dated(), key=lambda each: each[0]))
        if len(self._to_come) > DATES_SHOWN:
            yield Line("All meetings to come", reverse("meetings:mine"))

    @property
    def _to_come(self) -> list[Meeting]:
        planned = (each for each in self._meetings if each.state == Meeting.State.PLANNED)
        return [each for each in planned if each.ends_at > clock.now()]

    def _dated(self) -> Iterator[tuple[dt.date, Line]]:
        for meeting in self._to_come[:DATES_SHOWN]:
            path = reverse("meetings:meeting", args=[meeting.pk])
            yield meeting.day, Line(f"Meeting on {nhs_when(meeting.starts_at)}", path, f"{meeting.place}.")
        for pk, title, stand in self._open:
            line = Line(f"Comments close on {_last_day(stand)}", reverse("steering:draft", args=[pk]), f"{title}.")
            yield last_day_of(stand.closes_at), line  # type: ignore[arg-type]  # it is open, so it has an end
        for said in self._recommendations:
            if said.policy.state == PolicyState.PUBLISHED:
                made = said.policy.publication
                due = f"Review due on {nhs_date(made.review_on)}"
                yield made.review_on, Line(due, made.get_absolute_url(), f"{made.reference}.")
        if self.runs and self.body.review_on:
            yield self.body.review_on, Line(f"The group itself is reviewed on {nhs_date(self.body.review_on)}")

    # -- people ----------------------------------------------------------------------------------------------------

    def _requests(self) -> Iterator[Line]:
        if can(self.person, ANSWER_REQUESTS, self.body):
            count = JoinRequest.objects.visible_to(self.person).waiting().filter(body=self.body).count()
            path = reverse("taskgroups:requests", args=[self.body.pk])
            if count:
                yield Line(f"{count} {'person waits' if count == 1 else 'people wait'} for an answer", path)

    def _peers(self) -> Iterator[Line]:
        """The reader's own, and nobody else's: who stands by whom is for the two of them."""
        mine = Partnership.objects.visible_to(self.person).live().filter(sponsor=self.person)
        for pair in mine.select_related("peer").order_by("from_on", "pk"):
            yield Line(pair.peer.name, reverse("network:network"), f"Since {nhs_date(pair.from_on)}.")

    def _help(self) -> Iterator[Line]:
        person = person_to_call()
        if person:
            yield Line(f"For questions, call {person.name} on {person.phone}", "", person.hours)
        yield Line("Help in a crisis, and other numbers", reverse("helplines:help"))


def _last_day(stand: Stand) -> str:
    return nhs_date(last_day_of(stand.closes_at)) if stand.closes_at else ""


def _item_words(item: AgendaItem, said: Recommendation | None) -> str:
    decided = f": {said.get_outcome_display().lower()}" if said else ""
    return f"{item.title}{decided}."
