"""What a person said about a paragraph, and what became of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from core.models import PublicId
from documents.models import Block, BlockText, Version
from governance.models import Side
from governance.shown import ShownAs
from steering.models.consultations import Consultation
from steering.models.policies import Policy


class CommentDraft(models.Model):
    """Words someone has begun and not sent. Seen by nobody else; gone when sent.

    `text_seen` is what the paragraph said when they began, and stays so if a new version comes out meanwhile.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    text_seen = models.ForeignKey(BlockText, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=5000)
    shown_as = models.CharField(max_length=6, choices=ShownAs, default=ShownAs.MEMBER)
    saved_at = models.DateTimeField()
    form_key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person", "block"], name="one_draft_per_paragraph")
        ]

    def __str__(self) -> str:
        return f"comment draft {self.pk}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Any) -> CommentQuerySet:
        """Comments on the policies `user` takes part in. Who wrote them is another matter: see `shown_as`."""
        return self.filter(consultation__policy__in=Policy.objects.taking_part(user))

    def unanswered(self) -> CommentQuerySet:
        return self.filter(answer=None)


class Comment(PublicId):
    """What someone said about one paragraph. It stays with the paragraph across versions.

    `version` and `text_seen` are what they were reading. `side` is the side they sat for when they wrote.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="comments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    text_seen = models.ForeignKey(BlockText, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=Side)
    shown_as = models.CharField(max_length=6, choices=ShownAs, default=ShownAs.MEMBER)
    words = models.TextField(max_length=5000)
    sent_at = models.DateTimeField()
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["consultation", "sent_at"], name="comment_in_order")]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Answer(models.Model):
    """What became of a comment, and why. `changed_in` is the version whose words it changed."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        PARTLY = "partly", "Accepted in part"
        NOT_ACCEPTED = "not_accepted", "Not accepted"
        NOTED = "noted", "Noted"
        OUT_OF_SCOPE = "out_of_scope", "Outside this policy"

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField(max_length=3000)
    changed_in = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="answer_gives_a_reason")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
