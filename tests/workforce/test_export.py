"""Taking role records away: who may, what is written down, and what never is in the file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
import tracemalloc

import pytest
from django.db import Error, transaction
from openpyxl import load_workbook

from accounts.models import Role, RoleHeld
from audit.models import AuditEntry, Look
from core import clock
from core.permissions import can
from tests.factories.workforce import (
    AdjustmentsFactory,
    CheckFactory,
    DbsFactory,
    OccupancyFactory,
    PositionFactory,
    VacancyFactory,
    WellbeingPlanFactory,
    WorkHealthFactory,
)
from tests.workforce.conftest import errors_of, soup, text_of
from workforce.cells import safe
from workforce.export import columns, writing
from workforce.export.services import take_away
from workforce.models import Export, Occupancy, Position
from workforce.permissions import EXPORT_ROLE_RECORDS

PAGE = "/hr/export/"
SAID = {"what": "posts", "file_format": "csv", "reason": "FOI 2026-114, for the answer of 9 September"}


@pytest.fixture
def exporter(cast):
    """Samuel, who may read role records and take them away, for as long as the test lasts."""
    for role in (Role.HR_VIEWER, Role.HR_EXPORTER):
        RoleHeld.objects.create(person=cast.samuel, role=role, from_at=clock.now(), given_by=cast.grace)
    return cast.samuel


def logged_in_ago(client, person, seconds=0):
    """As if the person had logged in that long ago, with both steps."""
    session = client.session
    at = time.time() - seconds
    session["account_authentication_methods"] = [{"method": "code", "at": at}, {"method": "mfa", "at": at}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


@pytest.fixture
def fresh(as_person, exporter):
    return logged_in_ago(as_person(exporter), exporter)


def taken(client, **changes) -> bytes:
    answer = client.post(PAGE, SAID | changes)
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def rows_of(data: bytes, file_format: str) -> list[list[str]]:
    if file_format == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(data)).active
    return [["" if cell is None else _said(cell) for cell in row] for row in sheet.values]


def _said(cell) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


class TestWhoMay:
    @pytest.mark.parametrize("who", ["nadia", "viewer"])
    def test_editors_and_viewers_may_not(self, as_person, cast, viewer, who):
        person = viewer if who == "viewer" else cast.nadia
        client = logged_in_ago(as_person(person), person)
        for answer in (client.get(PAGE), client.post(PAGE, SAID)):
            assert answer.status_code == 403
            assert "You cannot take role records away as a file" in text_of(answer)
        assert PAGE not in str(client.get("/hr/").content)
        assert (Export.objects.count(), Look.objects.count()) == (0, 0)

    def test_the_role_alone_opens_nothing(self, as_person, cast):
        RoleHeld.objects.create(person=cast.morgan, role=Role.HR_EXPORTER, from_at=clock.now(), given_by=cast.grace)
        client = logged_in_ago(as_person(cast.morgan), cast.morgan)
        assert (client.get(PAGE).status_code, client.post(PAGE, SAID).status_code) == (404, 404)
        assert not can(cast.morgan, EXPORT_ROLE_RECORDS)

    def test_nobody_else_learns_that_it_is_there(self, as_person, cast):
        assert as_person(cast.owen).get(PAGE).status_code == 404

    def test_the_first_page_leads_there(self, fresh):
        assert PAGE in {link["href"] for link in soup(fresh.get("/hr/")).select("main a")}


class TestFreshLogIn:
    @pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 302)])
    def test_it_must_be_of_the_last_ten_minutes(self, as_person, exporter, minutes, status):
        client = logged_in_ago(as_person(exporter), exporter, seconds=minutes * 60)
        answers = client.get(PAGE), client.post(PAGE, SAID)
        assert [answer.status_code for answer in answers] == [status, status]
        assert Export.objects.count() == (1 if status == 200 else 0)
        for answer in answers:
            if status == 302:
                assert answer.url == "/account/log-in/again/?next=/hr/export/"
            answer.close()

    def test_a_session_that_says_nothing_of_a_log_in_is_not_fresh(self, as_person, exporter):
        client = as_person(exporter)
        assert (client.get(PAGE).status_code, client.post(PAGE, SAID).status_code) == (302, 302)
        assert Export.objects.count() == 0

    def test_what_was_typed_is_kept_meanwhile(self, fresh, exporter):
        kept = soup(fresh.get(PAGE)).find("input", {"name": "kept_for"})["value"]
        logged_in_ago(fresh, exporter, seconds=11 * 60)
        assert fresh.post(PAGE, SAID | {"kept_for": kept}).status_code == 302
        page = soup(logged_in_ago(fresh, exporter).get(PAGE))
        assert page.find("textarea").get_text(strip=True) == SAID["reason"]
        assert {box["value"] for box in page.select("input:checked, input[checked]")} == {"posts", "csv"}
        assert Export.objects.count() == 0


class TestForm:
    @pytest.mark.parametrize(
        ("changes", "errors"),
        [
            ({"reason": ""}, {"reason": ["Write why you need it"]}),
            ({"reason": " " * 40}, {"reason": ["Write why you need it"]}),
            ({"reason": "FOI"}, {"reason": ["Write a little more: who asked for it, and what it is for"]}),
            ({"what": ""}, {"what": ["Choose what you need"]}),
            ({"what": "dbs"}, {"what": ["Choose one from the list"]}),
            ({"file_format": ""}, {"file_format": ["Choose the kind of file"]}),
            ({"file_format": "exe"}, {"file_format": ["Choose one from the list"]}),
        ],
    )
    def test_bad_input_is_said_on_its_field_and_kept(self, fresh, changes, errors):
        answer = fresh.post(PAGE, SAID | changes)
        assert (answer.status_code, errors_of(answer)) == (200, errors)
        assert answer.context["form"]["reason"].value() == (SAID | changes)["reason"]
        assert (Export.objects.count(), Look.objects.count()) == (0, 0)

    def test_a_reason_too_long(self, fresh):
        answer = fresh.post(PAGE, SAID | {"reason": "x" * 301})
        assert "Why do you need it? must be 300 characters or fewer" in text_of(answer)
        assert Look.objects.count() == 0

    def test_looking_at_the_page_makes_nothing(self, fresh):
        page = fresh.get(PAGE)
        assert page.status_code == 200
        assert soup(page).select("input[checked]") == []
        assert (Export.objects.count(), Look.objects.count()) == (0, 0)


class TestWrittenDown:
    @pytest.mark.parametrize("file_format", ["csv", "xlsx"])
    def test_who_what_how_many_and_why(self, fresh, exporter, file_format):
        OccupancyFactory.create_batch(3)
        PositionFactory()
        rows = rows_of(taken(fresh, file_format=file_format), file_format)
        made = Export.objects.get()
        assert len(rows) == 5
        assert (made.what, made.file_format, made.rows, made.made_by) == ("posts", file_format, 4, exporter)
        look = Look.objects.get()
        assert (look.actor, look.what, look.about_type, look.about_id, look.reason) == (
            exporter,
            "workforce.exported_posts",
            "workforce.Export",
            str(made.pk),
            SAID["reason"],
        )
        act = AuditEntry.objects.get(verb="workforce.exported")
        assert (act.actor, act.facts) == (exporter, {"what": "posts", "format": file_format, "rows": 4})

    def test_no_log_is_no_file(self, fresh, monkeypatch):
        def broken(**_):
            raise Error("the log is away")

        monkeypatch.setattr("workforce.export.services.record_look", broken)
        with pytest.raises(Error):
            fresh.post(PAGE, SAID)
        assert Export.objects.count() == 0

    def test_the_name_of_the_file_tells_of_nobody(self, fresh):
        OccupancyFactory()
        answer = fresh.post(PAGE, SAID)
        assert answer["Content-Disposition"] == 'attachment; filename="role-records-posts-2026-09-01.csv"'
        assert "no-store" in answer["Cache-Control"]
        answer.close()

    @pytest.mark.parametrize("act", [lambda rows: rows.update(rows=1), lambda rows: rows.delete()])
    def test_what_is_written_stays(self, fresh, act):
        taken(fresh)
        with pytest.raises(Error, match="what_left_is_written_once"), transaction.atomic():
            act(Export.objects.all())
        assert Export.objects.get().rows == 0


class TestContents:
    @pytest.mark.parametrize("file_format", ["csv", "xlsx"])
    def test_each_open_post_with_who_is_in_it_today(self, fresh, file_format):
        shared = OccupancyFactory(position__number="1", supervised=True, position__lived_experience="forensic")
        OccupancyFactory(position=shared.position, starts_on=clock.today())
        OccupancyFactory(position=shared.position, ended=True)
        PositionFactory(number="2")
        PositionFactory(number="3", closed=True)
        rows = rows_of(taken(fresh, file_format=file_format), file_format)
        heads = rows[0]
        assert heads == [column.heading for column in columns.POSTS]
        found = [dict(zip(heads, row, strict=True)) for row in rows[1:]]
        assert [(row["Position number"], row["State"]) for row in found] == [
            ("1", "Held"),
            ("1", "Held"),
            ("2", "Vacant"),
        ]
        assert (found[0]["Last name"], found[0]["First day"], found[0]["Peer supervisor"], found[0]["Hours"]) == (
            shared.worker.last_name,
            shared.starts_on.isoformat(),
            "Juniper Hathersedge",
            "22.50",
        )
        assert found[2]["Last name"] == ""

    def test_vacancies(self, fresh):
        vacancy = VacancyFactory(in_checks=True, reference="277-PSW-9")
        [heads, row] = rows_of(taken(fresh, what="vacancies"), "csv")
        found = dict(zip(heads, row, strict=True))
        assert (found["Reference"], found["State"], found["Checks started"], found["Position number"]) == (
            "277-PSW-9",
            "Checks",
            "2026-09-01",
            vacancy.position.number,
        )

    @pytest.mark.parametrize("what", Export.What.values)
    @pytest.mark.parametrize("file_format", Export.Format.values)
    def test_nothing_sensitive_is_in_either(self, fresh, what, file_format):
        stay = OccupancyFactory(position__lived_experience="addiction", contract="cover", covers="Hidden Canary")
        Occupancy.objects.filter(pk=stay.pk).update(probation_outcome="extended", probation_starts_on=stay.starts_on)
        for factory in (WorkHealthFactory, DbsFactory, AdjustmentsFactory, WellbeingPlanFactory):
            factory(worker=stay.worker)
        CheckFactory(kind="health", status="referred", on=clock.today(), checked_by="Canary Examiner")
        data = taken(fresh, what=what, file_format=file_format)
        said = " ".join(str(cell) for row in rows_of(data, file_format) for cell in row).lower()
        canaries = ("canary", "addiction", "drugs", "adjust", "dbs", "barred", "wellbeing", "health", "made longer")
        assert [word for word in canaries if word in said] == []

    def test_the_columns_are_these_and_no_more(self):
        """A field that is added to a record does not come into the files by itself."""
        names = {column.heading.lower() for column in (*columns.POSTS, *columns.VACANCIES)}
        for word in ("health", "dbs", "adjust", "wellbeing", "probation", "leaving", "note", "experience", "covers"):
            assert [name for name in names if word in name] == []
        assert (len(columns.POSTS), len(columns.VACANCIES)) == (26, 16)


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "\x00=1",
)


class TestFormulas:
    @pytest.mark.parametrize("text", FORMULAS, ids=repr)
    def test_a_formula_gets_an_apostrophe(self, text):
        assert safe(text) == "'" + text.replace("\x00", "")

    @pytest.mark.parametrize("text", ["Peer Support Worker", "1=1", "a@b", "'=1", "", "O'Hara", "8a", "é=1"])
    def test_other_words_stay_as_they_are(self, text):
        assert safe(text) == text

    def test_signs_that_no_sheet_may_hold_are_left_out(self):
        assert safe("a\x00b\x0bc\ud800d\uffffe") == "abcde"

    @pytest.mark.parametrize("file_format", Export.Format.values)
    @pytest.mark.parametrize("text", [text for text in FORMULAS if "\x00" not in text], ids=repr)
    def test_in_a_file_none_is_a_formula(self, fresh, file_format, text):
        stay = OccupancyFactory(position__team=text, position__title=f"x{text}")
        type(stay.worker).objects.filter(pk=stay.worker_id).update(last_name=text)
        data = taken(fresh, file_format=file_format)
        if file_format == "xlsx":
            sheet = load_workbook(io.BytesIO(data)).active
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
        [heads, row] = rows_of(data, file_format)
        found = dict(zip(heads, row, strict=True))
        assert found["Last name"].startswith("'")
        assert found["Team"].startswith("'")
        assert found["Title"].startswith("x")


@pytest.mark.parametrize("file_format", Export.Format.values)
def test_memory_does_not_grow_with_the_records(cast, file_format):
    """Ten times the rows cost less than twice the memory."""

    def peak(number: int) -> int:
        Position.objects.bulk_create(
            PositionFactory.build(number=f"{number}-{n}", team=f"Team {n} " * 8) for n in range(number)
        )
        tracemalloc.start()
        file, made = take_away(by=cast.nadia, what="posts", file_format=file_format, reason="Because")
        file.close()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(50)  # what is loaded once
    few, many = peak(columns.CHUNK), peak(columns.CHUNK * 8)
    assert many < few * 2, (few, many)


def test_queries_grow_by_the_chunk_and_not_by_the_row(cast, django_assert_num_queries):
    OccupancyFactory.create_batch(30)
    with django_assert_num_queries(2):
        assert len(list(columns.rows_of("posts"))) == 31
    VacancyFactory.create_batch(20)
    with django_assert_num_queries(1):
        assert len(list(columns.rows_of("vacancies"))) == 21


def test_a_file_that_breaks_off_is_closed(monkeypatch):
    def rows():
        yield ["one"]
        raise ValueError("broken")

    files = []
    real = writing.tempfile.TemporaryFile
    monkeypatch.setattr(writing.tempfile, "TemporaryFile", lambda: files.append(real()) or files[-1])
    with pytest.raises(ValueError, match="broken"):
        writing.write(rows(), "csv")
    assert [file.closed for file in files] == [True]
