"""Abstract shapes that tables of every room share."""

from __future__ import annotations

import uuid

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
