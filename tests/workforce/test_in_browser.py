"""The admin sites in a real browser, at a phone's and a desk's width: axe, the console, the width of the screen."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.factories.workforce import (
    AdjustmentsFactory,
    CompetenceFactory,
    DbsFactory,
    OccupancyFactory,
    PeerTrainingFactory,
    PositionFactory,
    VacancyFactory,
    WellbeingPlanFactory,
    WorkHealthFactory,
)
from tests.support.looking import hear, look
from tests.workforce.conftest import page as address
from workforce import services

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

#: What is kept of a worker beside their positions.
FULLER = {
    "peertraining": PeerTrainingFactory,
    "competence": CompetenceFactory,
    "workhealth": WorkHealthFactory,
    "dbs": DbsFactory,
    "adjustments": AdjustmentsFactory,
    "wellbeingplan": WellbeingPlanFactory,
}

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}


@pytest.fixture
def records(cast):
    """A position with a holder and a past one, an empty one, and a history of two changes."""
    occupancy = OccupancyFactory()
    OccupancyFactory(position=occupancy.position, ended=True)
    PositionFactory(overdue=True, borough="")
    occupancy.peer_supervisor = "Juniper Hathersedge"
    services.keep(by=cast.robin, record=occupancy)
    return occupancy


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS)
def browser_page(request, browser, live_server, as_person, cast, records):
    """A page of a browser in which Nadia has logged in, and what it complained of."""
    cookie = as_person(cast.nadia).cookies[settings.SESSION_COOKIE_NAME].value
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=live_server.url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    hear(page)
    yield page
    context.close()


def test_every_page_of_hr(browser_page, records, cast, keeper):
    page = browser_page
    page.goto("/hr/")
    look(page, "index")
    page.get_by_role("link", name="Positions").click()
    look(page, "list")
    page.get_by_label("Vacant or held").select_option("Vacant")
    page.get_by_role("button", name="Show", exact=True).click()
    look(page, "list-filtered")
    page.goto(address("position", "changelist") + "?q=nothing-of-the-kind")
    look(page, "list-empty")
    page.goto(address("position", "change", records.position))
    look(page, "position")
    page.get_by_role("link", name=records.worker.full_name).click()
    look(page, "occupancy")
    page.get_by_role("group", name="Next review").get_by_label("Year").fill("2027")
    records.refresh_from_db()
    records.hours = "15.00"
    records.review_on = records.starts_on
    services.keep(by=cast.robin, record=records)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page, "occupancy-stale")
    page.get_by_label("Hours a week").fill("40")
    page.get_by_role("group", name="Last day (optional)", exact=True).get_by_label("Day").fill("1")
    page.get_by_role("button", name="Save").click()
    look(page, "occupancy-error")
    page.goto(address("occupancy", "change", records))
    page.get_by_role("group", name="Next review").get_by_label("Year").fill("2027")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. The history shows what changed.")).to_be_visible()
    look(page, "occupancy-saved")
    page.get_by_role("link", name="History").click()
    look(page, "history")
    for kind in ("occupancy", "worker", *FULLER, "vacancy"):
        page.goto(address(kind, "changelist"))
        look(page, f"list-{kind}")
        page.goto(address(kind, "add"))
        look(page, f"add-{kind}")


def test_a_viewers_page(browser_page, live_server, as_person, viewer, records):
    page = browser_page
    cookie = as_person(viewer).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(address("occupancy", "change", records))
    look(page, "viewer")


def test_what_belongs_to_a_worker_and_to_a_vacancy(browser_page, keeper, records):
    page = browser_page
    made = {kind: factory(worker=records.worker) for kind, factory in FULLER.items()}
    page.goto(address("worker", "change", records.worker))
    look(page, "worker")
    for kind, row in made.items():
        page.goto(address(kind, "change", row))
        look(page, kind)
    vacancy = VacancyFactory(offered=True)
    page.goto(address("vacancy", "change", vacancy))
    page.get_by_label("What happens next").select_option("Start the six checks")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="The six checks")).to_be_visible()
    look(page, "vacancy")
    page.get_by_role("link", name="Identity").click()
    page.get_by_label("Status", exact=True).select_option("Cleared")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Enter the name of the person who checked it")).to_be_visible()
    look(page, "check-error")
    page.goto(address("check", "changelist"))
    look(page, "list-check")


def test_every_page_of_the_platform(browser_page, live_server, as_person, cast):
    page = browser_page
    cookie = as_person(cast.robin).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    for name, path in {
        "platform": "/platform/",
        "people": "/platform/accounts/person/",
        "person": f"/platform/accounts/person/{cast.nadia.pk}/change/",
        "person-add": "/platform/accounts/person/add/",
        "roles": "/platform/accounts/roleheld/",
        "role": f"/platform/accounts/roleheld/{cast.nadia.roles.get().pk}/change/",
        "role-add": "/platform/accounts/roleheld/add/",
    }.items():
        page.goto(path)
        look(page, name)


def test_striking_out_and_changing_several(browser_page, records, cast, as_person, live_server):
    page = browser_page
    page.goto(address("position", "changelist"))
    for box in page.locator("td.app-tick input").all():
        box.check()
    look(page, "ticked")
    page.get_by_role("button", name="Change those ticked").click()
    page.get_by_label("Team").fill("Southfold Recovery Team")
    look(page, "change-many")
    page.get_by_role("button", name="Continue").click()
    look(page, "change-many-check")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Saved. 2 positions changed.")

    page.goto(address("position", "change", records.position))
    page.get_by_role("link", name="Was this entry made in error?").click()
    page.get_by_role("button", name="Strike it out").click()
    look(page, "made-in-error-no-reason")
    page.get_by_label("What was wrong with it?").fill("It was entered twice.")
    page.get_by_role("button", name="Strike it out").click()
    expect(page.get_by_role("main")).to_contain_text("Struck out.")
    look(page, "struck-out-done")

    owen = as_person(cast.owen).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": owen, "url": live_server.url}])
    page.goto(address("struckout", "changelist"))
    look(page, "struck-out-list")
    page.locator("tbody a").first.click()
    look(page, "struck-out-one")
    page.get_by_label("Why do you need to read it?").fill("The worker asked what we held.")
    page.get_by_role("button", name="Open it").click()
    look(page, "struck-out-opened")
