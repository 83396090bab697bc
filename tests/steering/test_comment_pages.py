"""Reading a draft with what was said about it; commenting from a phone; answering."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.kept import FIELD
from steering.models import Answer, Asked, Comment, CommentDraft, Policy
from steering.services import policies
from steering.services.comments import answer_comment
from tests.factories.drafting import made_ready, next_draft, out_for_comment, sent, text_at


def at(name: str, *args) -> str:
    return reverse(f"steering:{name}", args=args)


def words_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())))


def share_next(cast, policy, **changes):
    version = next_draft(cast, policy, **changes)
    policies.share_draft(by=cast.tunde, policy=made_ready(cast, policy))
    return version


@pytest.fixture
def consultation(cast):
    return out_for_comment(cast)


@pytest.fixture
def policy(consultation):
    return consultation.policy


@pytest.fixture
def block(consultation):
    return text_at(consultation.version, 1).block


def typed(consultation, **changes) -> dict[str, object]:
    seen = text_at(consultation.version, 1)
    facts = {"version": consultation.version_id, "text": seen.pk, "words": "I would say when.", "shown_as": "member"}
    return {**facts, **changes}


# -- the draft as it is read -----------------------------------------------------------------------------------------


def test_the_summary_comes_first_and_each_paragraph_has_its_link(cast, as_person, consultation, policy, block):
    page = as_person(cast.ishani).get(at("draft", policy.pk))
    words = words_of(page)
    order = ["In short", "What happens in the first weeks", "We are asking for your comments", "A new worker meets"]
    assert [words.index(part) for part in order] == sorted(words.index(part) for part in order)
    assert "until the end of Tuesday 29 September 2026" in words
    assert "call Grace Hollowbank on 020 7946 0100" in words
    assert f'href="{at("comment", policy.pk, block.pk)}"' in page.content.decode()
    assert "Comment on this paragraph : 1.1 A new worker meets their team in the" in words
    assert page.content.decode().count(">Comment on this paragraph<") == 5


def test_who_was_not_asked_reads_without_links(cast, as_person, policy):
    page = words_of(as_person(cast.owen).get(at("draft", policy.pk)))
    assert "Only the people who were asked can comment" in page
    assert "Comment on this paragraph" not in page


def test_after_closing_there_are_no_links_and_the_page_says_so(cast, as_person, consultation, policy):
    with clock.set_to(consultation.closes_at):
        page = words_of(as_person(cast.ishani).get(at("draft", policy.pk)))
    assert "Comments closed at the end of Tuesday 29 September 2026" in page
    assert "Comment on this paragraph" not in page


def test_each_comment_is_shown_as_its_author_chose_to_everyone_but_marked_for_its_author(
    cast, as_person, consultation, policy
):
    sent(consultation, cast.ishani, words="First canary.")
    sent(consultation, cast.cass, words="Second canary.", shown_as="side")
    sent(consultation, cast.samuel, words="Third canary.", shown_as="name")
    sent(consultation, cast.priya, words="Fourth canary.", shown_as="side", place=4)
    for person in (cast.tunde, cast.priya, cast.grace, cast.morgan):
        page = words_of(as_person(person).get(at("draft", policy.pk)))
        assert "A member, 1 September 2026 First canary." in page
        assert "A peer, 1 September 2026 Second canary." in page
        assert "Samuel Thistlemoor, 1 September 2026 Third canary." in page
        assert "Ishani" not in page
        assert "Cass" not in page
    assert "A member, your comment, 1 September" in words_of(as_person(cast.ishani).get(at("draft", policy.pk)))
    assert "A member of staff, 1 September 2026 Fourth" in words_of(as_person(cast.cass).get(at("draft", policy.pk)))


def test_words_of_people_are_never_markup(cast, as_person, consultation, policy):
    bad = "<script>alert('x')</script> & \"quoted\"\nsecond line"
    cast.samuel.name = "<b>Samuel</b>"
    cast.samuel.save()
    comment = sent(consultation, cast.samuel, words=bad, shown_as="name")
    answer_comment(by=cast.priya, comment=comment, outcome="noted", reason="<i>Thanks</i>")
    page = as_person(cast.ishani).get(at("draft", policy.pk)).content.decode()
    for markup in ("<script>alert", "<b>Samuel", "<i>Thanks"):
        assert markup not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;quoted&quot;\nsecond line" in page


def test_many_comments_are_folded_and_few_are_not(cast, as_person, consultation, policy):
    for person in (cast.ishani, cast.cass, cast.samuel):
        sent(consultation, person)
    page = as_person(cast.ishani).get(at("draft", policy.pk)).content.decode()
    assert "<details" not in page
    assert ">3 comments<" in page
    sent(consultation, cast.morgan)
    page = as_person(cast.ishani).get(at("draft", policy.pk)).content.decode()
    assert page.count('<details class="nhsuk-details">') == 1
    assert '<span class="nhsuk-details__summary-text">4 comments</span>' in page


def test_a_comment_stays_with_its_paragraph_in_the_next_draft_and_when_it_goes(cast, as_person, consultation, policy):
    stays, goes = sent(consultation, cast.ishani, words="On the first."), sent(consultation, cast.cass, place=2)
    version = next_draft(cast, policy)
    seen = text_at(version, 2)
    policies.remove_paragraph(by=cast.tunde, policy=policy, block=seen.block, seen=seen)
    policies.share_draft(by=cast.tunde, policy=made_ready(cast, policy))
    page = as_person(cast.ishani).get(at("draft", policy.pk)).content.decode()
    new, gone = page.split("Paragraphs no longer in the draft")
    assert "on day one" in new
    assert f'id="c-{stays.pk}"' in new
    assert f'id="c-{goes.pk}"' not in new
    assert f'id="c-{goes.pk}"' in gone
    assert "They get a named person to ask." in gone
    assert "Comment on this paragraph" not in gone
    old = as_person(cast.ishani).get(at("draft", policy.pk) + "?version=0.1").content.decode()
    assert "There is a newer draft" in old
    assert "in the first week" in old


@pytest.mark.parametrize("number", ["9.9", "x", "0.2'"])
def test_a_version_that_is_not_there_is_not_found(cast, as_person, policy, number):
    assert as_person(cast.ishani).get(at("draft", policy.pk), {"version": number}).status_code == 404


def test_the_draft_costs_the_same_however_many_comments(cast, as_person, consultation, policy):
    client = as_person(cast.ishani)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at("draft", policy.pk)).status_code == 200
        return len(seen)

    sent(consultation, cast.ishani)
    client.get(at("draft", policy.pk))
    one = cost()
    for place in range(5):
        comment = sent(consultation, cast.cass, place=place)
        answer_comment(by=cast.priya, comment=comment, outcome="noted", reason="Thanks.")
    assert cost() == one
    assert one <= 12


# -- commenting ------------------------------------------------------------------------------------------------------


def test_who_may_comment(cast, as_person, policy, block):
    for name, status in {"ishani": 200, "samuel": 200, "owen": 403, "grace": 403, "robin": 404}.items():
        for page in ("comment", "check_comment"):
            found = as_person(getattr(cast, name)).get(at(page, policy.pk, block.pk)).status_code
            assert found == (302 if page == "check_comment" and status == 200 else status), name
        assert as_person(getattr(cast, name)).post(at("keep_comment", policy.pk, block.pk)).status_code == (
            409 if status == 200 else status
        )


def test_a_paragraph_of_another_policy_is_not_found(cast, as_person, policy):
    other = text_at(out_for_comment(cast).version, 1).block
    assert as_person(cast.ishani).get(at("comment", policy.pk, other.pk)).status_code == 404
    assert as_person(cast.ishani).get(at("comment", policy.pk, uuid.uuid4())).status_code == 404


def test_write_check_send(cast, as_person, consultation, policy, block):
    client = as_person(cast.ishani)
    page = client.get(at("comment", policy.pk, block.pk))
    assert "A new worker meets their team in the first week." in words_of(page)
    assert "This is not watched round the clock" in words_of(page)
    assert "As a member As a peer With my name, Ishani Marrowby" in words_of(page)
    assert re.search(r'value="member"[^>]*checked', page.content.decode())
    answer = client.post(at("comment", policy.pk, block.pk), typed(consultation, shown_as="side"))
    assert answer.url == at("check_comment", policy.pk, block.pk)
    check = client.get(answer.url)
    assert "I would say when." in words_of(check)
    assert "Shown as from A peer" in words_of(check)
    assert not Comment.objects.exists()
    key = re.search(r'name="form_key" value="([^"]+)"', check.content.decode())[1]
    first = client.post(answer.url, {"form_key": key})
    again = client.post(answer.url, {"form_key": key})
    comment = Comment.objects.get()
    assert first.url == again.url == at("comment_sent", policy.pk, comment.pk)
    done = client.get(first.url)
    assert "Comment sent" in words_of(done)
    assert "We send you a message when yours is there." in words_of(done)
    assert f'data-keep-clear="comment-{consultation.pk}-{block.pk}"' in done.content.decode()


def test_the_thanks_are_for_the_author_alone(cast, as_person, consultation, policy):
    comment = sent(consultation, cast.ishani)
    assert as_person(cast.cass).get(at("comment_sent", policy.pk, comment.pk)).status_code == 404
    assert as_person(cast.ishani).get(at("comment_sent", policy.pk, comment.pk)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"words": ""}, "Write your comment"),
        ({"words": "   \n "}, "Write your comment"),
        ({"words": "x" * 5001}, "5,000 characters or fewer"),
        ({"shown_as": "somebody"}, "not one of the available choices"),
        ({"version": "x"}, "could not find the words"),
        ({"version": "00000000-0000-4000-8000-000000000000"}, "could not find the words"),
        ({"text": ""}, "could not find the words"),
        ({"text": "-1"}, "could not find the words"),
        ({"text": "9" * 30}, "could not find the words"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(
    cast, as_person, consultation, policy, block, changes, says
):
    page = as_person(cast.ishani).post(at("comment", policy.pk, block.pk), typed(consultation, **changes))
    assert page.status_code == 200
    assert says in words_of(page)
    assert "<title>Error: " in page.content.decode()
    assert changes.get("words", "I would say when.").strip() in page.content.decode()
    assert not CommentDraft.objects.exists()


def test_words_typed_when_the_session_ran_out_come_back(cast, client, as_person, consultation, policy, block):
    address = at("comment", policy.pk, block.pk)
    page = as_person(cast.ishani).get(address).content.decode()
    signed = re.search(rf'name="{FIELD}" value="([^"]+)"', page)[1]
    client.logout()
    answer = client.post(address, typed(consultation, words="Typed too late.", **{FIELD: signed}))
    assert answer.status_code == 302
    session = dict(client.session)
    as_person(cast.ishani)
    kept = client.session
    kept.update({key: value for key, value in session.items() if not key.startswith("_auth")})
    kept.save()
    assert "Typed too late.</textarea>" in client.get(address).content.decode()
    assert not CommentDraft.objects.exists()


def test_she_keeps_the_words_she_was_reading_when_a_draft_comes_out(cast, as_person, consultation, policy, block):
    client = as_person(cast.ishani)
    begun = typed(consultation)
    share_next(cast, policy)
    page = client.post(at("comment", policy.pk, block.pk), {**begun, "words": ""})
    for shown in (page, None):
        if shown is None:
            client.post(at("comment", policy.pk, block.pk), begun)
            shown = client.get(at("comment", policy.pk, block.pk))
        assert "in the first week" in words_of(shown)
        assert "on day one" not in words_of(shown)
        assert "A newer draft came out while you were reading." in words_of(shown)
    draft = CommentDraft.objects.get()
    client.post(at("check_comment", policy.pk, block.pk), {"form_key": draft.form_key})
    assert Comment.objects.get().text_seen == text_at(consultation.version, 1)
    fresh = words_of(as_person(cast.cass).get(at("comment", policy.pk, block.pk)))
    assert "on day one" in fresh
    assert "A newer draft came out" not in fresh


def test_after_closing_what_was_typed_is_there_to_copy_and_nothing_is_saved(
    cast, as_person, consultation, policy, block
):
    client = as_person(cast.ishani)
    client.post(at("comment", policy.pk, block.pk), typed(consultation, words="Kept in time."))
    key = CommentDraft.objects.get().form_key
    with clock.set_to(consultation.closes_at + dt.timedelta(seconds=1)):
        client.logout()  # a session does not last as long as a consultation
        as_person(cast.ishani)
        late = client.post(at("comment", policy.pk, block.pk), typed(consultation, words="Typed too late."))
        assert late.status_code == 200
        assert "Comments have closed, so this was not saved." in words_of(late)
        assert "Typed too late.</textarea>" in late.content.decode()
        send = client.post(at("check_comment", policy.pk, block.pk), {"form_key": key})
        assert "Comments have closed" in words_of(send)
        assert "Kept in time." in words_of(send)
        assert "Kept in time.</textarea>" in client.get(at("comment", policy.pk, block.pk)).content.decode()
        keep = client.post(at("keep_comment", policy.pk, block.pk), typed(consultation, words="Typed too late."))
        assert keep.status_code == 409
    assert CommentDraft.objects.get().words == "Kept in time."
    assert not Comment.objects.exists()


def test_few_of_a_side_means_people_may_guess(cast, as_person, consultation, policy, block):
    says = "people may guess"
    assert says not in words_of(as_person(cast.ishani).get(at("comment", policy.pk, block.pk)))
    Asked.objects.filter(person=cast.nadia).delete()
    assert says in words_of(as_person(cast.samuel).get(at("comment", policy.pk, block.pk)))
    assert says not in words_of(as_person(cast.ishani).get(at("comment", policy.pk, block.pk)))


def test_words_are_kept_while_they_are_written(cast, as_person, consultation, policy, block):
    client = as_person(cast.ishani)
    page = client.get(at("comment", policy.pk, block.pk)).content.decode()
    assert f'data-autosave-url="{at("keep_comment", policy.pk, block.pk)}"' in page
    assert client.post(at("keep_comment", policy.pk, block.pk), typed(consultation, words="Half a sen")).json() == {
        "saved": True
    }
    assert "Half a sen</textarea>" in client.get(at("comment", policy.pk, block.pk)).content.decode()
    for person in (cast.cass, cast.tunde):
        assert "Half a sen" not in as_person(person).get(at("comment", policy.pk, block.pk)).content.decode()
        assert "Half a sen" not in as_person(person).get(at("draft", policy.pk)).content.decode()


# -- answering -------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_waits_and_then_all(cast, as_person, consultation, policy):
    first, second = (
        sent(consultation, cast.ishani, words="Canary one."),
        sent(consultation, cast.cass, words="Canary two."),
    )
    answer_comment(by=cast.priya, comment=first, outcome="noted", reason="Thanks.")
    client = as_person(cast.tunde)
    waiting = words_of(client.get(at("answers", policy.pk)))
    assert "2 comments. 1 waits for an answer." in waiting
    assert ("Canary one." in waiting, "Canary two." in waiting) == (False, True)
    page = client.get(at("answers", policy.pk) + "?show=all")
    assert "Canary one." in words_of(page)
    assert at("answer", policy.pk, second.pk) in page.content.decode()
    assert at("answer", policy.pk, first.pk) not in page.content.decode()
    assert at("answer", policy.pk, second.pk) not in as_person(cast.cass).get(at("answers", policy.pk)).content.decode()


SIDES_KEPT = "If there are few from one side we do not, so that nobody can guess who wrote them."


def sides_told(cast, as_person, consultation, at_instant):
    with clock.set_to(at_instant):
        return words_of(as_person(cast.tunde).get(at("answers", consultation.policy_id)))


def test_sides_are_counted_once_comments_have_closed(cast, as_person, consultation):
    """Before that, the count before and after one comment would tell from which side it came."""
    for person in (cast.ishani, cast.cass, cast.morgan, cast.samuel, cast.priya, cast.nadia):
        sent(consultation, person)
    last = consultation.closes_at - dt.timedelta(seconds=1)
    assert SIDES_KEPT in sides_told(cast, as_person, consultation, last)
    assert "3 from peers and 3 from staff." in sides_told(cast, as_person, consultation, consultation.closes_at)


@pytest.mark.parametrize(
    ("staff_shown_as", "staff"),
    [
        ("member", ("samuel", "priya")),
        ("member", ("samuel", "samuel", "samuel")),
        ("side", ("samuel", "priya", "nadia")),
    ],
    ids=["too few", "one person, three comments", "all of one side show it, so the rest are of the other"],
)
def test_sides_are_not_counted_when_that_tells_who_a_member_is(cast, as_person, consultation, staff_shown_as, staff):
    for person in (cast.ishani, cast.cass, cast.morgan):
        sent(consultation, person)
    for place, name in enumerate(staff):
        sent(consultation, getattr(cast, name), place=place, shown_as=staff_shown_as)
    assert SIDES_KEPT in sides_told(cast, as_person, consultation, consultation.closes_at)


def test_sides_are_counted_when_everybody_shows_theirs(cast, as_person, consultation):
    sent(consultation, cast.ishani, shown_as="side")
    sent(consultation, cast.samuel, shown_as="name")
    assert "1 from peers and 1 from staff." in sides_told(cast, as_person, consultation, consultation.closes_at)


def test_only_co_leads_answer(cast, as_person, consultation, policy):
    comment = sent(consultation, cast.ishani)
    said = {"outcome": "noted", "reason": "Thanks."}
    for name, status in {"cass": 403, "grace": 403, "ishani": 403, "robin": 404}.items():
        client = as_person(getattr(cast, name))
        assert client.get(at("answer", policy.pk, comment.pk)).status_code == status
        assert client.post(at("answer", policy.pk, comment.pk), said).status_code == status
    assert not Answer.objects.exists()


def test_the_answer_page_knows_when_the_paragraph_changed(cast, as_person, consultation, policy):
    changed, same = sent(consultation, cast.ishani), sent(consultation, cast.ishani, place=4)
    client = as_person(cast.priya)
    assert "To change the words, start the next draft first" in words_of(
        client.get(at("answer", policy.pk, changed.pk))
    )
    version = next_draft(cast, policy)
    page = client.get(at("answer", policy.pk, changed.pk))
    assert "This paragraph was changed in draft 0.2" in words_of(page)
    assert re.search(r'name="changed"[^>]*checked', page.content.decode())
    assert "<del>" in page.content.decode()
    assert "This paragraph is the same in draft 0.2." in words_of(client.get(at("answer", policy.pk, same.pk)))
    client.post(
        at("answer", policy.pk, changed.pk), {"outcome": "accepted", "reason": "You are right.", "changed": "on"}
    )
    client.post(at("answer", policy.pk, same.pk), {"outcome": "noted", "reason": "Thank you.", "changed": "on"})
    assert list(Answer.objects.order_by("id").values_list("changed_in", flat=True)) == [version.pk, None]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"outcome": "accepted", "reason": ""}, {"reason"}),
        ({"outcome": "", "reason": "Because."}, {"outcome"}),
        ({"outcome": "maybe", "reason": "Because."}, {"outcome"}),
        ({"outcome": "noted", "reason": "x" * 3001}, {"reason"}),
    ],
)
def test_an_answer_needs_its_outcome_and_reason(cast, as_person, consultation, policy, said, wrong):
    comment = sent(consultation, cast.ishani)
    page = as_person(cast.priya).post(at("answer", policy.pk, comment.pk), said)
    assert page.context["form"].errors.keys() == wrong
    assert said["reason"] in page.content.decode()
    assert not Answer.objects.exists()


def test_her_comment_has_its_place_with_the_answer_and_the_redline(cast, as_person, consultation, policy):
    comment = sent(consultation, cast.ishani, words="Why so late?")
    version = next_draft(cast, policy)
    answer_comment(by=cast.priya, comment=comment, outcome="accepted", reason="You are right.", changed_in=version)
    page = as_person(cast.ishani).get(at("comment_place", policy.pk, comment.pk))
    words = words_of(page)
    for part in ("Your comment and its answer", "Why so late?", "Accepted", "You are right.", "in the first week"):
        assert part in words
    assert "Draft 0.2 is still being written." in words
    assert re.search(r"<del>.*first week.*</del>", page.content.decode(), re.DOTALL)
    assert re.search(r"<ins>.*day one.*</ins>", page.content.decode(), re.DOTALL)
    assert "Supervision takes place" not in words
    assert as_person(cast.robin).get(at("comment_place", policy.pk, comment.pk)).status_code == 404


def test_the_open_draft_is_not_shown_beside_a_comment_that_did_not_change_it(cast, as_person, consultation, policy):
    comment = sent(consultation, cast.ishani)
    next_draft(cast, policy, text="Canary of the open draft.")
    page = as_person(cast.ishani).get(at("comment_place", policy.pk, comment.pk))
    assert "Canary" not in page.content.decode()


def test_a_comment_of_another_policy_is_not_found_here(cast, as_person, consultation, policy):
    comment = sent(out_for_comment(cast), cast.ishani)
    client = as_person(cast.tunde)
    for page in ("comment_place", "answer"):
        assert client.get(at(page, policy.pk, comment.pk)).status_code == 404


def test_the_pages_of_comments_cost_the_same_at_one_and_more(cast, as_person, consultation, policy):
    client = as_person(cast.tunde)

    def cost(page) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page).status_code == 200
        return len(seen)

    first = sent(consultation, cast.ishani)
    pages = [at("answers", policy.pk), at("comment_place", policy.pk, first.pk), at("answer", policy.pk, first.pk)]
    client.get(pages[0])
    one = [cost(page) for page in pages]
    for place in range(5):
        sent(consultation, cast.cass, place=place)
    assert [cost(page) for page in pages] == one
    assert max(one) <= 13


def test_visible_to_and_the_pages_agree_about_every_policy(cast, as_person, consultation, policy):
    for person in cast.everyone():
        if person is cast.leyla:
            continue
        client = as_person(person)
        sees = client.get(at("policy", policy.pk)).status_code == 200
        reads = client.get(at("draft", policy.pk)).status_code == 200
        assert sees == Policy.objects.visible_to(person).filter(pk=policy.pk).exists(), person.name
        assert reads == Policy.objects.taking_part(person).filter(pk=policy.pk).exists(), person.name
