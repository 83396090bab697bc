"""Settings, read from the environment. The table of variables is in docs/settings.md.

No variable set means the embedded demonstration: SQLite, an embedded broker, mail kept in `var/`, invented people.
`MODE=production` refuses to start with an unsafe setting (see `oxleas_coprod/checks.py`).
"""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env.str("MODE", default="demo")  # demo, test or production
if MODE not in {"demo", "test", "production"}:
    raise ImproperlyConfigured("MODE must be demo, test or production.")
IN_PRODUCTION = MODE == "production"
DEBUG = False
# Which of the services somebody chose; production refuses to start on a default (oxleas_coprod/checks.py).
SERVICES = ("DATABASE_URL", "BROKER_URL", "EMAIL_URL", "FROM_EMAIL")
SET_IN_ENVIRONMENT = frozenset(name for name in SERVICES if env.str(name, default=""))

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))


def _secret_key() -> str:
    """SECRET_KEY from the environment; in a demonstration, one made once and kept in `var/`."""
    key = env.str("SECRET_KEY", default="")
    if key or IN_PRODUCTION:
        return key
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()
THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IN_PRODUCTION else THIS_MACHINE)
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "crispy_forms",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "core",
    "audit",
    "notifications",
    "helplines",
    "accounts",
    "documents",
    "governance",
    "access",
    "network",
    "taskgroups",
    "practice",
    "meetings",
    "steering",
    "workforce",
    "home",
    "oxleas_coprod",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A long draft is 300 kB of words and 40 kB compressed. Django pads at random, so that lengths tell no secret.
    "django.middleware.gzip.GZipMiddleware",
    "helplines.middleware.HelpIsAlwaysThere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.SessionLimits",
    "core.middleware.PrivatePagesAreNotStored",
    "core.kept.KeepWhatWasTyped",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "oxleas_coprod.second_factor.SecondFactorFirst",
    "simple_history.middleware.HistoryRequestMiddleware",
    "home.waiting.ForgetWhatWaited",
]

ROOT_URLCONF = "oxleas_coprod.urls"
WSGI_APPLICATION = "oxleas_coprod.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.settings_words",
                "helplines.context.person_to_call",
                "home.context.places",
            ],
        },
    },
]

# -- database ---------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
POSTGRES_OPTIONS = {
    "connect_timeout": 5,
    # No just-in-time compiling: it takes 150 ms to speed up questions that take 2.
    "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
    " -c jit=off",
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(POSTGRES_OPTIONS)
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits and one-time codes count in the database, so that every web process counts together (D26).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# -- people and log-in ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation, link or code that was sent to it
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,5/5m/key",
    "fresh_link": "20/m/ip,5/5m/key",
    "trust_log_in": "60/m/ip",  # two pages for each log-in, and a Trust's people share one address
    "change_email": "20/m/ip,5/5m/key",
    "reset_second_factor": "20/m/ip,10/h/key",
    "invitation_code": "10/5m/ip",
    "new_invitation": "20/m/ip,3/h/key",
}
ACCOUNT_FORMS = {
    "request_login_code": "accounts.forms.AddressForm",
    "confirm_login_code": "accounts.forms.CodeForm",
    "login": "accounts.forms.PasswordLogInForm",
}
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey is two factors in one: the device, and a finger, face or PIN
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}  # nothing can be guessed here, and a ward shares one address
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "activate_totp": "accounts.forms.SetUpAppForm",
    "authenticate_webauthn": "accounts.passkeys.PasskeySecondStepForm",
    "login_webauthn": "accounts.passkeys.PasskeyLogInForm",
}
# A demonstration may relax the second factor, and says so on every page; production refuses to start relaxed.
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=IN_PRODUCTION)
# The Trust's own log-in (OpenID Connect). Off unless the three are set.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env.str("OIDC_NAME", default="Trust account")
OIDC_MFA = env.list("OIDC_MFA", default=["mfa"])  # words in `amr`, or the `acr`, that count as a second factor
SOCIALACCOUNT_ADAPTER = "accounts.oidc.TrustAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

INVITATION_DAYS = 14
LINK_HOURS = 72

SESSION_HOURS = 12  # from the log-in, whatever one does
SESSION_IDLE_MINUTES = 120  # without a page
SESSION_ENGINE = "accounts.models.sessions"  # its rows know whose they are
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "home.errors.form_out_of_date"

# -- broker and mail --------------------------------------------------------------------------------------------
# With no BROKER_URL, bin/run starts an embedded broker on this socket.
BROKER_SOCKET = VAR_DIR / "broker.sock"
CELERY_BROKER_URL = env.str("BROKER_URL", default=f"redis+socket://{BROKER_SOCKET}")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker however long that is away
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "visibility_timeout": 600,
    "max_retries": 0,
}
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "notifications.tasks.tick", "schedule": 60.0},
    "term clock": {"task": "governance.tasks.notice_what_ends", "schedule": 60.0},
    "notice sponsor gaps": {"task": "network.tasks.notice_gaps", "schedule": 60.0},
    "purge uploads": {"task": "documents.tasks.purge_uploads", "schedule": 3600.0},
    "ask about interests": {"task": "governance.tasks.ask_about_interests", "schedule": 3600.0},
    "access passports": {"task": "access.tasks.tick", "schedule": 900.0},
    "ESR imports": {"task": "workforce.tasks.work", "schedule": 60.0},
    "HR's reminders": {"task": "workforce.tasks.remind", "schedule": 900.0},
    "forget ESR files": {"task": "workforce.tasks.forget", "schedule": 3600.0},
    "forget invitations": {"task": "network.tasks.forget", "schedule": 3600.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")

# With no EMAIL_URL, mail is kept in `var/mail/` and shown at the demonstration's mailbox page.
MAIL_DIR = VAR_DIR / "mail"
_mail = env.email_url("EMAIL_URL", default="consolemail://")
KEEP_MAIL = not env.str("EMAIL_URL", default="") and not IN_PRODUCTION
EMAIL_BACKEND = "notifications.mailbox.MailboxBackend" if KEEP_MAIL else _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS", False))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL", False))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)  # seconds; the lease of a message in sending follows from it
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="Anytown and Riverside <no-reply@anytown-riverside.example>")
REPLY_TO = env.str("REPLY_TO", default="")
MESSAGE_ID_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
SECRETS_KEYS = env.list("SECRETS_KEYS", default=[])  # Fernet keys, newest first; derived from SECRET_KEY if empty

# -- words and clock --------------------------------------------------------------------------------------------
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="Anytown and Riverside NHS Foundation Trust")
SERVICE_NAME = env.str("SERVICE_NAME", default="Working together")
WORDS = {
    "peer": env.str("WORD_PEER", default="peer"),
    "sponsor": env.str("WORD_SPONSOR", default="staff sponsor"),
    "psw": env.str("WORD_PSW", default="Peer Support Worker"),
    "network": env.str("WORD_NETWORK", default="Peers and Sponsors Network"),
    "steering": env.str("WORD_STEERING", default="Peer Support Steering Group"),
}
# When somebody looks at what was reported, said honestly; and where a worry about someone's safety goes.
MODERATION_HOURS = env.str(
    "MODERATION_HOURS", default="Monday to Friday, 9am to 5pm, but not on bank holidays. We look within 2 working days."
)
SAFEGUARDING_ROUTE = env.str("SAFEGUARDING_ROUTE", default="Call the safeguarding team on 020 7946 0150.")
CLOCK_FILE = "" if IN_PRODUCTION else env.str("CLOCK_FILE", default="")
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# -- static files -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the server warns of a folder that is not there
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test" and not env.bool("HASHED_STATIC", default=False)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "nhs"
CRISPY_TEMPLATE_PACK = "nhs"
CRISPY_FAIL_SILENTLY = False

# -- what a browser may do --------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if IN_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"

# -- files people send ------------------------------------------------------------------------------------------
WORD_MAX_BYTES = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {"()": "core.logs.Discreet", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Those that come with a handler of their own, which would write what ours masks.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
