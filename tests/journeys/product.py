"""The whole product, started as a stranger would start it, and people who use it in a real browser."""

from __future__ import annotations

import datetime as dt
import email
import email.message
import email.policy
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.looking import Sights, sight_of
from tests.support.looking import faults, sideways
from tests.support.services import surroundings

ROOT = Path(__file__).resolve().parent.parent.parent
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
START_SECONDS = 180
LOOKED_AT = Sights()


@dataclass
class Product:
    """The running product: its address and its `var` folder."""

    url: str
    var: Path
    process: subprocess.Popen[bytes]

    def move_clock(self, *, days: float) -> None:
        """Set every process's clock this many days ahead of the real one."""
        (self.var / "clock").write_text(str(days * 86_400))

    def stop(self) -> None:
        """Press Ctrl-C and wait until everything has stopped."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)


def start_product(var: Path, **environment: str) -> Product:
    """Start all processes on a free port with an empty `var`, and wait until the first page answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (var / "clock").write_text("0")
    clean = {
        name: value
        for name, value in surroundings().items()
        if name not in {"DATABASE_URL", "SECRET_KEY", "BROKER_URL"}
    }
    clean |= {"MODE": "demo", "VAR_DIR": str(var), "CLOCK_FILE": str(var / "clock"), "STATIC_ROOT": str(var / "static")}
    process = subprocess.Popen(
        [sys.executable, "-m", "oxleas_coprod.supervisor", "--port", str(port)], cwd=ROOT, env=clean | environment
    )
    product = Product(f"http://localhost:{port}", var, process)
    began = time.monotonic()
    while time.monotonic() - began < START_SECONDS:
        if process.poll() is not None:
            raise RuntimeError("The product stopped while it was starting.")
        try:
            urllib.request.urlopen(product.url + "/help/", timeout=2).close()  # noqa: S310 -- our own address
        except OSError:
            time.sleep(0.3)
        else:
            return product
    product.stop()
    raise RuntimeError(f"The product did not answer within {START_SECONDS} seconds.")


class Someone:
    """A person at a browser of their own. Every page they land on is held against axe, unless the same one was."""

    def __init__(
        self,
        browser: Browser,
        product: Product,
        key: str,
        *,
        viewport: dict[str, int],
        script: bool = True,
        email: str = "",
    ) -> None:
        self.product = product
        self.email = email or f"{key}@anytown-riverside.example"
        self.key = key
        self.has_script = script
        self.context: BrowserContext = browser.new_context(viewport=viewport, java_script_enabled=script)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._watch)

    def goes_to(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.product.url + path)
        self.looks()

    def presses(self, name: str, *, within: str = "main") -> None:
        """Press the button of that name."""
        self.page.locator(within).get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.looks()

    def follows(self, name: str, *, within: str = "body") -> None:
        """Follow the link of that name, even one that looks like a button."""
        place = self.page.locator(within)
        place.get_by_role("link", name=name).or_(place.locator("a[role=button]", has_text=name)).first.click()
        self.page.wait_for_load_state()
        self.looks()

    def fills(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(words)

    def fills_date(self, legend: str, *, days: int) -> None:
        """Fill the three boxes of a date: so many days from the real today."""
        day = dt.datetime.now(ZoneInfo("Europe/London")).date() + dt.timedelta(days=days)
        boxes = self.page.get_by_role("group", name=legend)
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label).fill(str(number))

    def date_in(self, legend: str) -> dt.date:
        """What stands in the three boxes of a date."""
        boxes = self.page.get_by_role("group", name=legend)
        day, month, year = (int(boxes.get_by_label(label).input_value()) for label in ("Day", "Month", "Year"))
        return dt.date(year, month, day)

    def chooses(self, label: str) -> None:
        """Tick a box or choose a radio button by its label."""
        self.page.get_by_label(label, exact=False).first.check()

    def sees(self, words: str, seconds: float = 15) -> None:
        """Wait until the page says these words: a press may still be on its way."""
        until = time.monotonic() + seconds
        while words not in (says := self._says()) and time.monotonic() < until:
            time.sleep(0.1)
        assert words in says, f"{self.page.url} does not say {words!r}. It says:\n{says[:1500]}"

    def does_not_see(self, words: str) -> None:
        self.page.wait_for_load_state()
        assert words not in self._says(), f"{self.page.url} says {words!r}"

    def _says(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def looks(self) -> None:
        """Hold the page against axe, the console, and the width of the screen."""
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        if not self.has_script:
            return  # axe is a script itself; the same pages are held against it with scripts on
        sight = sight_of(self.page)
        if not LOOKED_AT.known(sight):
            assert faults(self.page) == [], self.page.url
            LOOKED_AT.add(sight)
        assert sideways(self.page) <= 0, self.page.url

    def shows(self, name: str) -> None:
        """Keep a picture of the page when PICTURES names a folder."""
        if folder := os.environ.get("PICTURES"):
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            self.page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)

    def logs_in(self) -> None:
        """By the code that comes to the mailbox."""
        self.goes_to("/account/log-in/")
        self.logs_in_here()

    def logs_in_here(self) -> None:
        """Give the address and the code on the log-in page that one was sent to."""
        before = len(self.mail())
        self.fills("What is your email address?", self.email)
        self.presses("Continue")
        self.page.locator("input[name=code]").fill(self._next_code(before))
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()
        self.looks()

    def _next_code(self, already: int, seconds: float = 30) -> str:
        """Wait for a message with a code after the first `already`: another may come in between."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for mail in self.mail()[already:]:
                if code := re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mail):
                    return code[0]
            time.sleep(0.2)
        raise AssertionError(f"No code came to {self.key} within {seconds} s.")

    def mail(self) -> list[str]:
        """The text of every message this person was sent, oldest first."""
        return [_text_of(file) for file in self._files()]

    def _files(self) -> list[Path]:
        folders = (self.product.var / "mail").glob("*")
        mine = [folder for folder in folders if unquote(folder.name) == self.email]
        return [file for folder in mine for file in sorted(folder.glob("*.eml"))]

    def next_mail(self, already: int, seconds: float = 30) -> str:
        """Wait for one more message than `already`; its text."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            mail = self.mail()
            if len(mail) > already:
                return mail[-1]
            time.sleep(0.2)
        raise AssertionError(f"No message came to {self.key} within {seconds} s.")

    def mail_saying(self, words: str, seconds: float = 30) -> str:
        """Wait for a message that says `words`; the newest such."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if found := [mail for mail in self.mail() if words in mail]:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"No message saying {words!r} came to {self.key} within {seconds} s.")

    def kinds_of_parts(self, text: str) -> set[str]:
        """The media types of the parts of the message with that text."""
        return {
            part.get_content_type() for file in self._files() if _text_of(file) == text for part in _read(file).walk()
        }

    def link_in(self, mail: str) -> str:
        found = re.search(r"https?://\S+/(?:l|invited)/\S+", mail)
        assert found, mail
        return found[0]

    def follows_the_message(self, mail: str) -> None:
        """From a message to the page that it is about."""
        self.goes_to(self.link_in(mail))
        self.presses("Continue")

    def leaves(self) -> None:
        self.context.close()

    def _hear(self, message: object) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def _watch(self, response: object) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")
        if not response.url.startswith((self.product.url, "data:")):
            self.complaints.append(f"a request to another host: {response.url}")


def _read(file: Path) -> email.message.EmailMessage:
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def _text_of(file: Path) -> str:
    message = _read(file)
    body = message.get_body(("plain",))
    return f"{message['Subject']}\n\n{body.get_content() if body else ''}"
