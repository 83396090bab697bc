"""What someone types is not lost: without JavaScript, without a connection, after their session ran out.

Each test has people of its own, because codes to one address are limited to five in five minutes.
"""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.journey
#: It takes long, and the main job and HR's day are lived on both stands: one is enough for this.
STANDS = ("servers",)

OPEN = "Peer Support Worker Job Description and Person Specification"
WORDS = "I think this asks too much of people who have only just got well."


def goes_to_a_paragraph(person, saying):
    """From the front page to the comment page of the paragraph that says this."""
    person.goes_to("/policies/")
    person.follows(OPEN, within="main")
    person.goes_to(re.sub(r"/policies/([0-9a-f-]{36})/.*", r"/policies/\1/draft/", person.page.url))
    block = person.page.locator(".app-block", has_text=saying).first
    block.get_by_role("link", name=re.compile("^Comment on")).click()
    person.page.wait_for_load_state()
    person.looks()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_session_that_ran_out_keeps_her_words(someone, script):
    ishani = someone("ishani", script=script)
    ishani.logs_in()
    goes_to_a_paragraph(ishani, "school certificates")
    ishani.fills("Your comment", WORDS)
    session = [cookie for cookie in ishani.context.cookies() if "session" in cookie["name"]]
    assert len(session) == 1
    ishani.context.clear_cookies(name=session[0]["name"])
    ishani.page.locator("main form").get_by_role("button", name="Continue").click()
    ishani.sees("What is your email address?")
    ishani.logs_in_here()
    assert ishani.page.get_by_label("Your comment").input_value() == WORDS
    ishani.presses("Continue")
    ishani.sees("It is not sent yet")
    ishani.sees(WORDS)


def test_nobody_else_is_given_her_words_on_a_shared_computer(someone):
    ishani = someone("ishani")
    ishani.logs_in()
    goes_to_a_paragraph(ishani, "band 3")
    ishani.fills("Your comment", WORDS)
    ishani.context.clear_cookies(name="sessionid")
    ishani.page.locator("main form").get_by_role("button", name="Continue").click()
    ishani.email = "bea@anytown-riverside.example"
    ishani.logs_in_here()
    ishani.does_not_see(WORDS)
    assert ishani.page.get_by_label("Your comment").input_value() == ""


def test_a_lost_connection_keeps_their_words(someone):
    devon = someone("devon")
    devon.logs_in()
    goes_to_a_paragraph(devon, "runs groups")
    devon.context.set_offline(True)
    devon.page.get_by_label("Your comment").press_sequentially(WORDS[:20])
    devon.page.get_by_text("You are not connected").wait_for()
    devon.page.wait_for_timeout(600)
    devon.complaints.clear()  # the browser complains of the connection we cut
    devon.context.set_offline(False)
    devon.page.reload()
    devon.complaints.clear()
    assert devon.page.get_by_label("Your comment").input_value() == WORDS[:20]


def test_what_she_began_on_her_phone_is_there_on_another_screen(someone):
    phone, library = someone("leyla"), someone("leyla", viewport={"width": 1280, "height": 900})
    phone.logs_in()
    goes_to_a_paragraph(phone, "listens")
    phone.page.get_by_label("Your comment").press_sequentially(WORDS[:20])
    phone.page.get_by_text("Saved", exact=False).first.wait_for()
    library.logs_in()
    goes_to_a_paragraph(library, "listens")
    assert library.page.get_by_label("Your comment").input_value() == WORDS[:20]


def test_pressing_twice_sends_one_comment(someone):
    kofi = someone("kofi", script=False)
    kofi.logs_in()
    goes_to_a_paragraph(kofi, "Training is given")
    kofi.fills("Your comment", "Say how long the training is.")
    kofi.presses("Continue")
    send = kofi.page.locator("main form").get_by_role("button", name="Confirm and send")
    send.dblclick(no_wait_after=True)
    kofi.page.wait_for_load_state()
    kofi.page.get_by_text("What happens next").wait_for()
    kofi.goes_to(re.sub(r"/comments/.*", "/draft/", kofi.page.url))
    assert kofi.page.get_by_text("Say how long the training is.").count() == 1


def test_two_people_change_one_paragraph(someone):
    """Tunde saves first. Priya is shown both texts, hers is still in the box, and nothing is overwritten."""
    tunde, priya = someone("tunde"), someone("priya")
    for person in (tunde, priya):
        person.logs_in()
        person.goes_to("/policies/")
        person.follows("Team Readiness Guide", within="main")
        person.follows("Change the words", within="main")
        block = person.page.locator(".app-block", has_text="meet their peer supervisor").first
        block.get_by_role("link", name=re.compile("^Change")).click()
        person.looks()
    tunde.fills("What should it say?", "They meet their peer supervisor on the first day.")
    tunde.presses("Save the words")
    priya.fills("What should it say?", "They meet their peer supervisor in the second week.")
    priya.presses("Save the words")
    priya.sees("They meet their peer supervisor on the first day.")
    assert priya.page.get_by_label("What should it say?").input_value().endswith("in the second week.")
    priya.shows("4-both-texts")
