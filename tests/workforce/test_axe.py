"""Every page of the admin sites, on the narrowest screen, against axe, the console and the width of the screen."""

from __future__ import annotations

from contextlib import ExitStack
from importlib import import_module
from itertools import chain
from urllib.parse import quote

import pytest
from django.apps import apps

from helplines.models import HelpContact
from tests.permissions.asking import Askers
from tests.permissions.world import build
from tests.support.looking import hear, look
from tests.workforce.every_page import addresses, in_other_states

#: Nothing may need more: WCAG 2.2, 1.4.10.
NARROWEST = {"width": 320, "height": 568}
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _standard_contacts(transactional_db):
    """Those that every installation begins with: a test before this one that really commits has swept them away."""
    if not HelpContact.objects.exists():
        import_module("helplines.migrations.0002_standard_contacts").add(apps, None)


@pytest.fixture
def contexts(browser):
    """Open a context of the browser, as often as asked; all are closed at the end."""
    with ExitStack() as opened:
        yield lambda **how: opened.enter_context(browser.new_context(**how))


@pytest.mark.usefixtures("_standard_contacts")
def test_every_admin_page_on_the_narrowest_screen(contexts, live_server, settings, tmp_path):
    settings.KEEP_MAIL, settings.MAIL_DIR = True, tmp_path
    world = build()
    clients = Askers.of(world).clients
    pages = {}
    for who in ("nadia", "viewer", "robin"):
        cookie = clients[who].cookies[settings.SESSION_COOKIE_NAME].value
        context = contexts(viewport=NARROWEST, base_url=live_server.url)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        pages[who] = context.new_page()
        hear(pages[who])
    for number, (who, path) in enumerate(chain(addresses(world), in_other_states(world))):
        assert (pages[who].goto(path).status, pages[who].url) == (
            200,
            f"{live_server.url}{quote(path, safe='/?&=%')}",
        )
        look(pages[who], f"every-{number:03}")
