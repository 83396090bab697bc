"""The Steering Group's views, recommendation, and what comes after it."""
import pytest
from steering.services import review
from tests.factories import steering as make


def test_smoke(cast):
    story = make.policy_published(cast)
    assert story.publication.version.number == "1.0"
