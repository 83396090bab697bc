"""Any body's meetings: when, where, what about, who will come, who came."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from access.models import Consent, Passport
from core import clock
from core.models import PublicId, both_or_neither
from core.secrets import Unreadable, unseal
from documents.models import Version
from governance import standing
from governance.models import Body, Side
from meetings.workflows import MeetingState


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> MeetingQuerySet:
        """Meetings of the bodies that `user` sits on, sits in on, or holds an office of today."""
        return self.filter(body_id__in=standing.of(user).body_ids)

    def to_come(self) -> MeetingQuerySet:
        """Planned, and not over yet."""
        return self.filter(state=MeetingState.PLANNED, ends_at__gt=clock.now())


class Meeting(PublicId):
    """One meeting of a body. `sequence` counts changes, for calendars."""

    State = MeetingState

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    link = models.URLField("link to join online", blank=True)
    phone_in = models.CharField("number to join by phone", max_length=40, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    sequence = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_later"),
            both_or_neither("held_at", "held_by", name="meeting_held_by_someone"),
            both_or_neither("changed_at", "changed_by", name="meeting_changed_by_someone"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def day(self) -> dt.date:
        """The day it begins, in the Trust's own time zone."""
        return timezone.localtime(self.starts_at).date()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    def presence_by_side(self) -> dict[Side, int]:
        """How many of each side were there and count, as recorded; both sides are always named. One query."""
        counted = self.replies.filter(was_there=True, counts=True).values_list("side").annotate(Count("id"))
        return {Side.PEER: 0, Side.STAFF: 0} | {Side(side): count for side, count in counted}


class AgendaItem(models.Model):
    """One thing the meeting is for. `paper` is the version that is before it, if any."""

    class Purpose(models.TextChoices):
        NOTE = "note", "To note"
        DISCUSS = "discuss", "To discuss"
        AGREE = "agree", "To agree"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.AGREE)
    paper = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return f"item {self.number}"


class Reply(models.Model):
    """Whether someone will come, and afterwards whether they were there, and for which side they sat that day.

    Someone may sit there as another's deputy. Whether they count is settled when presence is recorded, by the body's
    own rule of that day: a rule that changes later makes no past meeting stronger or weaker.
    """

    class Answer(models.TextChoices):
        COMING = "coming", "I will come"
        UNSURE = "unsure", "I am not sure"
        NOT_COMING = "not_coming", "I cannot come"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    was_there = models.BooleanField(null=True)
    side = models.CharField(max_length=5, choices=Side, blank=True)
    as_deputy = models.BooleanField(default=False, db_default=False)
    counts = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(as_deputy=True) | Q(counts=True), name="who_has_a_seat_counts"),
            models.UniqueConstraint(fields=["meeting", "person"], name="one_reply_each"),
            models.CheckConstraint(
                condition=Q(was_there=None, side="") | (Q(was_there__isnull=False) & ~Q(side="")),
                name="presence_has_a_side",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class NeedsMetQuerySet(models.QuerySet["NeedsMet"]):
    def visible_to(self, user: Any) -> NeedsMetQuerySet:
        """What one is asked oneself; and what was not met, for those who run the body and the Steering Group's
        secretary, who answers for what people need wherever they meet."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        stands = standing.of(user)
        own = Q(passport__person=user)
        answered = Q(answer__in=NeedsMet.NOT_MET)
        if not stands.is_steering_secretary:
            answered &= Q(meeting__body_id__in=stands.run_body_ids)
        return self.filter(own | answered)

    def unmet(self) -> NeedsMetQuerySet:
        """Answered partly or no, and nobody has yet said what was done."""
        return self.filter(answer__in=NeedsMet.NOT_MET, done_at=None)

    def to_answer(self, user: Any) -> NeedsMetQuerySet:
        """What `user` is asked and has not answered, while they still share with the body that met."""
        still = Consent.objects.live().filter(person=user, body=OuterRef("meeting__body"))
        return self.filter(Exists(still), passport__person=user, answer="")


class NeedsMet(PublicId):
    """Whether what somebody needed was there at one meeting: asked of each who had shared it with the body that met.

    It goes when they delete their passport. Both texts are sealed: what they said, and what was done about it.
    """

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    NOT_MET = (Answer.PARTLY, Answer.NO)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="needs_met")
    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    words_sealed = models.TextField(blank=True)
    done_sealed = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = NeedsMetQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "passport"], name="needs_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, words_sealed="")
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="needs_answer_has_a_time",
            ),
            both_or_neither("done_at", "done_by", name="needs_acted_on_by_someone"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_sealed="")
                | (Q(done_at__isnull=False, answer__in=("partly", "no")) & ~Q(done_sealed="")),
                name="needs_acted_on_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"needs met {self.pk}"

    @property
    def words(self) -> str:
        """What the person said."""
        return _opened(self.words_sealed)

    @property
    def done(self) -> str:
        """What was done about it."""
        return _opened(self.done_sealed)


def _opened(sealed: str) -> str:
    try:
        return unseal(sealed) if sealed else ""
    except Unreadable:
        return "We cannot open what was written here."
