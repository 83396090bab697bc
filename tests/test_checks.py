"""Production refuses an unsafe start, and starts clean when it is well set."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from oxleas_coprod import checks

ROOT = Path(__file__).resolve().parent.parent
WELL_SET = {
    "MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "SECRETS_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "working.anytown-riverside.example",
    "BASE_URL": "https://working.anytown-riverside.example",
    "BROKER_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp+tls://user:word@mail.anytown-riverside.example:587",
    "FROM_EMAIL": "Working together <no-reply@anytown-riverside.example>",
    "TRUSTED_PROXIES": "1",
}


def run(tmp_path, *command, **changes) -> subprocess.CompletedProcess:
    """Run Python with the well-set environment, changed; None takes a variable away."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "STATIC_ROOT": str(tmp_path / "static")}
    wanted = {**WELL_SET, "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", **changes}
    environment |= {name: value for name, value in wanted.items() if value is not None}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_well_set_production_is_clean(tmp_path):
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO")
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced).")


@pytest.mark.parametrize("url", ["postgres://u:p@db.example/coprod", "postgresql://u:p@db.example:5432/coprod"])
def test_so_it_is_with_postgresql(tmp_path, url):
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO", DATABASE_URL=url)
    assert done.returncode == 0, done.stderr


def test_every_missing_variable_is_named_at_once(tmp_path):
    nothing = dict.fromkeys([*WELL_SET, "DATABASE_URL"])
    done = run(tmp_path, "manage.py", "check", **{**nothing, "MODE": "production"})
    assert done.returncode != 0
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "BROKER_URL", "EMAIL_URL", "FROM_EMAIL"):
        assert f"{name} must" in done.stderr


def test_the_web_server_refuses(tmp_path):
    done = run(tmp_path, "-c", "import oxleas_coprod.wsgi", MFA_REQUIRED="no")
    assert done.returncode != 0
    assert "Not started. (coprod.E007)" in done.stderr
    assert run(tmp_path, "-c", "import oxleas_coprod.wsgi").returncode == 0


def test_so_do_the_worker_and_the_beat(tmp_path):
    for process in (["worker", "-P", "solo"], ["beat", "-s", str(tmp_path / "beat")]):
        done = run(tmp_path, "-m", "celery", "-A", "oxleas_coprod", *process, ALLOWED_HOSTS="*")
        assert "Not started. (coprod.E004)" in done.stderr


# -- each refusal ------------------------------------------------------------------------------------------------


@pytest.fixture
def production(settings):
    """Settings as a well-set production has them; a test spoils one."""
    settings.IN_PRODUCTION = True
    settings.SECRET_KEY = WELL_SET["SECRET_KEY"]
    settings.ALLOWED_HOSTS = [WELL_SET["ALLOWED_HOSTS"]]
    settings.BASE_URL = WELL_SET["BASE_URL"]
    settings.TRUSTED_PROXIES = 1
    settings.MFA_REQUIRED = True
    settings.KEEP_MAIL = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.CLOCK_FILE = ""
    settings.SET_IN_ENVIRONMENT = frozenset({"DATABASE_URL", "BROKER_URL", "EMAIL_URL", "FROM_EMAIL"})
    assert found() == []
    return settings


def found() -> list[str]:
    return [message.id for message in checks.production_is_safe()]


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("SECRET_KEY", "", "E001"),
        ("SECRET_KEY", "short", "E001"),
        ("SECRET_KEY", "abcabcabc" * 10, "E001"),
        ("SECRET_KEY", "django-insecure-0a1b2c3d4e5f6g7h8i9jKLMNOPQRSTUVWXYZ-0123456789", "E001"),
        ("SECRETS_KEYS", ["not a key"], "E002"),
        ("DEBUG", True, "E003"),
        ("ALLOWED_HOSTS", [], "E004"),
        ("ALLOWED_HOSTS", ["*"], "E004"),
        ("ALLOWED_HOSTS", ["other.example"], "E006"),
        ("BASE_URL", "http://working.anytown-riverside.example", "E005"),
        ("BASE_URL", "", "E005"),
        ("MFA_REQUIRED", False, "E007"),
        ("OIDC_ISSUER", "https://trust.example", "E015"),
        ("OIDC_CLIENT_ID", "us", "E015"),
        ("CLOCK_FILE", "/tmp/clock", "E008"),  # noqa: S108 -- never opened
        ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}, "E009"),
        ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}, "E009"),
        ("KEEP_MAIL", True, "E013"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "E013"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "E013"),
        ("EMAIL_BACKEND", "notifications.mailbox.MailboxBackend", "E013"),
        ("SET_IN_ENVIRONMENT", frozenset({"BROKER_URL", "EMAIL_URL", "FROM_EMAIL"}), "E010"),
        ("SET_IN_ENVIRONMENT", frozenset({"DATABASE_URL", "EMAIL_URL", "FROM_EMAIL"}), "E011"),
        ("SET_IN_ENVIRONMENT", frozenset({"DATABASE_URL", "BROKER_URL", "FROM_EMAIL"}), "E012"),
        ("SET_IN_ENVIRONMENT", frozenset({"DATABASE_URL", "BROKER_URL", "EMAIL_URL"}), "E014"),
        ("TRUSTED_PROXIES", 0, "W001"),
    ],
)
def test_each_unsafe_setting_is_refused(production, name, value, number):
    setattr(production, name, value)
    assert found() == [f"coprod.{number}"]


def test_a_demonstration_is_left_alone(production):
    production.IN_PRODUCTION = False
    production.MFA_REQUIRED = False
    assert found() == []


@pytest.mark.parametrize("in_production", [True, False])
@pytest.mark.parametrize(
    "spoilt",
    [
        {"transaction_mode": "DEFERRED"},
        {"timeout": 5},
        {"init_command": "PRAGMA foreign_keys=ON;"},
        {"init_command": "PRAGMA journal_mode=WAL;"},
    ],
)
def test_sqlite_without_its_options_is_refused_in_every_mode(settings, monkeypatch, in_production, spoilt):
    settings.IN_PRODUCTION = in_production
    good = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": settings.SQLITE_OPTIONS}
    monkeypatch.setitem(settings.DATABASES, "default", good)
    assert checks.sqlite_takes_turns() == []
    bad = {**good, "OPTIONS": {**settings.SQLITE_OPTIONS, **spoilt}}
    monkeypatch.setitem(settings.DATABASES, "default", bad)
    assert [message.id for message in checks.sqlite_takes_turns()] == ["coprod.E020"]
    with pytest.raises(ImproperlyConfigured, match=r"coprod\.E020"):
        checks.refuse_unsafe_start()
