"""Message kinds. Each room registers its own, upward; this room knows none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.template.loader import get_template

from notifications.models import Message

#: The only subject lines there are. None names a network, a group, a person or a topic.
SUBJECTS = {
    "new": "There is something new for you",
    "reply": "There is a reply for you",
    "meeting": "A date for your diary",
    "reminder": "A reminder",
    "link": "Your link",
    "code": "Your code",
    "invitation": "An invitation for you",
    "account": "About your account",
}


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message: `name`, `content` in bytes, and its media type."""

    name: str
    content: bytes
    media_type: str


def _nothing(message: Message) -> dict[str, Any]:
    return {}


def _still_due(message: Message) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What is told, to whom, in which words.

    `name` is "room.happened". `purpose` says in plain words who is told and when (shown on the ledger page).
    `subject` is a key of `SUBJECTS`. `template` is a text template under `templates/messages/`.
    `facts` gives the type each frozen fact must have (str, int, bool).
    `path` gives the page a link in the message leads to, or is None. `words` gives the template its words, from ids,
    when the message is sent. `still_due` gives "" or the plain reason it is no longer due. `attachments` gives files.
    `lane` is "ordinary" or "codes". `lasts` is how long it is worth sending.
    """

    name: str
    purpose: str
    subject: str
    template: str
    facts: Mapping[str, type] = field(default_factory=dict)
    path: Callable[[Message], str] | None = None
    words: Callable[[Message], dict[str, Any]] = _nothing
    still_due: Callable[[Message], str] = _still_due
    attachments: Callable[[Message], list[Attachment]] | None = None
    lane: str = "ordinary"
    lasts: dt.timedelta = dt.timedelta(days=7)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Register a kind at start-up. Raises `ImproperlyConfigured` for a double name, subject or missing template."""
    if kind.name in _kinds:
        raise ImproperlyConfigured(f"Message kind {kind.name} is registered twice.")
    if kind.subject not in SUBJECTS:
        raise ImproperlyConfigured(f"Message kind {kind.name} has a subject that is not on the fixed list.")
    get_template(kind.template)
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind:
    """The kind of that name; KeyError if no room registered it."""
    return _kinds[name]


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in order of name."""
    return tuple(_kinds[name] for name in sorted(_kinds))
