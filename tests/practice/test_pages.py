"""The pages: writing and sharing by hand, what each reader is shown, bad input, and how many queries a page costs."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.shown import ShownAs
from practice.models import Act, Audience, Item, Moderator, Reply, Report
from practice.services import moderation, replies, sharing, writing
from tests.cast import NAMES
from tests.practice.conftest import CANARY, draft_of, reported, shared_by

pytestmark = pytest.mark.django_db


def words(response):
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def url(name, *args):
    return reverse(f"practice:{name}", args=[getattr(each, "pk", each) for each in args])


def act(by, report, kind, reason="Somebody could be recognised."):
    return moderation.act(by=by, report=report, kind=kind, reason=reason, note="", form_key=uuid.uuid4())


# -- writing by hand ---------------------------------------------------------------------------------------------------


def test_a_peer_writes_checks_and_shares(cast, as_person):
    client = as_person(cast.ishani)
    began = client.post(url("start"), {"form_key": str(uuid.uuid4())})
    item = Item.objects.get()
    assert began.url == url("write", item, "kind")
    pages = {
        "kind": {"kind": "informal"},
        "what": {"title": "Tea at eleven", "what": "I put the kettle on."},
        "where": {"place": "Larch Ward", "with_whom": "", "since_month": "", "since_year": "2024"},
        "helped": {"helped": ""},
        "principles": {"principles": ["mutual", "safe"]},
        "notes": {},
    }
    to = began.url
    for page, answers in pages.items():
        assert to == url("write", item, page)
        to = client.post(to, answers).url
    assert to == url("audience", item)
    assert client.post(to, {"audience": "network", "shown_as": "side"}).url == url("check", item)
    assert "2024" in words(client.get(url("check", item)))
    shared = client.post(url("check", item), follow=True)
    assert "It is shared." in words(shared)
    item.refresh_from_db()
    assert (item.state, item.audience, item.shown_as) == ("shared", "network", "side")
    assert [tag.principle for tag in item.tags.all()] == ["mutual", "safe"]


def test_answers_are_kept_as_they_are_typed(cast, as_person):
    item = draft_of(cast.ishani)
    client = as_person(cast.ishani)
    kept = client.post(url("keep", item, "what"), {"title": "", "what": "Half a sentence"})
    assert (kept.json(), Item.objects.get().what) == ({"saved": True}, "Half a sentence")
    assert "Half a sentence" in str(client.get(url("write", item, "what")).content)
    sharing.withdraw(by=cast.ishani, item=item)
    assert client.post(url("keep", item, "what"), {"what": "Late"}).status_code == 404


def test_keeping_an_empty_name_while_moderators_wait_is_no_error_page(cast, as_person, item, moderators):
    act(cast.priya, reported(cast.samuel, item), Act.Kind.ASK_TO_CHANGE)
    kept = as_person(cast.ishani).post(url("keep", item, "what"), {"title": "", "what": "x"})
    assert (kept.status_code, kept.json()) == (409, {"saved": False})


def test_words_typed_after_the_session_ran_out_are_kept(cast, as_person, client):
    item = draft_of(cast.ishani)
    page = as_person(cast.ishani).get(url("write", item, "helped"))
    signed = BeautifulSoup(page.content, "html.parser").find("input", {"name": "kept_for"})["value"]
    client.logout()
    client.post(url("write", item, "helped"), {"helped": "Words of the night", "kept_for": signed})
    assert "Words of the night" in str(as_person(cast.ishani).get(url("write", item, "helped")).content)


def test_the_steering_group_needs_a_tick_of_its_own(cast, as_person):
    item = draft_of(cast.ishani)
    client = as_person(cast.ishani)
    asked = client.get(url("audience", item))
    assert not BeautifulSoup(asked.content, "html.parser").find("input", {"name": "audience", "checked": True})
    refused = client.post(url("audience", item), {"audience": "steering", "shown_as": "side"})
    assert "Tick the box if the Steering Group can read it" in words(refused)
    assert Item.objects.get().audience == ""
    client.post(url("audience", item), {"audience": "steering", "steering_too": "on", "shown_as": "side"})
    assert Item.objects.get().audience == "steering"


def test_the_groups_offered_are_ones_own_task_groups(cast, as_person):
    def offered(person):
        page = as_person(person).get(url("audience", draft_of(person)))
        return {each.get_text() for each in BeautifulSoup(page.content, "html.parser").select("select option")}

    assert offered(cast.cass) == {"Choose a group", cast.group.name}
    assert offered(cast.ishani) == set()


@pytest.mark.parametrize("body", ["other_group", "steering", "network"])
def test_a_group_of_others_is_refused(cast, as_person, body):
    item = draft_of(cast.cass)
    sent = {"audience": "group", "body": str(getattr(cast, body).pk), "shown_as": "side"}
    refused = as_person(cast.cass).post(url("audience", item), sent)
    assert "Choose a group that you sit on" in words(refused)
    assert Item.objects.get().audience == ""


def test_where_few_could_have_written_it_people_may_guess(cast, as_person):
    item = draft_of(cast.morgan)
    assert f"Fewer than 3 peers sit in {cast.other_group.name}." in words(
        as_person(cast.morgan).get(url("audience", item))
    )
    assert "Fewer than 3" not in words(as_person(cast.ishani).get(url("audience", draft_of(cast.ishani))))
    for who in ("tunde", "cass"):
        cast.people[who].terms.filter(body=cast.network).delete()
    assert "Fewer than 3 peers sit in the Network" in words(as_person(cast.ishani).get(url("audience", item_of(cast))))


def item_of(cast):
    return Item.objects.filter(author=cast.ishani).first()


BAD = [
    ("what", {"title": "n" * 300, "what": "x"}, "up to 80 characters"),
    ("what", {"title": "x", "what": "n" * 3001}, "up to 3,000 characters"),
    ("what", {"title": "nul\x00", "what": "x"}, "Null characters are not allowed"),
    ("what", {"title": "  ", "what": "x"}, "Give it a short name"),
    ("where", {"since_month": "13"}, "13 is not one of the available choices"),
    ("where", {"since_month": "3"}, "Enter the year too"),
    ("where", {"since_year": "20x4"}, "Enter a year like 2024"),
    ("where", {"since_year": "1066"}, "Enter a year after 1949"),
    ("where", {"since_year": "2027"}, "have come already"),
    ("where", {"place": "p" * 121}, "up to 120 characters"),
    ("kind", {"kind": "other"}, "is not one of the available choices"),
    ("principles", {"principles": ["mutual", "kind"]}, "is not one of the available choices"),
    ("notes", {"notes": ["weather"]}, "is not one of the available choices"),
]


@pytest.mark.parametrize(("page", "typed", "says"), BAD)
def test_bad_input_gets_a_clear_error_and_changes_nothing(cast, as_person, page, typed, says):
    item = draft_of(cast.ishani)
    before = Item.objects.values().get()
    answer = as_person(cast.ishani).post(url("write", item, page), typed)
    assert answer.status_code == 200
    assert "There is a problem" in words(answer)
    assert says in words(answer)
    assert Item.objects.values().get() == before


def test_right_to_left_words_and_markup_are_words(cast, as_person):
    item = shared_by(cast.ishani, title="حديقة \u202e<b>x</b>", what="<script>alert(1)</script>")
    page = as_person(cast.samuel).get(url("item", item))
    assert b"<script>alert" not in page.content
    assert "<script>alert(1)</script>" in words(page)


@pytest.mark.parametrize("question", ["nothing", "who", "kind2"])
def test_there_is_no_such_page_of_questions(cast, as_person, question):
    item = draft_of(cast.ishani)
    assert as_person(cast.ishani).get(url("write", item, question)).status_code == 404


def test_what_is_shared_is_not_changed_by_its_pages(cast, as_person, item):
    client = as_person(cast.ishani)
    assert client.get(url("write", item, "what")).url == url("item", item)
    assert client.post(url("write", item, "what"), {"title": "x", "what": "y"}).url == url("item", item)
    assert Item.objects.get().title == "Thursday garden bench"
    assert client.get(url("check", item)).url == url("item", item)


# -- the register ------------------------------------------------------------------------------------------------------


def test_filters_counts_and_pages(cast, as_person):
    for number in range(21):
        shared_by(cast.ishani, title=f"Bench {number}")
    other = shared_by(cast.tunde, kind="co_facilitation", title="A course", place="Recovery College")
    writing_about = as_person(cast.samuel)
    shown = words(writing_about.get(url("register")))
    assert "22 items are shared with you." in shown
    assert "Informal peer support 21" in shown
    assert "Peer co-facilitation 1" in shown
    assert "Mutual 22" in shown
    assert "Page 1 of 2" in shown

    def titles(**query):
        page = writing_about.get(url("register"), query)
        return [link.get_text() for link in BeautifulSoup(page.content, "html.parser").select(".nhsuk-card h3 a")]

    assert titles(kind="co_facilitation") == titles(place="college") == [other.title]
    assert len(titles(tag="mutual")) == 20
    assert len(titles(tag="mutual", page="2")) == 2
    assert titles(tag="inclusive") == titles(place="nowhere") == []
    for query in ({"kind": "x' OR 1=1"}, {"page": "nine"}, {"place": "\x00"}, {"tag": "\u202e"}, {"place": "p" * 200}):
        assert len(titles(**query)) == 20


def test_the_register_costs_the_same_for_one_item_and_for_many(cast, as_person):
    writing.let_sponsor_see(by=cast.ishani, item=draft_of(cast.ishani), sponsor=cast.samuel)
    shared_by(cast.ishani, Audience.STEERING)
    client = as_person(cast.samuel)

    def cost(page):
        client.get(page)
        with CaptureQueriesContext(connection) as found:
            client.get(page)
        return len(found)

    pages = (url("register"), url("steering"), url("mine"), url("reports"))
    Moderator.objects.create(person=cast.samuel, from_on="2026-01-01")
    reported(cast.tunde, Item.objects.get(state="shared"))
    few = [cost(page) for page in pages]
    for number in range(4):
        item = shared_by(cast.cass, Audience.STEERING, title=f"Item {number}")
        reported(cast.tunde, item)
        writing.let_sponsor_see(by=cast.ishani, item=draft_of(cast.ishani), sponsor=cast.samuel)
        shared_by(cast.ishani)
    assert [cost(page) for page in pages] == few
    assert max(few) <= 12


def test_an_item_costs_the_same_for_one_reply_and_for_many(cast, as_person):
    item = shared_by(cast.ishani, Audience.STEERING)
    client = as_person(cast.ishani)

    def cost():
        client.get(url("item", item))
        with CaptureQueriesContext(connection) as found:
            client.get(url("item", item))
        return len(found)

    def reply():
        replies.reply(by=cast.tunde, item=item, words="Thank you.", shown_as="side", form_key=uuid.uuid4())

    reply()
    few = cost()
    for _ in range(3):
        reply()
    assert cost() == few <= 12


@pytest.mark.parametrize(
    ("shown_as", "says"), [("member", "A member"), ("side", "A peer"), ("name", "Ishani Marrowby")]
)
def test_the_author_is_shown_as_they_chose(cast, as_person, shown_as, says):
    item = shared_by(cast.ishani, shown_as=ShownAs(shown_as))
    for page in (url("register"), url("item", item)):
        shown = words(as_person(cast.cass).get(page))
        assert says in shown
        assert [name for name in NAMES.values() if name in shown] == (["Ishani Marrowby"] if shown_as == "name" else [])


def test_what_it_speaks_of_stands_before_the_words_which_are_folded(cast, as_person):
    item = draft_of(cast.ishani)
    writing.save_answers(by=cast.ishani, item=item, notes=["suicide"])
    sharing.choose_audience(by=cast.ishani, item=item, audience="network", shown_as="member")
    sharing.share(by=cast.ishani, item=item)
    page = BeautifulSoup(as_person(cast.cass).get(url("item", item)).content, "html.parser")
    assert "Speaks of: suicide" in page.find("main").get_text(" ", strip=True)
    assert CANARY in page.find("details").get_text()
    assert CANARY not in str(as_person(cast.cass).get(url("register")).content)


def test_the_sponsors_name_is_not_shown_with_the_line(cast, as_person, item):
    writing.let_sponsor_see(by=cast.ishani, item=item, sponsor=cast.samuel)
    as_person(cast.samuel).post(url("say_seen", item), {"line": "I was there."})
    shown = words(as_person(cast.cass).get(url("item", item)))
    assert "A staff sponsor saw this and says: I was there." in shown
    assert NAMES["samuel"] not in shown


# -- canaries ----------------------------------------------------------------------------------------------------------


def everywhere(as_person, cast, *items):
    """Who is shown the canary words, on any page of the room that they get."""
    found = {}
    for name, person in cast.people.items():
        if not person.is_active:
            continue
        client = as_person(person)
        pages = [url(page) for page in ("register", "mine", "steering", "house_rules", "reports", "moderators")]
        pages += [f"{url('register')}?place=Canaryplace", reverse("home"), reverse("me"), reverse("network:network")]
        for item in items:
            pages += [url(page, item) for page in ("item", "check", "audience", "withdraw", "sponsor", "reply")]
            pages += [url("write", item, "what"), url("report_item", item), url("say_seen", item)]
            pages += [url("report", report) for report in Report.objects.all()]
        texts = [client.get(page).content.decode() for page in pages]
        hits = {part for part in (CANARY, "Canarytitle", "Canaryplace") if any(part in text for text in texts)}
        if hits:
            found[name] = hits
    return found


ALL = {CANARY, "Canarytitle", "Canaryplace"}


def only_the_search(found):
    """The place that a reader typed themselves is shown back to them in the box; that tells nothing."""
    return {name: hits - {"Canaryplace"} for name, hits in found.items() if hits - {"Canaryplace"}}


def test_words_stand_only_where_their_audience_reads(cast, as_person, moderators):
    words = {"title": "Canarytitle", "place": "Canaryplace"}
    item = shared_by(cast.tunde, Audience.GROUP, body=cast.group, **words)
    assert set(only_the_search(everywhere(as_person, cast, item))) == {"tunde", "cass", "priya", "nadia"}
    sharing.choose_audience(by=cast.tunde, item=item, audience=Audience.NETWORK, shown_as="member")
    network = {"ishani", "tunde", "cass", "morgan", "priya", "samuel"}
    assert set(only_the_search(everywhere(as_person, cast, item))) == network
    sharing.stop_sharing(by=cast.tunde, item=item)
    assert set(only_the_search(everywhere(as_person, cast, item))) == {"tunde"}


def test_hidden_words_stand_nowhere_but_with_author_and_moderators(cast, as_person, moderators):
    item = shared_by(cast.ishani, Audience.STEERING, title="Canarytitle", place="Canaryplace")
    report = reported(cast.samuel, item)
    act(cast.priya, report, Act.Kind.HIDE)
    assert set(only_the_search(everywhere(as_person, cast, item))) == {"ishani", "priya", "cass"}
    assert "0 items" not in words(as_person(cast.tunde).get(url("register")))
    assert "Nothing is shared with you yet." in words(as_person(cast.tunde).get(url("register")))


@pytest.mark.parametrize("how", ["withdraw", "remove"])
def test_erased_words_stand_nowhere(cast, as_person, moderators, how):
    item = shared_by(cast.ishani, Audience.STEERING, title="Canarytitle", place="Canaryplace")
    report = reported(cast.samuel, item)
    if how == "remove":
        act(cast.priya, report, Act.Kind.REMOVE)
    else:
        as_person(cast.ishani).post(url("withdraw", item))
    assert only_the_search(everywhere(as_person, cast, item)) == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM practice_item")
        assert not any(part in str(cursor.fetchall()) for part in ALL)


def test_a_hidden_reply_stands_nowhere_but_with_its_author(cast, as_person, moderators):
    item = shared_by(cast.ishani, Audience.STEERING)
    sent = replies.reply(by=cast.tunde, item=item, words="Canaryreply", shown_as="name", form_key=uuid.uuid4())
    act(cast.priya, reported(cast.ishani, sent), Act.Kind.HIDE)
    for name in ("ishani", "samuel", "grace"):
        for page in (url("item", item), url("steering"), url("mine")):
            assert "Canaryreply" not in as_person(cast.people[name]).get(page).content.decode()
    assert "0 repl" not in words(as_person(cast.samuel).get(url("steering")))
    assert "Canaryreply" in words(as_person(cast.tunde).get(url("reply_page", sent)))


# -- replies, reports and moderators by hand ---------------------------------------------------------------------------


def test_reply_by_hand_once_and_take_it_back(cast, as_person):
    item = shared_by(cast.ishani, Audience.STEERING)
    client, sent = as_person(cast.tunde), {"form_key": str(uuid.uuid4()), "words": "Thank you.", "shown_as": "side"}
    for _ in range(2):
        assert client.post(url("reply", item), sent).url == url("item", item)
    mine = Reply.objects.get()
    assert "A peer, 1 September 2026 Thank you." in words(as_person(cast.ishani).get(url("item", item)))
    as_person(cast.tunde).post(url("withdraw_reply", mine))
    assert "Thank you." not in words(as_person(cast.ishani).get(url("item", item)))


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"words": ""}, "Write your reply"), ({"words": "n" * 2001}, "2,000"), ({"words": "x"}, "how we should show")],
)
def test_a_bad_reply_says_so(cast, as_person, typed, says):
    item = shared_by(cast.ishani, Audience.STEERING)
    assert says in words(as_person(cast.tunde).post(url("reply", item), {"form_key": str(uuid.uuid4()), **typed}))
    assert not Reply.objects.exists()


def test_a_worry_is_answered_with_whom_to_call_at_once(cast, as_person, item, moderators, settings):
    settings.SAFEGUARDING_ROUTE = "Call the safe team on 020 7946 0199."
    settings.MODERATION_HOURS = "Weekdays, within 2 days."
    sent = {"form_key": str(uuid.uuid4()), "reason": "worried", "said": ""}
    shown = words(as_person(cast.samuel).post(url("report_item", item), sent, follow=True))
    for said in ("Call 999", "Call 111", "Samaritans", "020 7946 0199", "Weekdays, within 2 days."):
        assert said in shown
    calm = words(
        as_person(cast.tunde).post(
            url("report_item", item), sent | {"reason": "other", "form_key": str(uuid.uuid4())}, follow=True
        )
    )
    assert "999" not in calm
    assert "020 7946 0199" in words(as_person(cast.priya).get(url("report", Report.objects.get(reason="worried"))))


def test_the_name_is_shown_to_moderators_for_a_worry_only(cast, as_person, item, moderators):
    private, worry = reported(cast.samuel, item), reported(cast.morgan, item, Report.Reason.WORRIED)
    client = as_person(cast.priya)
    assert NAMES["ishani"] not in words(client.get(url("report", private)))
    assert NAMES["ishani"] in words(client.get(url("report", worry)))
    for report in (private, worry):
        shown = words(client.get(url("report", report)))
        assert NAMES["samuel"] not in shown
        assert NAMES["morgan"] not in shown


def test_remove_is_asked_once_more(cast, as_person, item, moderators):
    report, client = reported(cast.samuel, item), as_person(cast.priya)
    sent = {"form_key": str(uuid.uuid4()), "kind": "remove", "reason": "A name is in it.", "note": ""}
    assert "Remove it for good?" in words(client.post(url("act", report), sent))
    assert "Decide what to do" in words(client.post(url("act", report), sent | {"step": "change"}))
    item.refresh_from_db()
    assert item.state == "shared"
    client.post(url("act", report), sent | {"step": "remove"})
    item.refresh_from_db()
    assert item.state == "removed"
    shown = words(as_person(cast.ishani).get(url("item", item)))
    assert "A name is in it." in shown
    assert not any(NAMES[who] in shown for who in ("samuel", "priya", "cass"))
    assert "We looked" in words(as_person(cast.samuel).get(url("reported", report)))


@pytest.mark.parametrize("kind", ["restore", "nothing", ""])
def test_what_cannot_be_done_now_is_refused(cast, as_person, item, moderators, kind):
    report = reported(cast.samuel, item)
    sent = {"form_key": str(uuid.uuid4()), "kind": kind, "reason": "Why."}
    assert "There is a problem" in words(as_person(cast.priya).post(url("act", report), sent))
    assert not Act.objects.exists()


def test_the_secretary_names_and_ends(cast, as_person):
    client = as_person(cast.grace)
    assert "There are none. Reports go to the secretary." in words(client.get(url("moderators")))
    assert "Nobody who sits" in words(client.post(url("moderators"), {"email": "nobody@anytown-riverside.example"}))
    client.post(url("moderators"), {"email": cast.priya.email})
    assert "There is only 1." in words(client.get(url("moderators")))
    assert "1 moderator looks at reports." in words(client.get(url("house_rules")))
    client.post(url("end_moderator", Moderator.objects.get()))
    client.post(url("end_moderator", Moderator.objects.get()))
    assert "reports go to the secretary" in words(client.get(url("house_rules")))
    assert Moderator.objects.now().count() == 0
