"""Turn claimed messages into letters, a batch at a time: look once more whether each is due, then find the words."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Template
from django.template.loader import get_template

from core import clock
from core.secrets import Unreadable, unseal
from notifications import ports
from notifications.kinds import SUBJECTS, Kind, kind_named
from notifications.models import Message, MessageState
from notifications.wire import as_bytes, mailable

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A message ready to be handed over."""

    message: Message
    email: EmailMessage
    raw: bytes
    template_sha256: str
    body_sha256: str


@dataclass(frozen=True)
class Unsent:
    """A message that will not be sent, the state it ends in, and why in plain words."""

    message: Message
    state: MessageState
    reason: str


def write(messages: Iterable[Message]) -> tuple[list[Letter], list[Unsent]]:
    """Letters for those still due, in the same order, and the others with their reason.

    One question to the address book for the people and one for the links, however many messages.
    """
    messages = list(messages)
    people = ports.address_book().addressees({m.recipient_id for m in messages if m.recipient_id})
    due: list[tuple[Message, Kind]] = []
    unsent: list[Unsent] = []
    for message in messages:
        checked = _check(message, people)
        if isinstance(checked, Unsent):
            unsent.append(checked)
        else:
            due.append((message, checked))
    links = _links(due)
    words = _words_of_the_house()
    letters: list[Letter] = []
    for message, kind in due:
        try:
            letters.append(
                _letter(message, kind, people.get(message.recipient_id or 0), links.get(message.pk, ""), words)
            )
        except Exception as problem:  # one letter that cannot be written must not stop the others
            logger.exception("Message %s (%s) could not be written: %s", message.pk, kind.name, type(problem).__name__)
            unsent.append(Unsent(message, MessageState.REFUSED, "The message could not be written."))
    return letters, unsent


def _check(message: Message, people: dict[int, ports.Addressee]) -> Kind | Unsent:
    """The kind of a message that is still due, or else why it is not."""
    if message.expires_at <= clock.now():
        return Unsent(message, MessageState.SUPPRESSED, "It was too late to send it.")
    if message.recipient_id:
        addressee = people.get(message.recipient_id or 0)
        if addressee is None or not addressee.is_active:
            return Unsent(message, MessageState.SUPPRESSED, "The person's account is closed.")
    try:
        kind = kind_named(message.kind)
    except KeyError:
        return Unsent(message, MessageState.HELD, "This version does not know this kind of message.")
    try:
        reason = kind.still_due(message)
    except Exception as problem:  # a check that fails must not stop the others, nor send
        logger.exception("Message %s (%s) could not be checked: %s", message.pk, kind.name, type(problem).__name__)
        return Unsent(message, MessageState.HELD, "It could not be checked whether it is still needed.")
    return Unsent(message, MessageState.SUPPRESSED, reason[:200]) if reason else kind


def _links(due: list[tuple[Message, Kind]]) -> dict[UUID, str]:
    """A link for each message that has a page: one that logs the person in, or a plain one for a bare address."""
    wanted: list[ports.LinkWanted] = []
    plain: dict[UUID, str] = {}
    for message, kind in due:
        if kind.path is None:
            continue
        if message.recipient_id:
            wanted.append(ports.LinkWanted(message.pk, message.recipient_id, kind.path(message)))
        else:
            plain[message.pk] = settings.BASE_URL + kind.path(message)
    return {**plain, **(ports.address_book().links(wanted) if wanted else {})}


def _words_of_the_house() -> dict[str, Any]:
    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "service_name": settings.SERVICE_NAME,
        "words": settings.WORDS,
        "base_url": settings.BASE_URL,
        **ports.common_words(),
    }


def _letter(
    message: Message, kind: Kind, addressee: ports.Addressee | None, link: str, house: dict[str, Any]
) -> Letter:
    secret = _secret(message)
    words = {
        **house,
        "greeting": addressee.greeting if addressee else "friend",
        "link": link,
        "facts": message.facts,
        **kind.words(message),
        **secret,
    }
    template = _template(kind.template)
    body = _tidy(template.render(Context(words, autoescape=False)))
    email = EmailMessage(
        subject=SUBJECTS[kind.subject],
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mailable(addressee.email if addressee else message.address)],
        reply_to=[settings.REPLY_TO] if settings.REPLY_TO else None,
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        attachments=[(a.name, a.content, a.media_type) for a in kind.attachments(message)]
        if kind.attachments
        else None,
    )
    # No fingerprint of a body that carries a code: six letters could be found again by trying them all.
    body_sha256 = "" if secret else hashlib.sha256(body.encode()).hexdigest()
    return Letter(message, email, as_bytes(email), _template_sha256(kind.template), body_sha256)


def _secret(message: Message) -> dict[str, str]:
    if not message.secret:
        return {}
    try:
        opened: dict[str, str] = json.loads(unseal(message.secret))
    except Unreadable:
        raise ValueError("The secret of this message cannot be opened with the keys in use.") from None
    return opened


def _tidy(body: str) -> str:
    """At most one empty line in a row, wherever a block of the template stayed empty."""
    return re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"


@cache
def _template(name: str) -> Template:
    return get_template(name).template  # type: ignore[attr-defined]


@cache
def _template_sha256(name: str) -> str:
    """Over the source of the template and of the one they all extend."""
    sources = [Path(_template(each).origin.name).read_bytes() for each in (name, "messages/base.txt")]
    return hashlib.sha256(b"\0".join(sources)).hexdigest()
