"""The fields that we wrote: a date in three boxes, and a time as people write it."""

import datetime as dt

import pytest
from django import forms

from core.forms import NhsDateField, NhsTimeField


class Booking(forms.Form):
    day = NhsDateField()
    starts = NhsTimeField()
    ends = NhsTimeField(required=False)
    until = NhsDateField(required=False)


def booking(**data):
    whole = {"day_day": "6", "day_month": "8", "day_year": "2026", "starts": "5pm"}
    return Booking(whole | data)


@pytest.mark.parametrize("month", ["8", "08", "Aug", "august", "AUGUST"])
def test_a_month_may_be_a_number_or_a_name(month):
    form = booking(day_month=month)
    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2026, 8, 6)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"day_day": "", "day_month": "", "day_year": ""}, "Enter the date"),
        ({"day_day": ""}, "The date must include a day"),
        ({"day_month": "", "day_year": ""}, "The date must include a month and year"),
        ({"day_day": "31", "day_month": "2"}, "The date must be a real date, like 6 8 2026"),
        ({"day_year": "26"}, "The date must be a real date, like 6 8 2026"),
        ({"day_day": "six"}, "The date must be a real date, like 6 8 2026"),
        ({"day_day": "²"}, "The date must be a real date, like 6 8 2026"),
        ({"day_year": "99999"}, "The date must be a real date, like 6 8 2026"),
        ({"day_year": "9" * 5000}, "The date must be a real date, like 6 8 2026"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(data, error):
    assert booking(**data).errors == {"day": [error]}


@pytest.mark.parametrize("part", ["day", "month", "year"])
@pytest.mark.parametrize("digits", [25, 5000])
def test_a_number_too_long_to_read_is_a_wrong_date(part, digits):
    form = booking(**{f"day_{part}": "9" * digits})
    assert form.errors["day"] == ["The date must be a real date, like 6 8 2026"]
    assert form.fields["day"].widget.wrong_parts(form["day"].value()) == (part,)


def test_what_was_typed_is_kept():
    form = booking(day_day="31", day_month="2")
    assert form["day"].value() == {"day": "31", "month": "2", "year": "2026"}


def test_a_date_left_empty_where_it_may_be():
    form = booking()
    assert form.is_valid()
    assert (form.cleaned_data["until"], form.cleaned_data["ends"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("5:30pm", dt.time(17, 30)),
        ("5.30 PM", dt.time(17, 30)),
        ("17:30", dt.time(17, 30)),
        ("1730", dt.time(17, 30)),
        ("9", dt.time(9)),
        ("12am", dt.time(0)),
        ("12pm", dt.time(12)),
        ("midday", dt.time(12)),
        ("Midnight", dt.time(0)),
    ],
)
def test_a_time_as_people_write_it(text, time):
    form = booking(starts=text)
    assert form.is_valid()
    assert form.cleaned_data["starts"] == time


@pytest.mark.parametrize("text", ["25:00", "13pm", "0am", "5:75", "soon", "²"])
def test_what_is_not_a_time(text):
    assert booking(starts=text).errors == {"starts": ["Enter a time like 9:30am or 2pm"]}


def test_a_time_that_is_known_is_shown_as_we_say_it():
    assert Booking(initial={"starts": dt.time(17, 30)})["starts"].value() == "5:30pm"
