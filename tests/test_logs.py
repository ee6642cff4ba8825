"""No log line contains a URL that grants access by itself."""

import json
import logging
import re
import secrets
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from django.core import signing
from django.test import RequestFactory
from django.urls import reverse
from django.urls.converters import UUIDConverter
from pythonjsonlogger.json import JsonFormatter

from config.logs import LineFormatter, Masked, masked
from tests.site.addresses import Address, every_address
from tests.support.running import Running

SIGNED = signing.dumps(["0" * 32, "called"], salt="any")
UNSIGNED = "N2fB0q5xk8Zt9cJYh3wUeRr1vLsPpAaMmDdGgTtQqEe"
# What varies in an address and opens nothing: keys, and names of what is done with them.
HARMLESS = {"pk", "key", "kind", "name", "object_id", "id", "content_type_id", "app_label", "url"}


def test_every_secret_in_an_address_is_masked() -> None:
    found = set()
    for each in every_address():
        for part in each.parts.keys() - HARMLESS:
            for secret in (SIGNED, UNSIGNED):
                path = reverse(each.name, kwargs=_filled(each, secret))
                line = f'192.0.2.1 "GET {path}?x=1 HTTP/1.1" 302 "https://hearback.example{path}"'
                assert secret not in masked(line), f"{each.name} tells its {part}"
                assert masked(line).count("***") == 2
            found.add(each.name)
    assert {
        f"dashboard:{n}" for n in ("mail-link-open", "unsubscribe-open", "calendar-feed")
    } <= found


def _filled(address: Address, secret: str) -> dict[str, object]:
    """A key where it takes a key, the secret where it takes any text."""
    return {
        name: uuid4() if isinstance(each, UUIDConverter) else secret
        for name, each in address.parts.items()
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Gone: /act/abc", "Gone: /act/***"),  # cut off, as some mail programs do
        ("GET /accounts/password/reset/key/1-set-password/ 200", "reset/key/***/ 200"),
        ("GET /accounts/confirm-email/Mq:1abc:x/ 200", "/accounts/confirm-email/***/ 200"),
        (f"GET /undo/?token={SIGNED.replace(':', '%3A')}&x=1", "GET /undo/?token=***&x=1"),
    ],
)
def test_other_lines(line: str, told: str) -> None:
    assert told in masked(line)


@pytest.mark.parametrize(
    "line",
    [
        "GET /act/0197f0c2-7a4e-7cc0-8000-3f1d2c4b5a69/called/ 200",
        "GET /interviews/0197f0c2-7a4e-7cc0-8000-3f1d2c4b5a69/ 200",
        "12:30:45 reminders.sweep decided=12 seconds=0.3",
        "sent message_id=<0197f0c2-7a4e-7cc0-8000-3f1d2c4b5a69@hearback.example>",
        "celery@worker-1 ready.",
    ],
)
def test_what_opens_nothing_is_told(line: str) -> None:
    assert masked(line) == line


LINES = [
    '192.0.2.1 - - "GET /people/?q=Anna%20Petrova HTTP/1.1" 404 179 "-" "Mozilla"',
    '"GET /people/?q=Anna HTTP/1.1" 200 179 "https://hearback.example/search/?q=Petrova" "Mozilla"',
    "Invalid HTTP request line: 'GET /people/?q=Anna Petrova HTTP/1.1'",
    "smtplib.SMTPRecipientsRefused: {'anna@petrova.example': (550, b'5.1.1 No such user')}",
    "Key (email)=(anna@petrova.example) already exists.",
    "UnicodeEncodeError: 'ascii' codec can't encode anna.petrova+jobs@mail.example: \u0131",
    "550 5.1.1 <anna@petrova.example>: Recipient address rejected",
    "Not Found: /people/anna%40petrova.example/",
    '550 5.1.1 <"anna petrova"@mail.example>: Recipient address rejected',
    "IntegrityError: check failed\nDETAIL:  Failing row contains (7, Anna Petrova, first\nanna).",
]


@pytest.mark.parametrize("line", LINES)
def test_neither_a_search_nor_somebodys_address_is_told(line: str) -> None:
    assert not re.search("anna|petrova", masked(line), re.IGNORECASE)


def test_a_long_address_is_read_quickly() -> None:
    assert len(masked("a" * 1_000_000)) == 1_000_000


FORMATTERS = {
    "line": LineFormatter("%(name)s %(message)s"),
    "json": JsonFormatter("%(name)s %(message)s"),
}


def _written(log: Callable[[logging.Logger], None], form: str) -> str:
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, logger = Keeping(), logging.getLogger("tests.masked")
    handler.setFormatter(FORMATTERS[form])
    handler.addFilter(Masked())
    logger.addHandler(handler)
    try:
        log(logger)
    finally:
        logger.removeHandler(handler)
    return "\n".join(lines)


@pytest.mark.parametrize("form", sorted(FORMATTERS))
def test_arguments_what_is_told_beside_and_tracebacks_are_masked(form: str) -> None:
    request = RequestFactory().get(f"/act/{SIGNED}/")

    def log(logger: logging.Logger) -> None:
        try:
            raise ValueError(f"no such path: {request.path}")
        except ValueError:
            logger.exception("%s failed", request.path, extra={"request": request, "status": 500})

    said = _written(log, form)
    assert SIGNED not in said
    assert "/act/***/ failed" in said
    assert "<WSGIRequest: GET '/act/***/'>" in said
    assert "500" in said
    assert "ValueError: no such path: /act/***/" in said


@pytest.mark.parametrize("form", sorted(FORMATTERS))
def test_a_request_is_told_without_its_query(form: str) -> None:
    request = RequestFactory().get("/people/", {"q": 'Anna\'s "Petrova"'})
    said = _written(lambda logger: logger.warning("Not Found", extra={"request": request}), form)
    assert "<WSGIRequest: GET '/people/'>" in said
    assert "Anna" not in said


@pytest.mark.parametrize("form", sorted(FORMATTERS))
def test_a_traceback_tells_no_recipient(form: str) -> None:
    def log(logger: logging.Logger) -> None:
        try:
            raise SMTPRecipientsRefused({"anna@petrova.example": (550, b"No such user")})
        except SMTPRecipientsRefused:
            logger.exception("Mail could not be sent")

    said = _written(log, form)
    assert "SMTPRecipientsRefused" in said
    assert "petrova" not in said


@pytest.mark.parametrize("form", ["line", "json"])
def test_real_lines_of_django_and_gunicorn(
    start_running: Callable[..., Running], form: str
) -> None:
    access = {"GUNICORN_CMD_ARGS": "--access-logfile -"}
    running = start_running(works=False, LOG_FORMAT=form, **access)
    feed = secrets.token_urlsafe(32)
    for path in (f"/act/{SIGNED}/", f"/unsubscribe/{SIGNED}/", f"/calendar/{feed}.ics"):
        asked = Request(running.url + path, headers={"Referer": running.url + path})
        with pytest.raises(OSError, match="HTTP Error 4"):
            urlopen(asked, timeout=30)
    running.system.children["web"].stop()
    said = running.logs()["web"]
    assert SIGNED not in said
    assert feed not in said
    assert said.count('"GET /act/***/ HTTP/1.1" 410') == 1, said  # gunicorn's own line
    assert '"GET /calendar/***.ics HTTP/1.1" 404' in said
    assert "Gone: /act/***/" in said  # Django's
    assert "Not Found: /unsubscribe/***/" in said
    if form == "json":
        (told,) = [json.loads(line) for line in said.splitlines() if "Gone: /act/" in line]
        assert told["message"] == "Gone: /act/***/"
        assert told["status_code"] == 410
