"""The cast stands where its description says."""

from governance import standing
from governance.models import Side


def test_co_leads_are_one_of_each_side(cast):
    assert standing.of(cast.tunde).co_lead_side(cast.group.pk) == Side.PEER
    assert standing.of(cast.priya).co_lead_side(cast.group.pk) == Side.STAFF


def test_whoever_left_stands_nowhere(cast):
    assert standing.of(cast.leyla) is standing.NOBODY


def test_standing_costs_one_query_and_is_kept(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert standing.of(cast.cass).side_on(cast.steering.pk) == Side.PEER
    with django_assert_num_queries(0):
        assert standing.of(cast.cass).is_on_steering
