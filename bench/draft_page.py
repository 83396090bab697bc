"""The draft page with all its comments, beside a page written by hand that prints the same text and links.

`fill` makes the drafts, `floor_page` is the hand-written page (mounted by the bench's own addresses and by nothing
else), and `figures` holds one against the other over a real web server, the two taking turns.
"""

from __future__ import annotations

import datetime as dt
import http.client
import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils.html import escape

from accounts.models import Person
from bench.figures import Figure, at_most, floor, medians
from core import clock
from core.permissions import open_to_logged_in
from documents import services as documents
from documents.models import Placing
from governance.models import Body
from governance.people import members_of
from steering.models import Answer, Asked, Comment, Consultation, Policy
from steering.workflows import PolicyState

PARAGRAPHS = 40
FEW, MANY = 400, 4000
TIMES_FLOOR = 1.5
QUERIES = 12
FLOOR_QUERIES = 5
ROUNDS = 60
PAGE, FLOOR = "/policies/{}/draft/", "/bench/draft/{}/"
OUTCOMES = [str(value) for value in Answer.Outcome.values]


def vocabulary() -> list[str]:
    """More than 4,000 different words, always the same."""
    starts = ("b", "ch", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "w")
    middles, ends = ("a", "e", "i", "o", "u", "ea", "ai", "ou"), ("n", "r", "st", "ll", "m", "ck")
    tails = ("", "ing", "ed", "er", "ly", "ness", "s")
    return sorted({"".join(parts) for parts in itertools.product(starts, middles, ends, tails)})


def fill(by: Person, body: Body, comments: int) -> Policy:
    """A policy out for comment, with 40 paragraphs and that many comments, three in four of them answered."""
    chance = random.Random(comments)
    words = vocabulary()

    def text(least: int, most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(least, most))).capitalize() + "."

    document = documents.start_document_from_blocks(
        by=by, title=f"A draft with {comments} comments", blocks=_blocks(text)
    )
    version = documents.freeze(by=by, version=document.versions.get())
    now = clock.now()
    policy = Policy.objects.create(document=document, body=body, state=PolicyState.CONSULTING, made_at=now, made_by=by)
    consultation = Consultation.objects.create(
        policy=policy,
        version=version,
        purpose=text(8, 12),
        summary=text(60, 80),
        opens_at=now - dt.timedelta(days=10),
        closes_at=now + dt.timedelta(days=18),
        contact_name=by.name,
        contact_phone="020 7946 0100",
        opened_by=by,
    )
    _say(chance, text, consultation, comments)
    return policy


def _blocks(text: Callable[[int, int], str]) -> list[dict[str, Any]]:
    """Five headings, each with its paragraphs and two items of a list."""
    blocks = []
    for number in range(PARAGRAPHS):
        section, place = number // 8 + 1, number % 8
        kind = "heading" if place == 0 else "list_item" if place > 5 else "paragraph"
        label = f"{section}" if place == 0 else f"({'abc'[place - 6]})" if place > 5 else f"{section}.{place}"
        words = text(3, 6) if place == 0 else text(40, 80)
        blocks.append({"kind": kind, "level": int(place == 0), "label": label, "text": words})
    return blocks


def _say(chance: random.Random, text: Callable[[int, int], str], consultation: Consultation, number: int) -> None:
    people = members_of(Body.objects.values_list("pk", flat=True))
    Asked.objects.bulk_create(Asked(consultation=consultation, person=person, side=side) for person, side in people)
    placings = list(Placing.objects.filter(version=consultation.version))
    comments = []
    for place in range(number):
        author, side = chance.choice(people)
        placing = chance.choice(placings)
        comments.append(
            Comment(
                consultation=consultation,
                block_id=placing.block_id,
                text_seen_id=placing.text_id,
                version=consultation.version,
                author=author,
                side=side,
                shown_as=chance.choice(["member", "side", "name"]),
                words=text(20, 50),
                sent_at=consultation.opens_at + dt.timedelta(minutes=place),
            )
        )
    Comment.objects.bulk_create(comments, batch_size=1000)
    Answer.objects.bulk_create(
        (
            Answer(
                comment=comment,
                outcome=chance.choice(OUTCOMES),
                reason=text(15, 35),
                by=consultation.opened_by,
                at=consultation.closes_at,
            )
            for comment in comments
            if chance.random() < 0.75
        ),
        batch_size=1000,
    )


# -- the floor -------------------------------------------------------------------------------------------------------

TOP = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%(title)s</title></head><body>
<a href="%(base)s">About this policy</a><main><p>Draft %(number)s, shared %(shared)s</p><h1>%(title)s</h1>
<p>Draft, not Trust policy</p><h2>In short</h2><p>%(summary)s</p><h3>What we want to know</h3><p>%(purpose)s</p>
<p>%(rung)s</p><p>You can comment until the end of %(last)s. You do not have to read all of it.</p>
<p>To comment, go to a paragraph and choose "Comment on this paragraph".</p>
<p>If you would rather talk about it, call %(name)s on <a href="tel:%(dial)s">%(phone)s</a>.</p>
<h2>Contents</h2><ol>%(contents)s</ol><h2>The draft</h2>
<p>%(total)s comments so far. Each one stands under its paragraph.</p>"""
BLOCK = '<div id="p-%s"><%s>%s %s</%s><p><a href="%scomment/%s/">Comment on this paragraph<span>: %s</span></a></p>'
COMMENT = '<li id="c-%s"><p>%s, %s</p><p>%s</p>%s</li>'
ANSWER = "<p><b>%s</b></p><p>%s</p>"
LABELS = dict(Answer.Outcome.choices)


@open_to_logged_in("a bench's own page; the product does not have it")
def floor_page(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """The same text and links with as little as Django allows: three queries beside session and person."""
    found = Consultation.objects.select_related("policy__document", "version").get(policy=policy_id)
    blocks = (
        Placing.objects.filter(version=found.version_id)
        .order_by("rank")
        .values_list("block_id", "text__kind", "text__label", "text__text")
    )
    rows = Comment.objects.filter(consultation=found).order_by("sent_at", "id").values_list(
        "id", "block_id", "author_id", "author__name", "side", "shown_as", "words", "sent_at",
        "answer__outcome", "answer__reason",
    )  # fmt: skip
    comments = defaultdict(list)
    total = 0
    for pk, block, author, name, side, shown, words, at, outcome, reason in rows:
        who = name if shown == "name" else "A member" if shown == "member" else SIDES[side]
        who = escape(who) + (", your comment" if author == request.user.pk else "")
        answer = ANSWER % (LABELS[outcome], escape(reason)) if outcome else ""
        comments[block].append(COMMENT % (pk, who, f"{at.day} {at:%B %Y}", escape(words), answer))
        total += 1
    base = f"/policies/{policy_id}/"
    blocks = list(blocks)
    heads = [(pk, label, text) for pk, kind, label, text in blocks if kind == "heading"]
    contents = "".join(f'<li><a href="#p-{pk}">{label} {escape(text)}</a></li>' for pk, label, text in heads)
    parts = [TOP % (_top(found, base) | {"contents": contents, "total": total})]
    for pk, kind, label, text in blocks:
        tag = "h2" if kind == "heading" else "p"
        beginning = text.split()
        name = escape(" ".join([label, *beginning[:8]]) + ("…" if len(beginning) > 8 else ""))
        said = comments[pk]
        parts.append(BLOCK % (pk, tag, label, escape(text), tag, base, pk, name))
        if said:
            count = "1 comment" if len(said) == 1 else f"{len(said)} comments"
            parts.append(f"<p>{count}</p><ul>{''.join(said)}</ul>")
        parts.append("</div>")
    return HttpResponse("".join(parts) + "</main></body></html>")


SIDES = {"peer": "A peer", "staff": "A member of staff"}


def _top(found: Consultation, base: str) -> dict[str, str]:
    shared, last = found.version.frozen_at, found.last_day
    return {
        "title": escape(found.policy.document.title),
        "base": base,
        "number": found.version.number,
        "shared": f"{shared.day} {shared:%B %Y}",
        "summary": escape(found.summary),
        "purpose": escape(found.purpose),
        "rung": found.get_rung_display(),
        "last": f"{last:%A} {last.day} {last:%B %Y}",
        "name": escape(found.contact_name),
        "phone": found.contact_phone,
        "dial": found.contact_phone.replace(" ", ""),
    }


urlpatterns = [path("bench/draft/<uuid:policy_id>/", floor_page)]


# -- the figures -----------------------------------------------------------------------------------------------------


def figures(base_url: str, cookies: dict[str, str], client: Client, few: UUID, many: UUID) -> Iterator[Figure]:
    """Time at `few` comments over the server at `base_url`, and queries at `few` and at `many` by the test client.

    `cookies` log in a person who was asked; `client` is logged in as the same person, with the same database.
    """
    page, plain = (getter(base_url, address.format(few), cookies, compressed=False) for address in (PAGE, FLOOR))
    taken = medians({"floor": plain, "page": page}, rounds=ROUNDS)
    name = f"draft page, {PARAGRAPHS} paragraphs, {FEW} comments"
    yield floor(f"{name}: floor", taken["floor"] * 1000, "ms")
    yield floor(f"{name}: time", taken["page"] * 1000, "ms")
    yield at_most(f"{name}: ratio", taken["page"] / taken["floor"], "× floor", TIMES_FLOOR)
    counts = {number: queries(client, PAGE.format(pk)) for number, pk in ((FEW, few), (MANY, many))}
    yield at_most(f"{name}: floor queries", queries(client, FLOOR.format(few)), "queries", FLOOR_QUERIES)
    yield at_most(f"{name}: queries", counts[FEW], "queries", QUERIES)
    yield at_most(f"draft page, {MANY:,} comments: queries more", counts[MANY] - counts[FEW], "queries", 0)


def getter(base_url: str, path: str, cookies: dict[str, str], *, compressed: bool = True) -> Callable[[], bytes]:
    """A call that fetches one page whole, over a new connection, as someone logged in."""
    host = urlsplit(base_url).netloc
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Accept-Encoding": "gzip" if compressed else "identity",
    }

    def get() -> bytes:
        wire = http.client.HTTPConnection(host, timeout=30)
        wire.request("GET", path, headers=headers)
        answer = wire.getresponse()
        body = answer.read()
        wire.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body

    return get


def queries(client: Client, path: str) -> int:
    """How many queries a page makes, the second time it is asked for."""
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)
