"""People come, are stood by, step back, come back and leave. Everybody is at a phone, staff too.

Each journey has people of its own, or takes no more from them than it gives back.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.journeys.product import PHONE

pytestmark = pytest.mark.journey

ROLE = "Role design and job description"
RECRUITMENT = "Recruitment and selection"
INDUCTION = "Induction, training and supervision"


@pytest.fixture
def at_a_phone(someone):
    """Sit somebody of the demo Trust down at a phone, logged in."""

    def sit(key):
        person = someone(key, viewport=PHONE)
        person.logs_in()
        return person

    return sit


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


def follows_the_message(person, told):
    """From a message to the page that it is about."""
    person.goes_to(person.link_in(told))
    person.presses("Continue")


def words_of(person, *paths):
    """What the main part of each of these pages says."""
    said = []
    for path in paths:
        person.goes_to(path)
        said.append(person.page.locator("main").inner_text())
    return said


def in_the_row(person, key):
    """What a summary list says beside `key`."""
    rows = person.page.locator("main .nhsuk-summary-list__row")
    row = rows.filter(has=person.page.get_by_text(key, exact=True))
    return row.locator("dd").first.inner_text()


def goes_to_group(person, name):
    person.goes_to("/groups/")
    person.follows(name, within="main")


# -- joining ---------------------------------------------------------------------------------------------------------


def test_an_invited_peer_joins(someone, at_a_phone):
    """At most six pages and three answers from the message to the first page; what is needed is never asked for."""
    samuel, maple = at_a_phone("samuel"), someone("maple", viewport=PHONE, email="maple@post.example")
    why = "You made the Tuesday group feel safe. Others could learn from that."
    invites(samuel, name="Maple Thornfield", address=maple.email, words=why)

    told = maple.next_mail(0)
    for word in ("samuel", "peer", "mental", "tuesday"):
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
    maple.presses("Save and continue")
    maple.sees("Welcome. You have joined.")
    maple.shows("1-first-page")
    assert urlsplit(maple.page.url).path == "/"
    assert len(joining.pages) <= 6, joining.pages
    assert len(joining.answers) <= 3, joining.answers
    maple.does_not_see("passport")

    samuel.mail_saying("There is a reply for you")
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
    follows_the_message(samuel, samuel.next_mail(before))
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

    follows_the_message(grace, grace.next_mail(mail[grace]))
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

    follows_the_message(priya, priya.next_mail(mail[priya]))
    priya.sees("Can you stand by one more peer?")
    priya.does_not_see("Ishani")
    priya.shows("2-can-you")
    priya.presses("Yes")

    follows_the_message(ishani, ishani.next_mail(mail[ishani]))
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
    follows_the_message(samuel, samuel.next_mail(told))
    priya.goes_to("/network/my-peers/")
    priya.sees("Ishani Marrowby")


# -- stepping back and coming back -----------------------------------------------------------------------------------


def what_it_needs(runner, member, group):
    """How many must come for the group to decide, and who sits in it, as those two read it."""
    goes_to_group(runner, group)
    runner.follows("How it is set up", within="main")
    runner.shows("3-settings")
    quorum = in_the_row(runner, "How many must come to decide")
    goes_to_group(member, group)
    return quorum, in_the_row(member, "Who sits here").splitlines()[0]


def calls_a_meeting(person, group, place):
    person.goes_to("/meetings/")
    person.follows(f"Call a meeting: {group}", within="main")
    person.fills_date("Date", days=9)
    person.fills("Start time", "2pm")
    person.fills("End time", "4pm")
    person.fills("Place", place)
    person.fills("What the meeting is about", "The next part of the draft")
    person.presses("Call the meeting")
    person.sees(place)


def test_cass_steps_back_and_comes_back(at_a_phone):
    """Nobody asks why; what the group needs to decide is the same before, during and after; its messages pause."""
    cass, priya, colm = (at_a_phone(key) for key in ("cass", "priya", "colm"))
    before = what_it_needs(priya, colm, ROLE)
    assert before == ("4 people, at least 2 of them peers and 2 staff", "2 peers and 3 staff")
    colm.sees("Cass Tinderly")

    cass.goes_to("/my-seats/")
    assert cass.page.locator("main form").locator("input:visible, textarea:visible").count() == 0
    cass.shows("3-my-seats")
    cass.presses(f"Step back from {ROLE}")
    cass.sees("Your seat is kept. Come back when you like.")
    cass.shows("3-on-a-break")
    assert what_it_needs(priya, colm, ROLE) == before
    colm.sees("Seat kept")
    colm.does_not_see("Cass Tinderly")
    colm.shows("3-seat-kept")
    calls_a_meeting(priya, ROLE, "Willow Room")
    colm.mail_saying("Willow Room")

    cass.goes_to("/my-seats/")
    cass.presses(f"Come back to {ROLE}")
    cass.sees(f"Welcome back to {ROLE}")
    assert what_it_needs(priya, colm, ROLE) == before
    colm.sees("Cass Tinderly")
    colm.does_not_see("Seat kept")
    calls_a_meeting(priya, ROLE, "Rowan Room")
    cass.mail_saying("Rowan Room")
    assert [mail for mail in cass.mail() if "Willow Room" in mail] == []


def test_a_seat_with_a_deputy_is_covered(at_a_phone):
    """Kofi is away and Bea sits in for him. He comes back for a while, and she is told each time."""
    kofi, bea, anwen, yetunde = (at_a_phone(key) for key in ("kofi", "bea", "anwen", "yetunde"))
    away = what_it_needs(anwen, yetunde, RECRUITMENT)
    assert away[0] == "4 people, at least 2 of them peers and 2 staff"
    yetunde.sees("Seat covered")
    yetunde.does_not_see("Kofi")
    yetunde.does_not_see("Bea")
    kofi.goes_to("/my-seats/")
    kofi.sees("Bea Stonepetal sits in for you")
    kofi.presses(f"Come back to {RECRUITMENT}")
    assert what_it_needs(anwen, yetunde, RECRUITMENT) == away
    yetunde.sees("Kofi Underhazel")
    bea.mail_saying("You are not needed for that any more")
    told = len(bea.mail())
    kofi.presses(f"Step back from {RECRUITMENT}")
    assert what_it_needs(anwen, yetunde, RECRUITMENT) == away
    yetunde.sees("Seat covered")
    assert "You are needed from today" in bea.next_mail(told)


# -- leaving ---------------------------------------------------------------------------------------------------------


def test_morgan_leaves_a_group(at_a_phone):
    morgan, yetunde = at_a_phone("morgan"), at_a_phone("yetunde")
    goes_to_group(yetunde, RECRUITMENT)
    assert in_the_row(yetunde, "Empty seats").splitlines()[0] == "3 seats for peers"
    yetunde.sees("Morgan Quillfeather")
    goes_to_group(morgan, RECRUITMENT)
    morgan.sees("People in this group")
    group = morgan.page.url

    morgan.goes_to("/my-seats/")
    morgan.follows(f"Leave {RECRUITMENT} for good", within="main")
    for words in ("What goes", "your part as co-lead", "What stays", "what you said", "Who is told"):
        morgan.sees(words)
    morgan.shows("4-leave")
    morgan.follows("Continue", within="main")
    morgan.shows("4-sure")
    told = len(morgan.mail())
    morgan.presses("Yes, leave this group")
    morgan.sees(f"You have left {RECRUITMENT}")
    morgan.shows("4-left")
    assert "What you asked for is done" in morgan.next_mail(told)

    goes_to_group(yetunde, RECRUITMENT)
    assert in_the_row(yetunde, "Empty seats").splitlines()[0] == "4 seats for peers"
    yetunde.does_not_see("Morgan Quillfeather")
    morgan.goes_to(group)
    morgan.does_not_see("People in this group")
    morgan.does_not_see("Yetunde")
    morgan.shows("4-group-after")


def test_leyla_leaves_the_network(at_a_phone):
    leyla, marcus, colm = (at_a_phone(key) for key in ("leyla", "marcus", "colm"))
    marcus.goes_to("/network/my-peers/")
    marcus.sees("Leyla Hartwhistle")
    goes_to_group(colm, INDUCTION)
    assert in_the_row(colm, "Empty seats").splitlines()[0] == "4 seats for peers"

    leyla.goes_to("/network/")
    leyla.follows("Step back, leave, or see your seats", within="main")
    leyla.follows("Leave Peers and Sponsors Network for good", within="main")
    for words in ("What goes", f"your seat on {INDUCTION}", "your partnership with Marcus Oatesby", "What stays"):
        leyla.sees(words)
    leyla.shows("4-leave-network")
    leyla.follows("Continue", within="main")
    leyla.shows("4-sure-network")
    told = {person: len(person.mail()) for person in (leyla, marcus)}
    leyla.presses("Yes, leave")
    leyla.sees("You have left. Thank you for all that you gave.")
    leyla.shows("4-left-network")
    assert "What you asked for is done" in leyla.next_mail(told[leyla])
    follows_the_message(marcus, marcus.next_mail(told[marcus]))

    marcus.goes_to("/network/my-peers/")
    marcus.does_not_see("Leyla")
    goes_to_group(colm, INDUCTION)
    assert in_the_row(colm, "Empty seats").splitlines()[0] == "5 seats for peers"
    colm.does_not_see("Leyla")
    for path in ("/network/", "/network/my-sponsor/"):
        leyla.goes_to(path)
        leyla.shows("4-network-after")
        leyla.sees("You cannot do that")
    leyla.goes_to("/")
    leyla.shows("4-front-after")
