"""Several positions, or several people in post, changed at once: team, line manager and review date, and no more."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from core.kept import FIELD
from tests.conftest import MORNING
from tests.factories.workforce import OccupancyFactory, PositionFactory
from tests.workforce.conftest import errors_of, fields_of, page, soup, table_of, text_of
from workforce import services
from workforce.admin import site
from workforce.belonging import mark_of
from workforce.models import Occupancy, Position
from workforce.services.together import TOGETHER, change_together

DAY = {"review_on_day": "1", "review_on_month": "12", "review_on_year": "2026"}
NO_DAY = dict.fromkeys(DAY, "")


@pytest.fixture
def posts(cast):
    return [PositionFactory(number=f"3041900{n}", team=team) for n, team in enumerate(["Willow", "Willow", "Larch"])]


def ticked(rows) -> dict[str, list[str]]:
    return {"row": [str(each.pk) for each in rows]}


def checked(client, kind, rows, **typed):
    """The page that shows each change."""
    return client.post(page(kind, "change_many"), {**ticked(rows), **NO_DAY, **typed, "step": "check"})


def saved(client, kind, answer, **more):
    """Press Save on it."""
    return client.post(page(kind, "change_many"), {**fields_of(answer), "step": "save", **more}, follow=True)


def test_nadia_moves_two_posts_to_another_team(as_person, cast, posts):
    client = as_person(cast.nadia)
    listed = soup(client.get(page("position", "changelist")))
    assert [label.get_text(strip=True) for label in listed.select("td.app-tick label")] == [
        f"Tick {each.number}, Peer Support Worker, 3" for each in posts
    ]
    form = listed.select_one("main form:not(.app-find)")
    assert (form["method"], form["action"]) == ("get", page("position", "change_many"))
    shown = client.get(form["action"], ticked(posts[:2]))
    assert [item.get_text() for item in soup(shown).select("main li")] == [
        "30419000 Peer Support Worker, Willow",
        "30419001 Peer Support Worker, Willow",
    ]
    answer = checked(client, "position", posts, team="Larch", **DAY)
    assert table_of(answer) == [
        ["30419000 Peer Support Worker, Willow", "Team", "Willow", "Larch"],
        ["30419000 Peer Support Worker, Willow", "Role review date", "20 March 2027", "1 December 2026"],
        ["30419001 Peer Support Worker, Willow", "Team", "Willow", "Larch"],
        ["30419001 Peer Support Worker, Willow", "Role review date", "20 March 2027", "1 December 2026"],
        ["30419002 Peer Support Worker, Larch", "Role review date", "20 March 2027", "1 December 2026"],
    ]
    assert {each.team for each in Position.objects.all()} == {"Willow", "Larch"}
    answer = saved(client, "position", answer)
    assert answer.redirect_chain == [(page("position", "changelist"), 302)]
    assert "Saved. 3 positions changed." in text_of(answer)
    assert set(Position.objects.values_list("team", "review_on")) == {("Larch", dt.date(2026, 12, 1))}
    for each in posts:
        kept = each.history.first()
        assert (kept.history_type, kept.history_user, kept.history_date) == ("~", cast.nadia, MORNING)
        assert kept.review_on == dt.date(2026, 12, 1)
    entries = AuditEntry.objects.filter(verb="workforce.changed_record", about_type="workforce.Position")
    assert [(each.actor, each.about_id, each.facts) for each in entries] == [
        (cast.nadia, str(each.pk), {}) for each in posts
    ]


def test_and_gives_three_people_a_new_line_manager(as_person, cast):
    rows = [OccupancyFactory(line_manager="Rowan Felstead") for _ in range(3)]
    client = as_person(cast.nadia)
    answer = checked(client, "occupancy", rows, line_manager="Juniper Hathersedge")
    assert table_of(answer)[0] == [
        f"{rows[0].worker.full_name}, {rows[0].position}",
        *("Line manager", "Rowan Felstead", "Juniper Hathersedge"),
    ]
    saved(client, "occupancy", answer)
    assert set(Occupancy.objects.values_list("line_manager", flat=True)) == {"Juniper Hathersedge"}
    assert {each.review_on for each in Occupancy.objects.all()} == {rows[0].review_on}


def test_what_is_like_that_already_gets_no_history(as_person, cast, posts):
    client = as_person(cast.nadia)
    answer = checked(client, "position", posts[1:], team="Larch")
    assert table_of(answer)[-1][1:] == ["It is like that already, so it stays as it is"]
    assert "Saved. 1 position changed." in text_of(saved(client, "position", answer))
    assert [each.history.count() for each in posts] == [1, 2, 1]
    answer = checked(client, "position", posts[1:], team="Larch")
    assert "All of them were like that already." in text_of(saved(client, "position", answer))


def test_nothing_is_saved_over_what_somebody_else_changed_meanwhile(as_person, cast, posts):
    client = as_person(cast.nadia)
    answer = checked(client, "position", posts, team="Southfold")
    posts[1].team = "Perinatal"
    services.keep(by=cast.robin, record=posts[1])
    answer = saved(client, "position", answer)
    assert errors_of(answer) == {
        "__all__": ["Some of these have changed since you looked. Nothing is saved yet. Look at them again, then save."]
    }
    assert ["30419001 Peer Support Worker, Perinatal", "Team", "Perinatal", "Southfold"] in table_of(answer)
    assert [each.team for each in Position.objects.all()] == ["Willow", "Perinatal", "Larch"]
    saved(client, "position", answer)
    assert {each.team for each in Position.objects.all()} == {"Southfold"}


def test_one_that_is_gone_meanwhile_stops_it(as_person, cast, posts):
    client = as_person(cast.nadia)
    answer = checked(client, "position", posts, team="Southfold")
    services.strike_out(by=cast.robin, record=posts[0], reason="Twice.", seen=mark_of([Position.objects.first()]))
    answer = saved(client, "position", answer)
    assert list(errors_of(answer)) == ["__all__"]
    assert len(table_of(answer)) == 2


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"__all__": ["Fill in what you want to change, or go back to the list"]}),
        ({"team": "   "}, {"__all__": ["Fill in what you want to change, or go back to the list"]}),
        ({"team": "x" * 81}, {"team": ["Ensure this value has at most 80 characters (it has 81)."]}),
        ({"review_on_day": "31", "review_on_month": "2", "review_on_year": "2027"}, None),
        ({"review_on_day": "31"}, {"review_on": ["The date must include a month and year"]}),
    ],
)
def test_bad_input_is_said_on_its_field_and_kept(as_person, cast, posts, typed, errors):
    answer = checked(as_person(cast.nadia), "position", posts, **typed)
    errors = errors or {"review_on": ["The date must be a real date, like 6 8 2026"]}
    assert errors_of(answer) == errors
    form = fields_of(answer)
    assert {name: form[name] for name in typed} == typed
    assert len(soup(answer).find_all("input", {"name": "row"})) == 3
    assert all(each.history.count() == 1 for each in posts)


@pytest.mark.parametrize("rows", [[], ["x"], ["-1", "0", "9" * 40, "²"], ["987654"]])
def test_without_a_tick_one_is_told_what_to_do(as_person, cast, posts, rows):
    client = as_person(cast.nadia)
    for answer in (
        client.get(page("position", "change_many"), {"row": rows}),
        client.post(page("position", "change_many"), {"row": rows, "team": "Larch", "step": "save"}),
    ):
        assert answer.status_code == 200
        assert "Nothing is ticked" in text_of(answer)
    assert all(each.history.count() == 1 for each in posts)


def test_save_without_having_looked_saves_nothing(as_person, cast, posts):
    answer = as_person(cast.nadia).post(
        page("position", "change_many"), {**ticked(posts), **NO_DAY, "team": "Southfold", "step": "save"}
    )
    assert list(errors_of(answer)) == ["__all__"]
    assert all(each.history.count() == 1 for each in posts)


def test_no_other_field_is_changed_by_sending_it(as_person, cast, posts):
    client = as_person(cast.nadia)
    answer = checked(client, "position", posts[:1], team="Southfold", band="7", title="Chief", number="1")
    saved(client, "position", answer, band="7", title="Chief", number="1")
    now = Position.objects.get(pk=posts[0].pk)
    assert (now.team, now.band, now.title, now.number) == ("Southfold", "3", "Peer Support Worker", "30419000")
    with pytest.raises(ValueError, match="Not changed together"):
        change_together(by=cast.nadia, records=posts, values={"band": "7"}, seen=mark_of(posts))
    with pytest.raises(Refused):
        change_together(by=cast.nadia, records=posts, values={"team": "Larch"}, seen="")


def test_only_these_fields_of_these_kinds():
    assert {Position: ("team", "review_on"), Occupancy: ("line_manager", "review_on")} == TOGETHER
    with_many = {
        model
        for model, kind in site._registry.items()
        if [each for each in kind.get_urls() if str(each.name).endswith("_change_many")]
    }
    assert with_many == set(TOGETHER)


def test_a_viewer_has_no_boxes_and_no_page(as_person, viewer, posts):
    client = as_person(viewer)
    assert not soup(client.get(page("position", "changelist"))).select(".app-tick, input[type=checkbox]")
    answer = client.get(page("position", "change_many"), ticked(posts))
    assert answer.status_code == 403
    assert checked(client, "position", posts, team="Larch").status_code == 403


def test_what_was_typed_when_time_ran_out_comes_back(as_person, cast, posts):
    client = as_person(cast.nadia)
    url = page("position", "change_many")
    shown = client.get(url, ticked(posts))
    sent = {**ticked(posts), **DAY, "team": "Southfold", "step": "check"}
    sent[FIELD] = soup(shown).find("input", {"name": FIELD})["value"]
    with clock.set_to(MORNING + dt.timedelta(minutes=20)):
        client.post(url, sent)
        back = as_person(cast.nadia).get(url)
    assert "This is what you typed before you were logged out. It is not saved yet." in text_of(back)
    form = fields_of(back)
    assert (form["team"], form["review_on_month"]) == ("Southfold", "12")
    assert [box["value"] for box in soup(back).find_all("input", {"name": "row"})] == ticked(posts)["row"]


def test_and_not_for_others_than_it_was_typed_for(as_person, cast, posts):
    client = as_person(cast.nadia)
    url = page("position", "change_many")
    sent = {**ticked(posts[:2]), **DAY, "team": "Southfold", "step": "check"}
    sent[FIELD] = soup(client.get(url, ticked(posts[:2]))).find("input", {"name": FIELD})["value"]
    with clock.set_to(MORNING + dt.timedelta(minutes=20)):
        client.post(url, sent)
        client = as_person(cast.nadia)
        assert fields_of(client.get(url, ticked(posts[1:])))["team"] == ""
        assert fields_of(client.get(url, ticked(posts[:2])))["team"] == "Southfold"


def test_few_questions_however_many(as_person, cast):
    client = as_person(cast.nadia)

    def cost(rows) -> list[int]:
        with CaptureQueriesContext(connection) as form:
            client.get(page("occupancy", "change_many"), ticked(rows))
        with CaptureQueriesContext(connection) as check:
            answer = checked(client, "occupancy", rows, line_manager="Juniper Hathersedge")
        with CaptureQueriesContext(connection) as save:
            client.post(page("occupancy", "change_many"), {**fields_of(answer), "step": "save"})
        return [len(form), len(check), len(save)]

    some = [OccupancyFactory() for _ in range(3)]
    cost(some)
    many = [OccupancyFactory() for _ in range(20)]
    few = cost([OccupancyFactory()])
    assert cost(many) == few
    assert max(few[:2]) <= 12
