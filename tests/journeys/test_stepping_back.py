"""People step back, come back and leave, at a phone, staff too. Each journey changes only seats of its own."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.journey
#: It takes long, and the main job and HR's day are lived on both stands: one is enough for this.
STANDS = ("embedded",)

ROLE = "Role design and job description"
RECRUITMENT = "Recruitment and selection"
INDUCTION = "Induction, training and supervision"


def in_the_row(person, key):
    """What a summary list says beside `key`."""
    rows = person.page.locator("main .nhsuk-summary-list__row")
    row = rows.filter(has=person.page.get_by_text(key, exact=True))
    return row.locator("dd").first.inner_text()


def goes_to_group(person, name):
    person.goes_to("/groups/")
    person.follows(name, within="main")


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
    group = urlsplit(morgan.page.url).path
    unapproved = group.replace("/groups/", "/bodies/") + "terms-of-reference/draft/"
    morgan.goes_to(unapproved)
    morgan.sees("Draft terms of reference")

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
    morgan.goes_to(unapproved)
    morgan.sees("You cannot see this page")


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
    marcus.follows_the_message(marcus.next_mail(told[marcus]))

    marcus.goes_to("/network/my-peers/")
    marcus.does_not_see("Leyla")
    goes_to_group(colm, INDUCTION)
    assert in_the_row(colm, "Empty seats").splitlines()[0] == "5 seats for peers"
    colm.does_not_see("Leyla")
    for path in ("/network/", "/network/my-sponsor/"):
        leyla.goes_to(path)
        leyla.shows("4-network-after")
        leyla.sees("You cannot see this page")
    leyla.goes_to("/")
    leyla.shows("4-front-after")
    leyla.follows("Say what you think of", within="main")  # as the page said: what she was asked about stays open
    leyla.sees("In short")
