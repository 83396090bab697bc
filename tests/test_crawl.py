"""Follow every link of the demo Trust as each of its people: nothing is broken, and no page tells what it must not.

Everybody gets a page for whatever is linked; every page is whole; no address tells of a person; and the name of a peer
stands only where the reader sits with them, runs their body, or was told it by the peer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from access.models import Consent
from accounts.models import Person, Role, RoleHeld
from core import clock
from governance import standing
from governance.models import Body, Constituency, Deputy, Term
from network.models import Partnership
from oxleas_coprod.demo import load_demo
from oxleas_coprod.demo.people import PEOPLE
from practice.models import Item, Moderator, Reply
from steering.models import Comment
from steering.models.comments import ShownAs
from tests.conftest import MORNING
from tests.support.crawl import crawl

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
NOBODY, STRANGER = "nobody", "stranger"
#: Nobody, somebody who may log in and has no seat, and everyone of the demonstration.
CRAWLERS = (NOBODY, STRANGER, *(person.key for person in PEOPLE))
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
#: The demonstration's own pages: who can log in, and everybody's mail. They are not there in production.
OF_THE_DEMONSTRATION = ("/mailbox/",)


@dataclass
class Seen:
    """A page that somebody was shown."""

    path: str
    html: BeautifulSoup


class Watching(Client):
    """A client that remembers every page it was shown."""

    def __init__(self, person: Person | None) -> None:
        super().__init__()
        self.seen: list[Seen] = []
        if person:
            self.force_login(person, backend=BACKEND)

    def get(self, path: str, *args: object, **kwargs: object) -> object:
        response = super().get(path, *args, **kwargs)
        if "text/html" in response.get("Content-Type", "") and response.status_code < 300:
            self.seen.append(Seen(path, BeautifulSoup(response.content, "html.parser")))
        return response


@dataclass
class Walk:
    """What one person reached from the front page."""

    person: Person | None
    pages: list
    seen: list[Seen]


@pytest.fixture(scope="module")
def trust(django_db_setup, django_db_blocker):
    """The demo Trust, loaded once."""
    with django_db_blocker.unblock(), clock.set_to(MORNING), transaction.atomic():
        load_demo()
        Person.objects.create_person(email="stranger@anytown-riverside.example", name="Stanley Outerbridge")
        yield {person.email.partition("@")[0]: person for person in Person.objects.all()}
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def walks(trust):
    """Each person's walk, made when it is first asked for."""
    return {}


@pytest.fixture(params=CRAWLERS)
def walk(request, trust, walks):
    key = request.param
    if key not in walks:
        client = Watching(trust.get(key))
        pages = crawl(client, "/", examples=3, limit=500)
        walks[key] = Walk(trust.get(key), pages, client.seen)
    return walks[key]


def test_every_link_leads_somewhere(walk):
    wrong = [f"{page.path} {page.status} from {page.came_from}" for page in walk.pages if page.status not in (200, 302)]
    assert wrong == []
    assert len(walk.pages) >= 10


def test_every_page_is_whole(walk):
    wrong = {page.path: complaints for page in walk.seen if (complaints := list(_unwhole(page.html)))}
    assert wrong == {}


def _unwhole(html: BeautifulSoup) -> Iterator[str]:
    if len(html.find_all("h1")) != 1:
        yield f"{len(html.find_all('h1'))} headings of the first level"
    if html.title is None or not html.title.get_text(strip=True):
        yield "no title"
    if html.html is None or html.html.get("lang") != "en-GB":
        yield "no language"
    twice = [name for name, count in Counter(tag["id"] for tag in html.find_all(id=True)).items() if count > 1]
    if twice:
        yield f"twice the id {twice}"


def test_a_page_that_is_not_whole_would_be_found():
    broken = BeautifulSoup('<html><h1>A</h1><h1>B</h1><p id="x"></p><p id="x"></p></html>', "html.parser")
    assert len(list(_unwhole(broken))) == 4


def test_no_address_tells_of_a_person(walk):
    """Neither a name nor an address of anybody, in any link, form or picture of any page."""
    told = [f"{to} on {page.path}" for page in walk.seen for to in _addresses(page) if _tells_of_someone(to)]
    assert told == []


def _addresses(page: Seen) -> Iterator[str]:
    if page.path.startswith(OF_THE_DEMONSTRATION):
        return
    for tag in page.html.find_all(True):
        for name in ("href", "src", "action", "formaction", "data-url"):
            to = tag.get(name, "")
            if to and not to.startswith(("mailto:", "tel:", "sms:", *OF_THE_DEMONSTRATION)):
                yield unquote(to)


PARTS_OF_NAMES = {part for person in PEOPLE for part in person.name.split() if part != "Dr"}
WORDS_OF_NAMES = re.compile(rf"(?<![a-z0-9])({'|'.join(PARTS_OF_NAMES)})(?![a-z0-9])", re.IGNORECASE)


def _tells_of_someone(to: str) -> bool:
    return "@" in to or bool(WORDS_OF_NAMES.search(to))


def test_an_address_that_tells_would_be_found():
    assert _tells_of_someone("/people/ishani-marrowby/")
    assert _tells_of_someone("/x/?to=a@b.example")
    assert not _tells_of_someone("/policies/")


def test_the_name_of_a_peer_stands_only_where_the_reader_may_know_of_them(walk, trust):
    known = may_know_of(walk.person, trust)
    told = [
        f"{peer.name} on {page.path}"
        for page in walk.seen
        if not page.path.startswith(OF_THE_DEMONSTRATION)
        for peer in peers(trust)
        if peer not in known and peer.name in page.html.get_text(" ")
    ]
    assert told == []


def test_there_are_peers_to_leak(trust):
    assert len(peers(trust)) >= 6
    assert may_know_of(None, trust) == set()
    assert may_know_of(trust["stranger"], trust) == {trust["stranger"]}
    assert trust["tunde"] not in may_know_of(trust["bea"], trust)
    assert trust["tunde"] in may_know_of(trust["priya"], trust)


def peers(trust: dict[str, Person]) -> set[Person]:
    """Everybody who sits anywhere as a peer."""
    ids = Term.objects.filter(seat__constituency=Constituency.PEER).values_list("person", flat=True)
    return {person for person in trust.values() if person.pk in set(ids)}


def may_know_of(reader: Person | None, trust: dict[str, Person]) -> set[Person]:
    """By the rules of the domain: oneself; one's partner; those on one's table (not the Network's) or a table that one
    runs (the secretary keeps the Network's list); who put their own name to a comment on something one takes part in,
    or to practice that one may read; and who asked to join what one runs. Moderators know each other, and the secretary
    knows them. And who chose to share with one what they need;
    one's deputy and whose deputy one is, and who is that at a table that one runs.

    The governance lead proves the chain by sides, and keeps the register of those who declared an interest; the
    platform administrator sees everybody who may log in.
    """
    if reader is None:
        return set()
    stands = standing.of(reader)
    own_tables = stands.body_ids - frozenset(stands.sits_in)
    tables = set(Body.objects.filter(pk__in=own_tables).exclude(kind=Body.Kind.NETWORK))
    if stands.is_steering_secretary:
        tables = set(Body.objects.all())
    if RoleHeld.objects.filter(person=reader, role=Role.PLATFORM_ADMIN, until_at=None).exists():
        return set(trust.values())
    sitting = set(Person.objects.filter(terms__body__in=tables))
    if Role.GOVERNANCE_LEAD in reader.role_names:
        sitting |= set(Person.objects.filter(interests__isnull=False))
    partners = Partnership.objects.visible_to(reader)
    pairs = {each for pair in partners.select_related("peer", "sponsor") for each in (pair.peer, pair.sponsor)}
    asked = set(Person.objects.filter(join_requests__body__in=stands.run_body_ids))
    if stands.is_steering_secretary:
        asked = set(Person.objects.filter(join_requests__isnull=False))
    moderators = {each.person for each in Moderator.objects.select_related("person")}
    if reader not in moderators and not stands.is_steering_secretary:
        moderators = set()
    shared = {consent.person for consent in Consent.objects.open_to(reader).select_related("person")}
    return {reader} | sitting | pairs | asked | moderators | shared | _spoke_by_name(reader) | _deputies(reader)


def _deputies(reader: Person) -> set[Person]:
    stands = standing.of(reader)
    willing = Deputy.objects.willing().select_related("person", "term__person")
    runs = willing if stands.is_steering_secretary else willing.filter(body__in=stands.run_body_ids)
    theirs = {deputy.person for deputy in [*runs, *willing.filter(term__person=reader)]}
    return theirs | {deputy.term.person for deputy in willing.filter(person=reader)}


def _spoke_by_name(reader: Person | None = None) -> set[Person]:
    said = Comment.objects.filter(shown_as=ShownAs.NAME).select_related("author")
    by_name = {each.author for each in (said.filter(pk__in=Comment.objects.visible_to(reader)) if reader else said)}
    for model in (Item, Reply):
        shown = model.objects.visible_to(reader) if reader else model.objects.all()
        by_name |= {each.author for each in shown.filter(shown_as=ShownAs.NAME).select_related("author")}
    return by_name
