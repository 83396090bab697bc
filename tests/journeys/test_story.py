"""The main job, end to end: a policy in Word becomes Trust policy, and everyone who should know is told."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile

import pytest
from pypdf import PdfReader

from tests.support.word_files import policy_docx

pytestmark = pytest.mark.journey

TITLE = "Boundaries and Confidentiality in Peer Roles"
SLUG = "boundaries-and-confidentiality-in-peer-roles"
GROUP = "Role design and job description"


def test_the_main_job(someone, product, one_screen):
    story = Story(someone, product, one_screen)
    story.grace_uploads_a_word_file()
    story.both_co_leads_press_ready()
    story.grace_opens_it_for_comment()
    story.ishani_comments_on_one_paragraph()
    story.the_co_leads_change_the_paragraph_and_answer()
    story.ishani_sees_what_her_words_changed()
    story.a_peer_and_a_sponsor_join_the_group()
    story.the_draft_goes_to_the_steering_group()
    story.its_members_read_and_leave_a_view()
    story.who_tries_to_publish_early_is_told_what_is_missing()
    story.the_group_meets_and_recommends()
    story.it_is_signed_off_ratified_and_published()
    story.anyone_can_read_it()
    story.owen_proves_the_chain()


class Story:
    """Who did what, in order. Each part says what the person does, then what they see."""

    def __init__(self, someone, product, screen):
        self.someone = someone
        self.screen = screen
        self.product = product
        self.people = {}
        self.policy = ""
        self.block = ""

    def who(self, key):
        """The person, logged in, at a screen of their own."""
        if key not in self.people:
            self.people[key] = self.someone(key, viewport=self.screen)
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

    def ishani_comments_on_one_paragraph(self):
        ishani = self.people["ishani"] = self.someone("ishani", viewport=self.screen)
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
        ishani.page.get_by_role("link", name=re.compile("Comment on this paragraph|Comment on paragraph")).nth(
            3
        ).click()
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

    # -- 6 --------------------------------------------------------------------------------------------------------

    def the_draft_goes_to_the_steering_group(self):
        self.everyone_comes_back_later(days=30)
        tunde = self.who("tunde")
        tunde.goes_to(self.policy)
        tunde.presses("Send it to the Steering Group")
        tunde.sees("With the Steering Group")

    def its_members_read_and_leave_a_view(self):
        for key, view in (("cass", "I support it"), ("kofi", "I support it"), ("samuel", "I support it with changes")):
            member = self.who(key)
            member.goes_to(f"{self.policy}review/")
            member.sees("Draft, not Trust policy")
            assert "asked first" in member.page.locator("ins").first.inner_text()
            member.sees("You are right. The draft now says so")
            member.page.get_by_label(view, exact=True).check()
            member.fills("Why do you think so?", "It says what we would want for ourselves.")
            member.shows("6-review")
            member.presses("Keep my view")

    def who_tries_to_publish_early_is_told_what_is_missing(self):
        owen = self.who("owen")
        owen.goes_to(f"{self.policy}publish/")
        owen.sees("This cannot be published yet")
        owen.sees("Ask ")
        owen.shows("6-missing")

    def the_group_meets_and_recommends(self):
        grace = self.who("grace")
        grace.goes_to(f"{self.policy}review/")
        grace.follows("Call the meeting", within="main")
        grace.fills_date("Date", days=33)
        grace.fills("Start time", "2pm")
        grace.fills("End time", "4pm")
        grace.fills("Place", "Garden Room, Larch House")
        grace.fills("Link to join online", "https://meet.anytown-riverside.example/garden")
        grace.shows("6-call")
        grace.presses("Call the meeting")
        meeting = grace.page.url
        kofi = self.people["kofi"]
        told = kofi.mail_saying("Garden Room")
        assert "2pm" in told
        assert "text/calendar" in kofi.kinds_of_parts(told)
        kofi.goes_to(kofi.link_in(told))
        kofi.presses("Continue")
        kofi.page.get_by_label("I will come").check()
        kofi.presses("Send my answer")
        kofi.shows("6-meeting")

        self.everyone_comes_back_later(days=34)
        grace = self.who("grace")
        grace.goes_to(meeting.replace(grace.product.url, ""))
        grace.follows("Record who was there", within="main")
        for name in ("Tunde Osterfield", "Cass Tinderly", "Kofi Underhazel", "Samuel Thistlemoor", "Yetunde Larchmere"):
            grace.chooses(name)
        grace.shows("6-present")
        grace.presses("Keep who was there")
        grace.sees("There were enough people of each side")
        grace.goes_to(f"{self.policy}recommendation/")
        grace.page.locator("input[name=item]").first.check()
        grace.page.get_by_label("Recommended", exact=True).check()
        grace.fills("The group's reasons", "Both sides support it, and every comment was answered.")
        for label, count in (("Peers for it", 3), ("Peers against it", 0), ("Peers neither", 0)):
            grace.fills(label, str(count))
        for label, count in (("Staff for it", 2), ("Staff against it", 0), ("Staff neither", 0)):
            grace.fills(label, str(count))
        grace.shows("6-recommendation")
        grace.presses("Continue")
        grace.presses("Confirm and record")
        grace.goes_to(f"{self.policy}review/")
        grace.sees("How each side stood")
        grace.shows("6-decided")

    def it_is_signed_off_ratified_and_published(self):
        yetunde, grace, owen = self.who("yetunde"), self.who("grace"), self.who("owen")
        yetunde.goes_to(f"{self.policy}equality/")
        yetunde.chooses("A positive effect")
        yetunde.fills("Who could be affected, how", "People who find it hard to say no gain most.")
        yetunde.presses("Record what you found")
        grace.goes_to(f"{self.policy}ratification/")
        grace.fills("Which committee ratified it?", "People Committee")
        grace.fills_date("When did the committee decide?", days=34)
        grace.fills("Where is it in the minutes?", "PC/27/02, item 6")
        grace.presses("Record the decision")
        owen.goes_to(f"{self.policy}publish/")
        owen.fills("Reference", "PSW-11")
        owen.fills("Executive lead", "Chief People Officer")
        owen.fills("Who it is for", "Peer workers and their managers")
        owen.fills_date("When does it take effect?", days=35)
        owen.fills_date("When must it be reviewed?", days=730)
        owen.shows("6-publish")
        owen.presses("Continue")
        owen.presses("Confirm and publish")
        self.published = f"/published/{SLUG}/"

    def anyone_can_read_it(self):
        stranger = self.someone("stranger", viewport=self.screen)
        stranger.goes_to("/published/")
        stranger.follows(TITLE, within="main")
        assert stranger.page.url.endswith(self.published)
        stranger.sees("The peer worker is asked first.")
        stranger.does_not_see("Draft, not Trust policy")
        for words in ("PSW-11", "People Committee", "Chief People Officer"):
            stranger.sees(words)
        stranger.does_not_see("Ishani")
        stranger.shows("6-published")
        stranger.goes_to(f"{self.published}what-you-said/")
        stranger.shows("6-you-said")
        pdf = stranger.context.request.get(f"{stranger.product.url}{self.published}pdf")
        assert pdf.headers["content-type"] == "application/pdf"
        words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.body())).pages)
        assert "asked first" in " ".join(words.split())
        assert "not Trust policy" not in words

    # -- 8 --------------------------------------------------------------------------------------------------------

    def owen_proves_the_chain(self):
        owen = self.who("owen")
        owen.goes_to(f"{self.policy}evidence/")
        owen.shows("8-evidence")
        owen.follows("Comments and answers", within="main")
        owen.sees("I would want to be asked first, not told afterwards.")
        owen.follows("Messages and the log", within="main")
        owen.sees("Handed to the mail server")
        owen.shows("8-messages")
        owen.follows("Names of people who were asked", within="main")
        owen.does_not_see("Ishani Marrowby")
        owen.fills("Why do you need their names?", "To show the auditors that both sides were asked.")
        owen.presses("Show the names")
        owen.sees("Ishani Marrowby")
        owen.follows("Take it all in one file", within="main")
        with owen.page.expect_download() as download:
            owen.page.get_by_role("button", name="Get the file").click()
        bundle = zipfile.ZipFile(download.value.path())
        manifest = json.loads(bundle.read("manifest.json"))
        files = manifest["files"]
        assert {name: hashlib.sha256(bundle.read(name)).hexdigest() for name in files} == files
        assert "Ishani" not in "".join(bundle.read(name).decode(errors="replace") for name in files)
