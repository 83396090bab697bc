"""The pages of figures and of files in a real browser, at a phone's and a desk's width."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts.models import Role, RoleHeld
from core import clock
from tests.factories.figures import released
from tests.support.looking import look
from tests.workforce.test_export import logged_in_ago
from tests.workforce.test_in_browser import browser_page, records  # noqa: F401 -- fixtures

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_figures_from_a_day_to_the_steering_group(browser_page, live_server, as_person, cast, made_world):  # noqa: F811
    page = browser_page
    page.goto("/hr/")
    look(page, "hr-index")
    page.get_by_role("link", name="Figures on a day").click()
    page.get_by_label("Day", exact=True).fill("30")
    page.get_by_label("Month", exact=True).fill("6")
    page.get_by_label("Year", exact=True).fill("2026")
    page.get_by_role("button", name="Show the figures").click()
    look(page, "figures")
    page.get_by_label("Year", exact=True).fill("2126")
    page.get_by_role("button", name="Show the figures").click()
    expect(page.get_by_role("link", name="The day must be today")).to_be_visible()
    look(page, "figures-error")
    page.goto("/hr/figures/released/")
    look(page, "released-none")
    page.get_by_role("link", name="Release the figures of a quarter").click()
    look(page, "release")
    page.get_by_label("Which quarter?").select_option("2026-06-30")
    page.get_by_role("button", name="Show what would be released").click()
    look(page, "release-check")
    page.get_by_role("button", name="Release these figures").click()
    look(page, "released-one")
    page.get_by_role("link", name="Hand these to the Steering Group").click()
    look(page, "hand-over")
    page.get_by_role("button", name="Hand these figures over").click()
    look(page, "released")
    page.get_by_role("link", name="Take them back").click()
    look(page, "take-back")
    cookie = as_person(cast.cass).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto("/me/")
    page.get_by_role("link", name="Peer support posts in figures").click()
    look(page, "steering-figures")


def test_a_file_of_records(browser_page, live_server, as_person, cast):  # noqa: F811
    page = browser_page
    RoleHeld.objects.create(person=cast.nadia, role=Role.HR_EXPORTER, from_at=clock.now(), given_by=cast.grace)
    client = logged_in_ago(as_person(cast.nadia), cast.nadia)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto("/hr/export/")
    look(page, "export")
    page.get_by_role("button", name="Make the file").click()
    look(page, "export-error")
    page.get_by_label("Posts, and who is in them").check()
    page.get_by_label("Excel (XLSX)").check()
    page.get_by_label("Why do you need it?").fill("The yearly count, asked for by the Director of People")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    assert download.value.suggested_filename == "role-records-posts-2026-09-01.xlsx"


def test_a_trust_with_few_posts(browser_page, cast):  # noqa: F811
    made = released(by=cast.nadia, day=dt.date(2026, 6, 30))
    browser_page.goto(f"/hr/figures/released/{made.pk}/")
    look(browser_page, "released-total-only")
