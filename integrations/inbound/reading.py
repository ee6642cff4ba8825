"""Parse a mail within bounds: its headers, its texts, its calendars, mails attached to it."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.feedparser import BytesFeedParser
from email.message import Message
from email.policy import compat32
from typing import Any

from integrations.inbound import deadline
from integrations.inbound.charsets import decoded
from integrations.inbound.headers import Headers
from integrations.inbound.words import clean

SIZE_MAX = 10 * 1024 * 1024
# What is read of one part and of all of them; the rest of a part is left out, its end is found.
PART_MAX = 400 * 1024
READ_MAX = 1024 * 1024
LINE_MAX = 20_000
LINES_MAX = 60_000
HEADER_LINES_MAX = 1000
# Parts within parts: multiparts, and mails attached to mails.
BORDERS_MAX = 600
NESTED_MAX = 60
DEPTH_MAX = 20
PARTS_MAX = 100
CALENDARS_MAX = 5
ICS = re.compile(r"(?i)\.(ics|ical|vcs)$")


class TooLargeError(Exception):
    """The mail is larger than `SIZE_MAX`."""


@dataclass(slots=True)
class Segment:
    """One text of a mail, plain, as HTML or both."""

    plain: str = ""
    html: str = ""


@dataclass(slots=True)
class Mail:
    """`report` is the type of a report (delivery-status, disposition-notification), else empty;
    `failed` are its recipients, `original` what it returns; `attached` are mails that were
    attached for being read."""

    headers: Headers
    segments: list[Segment] = field(default_factory=list)
    calendars: list[bytes] = field(default_factory=list)
    has_ics: bool = False
    attached: list["Mail"] = field(default_factory=list)
    report: str = ""
    failed: list[str] = field(default_factory=list)
    original: "Mail | None" = None


def read_mail(raw: bytes) -> Mail:
    """Parse a mail. Raise TooLargeError or TooSlowError, and nothing else whatever the bytes."""
    if len(raw) > SIZE_MAX:
        raise TooLargeError
    # With this policy a header is text until somebody asks for more; the default one parses each
    # when it is first read, and may raise or take long.
    parser = BytesFeedParser(policy=compat32)
    try:
        parser.feed(b"".join(_bounded(raw)))
        message = parser.close()
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError):
        message = Message()
        message.set_payload(raw[:PART_MAX].decode("latin-1"))
    return _Reader().mail(message, 0)


def _bounded(raw: bytes) -> Iterator[bytes]:
    """Return the lines to be parsed: of each part and of the whole no more than the bounds."""
    begin, of_part, of_all, nested, lines, in_headers = 0, 0, 0, 0, 0, True
    borders, left = 0, LINES_MAX
    while begin < len(raw) and left:
        end = raw.find(b"\n", begin) + 1 or len(raw)
        line = raw[begin : min(end, begin + LINE_MAX)]
        begin = end
        if in_headers:
            lines += 1
            in_headers = bool(line.strip())
            if in_headers and lines > HEADER_LINES_MAX:
                continue
        low = line[:200].lower()
        nested += b"boundary" in low or b"message/" in low
        if nested > NESTED_MAX * 2:
            return
        if line.startswith(b"--"):
            of_part = 0
            borders += 1
            deadline.check()
            if borders > BORDERS_MAX:
                return
        of_part += len(line)
        if of_part > PART_MAX or of_all > READ_MAX:  # noqa: SIM102
            if not line.startswith(b"--") or of_all > READ_MAX * 2:
                continue
        of_all += len(line)
        left -= 1
        yield line if line.endswith(b"\n") else line + b"\n"


class _Reader:
    def __init__(self) -> None:
        self.parts = 0

    def mail(self, message: Message, depth: int) -> Mail:
        found = Mail(Headers(message.raw_items()))
        self._part(message, found, depth)
        return found

    def _part(self, part: Message, mail: Mail, depth: int) -> None:
        deadline.check()
        self.parts += 1
        if self.parts > PARTS_MAX or depth > DEPTH_MAX:
            return
        kind = _content_type(part)
        if kind.startswith("message/"):
            self._message(part, kind, mail, depth)
        elif part.is_multipart():
            self._multipart(part, kind, mail, depth)
        elif kind == "text/rfc822-headers":
            mail.original = read_mail(_payload(part))
        elif kind in ("text/calendar", "application/ics") or ICS.search(_name(part)):
            mail.has_ics = True
            if len(mail.calendars) < CALENDARS_MAX:
                mail.calendars.append(_payload(part))
        elif _name(part).lower().endswith(".eml") and depth < DEPTH_MAX:
            mail.attached.append(self._again(_payload(part), depth))
        elif kind in ("text/plain", "text/html") and not _is_attached(part):
            text = clean(decoded(_payload(part), str(_param(part, "charset"))))
            if kind == "text/html":
                mail.segments.append(Segment(html=text))
            else:
                mail.segments.append(Segment(plain=_flowed(part, text)))

    def _multipart(self, part: Message, kind: str, mail: Mail, depth: int) -> None:
        if kind == "multipart/report":
            mail.report = str(_param(part, "report-type")).lower() or "delivery-status"
        before = len(mail.segments)
        for each in _parts(part):
            self._part(each, mail, depth + 1)
        if kind == "multipart/alternative":
            _join_alternatives(mail, before)

    def _message(self, part: Message, kind: str, mail: Mail, depth: int) -> None:
        inner = _parts(part)
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            mail.report = mail.report or "delivery-status"
            for each in inner:
                headers = Headers(each.raw_items())
                mail.failed += headers.emails("final-recipient", "original-recipient")
        elif kind == "message/disposition-notification":
            mail.report = "disposition-notification"
        elif kind in ("message/rfc822", "message/global") and inner:
            found = self.mail(inner[0], depth + 1)
            if not found.headers.has("from", "subject", "date"):
                found = self._again(_unpacked(inner[0]), depth)
            if mail.report:
                mail.original = found
            else:
                mail.attached.append(found)

    def _again(self, raw: bytes, depth: int) -> Mail:
        parser = BytesFeedParser(policy=compat32)
        parser.feed(b"".join(_bounded(raw)))
        return self.mail(parser.close(), depth + 1)


def _join_alternatives(mail: Mail, before: int) -> None:
    """Make one segment of the alternatives of one text."""
    found = mail.segments[before:]
    plain = "\n\n".join(each.plain for each in found if each.plain.strip())
    html = "\n".join(each.html for each in found if each.html.strip())
    mail.segments[before:] = [Segment(plain, html)]


def _parts(part: Message) -> list[Message]:
    inner: Any = part.get_payload()
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _content_type(part: Message) -> str:
    try:
        return part.get_content_type().lower()
    except (ValueError, LookupError, TypeError, AttributeError):
        return "text/plain"


def _param(part: Message, name: str) -> Any:
    try:
        found = part.get_param(name, "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return found[2] if isinstance(found, tuple) else found


def _name(part: Message) -> str:
    try:
        return part.get_filename("") or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _payload(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        found = None
    return found[:PART_MAX] if isinstance(found, bytes) else b""


def _unpacked(message: Message) -> bytes:
    """Return a mail that was attached in base64, which a parser leaves as one text."""
    text = str(message.get_payload())[:PART_MAX]
    text = text or "".join(value for _, value in message.raw_items())
    try:
        return base64.b64decode("".join(text.split()), validate=False)
    except (binascii.Error, ValueError):
        return b""


def _flowed(part: Message, text: str) -> str:
    """Join the lines of format=flowed (RFC 3676)."""
    if str(_param(part, "format")).lower() != "flowed":
        return text
    glue = "" if str(_param(part, "delsp")).lower() == "yes" else " "
    joined: list[str] = []
    is_open = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        if is_open and not quoted and line != "-- ":
            joined[-1] += glue + line.removeprefix(" ").rstrip(" ")
        else:
            joined.append(line.rstrip(" ") if line != "-- " else line)
        is_open = line.endswith(" ") and line != "-- " and not quoted and bool(line.strip())
    return "\n".join(joined)
