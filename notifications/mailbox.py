"""Mail kept in a folder, for the demonstration: a Django mail backend that writes, and a reader.

Each message is one file, `<address>/<instant>-<key>.eml` under `settings.MAIL_DIR`, made under another name and
then renamed, so that a reader never sees half a message.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import os
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage as ParsedMessage
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core import clock

#: At most so many of one person's messages, and of people, are listed.
SHOWN = 200
KEY = re.compile(r"^[0-9]{20}-[0-9a-f]{32}$")


class MailboxBackend(BaseEmailBackend):
    """Keeps each message as a file instead of sending it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            content = message.message().as_bytes()
            for address in message.recipients():
                _keep(address, content)
        return len(email_messages)


@dataclass(frozen=True)
class File:
    """A file that came with a message."""

    name: str
    media_type: str
    content: bytes

    @property
    def safe_name(self) -> str:
        """The name with nothing in it that could end the header it stands in."""
        return re.sub(r"[^A-Za-z0-9. _-]", "_", self.name)


@dataclass(frozen=True)
class Kept:
    """One kept message. `handed_over_at` is when the mail server would have had it."""

    key: str
    address: str
    handed_over_at: dt.datetime
    subject: str
    body: str
    attachments: list[File]


def addresses() -> list[tuple[str, int]]:
    """Every address that has mail, with how many messages, the most recently written first."""
    if not _root().exists():
        return []
    folders = sorted(_root().iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)[:SHOWN]
    return [(unquote(folder.name), len(list(folder.glob("*.eml")))) for folder in folders]


def messages_to(address: str) -> list[Kept]:
    """What was sent to `address`, newest first."""
    files = sorted(_folder(address).glob("*.eml"), reverse=True)[:SHOWN]
    return [_read(file) for file in files]


def message(address: str, key: str) -> Kept | None:
    """One message, or None."""
    file = _folder(address) / f"{key}.eml"
    return _read(file) if KEY.match(key) and file.exists() else None


def _root() -> Path:
    return Path(settings.MAIL_DIR)


def _folder(address: str) -> Path:
    # A leading dot is quoted too, so that no address can name the folder above.
    return _root() / quote(address.lower(), safe="@").replace(".", "%2E")


def _keep(address: str, content: bytes) -> None:
    folder = _folder(address)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{clock.now():%Y%m%d%H%M%S%f}-{uuid.uuid4().hex}"
    half = folder / f"{name}.half"
    half.write_bytes(content)
    os.replace(half, folder / f"{name}.eml")


def _read(file: Path) -> Kept:
    parsed = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = parsed.get_body(("plain",))
    return Kept(
        key=file.stem,
        address=unquote(file.parent.name),
        handed_over_at=dt.datetime.strptime(file.stem[:20], "%Y%m%d%H%M%S%f").replace(tzinfo=dt.UTC),
        subject=str(parsed["Subject"]),
        body=body.get_content() if body else "",
        attachments=[_attachment(part) for part in parsed.iter_attachments()],
    )


def _attachment(part: ParsedMessage) -> File:
    content = part.get_content()
    raw = content.encode() if isinstance(content, str) else content
    return File(part.get_filename() or "file", part.get_content_type(), raw)
