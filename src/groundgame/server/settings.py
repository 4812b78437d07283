"""How the server is set up. Everything a host may choose is GROUNDGAME_something.

GROUNDGAME_DATA          where snapshots and, by default, the book live: ./data
GROUNDGAME_DATABASE_URL  the book elsewhere: postgres://user:password@host/name
GROUNDGAME_SECRET_KEY    else the one in DATA/secret-key, which `server run` makes
GROUNDGAME_BASE_URL      how the server is reached: http://127.0.0.1:8000
GROUNDGAME_INBOX         where the host puts files too large to upload: INBOX/<chapter>/
GROUNDGAME_BEHIND_PROXY  yes: believe the last address in X-Forwarded-For
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from groundgame.server.sqlite import options as sqlite_options

env = environ.Env()
HERE = Path(__file__).resolve().parent
HOUSE = HERE.parents[2]

DATA = Path(env.str("GROUNDGAME_DATA", "data")).resolve()
_INBOX = env.str("GROUNDGAME_INBOX", "")
INBOX = Path(_INBOX).resolve() if _INBOX else None
BASE_URL = env.str("GROUNDGAME_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
BEHIND_PROXY = env.bool("GROUNDGAME_BEHIND_PROXY", default=False)


def _secret_key() -> str:
    """Return the key of this host; a passing one where none has been made yet."""
    kept = DATA / "secret-key"
    return env.str("GROUNDGAME_SECRET_KEY", "") or (
        kept.read_text(encoding="ascii").strip()
        if kept.exists()
        else secrets.token_urlsafe(48)
    )


SECRET_KEY = _secret_key()
DEBUG = False
_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or "127.0.0.1", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# In a wheel the browsers' files lie in the package; in a checkout, beside src/.
PHONE_FILES = next((d for d in (HERE / "phone", HOUSE / "phone") if d.is_dir()), HERE)
VENDOR_FILES = next(
    (d for d in (HERE / "vendor", HOUSE / "vendor") if d.is_dir()), HERE
)

INSTALLED_APPS = [
    "groundgame.server.store.apps.Store",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "groundgame.server.problems.ApiProblems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "groundgame.server.uploads.Uploads",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "groundgame.server.urls"
WSGI_APPLICATION = "groundgame.server.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "groundgame.server.web.context.frame",
            ],
            "libraries": {"words": "groundgame.server.web.words"},
        },
    }
]

# The book
DATABASES = {
    "default": env.db_url(
        "GROUNDGAME_DATABASE_URL", default=f"sqlite:///{DATA / 'book.sqlite3'}"
    )
    | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = sqlite_options()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Work in the background: two lines, so that no print waits behind an import
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["files", "turf"],
    }
}

# Signing in: a password, a second factor for those who set one, a link for a start
AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "sesame.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "groundgame.server.sign_in.NoSignUp"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SESAME_MAX_AGE = 60 * 60
SESAME_ONE_TIME = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# What browsers are told
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes; files are not counted
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "groundgame.server.uploads.ToDisk",
]

# Files for browsers
STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "groundgame.server.files.ScreenFiles",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Words and clocks
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [HERE / "locale"]
USE_TZ = True
TIME_ZONE = env.str("GROUNDGAME_TIME_ZONE", "UTC")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "groundgame.server.log.Quiet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}
    },
}
