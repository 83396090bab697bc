"""The one door from HR's room to the policies: a position may name the published policy its people are employed under.

Nothing else of this room knows of policies, and no policy knows of positions: the key leads back from nowhere.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from steering.models import Publication


def policy_key() -> Any:
    """The field of a position. A published policy is never deleted, so PROTECT refuses nothing that happens."""
    return models.ForeignKey(
        Publication,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="policy that people in this post are employed under",
    )


def is_policy(field: models.Field) -> bool:
    """Whether a field names a policy."""
    return field.related_model is Publication


#: What `named` reads, for `select_related`.
PARTS = ("policy__document", "version")


def named(policy: Publication) -> str:
    """By reference, title and version: "PSW-03 Supervision policy, version 1.2". Reads what is in `PARTS`."""
    return f"{policy.reference} {policy.policy.document.title}, version {policy.version.number}"


class _PolicyChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return named(obj)


def policy_choice(db_field: models.Field) -> forms.Field:
    """Choose among all that are published. One query."""
    return _PolicyChoice(
        Publication.objects.select_related(*PARTS),
        required=False,
        label=str(db_field.verbose_name).capitalize(),
        empty_label="None is named",
        help_text="Among the policies that are published here",
        error_messages={"invalid_choice": "Choose one from the list"},
    )
