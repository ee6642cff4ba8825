"""The format of log lines, and what is masked in them. Extra attributes follow the message as
key=value. Masked are URLs that grant access by themselves, email addresses, and query strings,
which hold searches and names."""

import logging
import re
from typing import Any

from django.http import HttpRequest

_USUAL = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

# What ends a URL, however a line quotes it.
_REST = r"[^/\s\"'?&<>]+"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/"
SECRET = re.compile(
    # Anything that Django signs: value, time, signature.
    r"(?<![\w.-])[\w.-]+(?::|%3[Aa])[\w-]{6,8}(?::|%3[Aa])[\w-]{43}"
    # Secrets in URLs, complete or cut off; /act/<key>/<name>/ holds none.
    rf"|(?<=/act/)(?!{_UUID}){_REST}"
    rf"|(?<=/unsubscribe/){_REST}"
    rf"|(?<=/keep/){_REST}"
    rf"|(?<=/coaching/invitation/){_REST}"
    rf"|(?<=/coaching/request/){_REST}"
    rf"|(?<=/calendar/){_REST}(?=\.ics)"
    rf"|(?<=/email/back/){_REST}"
    rf"|(?<=/key/){_REST}"
    rf"|(?<=/confirm-email/){_REST}"
)
MASK = "***"
# Query strings of a request's first line and of a referrer.
QUERY = re.compile(r"\?[^\"\n]*?(?= HTTP/\d)|(https?://[^\s\"'<>?]+)\?[^\s\"<>]*")
# Email addresses; but no Message-ID, by which a mail is traced, and no worker's name.
_LOCAL = r"[\w.!#$%&*+/=?^`{|}~-]"
_AT_HOST = r"(?:@|%40)[^\s@<>\"'(),;:\]}\\]+"
SOMEBODY = re.compile(
    rf"(?<!{_LOCAL})(?!{_UUID[:-1]}@|celery@){_LOCAL}+?{_AT_HOST}"
    rf"|(?P<quote>[\"'])[^\"'\n]{{1,64}}(?P=quote){_AT_HOST}"
)
# PostgreSQL's error about a refused row quotes the row.
ROW = re.compile(r"(DETAIL: ).*?(?=\n\n|\nCONTEXT: |\nTraceback |\Z)", re.DOTALL)


def masked(text: str) -> str:
    plain = ROW.sub(rf"\1{MASK}", SECRET.sub(MASK, text))
    return SOMEBODY.sub(MASK, QUERY.sub(r"\1", plain))


class LineFormatter(logging.Formatter):
    """For people; LOG_FORMAT=json has the same keys for programs."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        line = super().formatMessage(record)
        extra = {key: value for key, value in vars(record).items() if key not in _USUAL}
        return " ".join([line, *(f"{key}={value}" for key, value in extra.items())])


class Masked(logging.Filter):
    """Mask the message, the extra attributes (Django adds the request) and the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), None
        for key in vars(record).keys() - _USUAL:
            setattr(record, key, _masked_value(getattr(record, key)))
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            # A formatter that ignores exc_text would format the traceback again, unmasked.
            record.exc_text, record.exc_info = masked(record.exc_text), None
        if record.stack_info:
            record.stack_info = masked(record.stack_info)
        return True


def _masked_value(value: Any) -> Any:
    """Convert to text only if something is masked; numbers stay numbers for programs."""
    if isinstance(value, HttpRequest):
        return masked(f"<{type(value).__name__}: {value.method} {value.path!r}>")
    said = str(value)
    hidden = masked(said)
    return value if hidden == said else hidden


def mask_servers_lines() -> None:
    """Gunicorn's loggers have handlers of their own, which its options select."""
    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).addFilter(Masked())


def logging_in(form: str) -> dict[str, Any]:
    """Return Django's LOGGING with the format `line` or `json`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "config.logs.LineFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            },
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            },
        },
        "filters": {"masked": {"()": "config.logs.Masked"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["masked"],
            },
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        # Django's own handlers would write each line a second time, unmasked.
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
            # Its warnings quote whole URLs; those of push services are secrets.
            "urllib3": {"level": "ERROR"},
        },
    }
