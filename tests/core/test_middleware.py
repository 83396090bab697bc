"""Pages of somebody logged in are stored nowhere; pages for everybody may be."""

from __future__ import annotations

import pytest

HELD_BACK = "no-store, private"


@pytest.mark.parametrize("path", ["/account/details/", "/account/log-out/", "/nowhere/"])
def test_pages_of_somebody_logged_in_are_not_stored(cast, as_person, path):
    assert as_person(cast.ishani).get(path).headers["Cache-Control"] == HELD_BACK


def test_nor_is_the_answer_that_logs_out(cast, as_person):
    assert as_person(cast.ishani).post("/account/log-out/").headers["Cache-Control"] == HELD_BACK


def test_pages_for_everybody_may_be(db, client):
    assert "Cache-Control" not in client.get("/account/check-your-email/").headers
