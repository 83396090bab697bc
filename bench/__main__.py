"""Measure everything in one run on private services, print each figure with its bar, and say whether all are met."""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command

from bench import fan_out
from bench.figures import Figure, write
from tests.support.services import postgres, running_broker

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("pages", "hr", "fan-out")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("--json", type=Path, help="write the figures to this file, one JSON object a line")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    options = parser.parse_args()
    figures: list[Figure] = []
    for figure in _measure(options.only):
        print(figure.line, flush=True)
        figures.append(figure)
    if options.json:
        write(figures, options.json)
    missed = [figure for figure in figures if not figure.ok]
    print(f"\n{len(figures)} figures, {len(missed)} not met")
    return 1 if missed else 0


def _measure(parts: list[str]) -> Iterator[Figure]:
    if {"pages", "hr"} & set(parts):
        yield from _measure_pages(parts)
    if "fan-out" in parts:
        yield from fan_out.figures("postgres")
        yield from fan_out.figures("sqlite")


def _measure_pages(parts: list[str]) -> Iterator[Figure]:
    """The pages, on PostgreSQL, behind a real web server with two processes."""
    with contextlib.ExitStack() as stack:
        var = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        base_url = f"http://127.0.0.1:{_free_port()}"
        os.environ |= {
            "MODE": "test",
            "HASHED_STATIC": "1",
            "SECRET_KEY": "for-benches-only-" + "x" * 40,
            "VAR_DIR": str(var),
            "STATIC_ROOT": str(var / "static"),
            "BASE_URL": base_url,
            "DATABASE_URL": stack.enter_context(postgres(durable=True)),
            "BROKER_URL": stack.enter_context(running_broker()).url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        django.setup()
        # What these import needs settings, which are made above.
        from accounts.models import Person  # noqa: PLC0415
        from bench import draft_page, growth, hr, pages, weight  # noqa: PLC0415
        from governance.models import Body  # noqa: PLC0415

        call_command("prepare")
        stack.enter_context(_web_server(base_url))
        if "pages" in parts:
            yield from pages.figures(base_url, "demo")
            growth.grow()
            yield from pages.figures(base_url, "demo × 10")
            by = Person.objects.get(email="grace@anytown-riverside.example")
            group = Body.objects.get(name="Role design and job description")
            few, many = (draft_page.fill(by, group, number).pk for number in (draft_page.FEW, draft_page.MANY))
            client = pages.client_of("ishani")
            cookies = pages.cookies_of(client)
            yield from draft_page.figures(base_url, cookies, client, few, many)
            yield from weight.figures(base_url, f"/policies/{few}/draft/", cookies)
        if "hr" in parts:
            yield from hr.figures(base_url)


@contextlib.contextmanager
def _web_server(base_url: str) -> Iterator[None]:
    bind = base_url.removeprefix("http://")
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "oxleas_coprod.wsgi",
        "--bind",
        bind,
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{base_url}/help/", timeout=5):  # noqa: S310
                break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
