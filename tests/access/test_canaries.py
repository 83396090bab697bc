"""What somebody wrote or chose in their passport is nowhere but on their own pages and where they shared it."""

from __future__ import annotations

import datetime as dt
import logging
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from access import services, tasks
from access.questions import WORDS_OF
from audit.models import AuditEntry, Look
from core import clock
from meetings.models import Meeting, NeedsMet
from meetings.services import act_on_needs, call_meeting, record_held, say_if_needs_were_met
from notifications.letters import write
from notifications.models import Message
from tests.access.said import CANARIES, say_everything
from tests.conftest import MORNING
from tests.support.crawl import crawl

#: What stands in the passport of `say_everything`, in the words that a page would say.
CHOSEN = ("large_print", "coloured_background", "other_language", "lipspeaker", "supporter", "care", "quiet_room")
AFTERWARDS = {"words": "Quokkawords", "done": "Numbatdone"}
SECRETS = (*CANARIES.values(), *AFTERWARDS.values(), "27 point", *(WORDS_OF[key] for key in CHOSEN))
#: Where the questions themselves are asked: of everybody, in the same words.
ASKS = reverse("access:passport") + "question/"


@pytest.fixture
def meeting(cast):
    """Cass's passport, shared with the group; a meeting held; what was not there, and what was done about it."""
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    starts = MORNING + dt.timedelta(hours=1)
    called = call_meeting(
        by=cast.tunde,
        body=cast.group,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=1),
        place="Room 2",
        link="",
        phone_in="",
        items=[("A draft", "agree", None)],
        form_key=uuid.uuid4(),
    )
    with clock.set_to(starts + dt.timedelta(hours=2)):
        record_held(by=cast.tunde, meeting=called, present=[cast.tunde, cast.cass])
        asked = NeedsMet.objects.get()
        say_if_needs_were_met(by=cast.cass, asked=asked, answer="no", words=AFTERWARDS["words"])
        act_on_needs(by=cast.grace, asked=asked, done=AFTERWARDS["done"])
        services.read_passport(by=cast.tunde, passport=cast.cass.passport)
    with clock.set_to(MORNING + dt.timedelta(days=400)):
        tasks.tick()
    return Meeting.objects.get()


def allowed(cast, meeting):
    """The pages on which something of it may stand, for each reader."""
    asked = NeedsMet.objects.get()
    shared = reverse("access:read", args=[cast.cass.passport.pk])
    act = reverse("meetings:act_on_needs", args=[asked.pk])
    own = {reverse("access:passport"), shared, reverse("meetings:needs", args=[asked.pk])}
    return (
        dict.fromkeys(cast.everyone(), set())
        | {cast.cass: own}
        | dict.fromkeys((cast.tunde, cast.priya, cast.grace), {shared, act})
    )


@pytest.mark.walk
def test_no_page_tells(cast, meeting, client, as_person):
    """Each person follows every link from the front page, and is told the addresses besides."""
    known = allowed(cast, meeting)
    addresses = set.union(*known.values())
    told, reached = [], 0
    for person in cast.everyone():
        if not person.is_active:
            continue
        browser = as_person(person)
        pages = {page.path: page.content for page in crawl(browser, "/", examples=3, limit=300) if page.status == 200}
        pages |= {path: browser.get(path).content for path in addresses}
        for path in [path for path in pages if not path.startswith((ASKS, "/mailbox/"))]:
            content = pages[path].decode(errors="ignore")
            found = [secret for secret in SECRETS if secret in content]
            reached += bool(found)
            if found and path not in known[person]:
                told.append(f"{person.name} {path}: {found}")
    assert told == []
    assert reached >= 3 + 3 * 2 - 1


def test_no_message_tells(cast, meeting):
    letters, _ = write(Message.objects.all())
    said = "\n".join(f"{each.email.subject}\n{each.email.body}" for each in letters)
    assert letters
    for secret in (*SECRETS, "Cass Tinderly", cast.group.name, "passport", "access"):
        assert secret not in said, secret
    assert {each.facts != {} for each in Message.objects.filter(kind__startswith="access.")} == {False}


def test_no_log_of_acts_or_looks_tells(cast, meeting):
    rows = [*AuditEntry.objects.values(), *Look.objects.values(), *Message.objects.values()]
    assert AuditEntry.objects.filter(verb__startswith="access.").count() >= 8
    for secret in (*CANARIES.values(), *AFTERWARDS.values(), *CHOSEN):
        assert secret not in str(rows), secret


def test_no_table_holds_words_that_can_be_read(cast, meeting):
    """A dump of the whole database, but for what is chosen from a list, which stands in one table."""
    with connection.cursor() as cursor:
        dump = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of our own tables
            dump[table] = str(cursor.fetchall())
    for secret in (*CANARIES.values(), *AFTERWARDS.values()):
        assert [table for table, rows in dump.items() if secret in rows] == [], secret
    assert [table for table, rows in dump.items() if "lipspeaker" in rows] == ["access_passport"]


def test_no_line_of_the_log_tells(cast, meeting, as_person, caplog):
    caplog.set_level(logging.DEBUG)
    browser = as_person(cast.tunde)
    for path in set.union(*allowed(cast, meeting).values()):
        browser.get(path)
    browser = as_person(cast.cass)
    browser.post(reverse("access:question", args=["anything_else"]), {"anything_else": "Zigguratneed" * 200})
    for secret in SECRETS:
        assert [line for line in caplog.messages if secret in line] == [], secret
