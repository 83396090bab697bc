"""HR's day: a post from the day it is established to the day somebody leaves it, and a file from ESR taken back."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.factories.esr import csv_bytes, table
from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.journey

POST, WORKER = "30412290", "20088190"
CHECKS = (
    *("Identity", "Right to work", "Registration and qualifications"),
    *("Work history and references", "Work health assessment", "Criminal record"),
)
SAVED = "Saved. The history shows what changed."


def chooses(person, label: str, option: str) -> None:
    """Choose from a drop-down list."""
    person.page.get_by_label(label, exact=True).select_option(option)


def fills_day(person, legend: str, days: int = 0) -> None:
    """The three boxes of the date with exactly this name."""
    day = dt.datetime.now(ZoneInfo("Europe/London")).date() + dt.timedelta(days=days)
    boxes = person.page.get_by_role("group", name=legend, exact=True)
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(label).fill(str(number))


def saves(person) -> None:
    person.presses("Save")
    person.sees(SAVED)


def establishes_the_post(nadia) -> None:
    nadia.goes_to("/hr/")
    nadia.follows("Positions", within="main")
    nadia.follows("Add a position", within="main")
    nadia.fills("ESR position number", POST)
    nadia.fills("Title", "Peer Support Worker")
    chooses(nadia, "Agenda for Change band", "3")
    nadia.fills("Directorate", "Community mental health")
    nadia.fills("Team", "Eastmere Recovery College")
    nadia.fills("Borough", "Eastmere")
    nadia.fills("Funded hours a week", "22.5")
    fills_day(nadia, "Role review date (optional)", 365)
    nadia.presses("Add")
    nadia.sees("Nobody yet.")


def advertises_and_makes_an_offer(nadia) -> str:
    """Gives the address of the vacancy."""
    nadia.follows("Open a vacancy", within="main")
    nadia.fills("Reference in the recruitment system", "277-PSW-2290")
    fills_day(nadia, "First day of the advert (optional)", -30)
    fills_day(nadia, "Last day to apply (optional)", -16)
    nadia.presses("Add")
    nadia.page.get_by_label("Support offered to people who apply", exact=True).check()
    nadia.sees("Open")
    fills_day(nadia, "Day this was offered to people who apply (optional)", -28)
    chooses(nadia, "What happens next (optional)", "An offer was made")
    saves(nadia)
    chooses(nadia, "What happens next (optional)", "Start the six checks")
    saves(nadia)
    nadia.shows("hr-day-vacancy")
    return nadia.page.url


def clears_the_checks(nadia, vacancy: str) -> None:
    for check in CHECKS:
        nadia.goes_to(vacancy)
        nadia.follows(check, within="main")
        chooses(nadia, "Status", "Cleared")
        fills_day(nadia, "Date of this status (optional)")
        nadia.fills("Who checked it", "Vera Readinglamp")
        saves(nadia)
    nadia.shows("hr-day-check")


def fills_it(nadia, vacancy: str) -> None:
    nadia.goes_to(vacancy)
    chooses(nadia, "What happens next (optional)", "The post is filled")
    saves(nadia)
    nadia.sees("Nobody is named yet.")


def adds_who_starts(nadia, vacancy: str) -> str:
    """The new person is of the records first, then of the post. Gives the address of the occupancy."""
    nadia.goes_to("/hr/workforce/worker/add/")
    nadia.fills("Employee number", WORKER)
    nadia.fills("First name", "Bryony")
    nadia.fills("Last name", "Fernleigh")
    nadia.presses("Add")
    nadia.goes_to(vacancy)
    nadia.follows("Add who fills it", within="main")
    nadia.fills("Employee number", WORKER)
    chooses(nadia, "Contract", "Fixed term")
    nadia.fills("Hours a week", "22.5")
    nadia.fills("Assignment number", f"{WORKER}-1")
    fills_day(nadia, "First day")
    fills_day(nadia, "Expected last day (optional)", 365)
    fills_day(nadia, "First day of probation (optional)")
    fills_day(nadia, "Last day of probation (optional)", 90)
    nadia.presses("Add")
    nadia.sees("How the post was filled")
    occupancy = nadia.page.url
    nadia.goes_to(vacancy)
    nadia.shows("hr-day-filled")
    nadia.follows("Bryony Fernleigh", within="main")
    assert nadia.page.url == occupancy
    return occupancy


def supervises(nadia, occupancy: str) -> None:
    nadia.goes_to("/hr/workforce/occupancy/?view=unsupervised")
    nadia.sees(POST)
    nadia.fills("Find in all role records", "fernleigh eastmere")
    nadia.presses("Find", within=".app-finder")
    nadia.sees(f"employee number {WORKER}. Peer Support Worker, Eastmere Recovery College")
    nadia.shows("hr-day-found")
    nadia.follows("Bryony Fernleigh", within="main")
    nadia.follows(f"{POST} Peer Support Worker", within="main")
    assert nadia.page.url == occupancy
    nadia.fills("Peer supervisor", "Juniper Hathersedge")
    nadia.fills("Weeks between peer supervisions", "4")
    fills_day(nadia, "Last peer supervision (optional)")
    fills_day(nadia, "Next review (optional)", 60)
    saves(nadia)
    nadia.shows("hr-day-supervised")
    nadia.goes_to("/hr/workforce/occupancy/?view=unsupervised")
    nadia.does_not_see(POST)


def ends(nadia, occupancy: str) -> None:
    nadia.goes_to(occupancy)
    fills_day(nadia, "Last day (optional)")
    chooses(nadia, "Leaving reason (optional)", "A job somewhere else")
    saves(nadia)
    nadia.follows("History", within="main")
    nadia.sees("A job somewhere else")
    nadia.sees("Juniper Hathersedge")
    nadia.shows("hr-day-history")


def test_a_post_from_its_first_day_to_its_last(someone):
    desk, phone = someone("nadia", viewport=DESK), someone("nadia", viewport=PHONE)
    desk.logs_in()
    establishes_the_post(desk)
    vacancy = advertises_and_makes_an_offer(desk)
    chooses(desk, "What happens next (optional)", "The post is filled")
    desk.presses("Save")
    desk.sees("Not every check is done.")
    phone.logs_in()
    clears_the_checks(phone, vacancy)
    fills_it(desk, vacancy)
    occupancy = adds_who_starts(desk, vacancy)
    supervises(phone, occupancy)
    ends(desk, occupancy)


def a_file() -> bytes:
    """Two people whom the demo Trust has, with other hours, and one line that cannot be right."""
    held = {"position_number": "30412210", "assignment_number": "20088101-1", "hours": "30"}
    other = {"position_number": "30412213", "assignment_number": "20088103-1", "hours": "15"}
    lines = [{"employee_number": "20088101", **held}, {"employee_number": "20088103", **other}]
    return csv_bytes(table([*lines, {**lines[0], "position_number": "99999999", "hours": "forty"}]))


def test_a_file_from_esr_is_checked_saved_and_taken_back(someone):
    nadia = someone("nadia", viewport=DESK)
    nadia.logs_in()
    nadia.goes_to("/hr/workforce/esrimport/add/")
    file = {"name": "staff.csv", "mimeType": "text/csv", "buffer": a_file()}
    nadia.page.locator("input[type=file]").set_input_files(file)
    nadia.presses("Read the file")
    nadia.sees("The file has 3 rows.")
    nadia.shows("hr-day-esr-columns")
    nadia.page.get_by_role("button", name="Check the file").click()
    nadia.sees("Lines left out (1)", seconds=60)
    nadia.looks()
    nadia.shows("hr-day-esr-found")
    nadia.page.get_by_role("button", name="Accept all").click()
    nadia.page.get_by_role("button", name="Undo this import").wait_for(timeout=60_000)
    nadia.looks()
    nadia.page.get_by_role("button", name="Undo this import").click()
    nadia.sees("Undone on", seconds=60)
    nadia.looks()
    nadia.shows("hr-day-esr-undone")
