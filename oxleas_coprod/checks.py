"""What refuses an unsafe start. `manage.py` runs these before every command; the web server and workers at start.

Each error says in one sentence what is wrong and what to set. The variables are described in docs/settings.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

SHORTEST_KEY = 50
FEWEST_DIFFERENT = 10
PER_PROCESS_CACHES = ("LocMemCache", "DummyCache")
MAIL_THAT_IS_NOT_SENT = ("console", "filebased", "locmem", "dummy", "mailbox")


@register(Tags.security)
def production_is_safe(**kwargs: Any) -> list[CheckMessage]:
    """Errors for each unsafe setting, in production only."""
    return [*_of_keys(), *_of_hosts(), *_of_people(), *_of_services()] if settings.IN_PRODUCTION else []


@register(Tags.security)
def sqlite_takes_turns(**kwargs: Any) -> list[CheckMessage]:
    """An error, in every mode, for SQLite without what lets several processes write in turn."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    options = database.get("OPTIONS", {})
    told = f"{options.get('init_command', '')};".replace(" ", "").upper()
    is_set = (
        options.get("transaction_mode") == "IMMEDIATE"
        and options.get("timeout", 0) >= 20
        and "JOURNAL_MODE=WAL;" in told
        and "FOREIGN_KEYS=ON;" in told
    )
    return [] if is_set else [_error(20, "SQLite needs immediate transactions, WAL, foreign keys and a 20 s timeout.")]


def refuse_unsafe_start() -> None:
    """For processes that `manage.py` does not start. Raises `ImproperlyConfigured` with every error."""
    errors = [message for message in run_checks(tags=[Tags.security]) if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("Not started. " + " ".join(f"({error.id}) {error.msg}" for error in errors))


def _of_keys() -> Iterator[CheckMessage]:
    key = _secret_key()
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_DIFFERENT or key.startswith(("django-insecure-", "for-tests")):
        yield _error(1, f"SECRET_KEY must be {SHORTEST_KEY} random characters or more, and yours alone.")
    for each in settings.SECRETS_KEYS:
        try:
            Fernet(each)
        except ValueError:
            yield _error(2, "Each of SECRETS_KEYS must be a Fernet key: 32 bytes in URL-safe base64.")
            break
    if settings.DEBUG:
        yield _error(3, "DEBUG must be off: its error pages show settings and people's words.")


def _secret_key() -> str:
    """The key, or nothing: Django itself raises for an empty one, and would hide the other errors."""
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""


def _of_hosts() -> Iterator[CheckMessage]:
    hosts = settings.ALLOWED_HOSTS
    if not hosts or any(host.startswith("*") for host in hosts):
        yield _error(4, "ALLOWED_HOSTS must name the hosts this answers to. A star lets links in mail be forged.")
    address = urlsplit(settings.BASE_URL)
    if address.scheme != "https" or not address.hostname:
        yield _error(5, "BASE_URL must be the https address that people use; links in mail are made from it.")
    elif hosts and not validate_host(address.hostname, hosts):
        yield _error(6, "The host of BASE_URL must be one of ALLOWED_HOSTS, or no link in mail will open.")
    if not settings.TRUSTED_PROXIES:
        yield Warning(
            "TRUSTED_PROXIES is 0. That is right only if this server answers https by itself.",
            hint="Set it to the number of proxies in front, so that limits count people and not the proxy.",
            id="coprod.W001",
        )


def _of_people() -> Iterator[CheckMessage]:
    if not settings.MFA_REQUIRED:
        yield _error(7, "MFA_REQUIRED must be on: staff, HR and administrators log in with a second step.")
    oidc = (settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    if any(oidc) and not (all(oidc) and settings.OIDC_ISSUER.startswith("https://")):
        yield _error(15, "OIDC_ISSUER must be an https address, with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it.")
    if settings.CLOCK_FILE:
        yield _error(8, "CLOCK_FILE must not be set: the clock belongs to the machine.")
    backend = settings.CACHES["default"]["BACKEND"]
    if backend.endswith(PER_PROCESS_CACHES):
        yield _error(9, "The cache must be shared by all processes: limits on guesses are counted in it.")


def _of_services() -> Iterator[CheckMessage]:
    names = (("DATABASE_URL", "a database"), ("BROKER_URL", "a broker"), ("EMAIL_URL", "a mail server"))
    for number, (name, what) in enumerate(names, start=10):
        if name not in settings.SET_IN_ENVIRONMENT:
            yield _error(number, f"{name} must be set: production needs {what} of its own.")
    backend = settings.EMAIL_BACKEND.lower()
    if settings.KEEP_MAIL or any(word in backend for word in MAIL_THAT_IS_NOT_SENT):
        yield _error(13, "EMAIL_URL must lead to a mail server: this one only keeps or prints mail.")
    if "FROM_EMAIL" not in settings.SET_IN_ENVIRONMENT:
        yield _error(14, "FROM_EMAIL must be set: the address that messages come from.")


def _error(number: int, says: str) -> Error:
    return Error(says, id=f"coprod.E{number:03}")
