"""Dates, times and numbers as the NHS content guide writes them."""

import datetime as dt

import pytest

from core.said import dial, how_long, nhs_date, nhs_time, nhs_when


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (dt.date(2026, 8, 6), "6 August 2026"),
        (dt.datetime(2026, 8, 6, 23, 30, tzinfo=dt.UTC), "7 August 2026"),  # already tomorrow in London
        (None, ""),
    ],
)
def test_a_date(value, said):
    assert nhs_date(value) == said


def test_a_date_with_its_weekday():
    assert nhs_date(dt.date(2026, 8, 6), weekday=True) == "Thursday 6 August 2026"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (dt.time(17, 30), "5:30pm"),
        (dt.time(9), "9am"),
        (dt.time(12), "midday"),
        (dt.time(0), "midnight"),
        (dt.time(0, 5), "12:05am"),
        (dt.time(12, 5), "12:05pm"),
        (dt.datetime(2026, 8, 6, 11, tzinfo=dt.UTC), "midday"),
        (None, ""),
    ],
)
def test_a_time(value, said):
    assert nhs_time(value) == said


def test_an_instant():
    assert nhs_when(dt.datetime(2026, 8, 6, 16, 30, tzinfo=dt.UTC)) == "Thursday 6 August 2026 at 5:30pm"
    assert nhs_when(None) == ""


def test_a_number_to_dial():
    assert dial("020 7946 0000") == "02079460000"
    assert dial("+44 20 7946 0000") == "+442079460000"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3_599, "59 minutes"),
        (3_600, "1 hour"),
        (86_399, "23 hours"),
        (172_800, "2 days"),
        (-5, "0 seconds"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_unit(seconds, words):
    assert how_long(dt.timedelta(seconds=seconds)) == words


def test_no_length_of_time_is_said_with_no_word():
    assert how_long(None) == ""
