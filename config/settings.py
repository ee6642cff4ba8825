"""Settings, read from the environment. docs/configuration.md lists every variable.

Tables that no variable changes are in installed.py, security_headers.py, sign_in_limits.py and
allauth_forms.py.
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import bootstrap_wrapper
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config.allauth_forms import ACCOUNT_FORMS as ACCOUNT_FORMS
from config.allauth_forms import MFA_FORMS as MFA_FORMS
from config.cache import cache_at
from config.celery import app as celery_app  # noqa: F401  (importing settings loads it)
from config.environment import Env
from config.installed import INSTALLED_APPS as INSTALLED_APPS
from config.installed import MIDDLEWARE as MIDDLEWARE
from config.logs import logging_in
from config.mail import api_settings, provider_of, smtp_settings
from config.openid_connect import openid_connect
from config.safety_checks import own_hosts, refuse_unsafe, refuse_unverified, secret_key
from config.security_headers import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from config.security_headers import PERMISSIONS_POLICY as PERMISSIONS_POLICY
from config.sign_in_limits import ACCOUNT_RATE_LIMITS as ACCOUNT_RATE_LIMITS
from config.sign_in_limits import MFA_RATE_LIMITS as MFA_RATE_LIMITS
from config.sign_in_limits import RATE_LIMITS as RATE_LIMITS

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# Everything that `make run` keeps: database, secret, broker data, logs, mailbox.
VAR_DIR = Path(env.str("HEARBACK_VAR", str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", False)
BASE_URL = env.str("BASE_URL", "http://localhost:8000").rstrip("/")
_base_scheme = urlsplit(BASE_URL).scheme
_base_host = urlsplit(BASE_URL).hostname or "localhost"
# The number of proxies in front of the web processes. Only their headers are trusted.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=own_hosts(_base_host))
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])

SECRET_KEY = secret_key(env.str("SECRET_KEY", ""), kept=VAR_DIR / "secret_key")
# Earlier secrets. Sessions and links signed with them are still accepted.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
refuse_unsafe(
    secret_keys=[SECRET_KEY, *SECRET_KEY_FALLBACKS],
    is_debug=DEBUG,
    base_url=BASE_URL,
    allowed_hosts=ALLOWED_HOSTS,
)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
        },
    },
]
# Widgets of forms come from templates/ too, before Django's.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database ---------------------------------------------------------------------------------
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hearback.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a service's transaction takes the write lock before it reads, as SELECT … FOR
    # UPDATE does on PostgreSQL (SQLite silently ignores FOR UPDATE).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits are counted here, so all web processes must share it (accounts/checks.py).
CACHES = {"default": cache_at(env.cache_url("CACHE_URL", default="locmemcache://"))}

# --- accounts ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "django.contrib.auth.password_validation.MinimumLengthValidator",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
        "accounts.password_validators.ContextWordsValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard:today"
ACCOUNT_LOGOUT_REDIRECT_URL = "dashboard:landing"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.sign_up.SignupForm"
# A code, because the mail may be read on another device. Mandatory, because otherwise the response
# to a sign-up would tell whether the address already has an account.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Long enough for a slow mailbox. Each code works once and allows three attempts.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Changing a way to sign in requires a recent password, passkey or code.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _base_scheme
# A lost code can be sent again. A mistyped address cannot be corrected on the code's page: that
# requires an account, and would reveal that there was none before (docs/decisions/same-answer.md).
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# Passkeys, an authenticator app, recovery codes. A passkey verifies a finger, a face or a PIN, so
# it counts as two factors.
MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Browsers offer passkeys over HTTP on localhost only; the library must allow it there.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = (_base_scheme, _base_host) == ("http", "localhost")
MFA_TOTP_ISSUER = "Hearback"
# Coaches and operators need a second factor for the admin; off for the local demo only.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", True)

# One OpenID Connect provider, if configured. Its claim about an address connects nothing.
SOCIALACCOUNT_PROVIDERS = openid_connect(
    url=env.str("OIDC_URL", ""),
    client_id=env.str("OIDC_CLIENT_ID", ""),
    secret=env.str("OIDC_CLIENT_SECRET", ""),
    name=env.str("OIDC_NAME", ""),
)
SOCIALACCOUNT_ADAPTER = "accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False

# A session ends after this long without use, and this long after the sign-in.
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", 14 * 24 * 3600)
SESSION_LIFE_SECONDS = env.int("SESSION_LIFE_SECONDS", 90 * 24 * 3600)
# Shorter for users who see data of others.
STAFF_SESSION_IDLE_SECONDS = env.int("STAFF_SESSION_IDLE_SECONDS", 3600)
STAFF_SESSION_LIFE_SECONDS = env.int("STAFF_SESSION_LIFE_SECONDS", 12 * 3600)
# How long the notice of an email change can undo it.
EMAIL_CHANGE_UNDO_DAYS = 7

# --- mail -------------------------------------------------------------------------------------
# Every mail that Django or a library sends becomes a row of the outbox. A worker delivers it by
# SMTP (reminders/smtp.py) or a provider's API, so that no request waits for a server.
_email_url = env.str("EMAIL_URL", "smtp://localhost:1025")
_email = smtp_settings(_email_url)
EMAIL_BACKEND = "reminders.outbox.OutboxBackend"
EMAIL_HOST, EMAIL_PORT = _email["EMAIL_HOST"], _email["EMAIL_PORT"]
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 10)
MAIL_API = provider_of(_email_url)  # empty for SMTP
_webhook_secret = env.str("MAIL_WEBHOOK_SECRET", "")
ANYMAIL = api_settings(_email_url, webhook_secret=_webhook_secret, timeout=EMAIL_TIMEOUT)
MAIL_DOMAIN = env.str("MAIL_DOMAIN", _base_host)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"Hearback <reminders@{MAIL_DOMAIN}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- forwarded mail ---------------------------------------------------------------------------
# Candidates forward employers' mails to an address of their own at this domain. Without one nothing
# is offered.
INBOUND_DOMAIN = env.str("INBOUND_DOMAIN", "").strip().lower()
# Where `manage.py inbound` listens.
INBOUND_LISTEN = env.list("INBOUND_LISTEN", default=["smtp://127.0.0.1:2525"])
# Addresses and networks of servers that bring everybody's mail: no limit per peer.
INBOUND_RELAYS = env.list("INBOUND_RELAYS", default=["127.0.0.0/8", "::1"])
INBOUND_TLS_CERTIFICATE = env.str("INBOUND_TLS_CERTIFICATE", "")
INBOUND_TLS_KEY = env.str("INBOUND_TLS_KEY", "")
# The name by which the receiving server signs Authentication-Results.
INBOUND_AUTHSERV_ID = env.str("INBOUND_AUTHSERV_ID", "").strip().lower()
# A reader that did not come back within this time is taken for dead.
INBOUND_LEASE = timedelta(seconds=env.int("INBOUND_LEASE_SECONDS", 60))

# --- reminders --------------------------------------------------------------------------------
SWEEP_SECONDS = env.float("SWEEP_SECONDS", 60.0)
SWEEP_BATCH = env.int("SWEEP_BATCH", 500)
# A step that was already due when its fact was recorded is on the screen; its mail waits.
REMINDER_GRACE = timedelta(seconds=env.int("REMINDER_GRACE_SECONDS", 3600))
# How many mails one sender leases at once. Each lease is renewed just before its mail is sent.
MAIL_BATCH = env.int("MAIL_BATCH", 100)
MAIL_LEASE = timedelta(seconds=env.int("MAIL_LEASE_SECONDS", 120))
# The time limit of one mail, all socket operations included; shorter than its lease.
MAIL_SECONDS = env.float("MAIL_SECONDS", 60.0)
if timedelta(seconds=MAIL_SECONDS) >= MAIL_LEASE:
    raise ImproperlyConfigured("MAIL_SECONDS must be shorter than MAIL_LEASE_SECONDS.")
# Pauses after the first, second, … failed attempt. The last one repeats until the mail is given up
# after this much time in which a sender ran.
MAIL_RETRY_SECONDS = env.list(
    "MAIL_RETRY_SECONDS", cast=int, default=[60, 300, 900, 3600, 3 * 3600, 6 * 3600]
)
MAIL_GIVE_UP = timedelta(seconds=env.int("MAIL_GIVE_UP_SECONDS", 48 * 3600))
# A sign-in code is valid for minutes only.
ACCOUNT_MAIL_RETRY_SECONDS = env.list(
    "ACCOUNT_MAIL_RETRY_SECONDS", cast=int, default=[10, 60, 180, 600]
)
ACCOUNT_MAIL_GIVE_UP = timedelta(seconds=env.int("ACCOUNT_MAIL_GIVE_UP_SECONDS", 15 * 60))
# Whether a server that a browser or a candidate names may be in a private network, and without TLS.
NOTIFY_PRIVATE_HOSTS = env.bool("NOTIFY_PRIVATE_HOSTS", False)
MAIL_STEPS_MAX = 20
ACTION_LINK_DAYS = 30
# The token for /metrics; without one the page does not exist.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

# --- work -------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0")
refuse_unverified(CELERY_BROKER_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # tasks only say "look now" and can be repeated
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A web request must not hang on a broker that is down: beat looks anyway.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    # One attempt: kombu would retry for seconds while a request waits. Workers and beat have a loop
    # of their own around this.
    "max_retries": 0,
    "socket_timeout": 10,
    "unacked_restore_interval": 5,
    "visibility_timeout": 3600,
}
# A queue for each kind of sender, so that those that work for minutes delay neither the sweep nor
# each other. By default a worker consumes all; several machines can divide the work with -Q.
CELERY_TASK_DEFAULT_QUEUE = "hearback"
CELERY_TASK_QUEUES = [Queue("hearback"), Queue("mail"), Queue("notifications")]
CELERY_TASK_ROUTES = {
    "reminders.tasks.send_mails": {"queue": "mail"},
    "reminders.tasks.send_notifications": {"queue": "notifications"},
}
CELERY_TIMEZONE = "UTC"
# A late sweep is pointless: the next one sees the same rows.
EACH_SWEEP = {"schedule": SWEEP_SECONDS, "options": {"expires": max(SWEEP_SECONDS, 1.0)}}
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "reminders.tasks.sweep", **EACH_SWEEP},
    "send-notifications": {"task": "reminders.tasks.send_notifications", **EACH_SWEEP},
    "tell-of-mails": {"task": "reminders.tasks.tell_of_mails", **EACH_SWEEP},
    "write-mornings": {"task": "coaching.tasks.send_digests", **EACH_SWEEP},
    "learn": {"task": "insights.tasks.compute_statistics", **EACH_SWEEP},
    "read-mails": {"task": "integrations.tasks.read_mails", **EACH_SWEEP},
    "import-positions": {"task": "integrations.tasks.import_positions", **EACH_SWEEP},
    "keep-house": {
        "task": "personal_data.tasks.apply_retention",
        "schedule": 3600.0,
        "options": {"expires": 3600.0},
    },
}

# --- languages, time, static files -------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", str(VAR_DIR / "static"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_css_dir()),
]
# Served from the finders, so that a checkout needs no build step. After collectstatic (the
# Dockerfile, `make run`), STATIC_MANIFEST switches to compressed files with hashed names.
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", False)
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
WHITENOISE_ALLOW_ALL_ORIGINS = False  # pages of other hosts do not need them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

# --- forms ------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# For every request without a file (accounts/request_size.py); with one, for the other fields.
BODY_MAX = DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 1

# --- security ---------------------------------------------------------------------------------
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.unsaved_input.csrf_failure"
CSRF_COOKIE_HTTPONLY = True  # every form carries the token; no script reads the cookie
CSRF_COOKIE_SAMESITE = "Lax"
IS_HTTPS = BASE_URL.startswith("https://")
# Browsers accept a cookie with this prefix only from this very host, over HTTPS, for all paths.
HOST_PREFIX = "__Host-" if IS_HTTPS else ""
SECURE_PREFIX = "__Secure-" if IS_HTTPS else ""  # for cookies with a path
SESSION_COOKIE_NAME = f"{HOST_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{HOST_PREFIX}csrftoken"
THEME_COOKIE_NAME = f"{HOST_PREFIX}theme"
FIRST_WEEK_COOKIE_NAME = f"{HOST_PREFIX}first-week"
# The owner of unsaved input (accounts/unsaved_input.py).
OWNER_COOKIE_NAME = f"{HOST_PREFIX}owner"
MESSAGE_STORAGE = "config.messages.Storage"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # the preload list is the domain owner's decision, and hard to leave
]
if IS_HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Behind an untrusted proxy that terminates TLS, every request seems to be plain HTTP and would
    # be redirected forever.
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", TRUSTED_PROXIES > 0)
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", True)
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The contact for security reports: /.well-known/security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", f"mailto:security@{MAIL_DOMAIN}")
# The contact for accessibility problems: /accessibility/.
ACCESSIBILITY_CONTACT = env.str("ACCESSIBILITY_CONTACT", f"mailto:accessibility@{MAIL_DOMAIN}")

# --- logs -------------------------------------------------------------------------------------
LOG_FORMAT = env.str("LOG_FORMAT", "line")
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured("LOG_FORMAT must be line or json.")
LOGGING = logging_in(LOG_FORMAT)
# Otherwise Celery's workers and beat replace these by handlers of their own.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
