"""The ledger page for those who answer for the messages, and the mailbox of the demonstration."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from notifications import outbox
from notifications.models import Message, MessageState

MAILBOX = "notifications.mailbox.MailboxBackend"


@pytest.fixture
def refused(cast, tell):
    (row,) = tell(cast.ishani)
    Message.objects.update(state=MessageState.REFUSED, reason="The mail server refused it (code 550).")
    return row


def page(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("grace", 200),
        ("owen", 200),
        ("ishani", 403),
        ("tunde", 403),
        ("nadia", 403),
        ("robin", 403),
        ("yetunde", 403),
    ],
)
def test_the_secretary_and_the_governance_lead_see_who_was_told(cast, as_person, who, status):
    assert as_person(getattr(cast, who)).get("/messages/").status_code == status


def test_a_visitor_is_sent_to_log_in(client, db):
    assert client.get("/messages/").status_code == 302


def test_it_says_how_many_and_why_and_nobodys_name(cast, as_person, refused):
    shown = page(as_person(cast.grace).get("/messages/"))
    words = shown.get_text(" ", strip=True)
    assert "Tells a person of the tests that there is news." in words
    assert f"Message {str(refused.pk)[:8]}" in words
    assert "The mail server refused it (code 550)." in words
    for person in cast.everyone():
        assert person.name not in shown.main.get_text()
        assert person.email not in shown.main.get_text()


def test_send_again_puts_it_back_and_says_so(cast, as_person, refused):
    answer = as_person(cast.owen).post(f"/messages/{refused.pk}/again/", follow=True)
    assert answer.redirect_chain == [("/messages/", 302)]
    assert "waits to be sent again" in page(answer).get_text()
    refused.refresh_from_db()
    assert refused.state == MessageState.WAITING


def test_pressed_twice_it_goes_once_and_the_second_is_told_why(cast, as_person, refused):
    client = as_person(cast.owen)
    client.post(f"/messages/{refused.pk}/again/")
    answer = client.post(f"/messages/{refused.pk}/again/", follow=True)
    assert "no longer refused or held" in page(answer).get_text()


@pytest.mark.parametrize("who", ["ishani", "nadia"])
def test_nobody_else_may_send_again(cast, as_person, refused, who):
    assert as_person(getattr(cast, who)).post(f"/messages/{refused.pk}/again/").status_code == 403
    refused.refresh_from_db()
    assert refused.state == MessageState.REFUSED


def test_looking_sends_nothing(cast, as_person, refused):
    assert as_person(cast.grace).get(f"/messages/{refused.pk}/again/").status_code == 405


def test_a_message_that_is_not_there_is_not_found(cast, as_person):
    gone = "00000000-0000-0000-0000-000000000000"
    assert as_person(cast.grace).post(f"/messages/{gone}/again/").status_code == 404


def test_the_page_costs_the_same_for_one_message_and_for_three(cast, as_person, tell):
    client = as_person(cast.grace)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/messages/").status_code == 200
        return len(asked)

    tell(cast.ishani)
    Message.objects.update(state=MessageState.REFUSED)
    client.get("/messages/")
    one = cost()
    tell(cast.tunde, cast.cass, occasion="two")
    Message.objects.update(state=MessageState.REFUSED)
    assert cost() == one <= 12


# -- the mailbox ------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(settings, tmp_path):
    settings.MAIL_DIR = tmp_path / "mail"
    settings.KEEP_MAIL = True
    settings.EMAIL_BACKEND = MAILBOX


def test_what_a_person_was_sent_is_found_by_their_address_and_its_link_can_be_followed(cast, tell, kept, client):
    tell(cast.ishani)
    outbox.drain()
    everyone = page(client.get("/mailbox/"))
    to_her = page(client.get(everyone.find("a", string=cast.ishani.email)["href"]))
    assert "Handed over at" in to_her.get_text()
    letter = page(client.get(to_her.find("a", string="There is something new for you")["href"]))
    assert "Dear Ishani," in letter.get_text()
    assert "Tuesday 1 September 2026 at 10am" in letter.get_text()
    link = letter.find("a", href=re.compile("/l/"))
    assert client.get(link["href"].partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200


def test_newest_first(cast, tell, kept, client, later):
    tell(cast.ishani)
    outbox.drain()
    with later(hours=1):
        tell(cast.ishani, occasion="news 2")
        outbox.drain()
    times = [row.get_text() for row in page(client.get("/mailbox/?to=" + cast.ishani.email)).select("tbody td + td")]
    assert times == ["Tuesday 1 September 2026 at 11am", "Tuesday 1 September 2026 at 10am"]


def test_a_file_that_came_with_a_message_can_be_had(db, kept, client):
    message = EmailMessage(
        "A date", "See the file.", to=["a@b.example"], attachments=[('d;"x.ics', b"BEGIN", "text/calendar")]
    )
    get_connection().send_messages([message])
    letter = page(client.get(page(client.get("/mailbox/?to=a@b.example")).main.find("a", string="A date")["href"]))
    file = client.get(letter.find("a", href=re.compile("/0/"))["href"])
    assert (file.content, file["Content-Type"]) == (b"BEGIN", "text/calendar")
    assert file["Content-Disposition"] == 'attachment; filename="d__x.ics"'
    assert client.get(letter.find("a", href=re.compile("/0/"))["href"].replace("/0/", "/1/")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/mailbox/no-such-key/?to=a@b.example",
        "/mailbox/no-such-key/",
        "/mailbox/20260901090000000000-" + "0" * 32 + "/?to=..",
        "/mailbox/..%2F..%2Fdb/?to=a@b.example",
    ],
)
def test_what_is_not_there_is_not_found(db, kept, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("to", ["..", "../..", "nobody@b.example", "a/b@c.example", "\x00"])
def test_an_odd_address_has_no_mail(db, kept, client, to):
    assert "Nothing has been sent to this address" in page(client.get("/mailbox/", {"to": to})).get_text()


def test_no_file_beside_the_mail_is_shown(db, kept, client, settings):
    get_connection().send_messages([EmailMessage("Whole", "Body", to=["a@b.example"])])
    (folder,) = settings.MAIL_DIR.iterdir()
    for beside in (folder / "stray.eml", settings.MAIL_DIR.parent / "20260901090000000000-secret.eml"):
        beside.write_bytes(b"Subject: Secret\n\nSecret")
    assert client.get("/mailbox/stray/?to=a@b.example").status_code == 404
    assert "Nothing has been sent" in page(client.get("/mailbox/?to=..")).get_text()


@pytest.mark.parametrize("path", ["/mailbox/", "/mailbox/?to=a@b.example", "/mailbox/x/", "/mailbox/x/0/"])
def test_where_no_mail_is_kept_there_is_no_mailbox(cast, settings, as_person, path):
    settings.KEEP_MAIL = False
    assert as_person(cast.owen).get(path).status_code == 404


def test_a_half_written_message_is_never_read(db, kept, client, settings):
    get_connection().send_messages([EmailMessage("Whole", "Body", to=["a@b.example"])])
    (folder,) = settings.MAIL_DIR.iterdir()
    (folder / f"{clock.now():%Y%m%d%H%M%S%f}-{'0' * 32}.half").write_bytes(b"Subject: Ha")
    assert len(page(client.get("/mailbox/?to=a@b.example")).select("tbody tr")) == 1
