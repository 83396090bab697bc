"""What stands on every page, drawn by the one base template."""

import re
from pathlib import Path

import brotli
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib import messages
from django.test import override_settings
from django.urls import path

from core.permissions import open_to_all
from home.views import privacy
from oxleas_coprod import urls

STATIC = Path(settings.BASE_DIR) / "static"
OPEN = ["/", "/help/", "/accessibility/", "/privacy/", "/how-comments-work/", "/gallery/", "/gallery/errors/", "/none/"]
LOGGED_IN = [*OPEN, "/me/"]


@open_to_all("a test")
def tells(request):
    messages.success(request, "Your comment is sent.", extra_tags="keep-clear:comment-1")
    messages.warning(request, "It closes today.")
    return privacy(request)


urlpatterns = [*urls.urlpatterns, path("tells/", tells)]


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def pages(client, as_person, cast):
    yield from ((address, read(client.get(address))) for address in OPEN)
    browser = as_person(cast.ishani)
    yield from ((address, read(browser.get(address))) for address in LOGGED_IN)


class TestStructure:
    def test_the_first_link_skips_to_the_main_part(self, client, as_person, cast):
        for address, page in pages(client, as_person, cast):
            assert page.body.find(["a", "button", "input"])["href"] == "#maincontent", address
            assert page.main["id"] == "maincontent"

    def test_one_heading_of_the_first_rank_and_a_title(self, client, as_person, cast):
        for address, page in pages(client, as_person, cast):
            assert len(page.find_all("h1")) == 1, address
            assert page.title.get_text().endswith(" - Working together"), address
            assert page.html["lang"] == "en-GB"

    def test_no_id_twice(self, client, as_person, cast):
        for address, page in pages(client, as_person, cast):
            ids = [tag["id"] for tag in page.find_all(id=True)]
            assert len(ids) == len(set(ids)), address

    def test_nothing_inline_and_nothing_from_another_host(self, client, as_person, cast):
        for address, page in pages(client, as_person, cast):
            assert [tag for tag in page.find_all("script") if not tag.get("src")] == [], address
            assert page.find_all("style") == []
            assert page.find_all(attrs={"style": True}) == []
            assert [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
            loaded = [tag.get("src") or tag.get("href") for tag in page.find_all(["script", "link", "img"])]
            assert all(source.startswith("/static/") for source in loaded), address

    def test_the_browser_is_told_to_load_nothing_else(self, client, db):
        policy = client.get("/privacy/")["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


class TestHelp:
    def test_it_stands_in_the_same_place_with_the_same_words(self, client, as_person, cast):
        for address, page in pages(client, as_person, cast):
            assert page.header.find_next_sibling("section")["class"] == ["app-help"], address
            assert page.select_one(".app-help a").get_text() == "Get help now"
            assert page.select_one(".app-help a")["href"] == "/help/"


class TestMenu:
    def test_someone_not_logged_in_has_none(self, client, db):
        assert read(client.get("/privacy/")).select(".nhsuk-header__navigation") == []

    def test_it_says_where_one_is(self, as_person, cast):
        for address, here in [("/", "Home"), ("/me/", "Me"), ("/groups/", "Groups"), ("/meetings/", "Meetings")]:
            page = read(as_person(cast.ishani).get(address))
            assert [link.get_text() for link in page.select("a[aria-current]")] == [here]

    def test_every_place_in_it_opens(self, as_person, cast):
        browser = as_person(cast.ishani)
        places = [link["href"] for link in read(browser.get("/")).select(".nhsuk-header__navigation-link[href]")]
        assert len(places) == 5
        assert {browser.get(place).status_code for place in places} == {200}

    def test_it_costs_no_query(self, as_person, cast, django_assert_num_queries):
        browser = as_person(cast.ishani)
        browser.get("/privacy/")
        with django_assert_num_queries(2):  # the session and the person
            browser.get("/privacy/")


class TestTelling:
    @override_settings(ROOT_URLCONF=__name__)
    def test_what_was_done_is_said_once_on_the_next_page(self, client, db):
        page = read(client.get("/tells/"))
        said = [(banner["role"], banner.p.get_text()) for banner in page.select(".nhsuk-notification-banner")]
        assert said == [("alert", "Your comment is sent."), ("region", "It closes today.")]
        assert [tag["data-keep-clear"] for tag in page.select("[data-keep-clear]")] == ["comment-1"]
        assert read(client.get("/privacy/")).select(".nhsuk-notification-banner") == []

    def test_a_page_with_errors_says_so_in_its_title(self, client, db):
        assert read(client.get("/gallery/errors/")).title.get_text().startswith("Error: ")
        assert read(client.get("/gallery/")).title.get_text().startswith("Components")


class TestDemonstration:
    def test_a_demonstration_says_so_on_every_page(self, client, db):
        with override_settings(MODE="demo", MFA_REQUIRED=False, KEEP_MAIL=True):
            bar = read(client.get("/privacy/")).select_one(".app-demo")
        words = " ".join(bar.get_text().split())
        assert words.startswith("This is a demonstration. The people are invented.")
        assert "relaxed" in words
        assert bar.a["href"] == "/mailbox/"

    def test_nothing_of_it_in_production(self, client, db):
        with override_settings(MODE="production", IN_PRODUCTION=True, MFA_REQUIRED=True, KEEP_MAIL=False):
            assert read(client.get("/privacy/")).select(".app-demo") == []
            assert client.get("/gallery/").status_code == 404


class TestWeight:
    def test_a_first_visit_is_light(self, as_person, cast):
        files = [STATIC / "nhsuk" / "nhsuk.css", STATIC / "nhsuk" / "nhsuk.js", STATIC / "app.css", STATIC / "app.js"]
        sent = [*(file.read_bytes() for file in files), as_person(cast.ishani).get("/").content]
        assert sum(len(brotli.compress(each)) for each in sent) <= 60_000

    def test_the_style_is_ours_alone(self):
        style = (STATIC / "nhsuk" / "nhsuk.css").read_text()
        assert "@font-face" not in style
        assert "https:" not in style
        icons = set(re.findall(r"url\(([^)]+)\)", style))
        assert {icon for icon in icons if not icon.startswith(("images/", "data:", '"data:', "'data:"))} == set()
        assert all((STATIC / "nhsuk" / icon).exists() for icon in icons if icon.startswith("images/"))
        assert "sourceMappingURL" not in (STATIC / "nhsuk" / "nhsuk.js").read_text() + style


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/", "/how-comments-work/"])
def test_the_pages_at_the_foot_have_short_sentences(client, db, address):
    page = read(client.get(address)).main
    sentences = [
        said for tag in page.find_all(["p", "li"]) for said in re.split(r"[.?!:]\s", tag.get_text(" ", strip=True))
    ]
    assert [said for said in sentences if len(said.split()) > 25] == []
