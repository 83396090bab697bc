"""The main job, end to end: a policy in Word becomes Trust policy, and everyone who should know is told."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.support.word_files import policy_docx

pytestmark = pytest.mark.journey

TITLE = "Boundaries and Confidentiality in Peer Roles"
GROUP = "Role design and job description"


def test_the_main_job(someone, product):
    story = Story(someone, product)
    story.grace_uploads_a_word_file()
    story.both_co_leads_press_ready()
    story.grace_opens_it_for_comment()
    story.ishani_comments_from_her_phone()
    story.the_co_leads_change_the_paragraph_and_answer()
    story.ishani_sees_what_her_words_changed()
    story.a_peer_and_a_sponsor_join_the_group()


class Story:
    """Who did what, in order. Each part says what the person does, then what they see."""

    def __init__(self, someone, product):
        self.someone = someone
        self.product = product
        self.people = {}
        self.policy = ""
        self.block = ""

    def who(self, key):
        """The person, logged in, at a screen of their own."""
        if key not in self.people:
            self.people[key] = self.someone(key)
            self.people[key].logs_in()
        return self.people[key]

    def everyone_comes_back_later(self, *, days):
        """Time passes; everybody's session has ended, so each logs in again."""
        self.product.move_clock(days=days)
        for person in self.people.values():
            person.leaves()
        self.people.clear()

    # -- 1 and 2 --------------------------------------------------------------------------------------------------

    def grace_uploads_a_word_file(self):
        grace = self.who("grace")
        grace.goes_to("/policies/")
        grace.follows("Upload a new draft")
        grace.chooses(GROUP)
        grace.fills("What is it called?", TITLE)
        grace.page.locator("input[type=file]").set_input_files(
            {"name": "Boundaries.docx", "mimeType": "application/octet-stream", "buffer": policy_docx()}
        )
        grace.presses("Read the file")
        grace.sees("Check what we read")
        grace.sees("left out")
        grace.shows("1-preview")
        grace.presses("Save as draft 0.1")
        grace.sees(TITLE)
        self.policy = re.search(r"/policies/[0-9a-f-]{36}/", grace.page.url)[0]
        grace.shows("1-policy")

    def both_co_leads_press_ready(self):
        for key in ("tunde", "priya"):
            person = self.who(key)
            person.goes_to(self.policy)
            person.sees("Draft, not Trust policy")
            person.presses("Say that draft 0.1 is ready")
        grace = self.who("grace")
        grace.goes_to(self.policy)

    def grace_opens_it_for_comment(self):
        grace = self.who("grace")
        grace.follows("Open it for comment", within="main")
        grace.fills("What do we want to know?", "Would these rules keep you safe, and still let you be yourself?")
        grace.fills("What does the draft say, in short?", "It says what stays private, and what does not.")
        grace.chooses("We are asking for your comments")
        grace.chooses("Peers and Sponsors Network")
        grace.chooses(GROUP)
        grace.fills("Who can people call about it?", "Grace Hollowbank")
        grace.fills("Their phone number", "020 7946 0101")
        grace.chooses("No negative effect found")
        grace.fills("What the screening looked at", "Each protected characteristic, carers, and people not online.")
        grace.shows("2-open")
        grace.presses("Continue")
        grace.sees("Check before you open it")
        grace.presses("Confirm and open")
        grace.sees("Out for comment")

    # -- 3 --------------------------------------------------------------------------------------------------------

    def ishani_comments_from_her_phone(self):
        ishani = self.people["ishani"] = self.someone("ishani")
        [told] = [mail for mail in [ishani.next_mail(len(ishani.mail()) - 1)] if "/l/" in mail]
        for word in ("peer", "Network", "Boundaries", "mental", "Role design"):
            assert word.lower() not in told.lower().replace("peers-", ""), told
        link = ishani.link_in(told)
        ishani.goes_to(link)
        ishani.goes_to(link)  # opening it twice, as a mail scanner does, uses nothing up
        ishani.shows("3-link")
        ishani.presses("Continue")
        ishani.sees("In short")
        ishani.sees("Draft, not Trust policy")
        ishani.shows("3-draft")
        ishani.page.get_by_role("link", name=re.compile("Comment on this paragraph|Comment on paragraph")).nth(3).click()
        ishani.looks()
        self.block = re.search(r"/comment/([0-9a-f-]{36})/", ishani.page.url)[1]
        ishani.sees("This is not watched round the clock")
        ishani.shows("3-comment")
        ishani.fills("Your comment", "I would want to be asked first, not told afterwards.")
        assert ishani.page.get_by_label("A member").is_checked()
        ishani.presses("Continue")
        ishani.sees("It is not sent yet")
        ishani.presses("Confirm and send")
        ishani.sees("What happens next")
        ishani.shows("3-sent")
        ishani.presses("Log out", within="header")
        ishani.goes_to(link)
        ishani.sees("This link no longer works")
        before = len(ishani.mail())
        ishani.presses("Send me a new link")
        ishani.goes_to(ishani.link_in(ishani.next_mail(before)))
        ishani.presses("Continue")
        ishani.sees("In short")

    # -- 4 --------------------------------------------------------------------------------------------------------

    def the_co_leads_change_the_paragraph_and_answer(self):
        tunde, priya = self.who("tunde"), self.who("priya")
        tunde.goes_to(self.policy)
        tunde.presses("Start the next draft")
        tunde.goes_to(f"{self.policy}edit/{self.block}/")
        was = tunde.page.get_by_label("What should it say?").input_value()
        tunde.fills("What should it say?", f"{was} The peer worker is asked first.")
        tunde.shows("4-edit")
        tunde.presses("Save the words")
        priya.goes_to(f"{self.policy}answers/")
        priya.sees("I would want to be asked first")
        priya.shows("4-answers")
        priya.follows("Answer", within="main .app-comment")
        priya.chooses("Accepted")
        priya.fills("Why?", "You are right. The draft now says so in its own words.")
        priya.shows("4-answer")
        priya.presses("Send the answer")
        for person in (tunde, priya):
            person.goes_to(self.policy)
            person.presses("Say that draft 0.2 is ready")
        priya.presses("Share draft 0.2")

    def ishani_sees_what_her_words_changed(self):
        ishani = self.people["ishani"]
        answered = [mail for mail in ishani.mail() if mail.startswith("There is a reply for you")]
        ishani.goes_to(ishani.link_in(answered[-1] if answered else ishani.next_mail(len(ishani.mail()))))
        ishani.presses("Continue")
        ishani.sees("You are right. The draft now says so")
        assert "asked first" in ishani.page.locator("ins").first.inner_text()
        ishani.shows("4-answered")

    # -- 5 --------------------------------------------------------------------------------------------------------

    def a_peer_and_a_sponsor_join_the_group(self):
        for key in ("bea", "marcus"):
            asker = self.who(key)
            asker.goes_to("/groups/")
            asker.shows("5-groups")
            asker.follows(GROUP, within="main")
            asker.shows("5-group")
            asker.follows("Ask to join", within="main")
            asker.presses("Continue")
            asker.page.locator("main form button").first.click()
            asker.looks()
            asker.sees("Your request is sent")
        tunde = self.who("tunde")
        told = [mail for mail in tunde.mail() if "/l/" in mail][-1]
        tunde.goes_to(tunde.link_in(told))
        tunde.presses("Continue")
        tunde.sees("Requests to join")
        tunde.shows("5-requests")
        for name in ("Bea Stonepetal", "Marcus Oatesby"):
            tunde.presses(f"Yes, give the seat to {name}")
        for key in ("bea", "marcus"):
            asker = self.people[key]
            asker.goes_to(asker.link_in([mail for mail in asker.mail() if "/l/" in mail][-1]))
            asker.presses("Continue")
            asker.sees("You have a seat")


def _day(date: dt.date) -> tuple[str, str, str]:
    return str(date.day), str(date.month), str(date.year)
