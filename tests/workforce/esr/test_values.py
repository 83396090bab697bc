"""One cell at a time: what it says, or why it says nothing."""

import datetime as dt
from decimal import Decimal

import pytest

from workforce.esr.values import read_line

NUMBERS = {"assignment_number": "1-2", "position_number": "3"}


def read(**cells: str):
    cells = {**NUMBERS, **cells}
    values, wrong = read_line(list(cells.values()), {name: place for place, name in enumerate(cells)})
    return {name: value for name, value in values.items() if name not in NUMBERS or name in wrong}, wrong


@pytest.mark.parametrize(
    "cell", ["2026-09-01", "2026-09-01 00:00:00", "01/09/2026", "1/9/2026", "01-SEP-2026", "1 September 2026", "46266"]
)
def test_dates_in_every_form(cell):
    assert read(starts_on=cell) == ({"starts_on": dt.date(2026, 9, 1)}, [])


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "2026-13-01", "09/31/2026", "01/09/26", "soon", "0", "99999", "1/9/1026", "٠1/09/2026"]
)
def test_a_date_that_is_none(cell):
    assert read(starts_on=cell) == ({}, [f"First day in the post: “{cell}” is not a date we can read."])


@pytest.mark.parametrize(
    ("cell", "band"),
    [("XR03|NHS|XR03", "3"), ("XN04", "4"), ("Band 5", "5"), ("6", "6"), ("NHS|XR07", "7"), ("Band 8 - Range A", "8a")],
)
def test_bands(cell, band):
    assert read(band=cell) == ({"band": band}, [])


@pytest.mark.parametrize("cell", ["9", "Band 1", "XR08", "8b", "VSM", "33"])
def test_a_band_that_does_not_exist(cell):
    assert read(band=cell) == ({}, [f"There is no band “{cell}”."])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"wte": "0.6"}, ({"wte": Decimal("0.6")}, [])),
        ({"wte": "0,6"}, ({"wte": Decimal("0.6")}, [])),
        ({"wte": "1"}, ({"wte": Decimal("1")}, [])),
        ({"wte": "1.01"}, ({}, ["WTE is 1.01. It cannot be above 1."])),
        ({"wte": "NaN"}, ({}, ["WTE (or FTE) must be more than 0."])),
        ({"wte": "-1"}, ({}, ["WTE (or FTE) must be more than 0."])),
        ({"wte": "most"}, ({}, ["WTE (or FTE): “most” is not a number."])),
        ({"hours": "22.5"}, ({"hours": Decimal("22.50")}, [])),
        ({"hours": "37.51"}, ({}, ["Hours are 37.51 a week. They cannot be above 37.5."])),
        ({"contract": "Fixed Term Temp"}, ({"contract": "fixed"}, [])),
        ({"contract": "PERMANENT"}, ({"contract": "permanent"}, [])),
        ({"contract": "Non-Exec"}, ({}, ["Kind of contract: we do not know “Non-Exec”."])),
        ({"title": "=A1"}, ({}, ["Title of the post: there is a formula here. Put in the value itself."])),
        ({"title": "x" * 121}, ({}, ["Title of the post: this is longer than 120 characters."])),
        (
            {"employee_number": "2.01E+07"},
            ({}, ["Employee number: a spreadsheet has shortened this number (2.01E+07)."]),
        ),
        ({"employee_number": "a b"}, ({}, ["Employee number: this is not a number we can use."])),
        ({"title": ""}, ({}, [])),
    ],
)
def test_cells(cells, found):
    assert read(**cells) == found


@pytest.mark.parametrize("name", ["assignment_number", "position_number"])
def test_a_missing_number(name):
    assert read(**{name: ""})[1] == [f"There is no {name.replace('_', ' ')}."]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ended_on", "The last day is before the first day."),
        ("expected_end_on", "The expected last day is before the first day."),
    ],
)
def test_an_end_before_the_start(name, words):
    assert read(starts_on="02/09/2026", **{name: "01/09/2026"})[1] == [words]
    assert read(starts_on="02/09/2026", **{name: "02/09/2026"})[1] == []
