"""The demo Trust's practice: eight items, of which each reader sees those that are theirs to see."""

from __future__ import annotations

import pytest

from accounts.models import Person
from oxleas_coprod.demo import load_demo
from practice.models import Act, Item, Report
from practice.workflows import WordsState

pytestmark = pytest.mark.django_db


def test_eight_items_two_with_the_steering_group_one_hidden():
    load_demo()
    states = list(Item.objects.values_list("state", flat=True))
    assert (len(states), states.count(WordsState.SHARED), states.count(WordsState.HIDDEN)) == (8, 7, 1)
    assert Item.objects.with_steering().count() == 2
    seen = {
        key: Item.objects.shared_with(Person.objects.get(email__startswith=f"{key}@")).count()
        for key in ("ishani", "marcus", "morgan", "colm", "helen", "grace", "owen", "nadia")
    }
    assert seen == {"ishani": 6, "marcus": 6, "morgan": 7, "colm": 2, "helen": 2, "grace": 2, "owen": 0, "nadia": 1}
    assert Report.objects.open().count() == 1
    assert list(Act.objects.values_list("kind", flat=True)) == ["hide", "ask_second"]
