"""A page is held against axe when it has come whole, not when its first byte has."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support.looking import faults

pytestmark = pytest.mark.journey

PAGE = "<!doctype html><html lang=en><title>%s</title><main><h1>A page</h1>%s</main></html>"


class Slowly(BaseHTTPRequestHandler):
    """Two pages: the words of the second come long after its head, and its picture has no words beside it."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path == "/":
            self.wfile.write((PAGE % ("First", "<a href=/second>On</a>")).encode())
        else:
            self.wfile.flush()
            time.sleep(0.5)
            self.wfile.write((PAGE % ("Second", "<img src=data:>")).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slowly)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_press_is_waited_for_before_axe_is_asked(browser, address):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        assert faults(page) == []
        page.get_by_role("link", name="On").click()
        assert [rule for rule, _ in faults(page)] == ["image-alt"]
