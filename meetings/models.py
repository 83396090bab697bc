"""Any body's meetings: when, where, what about, who will come, who came."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models import PublicId, both_or_neither
from documents.models import Version
from governance.models import Body


class Meeting(PublicId):
    """One meeting of a body. `sequence` counts changes, for calendars."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

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
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_later"),
            both_or_neither("held_at", "held_by", name="meeting_held_by_someone"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


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
    """Whether someone will come, and afterwards whether they were there."""

    class Answer(models.TextChoices):
        COMING = "coming", "I will come"
        UNSURE = "unsure", "I am not sure"
        NOT_COMING = "not_coming", "I cannot come"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    was_there = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_reply_each")]

    def __str__(self) -> str:
        return f"reply {self.pk}"
