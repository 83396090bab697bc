"""Every page of the admin sites is HTML as the standard has it, whatever it shows."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.permissions.asking import Askers
from tests.permissions.world import standing_world
from tests.support.nu_html import errors_of
from tests.workforce.every_page import addresses, forms, in_other_states

pytestmark = [pytest.mark.services, pytest.mark.django_db]

PLANTED = b'<!doctype html><html lang="en-GB"><title>Planted</title><table><tr><td colspan="0"></table><li id="a b">'


def test_every_admin_page_is_valid_html(tmp_path):
    pages = {"planted": PLANTED}
    with standing_world(tmp_path) as world:
        clients = Askers.of(world).clients
        for who, path in chain(addresses(world), in_other_states(world)):
            answer = clients[who].get(path)
            assert answer.status_code == 200, path
            pages[f"GET {path} as {who}"] = answer.content
        for who, path in forms(world):
            pages[f"POST {path} as {who}"] = clients[who].post(path, {}).content
    found = errors_of(pages)
    assert len(found.pop("planted")) >= 2, "the checker finds what is wrong"
    assert found == {}
