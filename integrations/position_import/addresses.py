"""Addresses of advertisements: which are web addresses, and which are the same."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from integrations.spreadsheets.formulas import hyperlink_of

from .vocabulary import words_of

TRACKING = re.compile(
    r"(?i)^(?:utm_.*|trk.*|gclid|fbclid|msclkid|yclid|dclid|igshid|mc_[ce]id|_ga|_gl|refid|trackingid|lipi|"
    r"gh_src|lever-source.*|src|source|ref|referrer|from|via|campaign|originalsubdomain|position|pagenum)$"
)
NEVER_TRACKING = re.compile(r"\d")
ALWAYS_TRACKING = re.compile(
    r"(?i)^(?:utm_|trk|gclid|fbclid|msclkid|yclid|refid|trackingid|lipi|_g|mc_)"
)
HOST = re.compile(r"^(?:[\w\-]+\.)+[^\W\d_]{2,}$")
MARKDOWN = re.compile(r"^\[[^\]]*\]\((\S+?)\)$")
LONGEST = 2000
# Keys of nested values that hold the advertisement's address, the likeliest first.
LIKELY_KEYS = ("posting", "advert", "job", "listing", "apply", "application", "url", "link", "href")


def web_address(text: str) -> str:
    """Return a whole web address, or "" if the text is none."""
    text = (hyperlink_of(text) or text).strip().strip("<>\"'")
    if found := MARKDOWN.match(text):
        text = found[1]
    if text[:1] in "{[":
        text = _of_nested(text)
    if not text or len(text) > LONGEST or re.search(r"[\s\x00-\x1f]", text):
        return _last_resort(text)
    if not re.match(r"(?i)[a-z][a-z0-9+.\-]*:", text) or re.match(
        r"^[\w.\-]+\.\w+:\d+(?:/|$)", text
    ):
        text = f"https://{text.lstrip('/')}"
    return text if _is_web(text) else ""


def _last_resort(text: str) -> str:
    """Text around an address, or a space within it."""
    found = re.search(r"(?i)https?://[^\s<>\"]+", text)
    if found and len(text) <= LONGEST:
        address = found[0].rstrip(".,;)")
        return address if _is_web(address) else ""
    if re.match(r"(?i)^www\.\S+/[\w\-]+ [\w\-]+$", text):
        return f"https://{quote(text, safe='/?=&%#.:')}"
    return ""


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme.lower() not in ("http", "https") or parts.username is not None:
        return False
    return bool(HOST.match(host)) or bool(re.match(r"^\d+\.\d+\.\d+\.\d+$", host))


def _of_nested(text: str) -> str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return _likeliest(found)


def _likeliest(found: Any) -> str:
    if isinstance(found, str):
        return found if re.match(r"(?i)https?://|www\.", found) else ""
    if isinstance(found, list):
        return next(filter(None, map(_likeliest, found)), "")
    if not isinstance(found, dict):
        return ""
    named = {"_".join(words_of(str(key))): value for key, value in found.items()}
    for wanted in LIKELY_KEYS:
        for key, value in named.items():
            if wanted in key and "company" not in key and (address := _likeliest(value)):
                return address
    return ""


def key_of(address: str) -> str:
    """Return an address by which two copies of an advertisement are known as one."""
    if not address:
        return ""
    parts = urlsplit(address)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query) if not _is_tracking(name, value)
    ]
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(kept))}".casefold()


def _is_tracking(name: str, value: str) -> bool:
    if ALWAYS_TRACKING.match(name):
        return True
    return bool(TRACKING.match(name)) and not NEVER_TRACKING.search(value)


def is_specific(key: str) -> bool:
    """Say whether an address names one advertisement and not a page of many."""
    path, _, query = key.partition("/")[2].partition("?")
    last = path.rpartition("/")[2]
    return bool(re.search(r"\d", path + query)) or len(words_of(last)) >= 3
