"""Wherever a person goes from their front page, every link opens for them."""

import pytest

from tests.factories import steering as story
from tests.support.crawl import crawl

pytestmark = pytest.mark.walk


@pytest.fixture
def a_full_house(cast):
    """Policies at every point of their life, and a meeting."""
    story.policy_in_drafting(cast, title="One Being Drafted")
    story.policy_out_for_comment(cast, title="One Out For Comment")
    under_review = story.policy_under_review(cast, title="One Under Review")
    story.meeting_held(under_review)
    story.policy_recommended(cast, title="One Recommended")
    story.policy_published(cast)
    return cast


@pytest.mark.parametrize("who", ["ishani", "tunde", "priya", "nadia", "yetunde", "grace", "owen"])
def test_no_link_leads_to_a_closed_door(as_person, a_full_house, who):
    found = crawl(as_person(a_full_house.people[who]), "/")
    assert [(page.path, page.status, page.came_from) for page in found if page.status not in (200, 302)] == []
    assert len({page.route for page in found}) >= 15


def test_nor_for_someone_not_logged_in(client, a_full_house):
    found = crawl(client, "/")
    assert [(page.path, page.status, page.came_from) for page in found if page.status not in (200, 302)] == []
    assert "published/<slug:slug>/" in {page.route for page in found}
