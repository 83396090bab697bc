"""Axe is asked about each different page, and not twice about one."""

from __future__ import annotations

import pytest

from tests.journeys.looking import Sights, sight_of
from tests.journeys.product import DESK, PHONE

pytestmark = pytest.mark.journey

PAGE = '<html lang="en"><title>T</title><main id="{id}"><h1>{words}</h1></main></html>'
ONE, OTHER = "11111111-2222-4333-8444-555555555555", "99999999-2222-4333-8444-555555555555"


def test_only_what_is_made_up_anew_makes_no_difference(browser):
    page = browser.new_context(viewport=PHONE).new_page()
    page.set_content(PAGE.format(id=ONE, words="Hello"))
    first = sight_of(page)
    page.set_content(PAGE.format(id=OTHER, words="Hello"))
    assert sight_of(page) == first
    page.set_content(PAGE.format(id=ONE, words="Goodbye"))
    assert sight_of(page) != first
    page.set_content(PAGE.format(id=ONE, words="Hello"))
    page.evaluate("document.querySelector('h1').setAttribute('role', 'nothing')")
    assert sight_of(page) != first
    page.set_viewport_size(DESK)
    page.set_content(PAGE.format(id=ONE, words="Hello"))
    assert sight_of(page) != first


def test_browsers_of_one_run_tell_each_other_and_of_another_do_not(tmp_path, monkeypatch):
    monkeypatch.setenv("LOOKED_AT", str(tmp_path))
    Sights().add("a page")
    assert Sights().known("a page")
    assert not Sights().known("another")
    monkeypatch.delenv("LOOKED_AT")
    assert not Sights().known("a page")
