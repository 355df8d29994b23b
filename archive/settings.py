"""Settings of the site, read from the environment; docs/operations.md lists them.

The defaults are safe for production. `DEBUG=1` is for development. The embedded PostgreSQL is used when
`DATABASE_URL` is not set.
"""

import os
from pathlib import Path

import sentry_sdk
from csp.constants import NONE, SELF

from archive.buckets import bucket
from archive.databases import databases
from archive.logs import logging_config, without_personal_data
from archive.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, default: str = "") -> bool:
    return (os.environ.get(name) or default).strip().lower() in {"1", "true", "yes", "on"}


def _list(name: str) -> list[str]:
    return [value.strip() for value in os.environ.get(name, "").split(",") if value.strip()]


DEBUG = _flag("DEBUG")
# Plain HTTP on loopback, as `make demo` serves it: no HTTPS redirect, HSTS or Secure cookies.
PLAIN_HTTP = DEBUG or _flag("PLAIN_HTTP")
DATABASE_URL = os.environ.get("DATABASE_URL", "").strip()
REPLICA_DATABASE_URL = os.environ.get("REPLICA_DATABASE_URL", "").strip()

# Folder of the original documents, the takedown ledger and the embedded database.
ARCHIVE_DATA = Path(
    os.environ.get("ARCHIVE_DATA")
    # The embedded server of root runs as another user, who cannot enter root's private folders.
    or ("/var/lib/referatarkivet" if os.geteuid() == 0 and not DATABASE_URL else BASE_DIR / ".data")
).resolve()

SECRET_KEY = secret_key(
    os.environ.get("SECRET_KEY", ""),
    development=DEBUG,
    # The demo generates a key and stores it with its data.
    file=None if DATABASE_URL else ARCHIVE_DATA / "secret_key",
    create=_flag("KEEP_SECRET_KEY"),
)
# Former keys, which still read what they have signed and encrypted.
SECRET_KEY_FALLBACKS = _list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = _list("ALLOWED_HOSTS") or (["localhost", "127.0.0.1", "[::1]"] if PLAIN_HTTP else [])
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "archive.apps.StaffConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_filters",
    "csp",
    "corsheaders",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "minutes",
]

MIDDLEWARE = [
    "archive.request_log.LogRequests",
    "archive.deadlines.LimitDatabaseTime",
    "archive.health.AnswerHealthChecks",
    "archive.visitors.RememberNetwork",
    "corsheaders.middleware.CorsMiddleware",
    "minutes.api.delivery.ApiMiddleware",
    "archive.language.LanguageOfAddress",
    "archive.errors.RejectMalformedRequests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Compresses what a proxy has not.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "archive.caching.CachePublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "minutes.accounts.sessions.StaffSessions",
    "minutes.accounts.refusals.RecordRefusals",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "archive.errors.AnswerDatabaseErrors",
    "archive.health.RequireReplayedLedger",
    "archive.replica.ReadFromReplica",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

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
            ],
            # Any template may have text of a document, which is Danish on pages in every language.
            "builtins": ["minutes.templatetags.language"],
        },
    }
]

# Database

# Seconds after which a request to a public page stops waiting for the database and is answered with 503; ten
# times as long for the staff's. Does not apply to the embedded server.
REQUEST_DEADLINE_SECONDS = float(os.environ.get("REQUEST_DEADLINE_SECONDS") or 3)
# Minutes after which `/readyz` reports that an uploaded file waits for a worker.
QUEUE_WARNING_MINUTES = float(os.environ.get("QUEUE_WARNING_MINUTES") or 60)
# Timeout of a database statement in milliseconds; archive/wsgi.py sets it for web requests, commands have
# none.
STATEMENT_TIMEOUT = int(os.environ.get("STATEMENT_TIMEOUT_MS", "0"))
# DATABASE_URL leads to PgBouncer in transaction mode (deploy/pgbouncer).
TRANSACTION_POOLING = _flag("TRANSACTION_POOLING")
DATABASES = databases(
    DATABASE_URL,
    REPLICA_DATABASE_URL,
    statement_timeout=STATEMENT_TIMEOUT,
    pooled=TRANSACTION_POOLING,
)
DATABASE_ROUTERS = ["archive.replica.Router"] if REPLICA_DATABASE_URL else []
# Seconds that the replica may lag behind while visitors' pages are read from it.
REPLICA_MAX_LAG_SECONDS = float(os.environ.get("REPLICA_MAX_LAG_SECONDS") or 5)

# Language and time

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "minutes" / "locale"]
FORMAT_MODULE_PATH = ["archive.formats"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
# The bucket of an S3-compatible service for documents and their files, instead of ARCHIVE_DATA/sources.
ORIGINALS = bucket(
    os.environ.get("ORIGINALS_BUCKET", "").strip(),
    endpoint=os.environ.get("ORIGINALS_ENDPOINT", "").strip(),
    region=os.environ.get("ORIGINALS_REGION", "").strip(),
    access_key=os.environ.get("ORIGINALS_ACCESS_KEY", ""),
    secret_key=os.environ.get("ORIGINALS_SECRET_KEY", ""),
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": ORIGINALS or {"BACKEND": "minutes.archive_files.Folder"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Safety

SECURE_SSL_REDIRECT = not PLAIN_HTTP
BEHIND_PROXY = _flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
# Asks browsers to build the host name into their list of HTTPS-only sites, which is hard to undo.
SECURE_HSTS_PRELOAD = not PLAIN_HTTP and _flag("HSTS_PRELOAD")
# Django's check for HSTS_PRELOAD: whether to have it is the publisher's decision.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

_COOKIE_PREFIX = "" if PLAIN_HTTP else "__Host-"
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = True
# Seconds without a request after which a session ends, and seconds after which each session ends.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_MOST_SECONDS = 24 * 3600
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_HTTPONLY = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Pages of any other site may read public data, without the visitor's cookies (CORS).
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_ALLOW_HEADERS = ("if-none-match", "if-modified-since")
CORS_EXPOSE_HEADERS = ("ETag", "Retry-After")
_CORS_PATHS = (
    "api/.*",
    "(.+/)?feed/",
    r".+/kalender\.ics",
    # Pages with downloads (?format=csv).
    "(moeder|afstemninger|soeg)/",
    "[^/]+/(sager|personer)/[^/]+/",
)
CORS_URLS_REGEX = rf"/(en/)?(?!admin/)({'|'.join(_CORS_PATHS)})$"

# Exclude the pages of people from search engines (robots meta tag `noindex`). On the site a member's votes
# appear with the explanation of what minutes print; in a search engine they would appear under the bare
# name, for years. `PEOPLE_NOINDEX=0` includes them.
PEOPLE_NOINDEX = _flag("PEOPLE_NOINDEX", default="1")

# Search the text of attachments too, with the lowest weight. After a change run `migrate`, which rebuilds the
# index. `SEARCH_ATTACHMENTS=0` leaves them out.
SEARCH_ATTACHMENTS = _flag("SEARCH_ATTACHMENTS", default="1")

# Pasted minutes of at most ten megabytes, and the other fields of the form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
# A request with more files is rejected; scripts send a large selection in several requests. Larger files than
# these are written to disk as they arrive.
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

# The tasks of the workers (`manage.py procrastinate worker`).
PROCRASTINATE_IMPORT_PATHS = ["minutes.importer.tasks", "minutes.alerts.tasks", "minutes.accounts.tasks"]
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

AUTHENTICATION_BACKENDS = [
    "minutes.accounts.passwords.LimitedPasswords",
    "minutes.rights.Assignments",
]
# Require the approval of a second member of staff before something becomes public.
REQUIRE_SECOND_REVIEWER = _flag("REQUIRE_SECOND_REVIEWER")

# Who publishes the site, as the footer and the pages about personal data and accessibility say.
PUBLISHER = {
    field: os.environ.get(f"PUBLISHER_{field.upper()}", "").strip()
    for field in ("name", "address", "email", "phone", "dpo")
}
# Where to report a vulnerability: an e-mail address or an https address, for /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "").strip()
# The accessibility statement that a public body creates at was.digst.dk; `/was` and the footer lead to it.
ACCESSIBILITY_STATEMENT_URL = os.environ.get("ACCESSIBILITY_STATEMENT_URL", "").strip()
# Days after which reports of errors are deleted, counted from when staff handled them.
ERROR_REPORT_DAYS = int(os.environ.get("ERROR_REPORT_DAYS") or 180)

# Serve nothing public until the takedown ledger is replayed in the database; archive/wsgi.py sets it.
REQUIRE_REPLAYED_LEDGER = _flag("REQUIRE_REPLAYED_LEDGER")

# E-mail alerts are off without a mail server, a sender and the address of the site, which mails link to.
SITE_URL = os.environ.get("SITE_URL", "").strip().rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "").strip()
EMAIL_HOST = os.environ.get("EMAIL_HOST", "").strip()
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
# TLS from the start (SSL), or after a plain greeting (STARTTLS), which is the default.
EMAIL_USE_SSL = _flag("EMAIL_USE_SSL")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", default="1") and not EMAIL_USE_SSL
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25))
EMAIL_TIMEOUT = 20  # seconds

# How many days the link to the preview of a meeting works.
# Every page says that its municipalities, people and decisions are invented.
DEMO = _flag("DEMO")

PREVIEW_DAYS = int(os.environ.get("PREVIEW_DAYS") or 14)

MINIMUM_PASSWORD_LENGTH = 14
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": MINIMUM_PASSWORD_LENGTH},
    },
    {"NAME": "minutes.accounts.common_passwords.CommonPasswordValidator"},
    {"NAME": "minutes.accounts.breached_passwords.BreachedPasswordValidator"},
]
# File of the hashes of breached passwords, in the format of Have I Been Pwned, ordered by hash.
BREACHED_PASSWORDS_FILE = os.environ.get("BREACHED_PASSWORDS_FILE", "").strip()

# Sign-in of staff: docs/security.md.

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "minutes.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {
    "login": "minutes.accounts.forms.SignInForm",
    "change_password": "minutes.accounts.forms.PasswordChangeForm",
    "reset_password": "minutes.accounts.forms.ForgottenPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Referatarkivet: "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# `accounts.limits` counts in the database.
ACCOUNT_RATE_LIMITS = False
USERSESSIONS_ADAPTER = "minutes.accounts.adapter.SessionAdapter"
MFA_ADAPTER = "minutes.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "minutes.accounts.forms.PasskeyForm",
    "authenticate": "minutes.accounts.forms.CodeForm",
    "reauthenticate": "minutes.accounts.forms.ReauthenticationForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# Administrators enter the addresses, and an invitation proves them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Referatarkivet"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP
# Require a second factor of superusers and responsibles, so many days after their first sign-in.
MFA_REQUIRED = _flag("MFA_REQUIRED", default="1")
MFA_GRACE_DAYS = int(os.environ.get("MFA_GRACE_DAYS") or 14)

# Single sign-on by OpenID Connect, for users with the e-mail address that the provider has verified.
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "").strip().rstrip("/")
OIDC_NAME = (os.environ.get("OIDC_NAME") or "kommunens login").strip() if OIDC_ISSUER else ""
# Values of `amr` or `acr` in the ID token that say that the provider required a second factor.
OIDC_MFA_VALUES = _list("OIDC_MFA_VALUES") or ["mfa"]
SOCIALACCOUNT_ADAPTER = "minutes.accounts.adapter.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC_NAME,
                "client_id": os.environ.get("OIDC_CLIENT_ID", "").strip(),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", "").strip(),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# Days after which `delete_old_audit_entries` deletes entries of the audit log; 180 at least.
AUDIT_DAYS = int(os.environ.get("AUDIT_DAYS") or 1825)

# Log to standard error: JSON, or text on a terminal. Log messages never contain text of a document.
LOG_FORMAT = os.environ.get("LOG_FORMAT") or ("text" if PLAIN_HTTP else "json")
LOGGING = logging_config(as_json=LOG_FORMAT == "json", level="WARNING" if LOG_FORMAT == "text" else "INFO")
# The token with which Prometheus reads /metrics; without one it does not exist.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "").strip()

# Report exceptions to Sentry or a compatible service, without local variables, bodies and query strings: they
# can contain personal data.
SENTRY_DSN = os.environ.get("SENTRY_DSN", "").strip()
if SENTRY_DSN:
    sentry_sdk.init(
        SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=without_personal_data,
    )
