"""A letter put together here reads as the library's own would: the library is the oracle."""

from __future__ import annotations

import email
import email.policy

import pytest
from django.core.mail import EmailMessage

from notifications.wire import as_bytes, mailable

BODIES = {
    "plain": "Dear Ishani,\n\nThere is something new.\n",
    "not ascii": "Annwyl Siân,\n\nMae rhywbeth newydd – “yma”.\n",
    "dots": ".hidden\n..\nend.\n",
    "one very long line": "word " * 400 + "\n",
}


def letter(body, **more):
    return EmailMessage(
        "There is something new for you",
        body,
        from_email="Anytown and Riverside <no-reply@anytown-riverside.example>",
        to=["ishani@anytown-riverside.example"],
        headers={"Message-ID": "<1@anytown-riverside.example>", "Auto-Submitted": "auto-generated"},
        **more,
    )


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_it_reads_as_the_library_would_have_it(body):
    message = letter(body, reply_to=["secretary@anytown-riverside.example"])
    ours, theirs = parsed(as_bytes(message)), parsed(message.message().as_bytes())
    assert {name.lower() for name in ours} == {name.lower() for name in theirs}
    for name in ("Subject", "From", "To", "Reply-To", "Message-ID", "Auto-Submitted", "Content-Type"):
        assert ours[name] == theirs[name]
    assert ours.get_content().splitlines() == body.splitlines()


def test_every_line_ends_as_the_mail_protocol_wants():
    raw = as_bytes(letter(BODIES["not ascii"]))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.endswith(b"\r\n")


def test_a_letter_with_a_file_is_left_to_the_library():
    raw = as_bytes(letter("See the file.\n", attachments=[("date.ics", b"BEGIN:VCALENDAR", "text/calendar")]))
    (file,) = parsed(raw).iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("date.ics", "BEGIN:VCALENDAR")


@pytest.mark.parametrize("value", ["a\r\nBcc: all@anytown-riverside.example", "a\nb", "caf\u00e9"])
def test_no_header_can_be_smuggled_in(value):
    message = letter("Body\n")
    message.extra_headers["Message-ID"] = value
    with pytest.raises(ValueError, match="header"):
        as_bytes(message)


@pytest.mark.parametrize("address", ["a@b.example\r\nRCPT TO:<c@d.example>", "a b@c.example", "not an address", ""])
def test_an_address_that_cannot_be_written_is_refused(address):
    with pytest.raises(ValueError, match="address|header|Invalid"):
        mailable(address)


def test_an_address_in_another_script_is_written_as_the_mail_protocol_wants():
    assert mailable("ana@bücher.example") == "ana@xn--bcher-kva.example"
