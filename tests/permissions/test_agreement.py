"""For everybody, and every row that could leak: what is shown by `visible_to` and what the table allows are one."""

from __future__ import annotations

import pytest

from steering.models import Comment, Policy
from steering.workflows import PolicyState
from tests.permissions.agreement import disagreements
from tests.permissions.world import PEOPLE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_shown_and_what_is_allowed_agree(name, world):
    assert list(disagreements(world, name)) == []


def test_there_is_something_to_leak(world):
    """Rows of two groups, in each state, of which somebody sees none and somebody all."""
    assert set(Policy.objects.values_list("state", flat=True)) == set(PolicyState.values)
    assert Comment.objects.count() > Comment.objects.visible_to(world.people["cass"]).count() > 0
