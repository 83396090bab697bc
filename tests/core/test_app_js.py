"""What our script adds, in a real browser: words are kept, sent once, and forgotten when they should be."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

STATIC = Path(settings.BASE_DIR) / "static"
HOST = "http://kept.test"
FORM = """
<form method="post" action="/sent" data-keep="comment-1" {more}>
  <input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="form_key" value="k">
  <label>Words <textarea name="words">{words}</textarea></label>
  <label>Name <input type="radio" name="shown" value="name"></label>
  <label>Side <input type="radio" name="shown" value="side" checked></label>
  <label>Secret <input type="password" name="secret"></label>
  <button>Send</button>
</form>
<form method="post" action="/account/log-out/"><button>Log out</button></form>
"""


def page_of(body, person):
    script = '<script type="module" src="/static/app.js" data-nhsuk="/static/nhsuk/nhsuk.js"></script>'
    return f'<!doctype html><html lang="en"><title>t</title>{script}<body data-person="{person}">{body}</body></html>'


class Site:
    """A site made of our own files and one page, which a test may change; it writes down what it is sent."""

    def __init__(self, context):
        self.body = FORM.format(words="", more="")
        self.person = "p1"
        self.sent = []
        self.saving_fails = False
        context.route(f"{HOST}/**", self._answer)

    def _answer(self, route):
        address = route.request.url.removeprefix(HOST)
        if address.startswith("/static/"):
            return route.fulfill(path=STATIC / address.removeprefix("/static/"))
        if route.request.method == "POST":
            self.sent.append((address, route.request.post_data))
            if address == "/save":
                return route.fulfill(status=500 if self.saving_fails else 204)
        return route.fulfill(body=page_of(self.body, self.person), content_type="text/html")


@pytest.fixture
def context(browser):
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def site(context):
    return Site(context)


@pytest.fixture
def page(context, site):
    page = context.new_page()
    page.set_default_timeout(5_000)
    page.goto(f"{HOST}/form")
    return page


def kept(page):
    page.wait_for_timeout(400)  # longer than the pause that saving waits for
    return page.evaluate("Object.keys(localStorage).sort()")


def test_words_come_back_with_a_note_after_the_page_was_lost(page):
    page.get_by_label("Words").fill("I think so")
    page.get_by_label("Name").check()
    page.goto("about:blank")
    page.goto(f"{HOST}/form")
    expect(page.get_by_label("Words")).to_have_value("I think so")
    expect(page.get_by_label("Name")).to_be_checked()
    expect(page.get_by_role("status")).to_contain_text("We put back the words you had typed.")


def test_they_can_be_thrown_away(page):
    page.get_by_label("Words").fill("I think so")
    page.reload()
    page.get_by_role("button", name="Throw them away").click()
    expect(page.get_by_label("Words")).to_have_value("")
    assert kept(page) == []


def test_nothing_is_kept_that_was_not_typed(page):
    page.reload()
    assert kept(page) == []
    assert page.get_by_role("status").count() == 0


def test_a_password_and_a_token_are_never_kept(page):
    page.get_by_label("Words").fill("I think so")
    page.get_by_label("Secret").fill("opensesame")
    assert kept(page) == ["kept:p1:comment-1"]
    stored = page.evaluate("localStorage.getItem('kept:p1:comment-1')")
    assert stored == '{"words":"I think so","shown":["side"]}'


def test_another_person_on_the_same_device_does_not_see_them(page, site):
    page.get_by_label("Words").fill("I think so")
    kept(page)
    site.person = "p2"
    page.goto(f"{HOST}/form")
    expect(page.get_by_label("Words")).to_have_value("")


def test_logging_out_forgets_everything(page):
    page.get_by_label("Words").fill("I think so")
    assert kept(page) == ["kept:p1:comment-1"]
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/log-out/")
    assert kept(page) == []


def test_the_server_says_when_they_are_sent(page, site):
    page.get_by_label("Words").fill("I think so")
    kept(page)
    site.body = '<p data-keep-clear="comment-1">Sent</p>'
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent")
    assert kept(page) == []


def test_words_the_server_gives_back_with_an_error_stand(page, site):
    page.get_by_label("Words").fill("Too long")
    kept(page)
    wrong = '<div class="nhsuk-form-group--error"></div></form>'
    site.body = FORM.format(words="From the server", more="").replace("</form>", wrong, 1)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent")
    expect(page.get_by_label("Words")).to_have_value("From the server")


def test_two_presses_send_once(page, site):
    page.get_by_label("Words").fill("I think so")
    page.evaluate("() => { const b = document.querySelector('button'); b.click(); b.click(); }")
    page.wait_for_url("**/sent")
    assert len(site.sent) == 1


def test_without_a_connection_it_says_so_and_sends_nothing(page, context, site):
    page.get_by_label("Words").fill("I think so")
    context.set_offline(True)
    expect(page.get_by_text("You are not connected. Your words are kept on this phone.")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    assert (site.sent, page.url) == ([], f"{HOST}/form")
    context.set_offline(False)
    expect(page.get_by_text("You are not connected.")).to_have_count(0)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent")
    assert len(site.sent) == 1


class TestSavingOnTheServer:
    @pytest.fixture(autouse=True)
    def _saves(self, page, site):
        site.body = FORM.format(words="", more='data-autosave-url="/save"')
        page.goto(f"{HOST}/form")

    def test_after_a_pause_in_typing(self, page, site):
        page.get_by_label("Words").fill("I think so")
        expect(page.get_by_role("status")).to_have_text("Saved. Not sent yet.")
        [(address, data)] = site.sent
        assert address == "/save"
        assert "I think so" in data
        assert "csrfmiddlewaretoken" in data

    def test_a_failure_says_where_the_words_are(self, page, site):
        site.saving_fails = True
        page.get_by_label("Words").fill("I think so")
        expect(page.get_by_role("status")).to_contain_text("Your words are kept on this device.")
        assert kept(page) == ["kept:p1:comment-1"]


def test_where_the_browser_keeps_nothing_all_still_works(context, site):
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{HOST}/form")
    page.get_by_label("Words").fill("I think so")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent")
    assert (len(site.sent), faults) == (1, [])
