"""People come by invitation, and go from one sponsor to another. Everybody is at a phone, staff too."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.journeys.product import PHONE

pytestmark = pytest.mark.journey
#: It takes long, and the main job and HR's day are lived on both stands: one is enough for this.
STANDS = ("servers",)


class Counted:
    """The different pages somebody comes to, and what they have to answer there."""

    def __init__(self, person):
        self.person = person
        self.pages = []
        self.answers = []
        person.page.on("domcontentloaded", lambda page: self._comes_to(urlsplit(page.url).path))

    def _comes_to(self, path):
        if path not in self.pages:
            self.pages.append(path)

    def fills(self, label, words):
        self.answers.append(label)
        self.person.fills(label, words)

    def chooses(self, label):
        self.answers.append(label)
        self.person.chooses(label)


def invites(sponsor, *, name, address, words):
    """The sponsor asks one person to join, and reads what will be sent before it is."""
    sponsor.goes_to("/network/")
    sponsor.follows("Invite people", within="main")
    sponsor.follows("Invite somebody", within="main")
    sponsor.fills("What are they called?", name)
    sponsor.page.get_by_role("radio", name="By email").check()
    sponsor.fills("Their email address", address)
    sponsor.fills("Why do you invite them", words)
    sponsor.shows("1-invite")
    sponsor.presses("Continue")
    sponsor.sees("Check the invitation")
    sponsor.shows("1-check")
    sponsor.presses("Send the invitation")
    sponsor.shows("1-invitation")


def words_of(person, *paths):
    """What the main part of each of these pages says."""
    said = []
    for path in paths:
        person.goes_to(path)
        said.append(person.page.locator("main").inner_text())
    return said


# -- joining ---------------------------------------------------------------------------------------------------------


def test_an_invited_peer_joins(someone, at_a_phone):
    """At most six pages and three answers from the message to the first page; what is needed is never asked for."""
    samuel, maple = at_a_phone("samuel"), someone("maple", viewport=PHONE, email="maple@post.example")
    why = "You made the Willow group feel safe. Others could learn from that."
    invites(samuel, name="Maple Thornfield", address=maple.email, words=why)

    told = maple.next_mail(0)
    for word in ("samuel", "peer", "mental", "willow"):
        assert word not in told.lower(), told
    joining = Counted(maple)
    link = maple.link_in(told)
    maple.goes_to(link)
    maple.goes_to(link)  # opening it twice, as a mail scanner does, uses nothing up
    maple.sees("Samuel Thistlemoor invites you to join us as a peer")
    maple.sees(why)
    assert maple.page.locator("main input:visible, main textarea:visible").count() == 0
    maple.shows("1-invited")
    maple.presses("Yes, I would like to join")

    maple.sees("There are 3 short things to do")
    assert maple.page.locator(".nhsuk-task-list__status").all_inner_texts() == [*["To do"] * 3, ""]  # needs: no tag
    maple.shows("1-tasks")
    maple.follows("Keeping things private", within="main")
    maple.shows("1-agreement")
    joining.chooses("I agree")
    maple.presses("Save and continue")
    joining.fills("What name do you want us to show?", "Maple T")
    maple.shows("1-name")
    maple.presses("Save and continue")
    joining.chooses("Email")
    maple.shows("1-contact")
    told = len(samuel.mail())
    maple.presses("Save and continue")
    maple.sees("Welcome. You have joined.")
    maple.shows("1-first-page")
    opened = urlsplit(link).path
    assert joining.pages == [opened, "/joining/", "/agreement/", "/joining/name/", "/joining/contact/", "/"]
    assert len(joining.pages) <= 6
    assert len(joining.answers) <= 3
    maple.does_not_see("passport")
    maple.follows("see the groups", within="main")

    samuel.follows_the_message(samuel.next_mail(told))
    samuel.sees("Joined")
    samuel.goes_to("/network/my-peers/")
    samuel.sees("Maple T")
    again = someone("maple", viewport=PHONE, email=maple.email)
    again.logs_in()
    again.sees("Hello Maple")


def test_who_says_no_is_asked_nothing_more(someone, at_a_phone):
    samuel, linnet = at_a_phone("samuel"), someone("linnet", viewport=PHONE, email="linnet@post.example")
    invites(samuel, name="Linnet Oakshade", address=linnet.email, words="Would you like to?")
    linnet.goes_to(linnet.link_in(linnet.next_mail(0)))
    before = len(samuel.mail())
    linnet.presses("No thank you")
    linnet.sees("Thank you for telling us")
    linnet.shows("1-declined")
    samuel.follows_the_message(samuel.next_mail(before))
    samuel.sees("Not this time")
    samuel.shows("1-not-this-time")


# -- from one sponsor to another -------------------------------------------------------------------------------------


def test_a_peer_asks_in_private_for_someone_else(at_a_phone):
    """Until it is done, nothing that her sponsor can read says that she asked."""
    samuels = ("/", "/network/my-peers/", "/network/")
    samuel, grace, priya, ishani = (at_a_phone(key) for key in ("samuel", "grace", "priya", "ishani"))
    before = words_of(samuel, *samuels)
    mail = {person: len(person.mail()) for person in (samuel, grace, priya, ishani)}

    ishani.goes_to("/network/my-sponsor/")
    ishani.sees("Samuel Thistlemoor")
    ishani.shows("2-my-sponsor")
    ishani.follows("Ask in private", within="main")
    ishani.sees("Samuel Thistlemoor will not see this")
    ishani.shows("2-ask")
    ishani.presses("Send")
    ishani.sees("You have asked")
    ishani.shows("2-asked")

    grace.follows_the_message(grace.next_mail(mail[grace]))
    grace.sees("Ishani Marrowby asks for another staff sponsor")
    grace.shows("2-request")
    grace.follows("Propose someone", within="main")
    grace.page.get_by_label("New staff sponsor").select_option(label="Priya Copperdale")
    grace.shows("2-propose")
    grace.presses("Continue")
    grace.sees("Check before you propose")
    grace.shows("2-propose-check")
    grace.presses("Confirm and ask them")
    grace.shows("2-proposed")

    priya.follows_the_message(priya.next_mail(mail[priya]))
    priya.sees("Can you stand by one more peer?")
    priya.does_not_see("Ishani")
    priya.shows("2-can-you")
    priya.presses("Yes")

    ishani.follows_the_message(ishani.next_mail(mail[ishani]))
    ishani.sees("Do you want Priya Copperdale as your staff sponsor?")
    ishani.shows("2-do-you-want")
    samuel.leaves()  # a session of its own, so that the front page is not remembered from before
    samuel = at_a_phone("samuel")
    assert words_of(samuel, *samuels) == before
    told = len(samuel.mail())
    ishani.presses("Yes")
    ishani.sees("You have a new staff sponsor from today")

    ishani.goes_to("/network/my-sponsor/")
    ishani.sees("Priya Copperdale")
    ishani.does_not_see("Samuel Thistlemoor")
    ishani.shows("2-new-sponsor")
    samuel.goes_to("/network/my-peers/")
    samuel.does_not_see("Ishani")
    samuel.shows("2-my-peers")
    samuel.follows_the_message(samuel.next_mail(told))
    priya.goes_to("/network/my-peers/")
    priya.sees("Ishani Marrowby")
