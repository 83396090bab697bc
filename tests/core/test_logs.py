"""What a line of the log leaves out, whoever wrote it."""

import io
import logging

import pytest
from django.conf import settings
from django.test import Client

from accounts.links import token_for
from core.logs import Discreet

TOKEN = "hV1xQz-0pW_7uK3mN9bR5tY2cE8aL6dS4fG1jH0kZxQ"


def written(message, *args, problem=None):
    record = logging.LogRecord("any", logging.WARNING, "file.py", 1, message, args, problem)
    return Discreet("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("Not Found: /l/%s/", "WARNING Not Found: /l/[token]/"),
        ("session k3j2h1g0f9d8s7a6q5w4e3r2t1y0u9i8 is gone", "WARNING session [token] is gone"),
        ("refused: <%s> unknown", "WARNING refused: <[address]> unknown"),
        ("Key (email)=(%s) already exists.", "WARNING Key (email)=([address]) already exists."),
        (
            "new row violates it\nDETAIL:  Failing row contains (7, adjusted).\n",
            "WARNING new row violates it\nDETAIL: [row]\n",
        ),
        ("Error handling request /mailbox/?to=%s", "WARNING Error handling request /mailbox/?[query]"),
        ("Error handling request /policies/?show=all HTTP", "WARNING Error handling request /policies/?[query] HTTP"),
    ],
)
def test_what_leads_to_a_person_is_masked(message, line):
    secret = TOKEN if "/l/" in message else "ishani@anytown-riverside.example"
    assert written(message, *([secret] if "%s" in message else [])) == line


@pytest.mark.parametrize(
    "message",
    [
        "Not Found: /policies/177be9b5-2908-482b-b11f-925f9801dd41/draft/",
        "The broker took no hint (OperationalError); the tick will find the rows.",
        "Is port 8000 in use? Try: bin/run --port 0",
    ],
)
def test_what_helps_to_mend_a_fault_is_kept(message):
    assert written(message) == f"WARNING {message}"


def test_a_traceback_is_masked_too():
    try:
        raise ValueError("no such person: ishani@anytown-riverside.example")
    except ValueError as error:
        line = written("It broke.", problem=(type(error), error, error.__traceback__))
    assert "ValueError: no such person: [address]" in line
    assert "ishani" not in line.splitlines()[-1]


def test_every_handler_of_the_settings_masks():
    handlers = settings.LOGGING["handlers"].values()
    formatters = [settings.LOGGING["formatters"][handler["formatter"]]["()"] for handler in handlers]
    assert formatters == ["core.logs.Discreet"]


@pytest.mark.parametrize("name", ["django", "django.server", "gunicorn.error"])
def test_a_logger_that_comes_with_a_handler_of_its_own_gives_it_up(name):
    """They do: `django` mails errors with the whole request in them, and the other two write to the console."""
    said = settings.LOGGING["loggers"][name]
    assert said["handlers"] == ["console"] or (said["handlers"] == [] and said["propagate"])


def test_the_token_of_a_link_pressed_from_an_old_page_is_not_logged(db, cast):
    """Django names the path of every form it refuses, and a link's path is its token."""
    token = token_for(cast.steering.pk)
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(Discreet("%(message)s"))
    logger = logging.getLogger("django.security.csrf")
    logger.addHandler(handler)
    try:
        answer = Client(enforce_csrf_checks=True).post(f"/l/{token}/")
    finally:
        logger.removeHandler(handler)
    assert answer.status_code == 403
    assert lines.getvalue().rstrip().endswith("/l/[token]/")
