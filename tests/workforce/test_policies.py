"""A position names the policy its people are employed under; no policy knows of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from steering.models import Policy, Publication
from tests.factories import steering as deciding
from tests.factories.workforce import OccupancyFactory, PositionFactory, VacancyFactory
from tests.workforce.conftest import errors_of, opened, page, soup, table_of, text_of, typed
from workforce.models import Position, Recorded


@pytest.fixture
def policy(cast):
    return deciding.policy_published(cast, slug="supervision", reference="PSW-03").policy.publication


def name_of(policy) -> str:
    return f"PSW-03 {policy.policy.document.title}, version {policy.version.number}"


def test_nadia_names_the_policy_of_a_post_and_it_is_shown_with_its_link(as_person, cast, policy):
    position = PositionFactory()
    client = as_person(cast.nadia)
    form = opened(client, "position", position)
    assert [(str(value), label) for value, label in form.fields["policy"].choices] == [
        ("", "None is named"),
        (str(policy.pk), name_of(policy)),
    ]
    client.post(page("position", "change", position), typed(form, policy=policy.pk))
    position.refresh_from_db()
    assert position.policy == policy
    shown = client.get(page("position", "change", position))
    link = soup(shown).find("a", string=name_of(policy))
    assert link["href"] == policy.get_absolute_url()
    assert client.get(link["href"]).status_code == 200
    history = table_of(client.get(page("position", "history", position)))
    assert history[0][2:] == ["Policy that people in this post are employed under", "not set", "PSW-03"]


def test_the_list_is_narrowed_by_it(as_person, cast, policy):
    named, other = PositionFactory(policy=policy), PositionFactory()
    client = as_person(cast.nadia)
    rows = table_of(client.get(page("position", "changelist"), {"policy": policy.pk}))
    assert [row[0] for row in rows] == [named.number]
    for typed_in in ("x", "987654", "1 OR 1"):
        rows = table_of(client.get(page("position", "changelist"), {"policy": typed_in}))
        assert {row[0] for row in rows} == {named.number, other.number}


def test_only_a_published_policy_can_be_named(as_person, cast, policy):
    position = PositionFactory()
    client = as_person(cast.nadia)
    form = opened(client, "position", position)
    for wrong in ("987654", "x", str(Policy.objects.first().pk)):
        answer = client.post(page("position", "change", position), typed(form, policy=wrong))
        assert errors_of(answer) == {"policy": ["Choose one from the list"]}
    assert Position.objects.get().policy is None


def test_a_viewer_reads_it(as_person, viewer, policy):
    position = PositionFactory(policy=policy)
    assert name_of(policy) in text_of(as_person(viewer).get(page("position", "change", position)))


def test_no_policy_knows_of_positions():
    """The key has no way back: from a policy one cannot come to a post or a person."""
    for model in (Publication, Policy):
        back = [each.related_model for each in model._meta.get_fields() if each.auto_created and not each.concrete]
        assert not [each for each in back if each is not None and issubclass(each, Recorded)]


def test_the_page_and_the_list_ask_no_more_for_it(as_person, cast, policy):
    client = as_person(cast.nadia)
    position = PositionFactory(policy=policy)
    OccupancyFactory(position=position)
    VacancyFactory(position=position)

    def cost(path) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    paths = [page("position", "change", position), page("position", "changelist")]
    cost(paths[0])
    before = [cost(path) for path in paths]
    assert max(before) <= 12
    for number in range(3):
        PositionFactory(
            policy=deciding.policy_published(cast, slug=f"p{number}", reference=f"P{number}").policy.publication
        )
    assert [cost(path) for path in paths] == before
