"""Files that people send: what is read is kept for a day; what cannot be read is refused in plain words."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.errors import Refused
from documents import importing, services
from documents.models import Document, Upload
from documents.tasks import purge_uploads
from tests.support import word_files

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

BAD_FILES = {
    "not_word": (word_files.not_word, "not_word"),
    "an archive of something else": (word_files.zip_not_word, "not_word"),
    "no words": (word_files.no_words, "no_words"),
    "a password": (word_files.password_protected, "password"),
    "an old .doc": (word_files.old_word, "old_word"),
    "macros": (word_files.macros, "macros"),
    "macros under another name": (word_files.hidden_macros, "macros"),
    "unpacks to 226 MB": (word_files.bomb, "unpacks_too_big"),
    "text that repeats without end": (word_files.text_bomb, "unpacks_too_big"),
    "tables 3,000 deep": (lambda: word_files.nested_tables(3_000), "too_deep"),
    "tables 40 deep": (lambda: word_files.nested_tables(40), "too_deep"),
    "too many parts": (word_files.too_many_parts, "too_many_parts"),
    "a path that leads out": (word_files.path_escape, "bad_path"),
    "entities": (word_files.entities, "declares_entities"),
    "cut off": (word_files.damaged, "damaged"),
    "sizes that lie": (word_files.lying_sizes, "damaged"),
    "many short paragraphs": (lambda: word_files.docx(word_files.paragraph("word") * 3_001), "too_long"),
    "one endless paragraph": (lambda: word_files.docx(word_files.paragraph("word " * 4_001)), "too_long"),
}


def sent(content: bytes, name: str = "policy.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, WORD_TYPE)


@pytest.mark.parametrize(("make", "why"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_in_plain_words(cast, make, why):
    with pytest.raises(Refused) as refused:
        services.read_upload(by=cast.grace, file=sent(make()))
    assert (refused.value.message, refused.value.field) == (importing.REFUSALS[why], "file")
    assert (Upload.objects.count(), Document.objects.count()) == (0, 0)


def test_an_empty_file_is_refused(cast):
    with pytest.raises(Refused, match="The file is empty. Choose another file."):
        services.read_upload(by=cast.grace, file=sent(word_files.empty()))
    assert Upload.objects.count() == 0


def test_a_file_that_is_too_big_is_refused_unread(cast, settings):
    settings.WORD_MAX_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="The file is too big. It must be smaller than 1 MB."):
        services.read_upload(by=cast.grace, file=sent(b"PK\x03\x04" + b"x" * 1024 * 1024))
    assert Upload.objects.count() == 0


def test_a_file_as_big_as_allowed_is_looked_at(cast, settings):
    content = word_files.docx(word_files.paragraph("Hello"))
    settings.WORD_MAX_BYTES = len(content)
    assert services.read_upload(by=cast.grace, file=sent(content)).blocks[0]["text"] == "Hello"


@pytest.mark.parametrize("why", importing.REFUSALS)
def test_each_refusal_is_short_and_says_what_to_do(why):
    sentences = [s for s in importing.REFUSALS[why].split(". ") if s]
    assert len(sentences) >= 2
    assert all(len(s.split()) <= 20 for s in sentences)


def test_the_bomb_is_what_it_says():
    assert len(word_files.bomb()) < 1_000_000


def test_links_that_lead_nowhere_good_lose_the_link_and_keep_the_words(cast):
    upload = services.read_upload(by=cast.grace, file=sent(word_files.javascript_link()))
    assert [block["text"] for block in upload.blocks] == [
        "words of bad1",
        "words of bad2",
        "words of bad3",
        "words of bad4",
        "[words of good](https://www.example.org/a?b=1)",
    ]
    assert upload.left_out == [
        "4 links were taken off, because they do not lead to web, email or telephone addresses. Their words were kept."
    ]


def test_the_author_in_the_properties_is_not_kept(cast):
    upload = services.read_upload(by=cast.grace, file=sent(word_files.policy_docx()))
    document = services.start_document(by=cast.grace, title=upload.title, upload=upload)
    kept = json.dumps([upload.blocks, upload.left_out, upload.title, upload.file_name, document.title])
    assert "Secretauthor" not in kept


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("policy.docx", "policy.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\grace\\Our policy (2).docx", "Our policy (2).docx"),
        ("a\u202excod.exe", "axcod.exe"),
        ('<img src="x">.docx', "img srcx.docx"),
        ("é世.docx", "é世.docx"),
        ("\x00\n", "file.docx"),
        ("a" * 300 + ".docx", "a" * 195 + ".docx"),
    ],
)
def test_the_name_of_a_file_is_made_harmless(name, shown):
    assert importing.shown_name(name) == shown


def test_a_file_without_a_heading_is_called_by_its_name(cast):
    content = word_files.docx(word_files.paragraph("Hello"))
    upload = services.read_upload(by=cast.grace, file=sent(content, "Our policy.docx"))
    assert (upload.title, upload.file_name) == ("Our policy", "Our policy.docx")


def test_uploads_are_forgotten_after_a_day(cast):
    content = word_files.docx(word_files.paragraph("Hello"))
    old = services.read_upload(by=cast.grace, file=sent(content))
    with clock.set_to(clock.now() + dt.timedelta(hours=12)):
        fresh = services.read_upload(by=cast.grace, file=sent(content))
    with clock.set_to(clock.now() + dt.timedelta(hours=24)):
        purge_uploads()
        assert Upload.objects.count() == 2
    with clock.set_to(clock.now() + dt.timedelta(hours=24, seconds=1)):
        purge_uploads()
        assert list(Upload.objects.all()) == [fresh]
    assert old.pk != fresh.pk


def test_the_clock_asks_for_it():
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert purge_uploads.name in tasks


# -- the process that reads ----------------------------------------------------------------------------------------


def limited(code: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a process that has taken its own limits."""
    begin = "from documents.word_reader.__main__ import limit; limit()\n"
    command = [sys.executable, "-s", "-S", "-c", begin + code]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env={}, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("import socket; socket.getaddrinfo('example.org', 80)", "PermissionError"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError"),
        ("import os; os.fork()", "PermissionError"),
        ("import os; os.system('true')", "PermissionError"),
        ("open('written', 'w')", "PermissionError"),
        ("import os; os.open('written', os.O_WRONLY | os.O_CREAT)", "PermissionError"),
        ("b'x' * (600 * 1024 * 1024)", "MemoryError"),
        ("import django", "ModuleNotFoundError"),
    ],
)
def test_the_reading_process_cannot_reach_out(code, error):
    done = limited(code)
    assert done.returncode != 0
    assert done.stderr.strip().splitlines()[-1].startswith(error)


def test_the_reading_process_knows_no_secret(cast, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    seen = []
    usual = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: seen.append(k["env"]) or usual(*a, **k))
    services.read_upload(by=cast.grace, file=sent(word_files.docx(word_files.paragraph("Hello"))))
    assert seen == [{"PYTHONDONTWRITEBYTECODE": "1"}]
    assert os.environ["SECRET_KEY"] == "very secret"


def test_a_file_that_takes_too_long_is_given_up(cast, monkeypatch):
    monkeypatch.setattr(importing, "SECONDS", 0.01)
    with pytest.raises(Refused) as refused:
        services.read_upload(by=cast.grace, file=sent(word_files.policy_docx()))
    assert refused.value.message == importing.REFUSALS["too_hard"]
    assert Upload.objects.count() == 0


def test_a_policy_is_read_in_a_moment(cast):
    began = time.perf_counter()
    services.read_upload(by=cast.grace, file=sent(word_files.policy_docx()))
    assert time.perf_counter() - began < 5
