"""Abstract shapes that tables of every room share, and the words that wait for whoever typed them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class PublicId(models.Model):
    """A row that stands in an address: its id tells nothing, neither how many there are nor of what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


def both_or_neither(at: str, by: str, *, name: str) -> models.CheckConstraint:
    """When and who travel together: the two fields are both empty or both filled."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
        | models.Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
        name=name,
    )


class KeptForm(models.Model):
    """What somebody sent from one page after their session had run out, sealed, until they send it again.

    See `core.kept`. One row for a person and a page; gone when sent, or after twelve hours.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    fields = models.TextField()
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "path"], name="one_kept_form_per_page")]

    def __str__(self) -> str:
        return f"kept form {self.pk}"
