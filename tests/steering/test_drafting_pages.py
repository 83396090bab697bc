"""The pages of drafting: who finds what, what is shown, and what becomes of bad input."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from documents.models import Upload, Version
from steering.models import Consultation, Policy, Ready
from steering.services import policies
from tests.factories.drafting import (
    TITLE,
    drafted,
    made_ready,
    next_draft,
    out_for_comment,
    sent,
    text_at,
    upload_of,
)
from tests.support import word_files


def at(name: str, *args) -> str:
    return reverse(f"steering:{name}", args=args)


def words_of(response) -> str:
    """The words of a page, without markup."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())))


# -- who may know of it ----------------------------------------------------------------------------------------------


def test_a_draft_is_known_to_its_group_and_those_who_keep_the_house(cast, as_person):
    policy = drafted(cast)
    knows = {cast.tunde, cast.priya, cast.cass, cast.nadia, cast.grace, cast.owen, cast.yetunde}
    for person in set(cast.everyone()) - {cast.leyla}:
        client = as_person(person)
        for page in ("policy", "draft", "changes"):
            status = client.get(at(page, policy.pk)).status_code
            may_read = person in knows and (page == "policy" or person is not cast.yetunde)
            assert status == (200 if may_read else 404), (person.name, page)
        listed = TITLE in client.get(at("policies")).content.decode()
        assert listed == (person in knows), person.name


def test_asking_opens_it_to_those_asked(cast, as_person):
    policy = out_for_comment(cast).policy
    for person in (cast.ishani, cast.morgan, cast.samuel):
        assert as_person(person).get(at("draft", policy.pk)).status_code == 200
    assert as_person(cast.robin).get(at("draft", policy.pk)).status_code == 404


def test_the_steering_group_finds_it_from_review_on(cast, as_person):
    policy = drafted(cast)
    assert as_person(cast.samuel).get(at("policy", policy.pk)).status_code == 404
    Policy.objects.update(state="review", under_review=policy.open_version)
    assert as_person(cast.samuel).get(at("policy", policy.pk)).status_code == 200


def test_publication_opens_the_policy_to_all_and_the_comments_to_nobody_more(cast):
    consultation = out_for_comment(cast)
    sent(consultation, cast.ishani)
    Policy.objects.update(state="published", under_review=consultation.version)
    policy = Policy.objects.get()
    assert Policy.objects.visible_to(cast.robin).get() == policy
    assert not Policy.objects.taking_part(cast.robin).exists()
    assert not policy.consultations.visible_to(cast.robin).exists()
    assert not consultation.comments.visible_to(cast.robin).exists()
    assert consultation.comments.visible_to(cast.morgan).count() == 1


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("edit", ("tunde", "priya")),
        ("answers", ("tunde", "priya", "cass", "nadia", "grace", "owen")),
        ("open_consultation", ("grace",)),
    ],
)
def test_who_may_see_it_and_not_do_it_is_told_so(cast, as_person, page, allowed):
    policy = out_for_comment(cast).policy
    policies.start_next_draft(by=cast.tunde, policy=policy)
    for name in ("tunde", "priya", "cass", "nadia", "grace", "owen", "ishani", "samuel", "robin"):
        status = as_person(getattr(cast, name)).get(at(page, policy.pk)).status_code
        assert status == (404 if name == "robin" else 200 if name in allowed else 403), name


@pytest.mark.parametrize("press", ["say_ready", "start_next_draft", "share_draft", "submit_for_review"])
def test_only_those_who_may_press_a_button(cast, as_person, press):
    policy = out_for_comment(cast).policy
    for name, status in {"ishani": 403, "cass": 403, "owen": 403, "robin": 404}.items():
        assert as_person(getattr(cast, name)).post(at(press, policy.pk)).status_code == status
        assert as_person(getattr(cast, name)).get(at(press, policy.pk)).status_code == 405
    policy.refresh_from_db()
    assert (policy.state, Ready.objects.count(), Version.objects.count()) == ("consulting", 2, 1)


# -- from a file to a draft ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "status"), [("grace", 200), ("tunde", 200), ("ishani", 403), ("samuel", 403)])
def test_who_may_upload(cast, as_person, name, status):
    assert as_person(getattr(cast, name)).get(at("new_policy")).status_code == status


def test_a_co_lead_uploads_for_their_own_group_alone(cast, as_person):
    page = as_person(cast.tunde).get(at("new_policy")).content.decode()
    assert cast.group.name in page
    assert cast.other_group.name not in page
    upload = upload_of(cast.tunde)
    answer = as_person(cast.tunde).post(
        at("preview", upload.pk), {"title": TITLE, "body": cast.other_group.pk, "form_key": upload.pk}
    )
    assert "Choose one of the groups" in words_of(answer)
    assert not Policy.objects.exists()


def word_file(content: bytes | None = None, name: str = "plan.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, word_files.policy_docx() if content is None else content)


BAD_FILES = {
    "empty": word_files.empty,
    "not Word": word_files.not_word,
    "a zip, not Word": word_files.zip_not_word,
    "a password": word_files.password_protected,
    "macros": word_files.macros,
    "unpacks to 226 MB": word_files.bomb,
    "3,000 tables deep": lambda: word_files.nested_tables(3000),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_cannot_be_read_is_said_so_and_the_rest_is_kept(cast, as_person, kind):
    typed = {"title": TITLE, "body": cast.group.pk, "file": word_file(BAD_FILES[kind]())}
    page = as_person(cast.grace).post(at("new_policy"), typed)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"file"}
    assert f'value="{TITLE}"' in page.content.decode()
    assert not Upload.objects.exists()


def test_a_javascript_link_in_a_file_is_no_link_in_the_draft(cast, as_person):
    client = as_person(cast.grace)
    typed = {"title": TITLE, "body": cast.group.pk, "file": word_file(word_files.javascript_link())}
    upload = client.post(at("new_policy"), typed).url
    assert "javascript:" not in client.get(upload).content.decode()
    client.post(upload, {**typed, "form_key": Upload.objects.get().pk})
    assert "javascript:" not in client.get(at("draft", Policy.objects.get().pk)).content.decode()


def test_the_preview_shows_what_was_read_and_left_out_then_saves_once(cast, as_person):
    upload = upload_of(cast.grace)
    client = as_person(cast.grace)
    page = words_of(client.get(at("preview", upload.pk)))
    for words in ("Draft, not Trust policy", "1 picture was left out.", "A new worker meets their team", "Week 1"):
        assert words in page
    typed = {"title": "A better title", "body": cast.group.pk, "form_key": upload.pk}
    first = client.post(at("preview", upload.pk), typed)
    again = client.post(at("preview", upload.pk), typed)
    policy = Policy.objects.get()
    assert policy.document.title == "A better title"
    assert first.url == again.url == at("policy", policy.pk)


def test_what_was_typed_before_the_file_was_read_waits_on_the_preview(cast, as_person):
    client = as_person(cast.grace)
    typed = {"title": "My own title", "body": cast.group.pk, "file": word_file()}
    address = client.post(at("new_policy"), typed).url
    page = client.get(address).content.decode()
    assert 'value="My own title"' in page
    assert re.search(rf'value="{cast.group.pk}"[^>]*checked', page)
    other = upload_of(cast.grace)
    assert f'value="{TITLE}"' in client.get(at("preview", other.pk)).content.decode()


def test_an_upload_is_its_owners_alone(cast, as_person):
    upload = upload_of(cast.grace)
    assert as_person(cast.tunde).get(at("preview", upload.pk)).status_code == 404


# -- the policy's own page -------------------------------------------------------------------------------------------


def buttons(response) -> set[str]:
    page = response.content.decode().split('id="maincontent"')[1].split("</main>")[0]
    return {
        html.unescape(" ".join(re.sub(r"<[^>]*>", " ", found).split()))
        for found in re.findall(r'<(?:a|button)[^>]*class="nhsuk-button[^>]*>(.*?)</(?:a|button)>', page, re.DOTALL)
    }


def test_each_person_is_offered_what_they_may_do_and_nothing_else(cast, as_person):
    policy = drafted(cast)

    def offered(person):
        return buttons(as_person(person).get(at("policy", policy.pk)))

    assert offered(cast.tunde) == {"Change the words of draft 0.1", "Say that draft 0.1 is ready"}
    assert offered(cast.cass) == offered(cast.grace) == offered(cast.owen) == set()
    policies.say_ready(by=cast.tunde, policy=policy)
    assert offered(cast.tunde) == {"Change the words of draft 0.1"}
    assert offered(cast.grace) == set()
    policies.say_ready(by=cast.priya, policy=policy)
    assert offered(cast.grace) == {"Open it for comment"}


def test_what_is_offered_after_comments_close(cast, as_person):
    consultation = out_for_comment(cast)
    policy = consultation.policy

    def offered(person):
        return buttons(as_person(person).get(at("policy", policy.pk)))

    read = "Read draft 0.1"
    assert offered(cast.tunde) == {read, "Answer comments", "Start the next draft"}
    assert offered(cast.grace) == {read, "Read the comments and answers"}
    assert offered(cast.ishani) == {read}
    with clock.set_to(consultation.closes_at):
        assert offered(cast.grace) == {read, "Read the comments and answers", "Send it to the Steering Group"}


def test_it_says_who_is_ready_by_side_and_names_nobody(cast, as_person):
    policy = drafted(cast)
    policies.say_ready(by=cast.tunde, policy=policy)
    page = words_of(as_person(cast.cass).get(at("policy", policy.pk)))
    assert re.search(r"The peer co-lead Ready, Tuesday 1 September 2026 at 10am", page)
    assert re.search(r"The staff co-lead Not yet", page)
    assert "Tunde" not in page
    assert "Who does it: the staff co-lead." in page


def test_a_button_pressed_too_early_says_what_is_missing(cast, as_person):
    policy = out_for_comment(cast).policy
    page = as_person(cast.tunde).post(at("submit_for_review", policy.pk), follow=True)
    assert "People can still comment" in words_of(page)
    policy.refresh_from_db()
    assert policy.state == "consulting"


def test_every_page_of_a_draft_says_that_it_is_one(cast, as_person):
    consultation = out_for_comment(cast)
    comment = sent(consultation, cast.ishani)
    policy = consultation.policy
    version = next_draft(cast, policy)
    block = text_at(version, 1).block_id
    pages = [
        ("policy", policy.pk),
        ("draft", policy.pk),
        ("changes", policy.pk),
        ("edit", policy.pk),
        ("edit_block", policy.pk, block),
        ("remove_block", policy.pk, block),
        ("add_block", policy.pk, block),
        ("comment", policy.pk, block),
        ("comment_place", policy.pk, comment.pk),
        ("answers", policy.pk),
        ("answer", policy.pk, comment.pk),
    ]
    client = as_person(cast.tunde)
    for page in pages:
        assert "Draft, not Trust policy" in words_of(client.get(at(*page))), page


# -- the words of the open draft -------------------------------------------------------------------------------------


def test_an_open_draft_is_read_by_its_group_alone(cast, as_person):
    consultation = out_for_comment(cast)
    policy = consultation.policy
    next_draft(cast, policy, text="Canary of the open draft.")
    for name in ("ishani", "samuel", "yetunde"):
        client = as_person(getattr(cast, name))
        assert client.get(at("draft", policy.pk) + "?version=0.2").status_code == 404
        assert client.get(at("changes", policy.pk) + "?from=0.1&to=0.2").status_code == 404
        assert "Canary" not in client.get(at("draft", policy.pk)).content.decode()
    page = as_person(cast.cass).get(at("draft", policy.pk) + "?version=0.2")
    assert "Canary of the open draft." in words_of(page)


def test_a_paragraph_is_changed(cast, as_person):
    policy = drafted(cast)
    seen = text_at(policy.open_version, 1)
    address = at("edit_block", policy.pk, seen.block_id)
    answer = as_person(cast.priya).post(address, {"seen": seen.pk, "text": "On **day one**."})
    assert answer.url == at("edit", policy.pk) + f"#p-{seen.block_id}"
    assert text_at(policy.open_version, 1).text == "On **day one**."


def test_a_stale_edit_shows_both_texts_and_saves_when_sent_again(cast, as_person):
    policy = drafted(cast)
    seen = text_at(policy.open_version, 1)
    policies.edit_paragraph(by=cast.tunde, policy=policy, block=seen.block, seen=seen, text="Tunde wrote this.")
    address = at("edit_block", policy.pk, seen.block_id)
    page = as_person(cast.priya).post(address, {"seen": seen.pk, "text": "Priya wrote this."})
    assert page.status_code == 200
    assert "Tunde wrote this." in words_of(page)
    assert "Priya wrote this.</textarea>" in page.content.decode()
    assert text_at(policy.open_version, 1).text == "Tunde wrote this."
    seen_now = re.search(r'name="seen" value="(\d+)"', page.content.decode())[1]
    as_person(cast.priya).post(address, {"seen": seen_now, "text": "Both of us wrote this."})
    assert text_at(policy.open_version, 1).text == "Both of us wrote this."


def test_an_edit_of_a_paragraph_that_was_removed_keeps_the_words(cast, as_person):
    policy = drafted(cast)
    seen = text_at(policy.open_version, 1)
    policies.remove_paragraph(by=cast.tunde, policy=policy, block=seen.block, seen=seen)
    page = as_person(cast.priya).post(
        at("edit_block", policy.pk, seen.block_id), {"seen": seen.pk, "text": "Priya wrote this."}
    )
    assert page.status_code == 200
    assert "took this paragraph out" in words_of(page)
    assert "Priya wrote this.</textarea>" in page.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "999999999", "-1", "99999999999999999999999"])
def test_a_broken_page_does_no_harm(cast, as_person, seen):
    policy = drafted(cast)
    stands = text_at(policy.open_version, 1)
    page = as_person(cast.priya).post(
        at("edit_block", policy.pk, stands.block_id), {"seen": seen, "text": "Priya wrote this."}
    )
    assert page.status_code == 200
    assert "Priya wrote this.</textarea>" in page.content.decode()
    assert text_at(policy.open_version, 1) == stands


def test_an_empty_paragraph_is_refused(cast, as_person):
    policy = drafted(cast)
    seen = text_at(policy.open_version, 4)
    page = as_person(cast.priya).post(at("edit_block", policy.pk, seen.block_id), {"seen": seen.pk, "text": "  "})
    assert "Enter what this paragraph should say" in words_of(page)
    assert text_at(policy.open_version, 4) == seen


def test_a_table_is_changed_cell_by_cell(cast, as_person):
    policy = drafted(cast)
    seen = text_at(policy.open_version, 3)
    address = at("edit_block", policy.pk, seen.block_id)
    assert "Row 2, column 2" in words_of(as_person(cast.priya).get(address))
    cells = {"cell_0_0": "When", "cell_0_1": "What", "cell_1_0": "Week 1", "cell_1_1": "Meet everyone | here"}
    as_person(cast.priya).post(address, {"seen": seen.pk, **cells})
    assert (
        text_at(policy.open_version, 3).text == '{"head":[["When","What"]],"rows":[["Week 1","Meet everyone | here"]]}'
    )


def test_a_paragraph_is_added_and_removed(cast, as_person):
    policy = drafted(cast)
    first = text_at(policy.open_version, 0)
    client = as_person(cast.tunde)
    client.post(at("add_block", policy.pk, first.block_id), {"kind": "paragraph", "text": "A new one."})
    client.post(at("add_first", policy.pk), {"kind": "heading", "text": "At the top"})
    added = text_at(policy.open_version, 2)
    assert (added.text, text_at(policy.open_version, 0).text) == ("A new one.", "At the top")
    client.post(at("remove_block", policy.pk, added.block_id), {"seen": added.pk})
    assert not added.placings.exists()


# -- opening it ------------------------------------------------------------------------------------------------------


def typed(cast, **changes) -> dict[str, object]:
    last = clock.today() + dt.timedelta(days=28)
    return {
        "form_key": "0b7e9d5e-5d0c-4d8e-8f2c-3b1f3a3e9c11",
        "purpose": "What do new workers need?",
        "summary": "What happens in the first weeks.",
        "rung": "comment",
        "bodies": [cast.network.pk, cast.group.pk],
        "closes_on_day": last.day,
        "closes_on_month": last.month,
        "closes_on_year": last.year,
        "contact_name": "Grace Hollowbank",
        "contact_phone": "020 7946 0100",
        "impact": "none",
        "screening": "We looked.",
        **changes,
    }


def test_the_answers_are_checked_and_then_it_opens(cast, as_person):
    policy = made_ready(cast, drafted(cast))
    client = as_person(cast.grace)
    check = client.post(at("open_consultation", policy.pk), typed(cast))
    page = words_of(check)
    assert "7 people each get a message" in page
    assert "The end of Tuesday 29 September 2026" in page
    assert "holiday" not in page
    assert not Consultation.objects.exists()
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', check.content.decode()))
    assert carried["purpose"] == "What do new workers need?"
    back = client.post(at("open_consultation", policy.pk), typed(cast, change="yes"))
    assert "What do new workers need?" in back.content.decode()
    for _ in range(2):
        done = client.post(at("open_consultation", policy.pk), typed(cast, confirm="yes"))
        assert done.url == at("policy", policy.pk)
    assert Consultation.objects.count() == 1


def test_a_holiday_in_the_window_is_a_warning(cast, as_person):
    with clock.set_to(dt.datetime(2026, 12, 8, 9, tzinfo=dt.UTC)):
        policy = made_ready(cast, drafted(cast))
        assert "Christmas" in words_of(as_person(cast.grace).post(at("open_consultation", policy.pk), typed(cast)))


@pytest.mark.parametrize("year", ["2025", "2027", "9999", "0", "x"])
def test_a_last_day_that_makes_no_sense_is_said_and_what_was_typed_is_kept(cast, as_person, year):
    policy = made_ready(cast, drafted(cast))
    page = as_person(cast.grace).post(
        at("open_consultation", policy.pk), typed(cast, closes_on_year=year, confirm="yes")
    )
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"closes_on"}
    assert "What do new workers need?" in page.content.decode()
    assert not Consultation.objects.exists()


def test_before_both_are_ready_it_says_who_is_waited_for(cast, as_person):
    policy = drafted(cast)
    page = as_person(cast.grace).post(at("open_consultation", policy.pk), typed(cast, confirm="yes"))
    assert "The peer co-lead and the staff co-lead must first say it is ready." in words_of(page)
    assert "What do new workers need?" in page.content.decode()


# -- how much it costs -----------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_at_one_and_three(cast, as_person):
    client = as_person(cast.grace)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at("policies")).status_code == 200
        return len(seen)

    out_for_comment(cast)
    client.get(at("policies"))
    one = cost()
    drafted(cast)
    sent(out_for_comment(cast), cast.ishani)
    assert cost() == one
    assert one <= 12
